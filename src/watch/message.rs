//! The messages of a watch.

use std::collections::BTreeMap;

use serde::Serialize;
use sha2::{Digest, Sha256};

use super::news::{WatchGap, ended, listed};
use super::state::WatchState;
use crate::clock::Timestamp;
use crate::figure::{self, counted};
use crate::judgement::{DecisionVerdict, InterimVerdict};
use crate::legible;
use crate::report::checkpoint::CheckpointKey;
use crate::webhook::{WebhookMessage, hexadecimal};

/// Criteria that are listed one by one.
const MOST_LISTED: usize = 20;

/// What happened to a watch that others want to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WatchEvent {
    /// What is shown so far decides otherwise than before.
    DecisionChanged { before: DecisionVerdict },
    /// The watch is over.
    Ended,
}

/// What is said of an event.
pub(super) struct WatchNotice<'a> {
    pub(super) key: &'a CheckpointKey,
    /// Of the watch among those of its deployment.
    pub(super) watch: &'a str,
    pub(super) event: WatchEvent,
    pub(super) at: Timestamp,
    pub(super) decision: DecisionVerdict,
    pub(super) state: &'a WatchState,
}

#[derive(Serialize)]
struct MessageBody<'a> {
    #[serde(rename = "type")]
    event: &'static str,
    timestamp: Timestamp,
    /// What a chat shows.
    text: String,
    data: MessageData<'a>,
}

#[derive(Serialize)]
struct MessageData<'a> {
    deployment: &'a str,
    environment: &'a str,
    window_start: Timestamp,
    /// Over the whole time once the watch ended; what is shown so far before.
    decision: DecisionVerdict,
    decision_before: Option<DecisionVerdict>,
    /// What ended the watch before its time.
    failed: Option<&'a str>,
    looks: u64,
    /// How many targets and triggers stand so.
    counts: BTreeMap<InterimVerdict, usize>,
    /// At most twenty of those that have not passed.
    open: Vec<OpenCriterion<'a>>,
    gaps: &'a [WatchGap],
}

/// A target or trigger that has not passed.
#[derive(Serialize)]
struct OpenCriterion<'a> {
    criterion: &'a str,
    verdict: InterimVerdict,
}

impl WatchNotice<'_> {
    /// The same announcement is the same message, whenever it is made.
    ///
    /// # Errors
    /// When it cannot be written as JSON.
    pub(super) fn message(&self) -> Result<WebhookMessage, serde_json::Error> {
        let state = self.state;
        let open = state.standings().filter(|(_, verdict)| *verdict != InterimVerdict::Passed);
        let open = open.map(|(criterion, verdict)| OpenCriterion { criterion, verdict });
        let body = MessageBody {
            event: self.event_name(),
            timestamp: self.at,
            text: self.text(),
            data: MessageData {
                deployment: &self.key.deployment,
                environment: &self.key.environment,
                window_start: self.key.window_start,
                decision: self.decision,
                decision_before: match self.event {
                    WatchEvent::DecisionChanged { before } => Some(before),
                    WatchEvent::Ended => None,
                },
                failed: state.failed.as_deref(),
                looks: state.looks,
                counts: state.counts(),
                open: open.take(MOST_LISTED).collect(),
                gaps: &state.gaps,
            },
        };
        Ok(WebhookMessage { id: self.id(), body: serde_json::to_string(&body)? })
    }

    fn event_name(&self) -> &'static str {
        match self.event {
            WatchEvent::DecisionChanged { .. } => "watch.decision_changed",
            WatchEvent::Ended => "watch.ended",
        }
    }

    /// Of what makes it another message than any other of its watch. When it is made is not among that: a watch that
    /// was killed before it was kept says the same again, later.
    fn id(&self) -> String {
        let CheckpointKey { deployment, environment, window_start } = self.key;
        let WatchState { period, announced, .. } = self.state;
        let (start, decision) = (period.start, self.decision.words());
        let (watch, event) = (self.watch, self.event_name());
        let said = format!(
            "{deployment:?} {environment:?} {window_start} {watch} {start} {announced} {event} {decision}"
        );
        format!("jobdelta_{}", hexadecimal(&Sha256::digest(said)[..16]))
    }

    fn text(&self) -> String {
        let name = if self.key.deployment.is_empty() { "A deployment" } else { &self.key.deployment };
        let mut title = format!("*{}*", legible::name(name));
        if !self.key.environment.is_empty() {
            title += &format!(" ({})", legible::name(&self.key.environment));
        }
        let state = self.state;
        let decision = self.decision.words();
        let looks = counted(state.looks, "look", "looks");
        let counts = listed(&state.counts());
        let said = match (self.event, &state.failed) {
            (WatchEvent::DecisionChanged { before }, _) => {
                let (before, end) = (before.words(), figure::instant(state.period.end));
                format!(
                    "{decision} so far ({before} before): {counts}, after {looks}. The watch ends at {end}."
                )
            }
            (WatchEvent::Ended, Some(failed)) => {
                format!("{decision}: {failed} failed, and the watch ended early, after {looks}: {counts}.")
            }
            (WatchEvent::Ended, None) if state.is_end_unseen => {
                format!("{decision}: the end was not seen, so that nothing is decided over the whole time.")
            }
            (WatchEvent::Ended, None) => format!("{decision}: {counts}, after {looks}."),
        };
        let gaps = if state.gaps.is_empty() { String::new() } else { format!(" {}.", ended(&state.gaps)) };
        plain(&format!("{title}: {said}{gaps}"))
    }
}

/// Text in which a chat finds no markup, nor anybody to call.
///
/// <https://docs.slack.dev/messaging/formatting-message-text#escaping>
fn plain(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::window::Period;

    fn at(minute: i64) -> Timestamp {
        Timestamp(minute * 60_000_000)
    }

    fn message(deployment: &str, minute: i64, event: WatchEvent, announced: u64) -> WebhookMessage {
        let key =
            CheckpointKey { deployment: deployment.into(), environment: "prod".into(), window_start: at(0) };
        let mut state = WatchState::new(Period { start: at(0), end: at(30) });
        state.announced = announced;
        let decision = DecisionVerdict::Pass;
        WatchNotice { key: &key, watch: "for 30m", event, at: at(minute), decision, state: &state }
            .message()
            .unwrap()
    }

    #[test]
    fn the_same_is_the_same_message_and_nothing_else_is() {
        let first = message("A", 3, WatchEvent::Ended, 1);
        assert_eq!(message("A", 9, WatchEvent::Ended, 1).id, first.id);
        let changed = WatchEvent::DecisionChanged { before: DecisionVerdict::Undecided };
        for other in [
            message("B", 3, WatchEvent::Ended, 1),
            message("A", 3, WatchEvent::Ended, 2),
            message("A", 3, changed, 1),
        ] {
            assert_ne!(other.id, first.id);
        }
    }

    #[test]
    fn a_name_calls_nobody_in_a_chat() {
        let changed = WatchEvent::DecisionChanged { before: DecisionVerdict::Undecided };
        let body: serde_json::Value =
            serde_json::from_str(&message("<!channel> & co", 3, changed, 1).body).unwrap();
        assert_eq!(
            body["text"],
            "*&lt;!channel&gt; &amp; co* (prod): pass so far (undecided before): nothing seen yet, after 0 looks. \
             The watch ends at 1970-01-01 00:30 UTC."
        );
        assert_eq!(
            (&body["type"], &body["data"]["decision"]),
            (&"watch.decision_changed".into(), &"pass".into())
        );
    }
}
