//! Who is sent a message, and how it is signed.
//!
//! <https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md>

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

use crate::web_address;

/// What a secret begins with.
const SECRET_PREFIX: &str = "whsec_";

/// How long a secret is, in bytes.
const SECRET_LENGTH: std::ops::RangeInclusive<usize> = 24..=64;

#[derive(Clone, PartialEq, Eq)]
pub struct WebhookReceiver {
    /// Often holds a secret in its path, and is never printed whole.
    pub url: String,
    /// Signs messages.
    pub secret: Option<WebhookSecret>,
    /// Where it may be reached within a network of one's own.
    pub private_addresses: Vec<IpAddr>,
}

impl WebhookReceiver {
    /// What may be shown of its address.
    pub fn host(&self) -> &str {
        web_address::host(&self.url)
    }

    /// Tells receivers apart and shows nothing of them.
    pub fn key(&self) -> String {
        hexadecimal(&Sha256::digest(&self.url)[..8])
    }
}

impl fmt::Debug for WebhookReceiver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebhookReceiver").field("host", &self.host()).finish_non_exhaustive()
    }
}

/// Bytes in hexadecimal digits.
pub fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A message as it is sent, however often.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebhookMessage {
    /// The same whenever the same is said again.
    pub id: String,
    /// JSON.
    pub body: String,
}

#[derive(Clone, PartialEq, Eq)]
pub struct WebhookSecret(Vec<u8>);

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "it must be {SECRET_PREFIX} and 24 to 64 bytes in Base64; \
     make one: echo {SECRET_PREFIX}$(openssl rand -base64 32)"
)]
pub struct NotASecret;

impl FromStr for WebhookSecret {
    type Err = NotASecret;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let written = text.trim().strip_prefix(SECRET_PREFIX).ok_or(NotASecret)?;
        let bytes = BASE64_STANDARD.decode(written).map_err(|_| NotASecret)?;
        if SECRET_LENGTH.contains(&bytes.len()) { Ok(Self(bytes)) } else { Err(NotASecret) }
    }
}

impl WebhookSecret {
    /// The signature of a message that is sent at `seconds` since the epoch.
    pub fn signature(&self, message: &WebhookMessage, seconds: i64) -> String {
        // A key of any length is a key.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.0) else { return String::new() };
        mac.update(format!("{}.{seconds}.{}", message.id, message.body).as_bytes());
        format!("v1,{}", BASE64_STANDARD.encode(mac.finalize().into_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example that libraries of Standard Webhooks test themselves by.
    #[test]
    fn a_message_is_signed_as_others_sign_it() {
        let secret: WebhookSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".parse().unwrap();
        let message = WebhookMessage {
            id: "msg_p5jXN8AQM9LWM0D4loKWxJek".to_owned(),
            body: r#"{"test": 2432232314}"#.to_owned(),
        };
        let signature = secret.signature(&message, 1_614_265_330);
        assert_eq!(signature, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn what_is_no_secret_is_refused_and_no_address_is_shown() {
        for text in ["", "let-me-in", "whsec_", "whsec_c2hvcnQ=", "whsec_***"] {
            assert_eq!(text.parse::<WebhookSecret>().err(), Some(NotASecret), "{text}");
        }
        let url = "https://hooks.example.org/T0/let-me-in".to_owned();
        let receiver = WebhookReceiver { url, secret: None, private_addresses: Vec::new() };
        assert_eq!(format!("{receiver:?}"), r#"WebhookReceiver { host: "hooks.example.org", .. }"#);
        assert!(receiver.key().len() == 16 && !receiver.key().contains("let"));
    }
}
