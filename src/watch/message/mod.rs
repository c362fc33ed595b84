//! The messages to webhooks, in one form.

mod of_checkpoint;
mod of_watch;

use serde::Serialize;
use sha2::{Digest, Sha256};

pub(super) use self::of_checkpoint::CheckpointNotice;
pub(super) use self::of_watch::{WatchEvent, WatchNotice};
use crate::clock::Timestamp;
use crate::judgement::DecisionVerdict;
use crate::legible;
use crate::report::checkpoint::CheckpointKey;
use crate::webhook::{WebhookMessage, hexadecimal};

/// What every message has.
struct Envelope<'a> {
    key: &'a CheckpointKey,
    event: &'static str,
    at: Timestamp,
    decision: DecisionVerdict,
    /// What else makes it another message than any other of its deployment.
    told_apart_by: String,
}

#[derive(Serialize)]
struct MessageBody<'a, D> {
    #[serde(rename = "type")]
    event: &'static str,
    timestamp: Timestamp,
    /// What a chat shows.
    text: &'a str,
    data: D,
}

impl Envelope<'_> {
    /// The same is the same message, whenever it is made.
    ///
    /// # Errors
    /// When it cannot be written as JSON.
    fn message<D: Serialize>(&self, text: &str, data: D) -> Result<WebhookMessage, serde_json::Error> {
        let text = &plain(text);
        let id = self.id(text);
        let body = MessageBody { event: self.event, timestamp: self.at, text, data };
        Ok(WebhookMessage { id, body: serde_json::to_string(&body)? })
    }

    fn id(&self, text: &str) -> String {
        let Self { key, event, decision, told_apart_by, .. } = self;
        let CheckpointKey { deployment, environment, window_start } = key;
        let decision = decision.words();
        let said = format!(
            "{deployment:?} {environment:?} {window_start} {told_apart_by} {event} {decision} {text}"
        );
        format!("jobdelta_{}", hexadecimal(&Sha256::digest(said)[..16]))
    }
}

/// The deployment, as a chat shows it.
fn title(key: &CheckpointKey) -> String {
    let name = if key.deployment.is_empty() { "A deployment" } else { &key.deployment };
    let place = if key.environment.is_empty() {
        String::new()
    } else {
        format!(" ({})", legible::name(&key.environment))
    };
    format!("*{}*{place}", legible::name(name))
}

/// Text in which a chat finds no markup, nor anybody to call.
///
/// <https://docs.slack.dev/messaging/formatting-message-text#escaping>
fn plain(text: &str) -> String {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    // Mattermost calls whoever is named, and makes links of Markdown.
    escaped.replace('@', "@\u{200b}").replace("](", "]\u{200b}(")
}
