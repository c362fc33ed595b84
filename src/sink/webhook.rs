//! Messages to other programs, as Standard Webhooks has it.

use std::time::Duration;

use crate::cancellation::Cancellation;
use crate::clock::Timestamp;
use crate::web::{self, WebContent, WebReach, WebRequest};
use crate::webhook::{WebhookMessage, WebhookReceiver};

/// For one try.
const PATIENCE: Duration = Duration::from_secs(5);

/// Says that nobody listens there any more.
const GONE: u16 = 410;

/// What became of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Delivered {
    Taken,
    /// The receiver wants none, now or ever.
    Unwanted,
    /// It may be taken another time.
    Failed {
        /// To follow the receiver.
        problem: String,
        /// How long the receiver asks to wait.
        wait: Option<Duration>,
    },
}

/// Sends a message once.
pub async fn post(
    receiver: &WebhookReceiver,
    message: &WebhookMessage,
    now: Timestamp,
    cancellation: &Cancellation,
) -> Delivered {
    let seconds = now.us().div_euclid(1_000_000);
    let mut headers = vec![("webhook-id", message.id.clone()), ("webhook-timestamp", seconds.to_string())];
    let signature = receiver.secret.as_ref().map(|secret| secret.signature(message, seconds));
    headers.extend(signature.map(|signature| ("webhook-signature", signature)));
    let request = WebRequest {
        url: receiver.url.clone(),
        headers,
        content: WebContent::Json(message.body.clone()),
        patience: PATIENCE,
        largest: 0,
        reach: WebReach::Public(receiver.private_addresses.clone()),
    };
    match web::ask(request, cancellation).await {
        Ok(answer) if (200..300).contains(&answer.status) => Delivered::Taken,
        Ok(answer) if answer.status == GONE => Delivered::Unwanted,
        Ok(answer) => {
            let problem = format!("answered with status {}", answer.status);
            Delivered::Failed { problem, wait: answer.retry_after }
        }
        Err(error) => Delivered::Failed { problem: error.to_string(), wait: None },
    }
}
