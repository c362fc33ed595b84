//! Mail: a message that is already written, handed to an SMTP server.

use std::error::Error as _;
use std::net::IpAddr;
use std::str::FromStr;
use std::time::Duration;

use lettre::address::Envelope;
use lettre::message::Mailboxes;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Tokio1Executor};

/// How long a server may take for one step.
const STEP: Duration = Duration::from_secs(30);

#[derive(Debug, thiserror::Error)]
pub enum MailError {
    #[error(
        "'{text}' is not a mail server: {reason}; write smtp://HOST:PORT (STARTTLS), smtps://HOST:PORT (TLS), \
         or smtp+plain://HOST:PORT for one on this machine"
    )]
    Server {
        /// The text, without what could be a secret.
        text: String,
        reason: &'static str,
    },
    #[error("this is not a message that can be sent: {0}")]
    Message(String),
    #[error("the certificate of the authority cannot be used")]
    Authority(#[source] lettre::transport::smtp::Error),
    #[error("{server} did not take the mail after {attempts}: {said}")]
    Refused {
        server: String,
        /// `1 attempt`, `3 attempts`.
        attempts: String,
        said: String,
        #[source]
        source: lettre::transport::smtp::Error,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protection {
    /// Plain at first, TLS before anything is sent.
    StartTls,
    /// TLS from the first byte.
    Tls,
    /// None: for a server on this machine.
    None,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server {
    host: String,
    port: u16,
    protection: Protection,
}

impl FromStr for Server {
    type Err = MailError;

    /// Reads `smtp://HOST[:PORT]` (587), `smtps://…` (465) or `smtp+plain://…` (25). Credentials do not
    /// belong in it.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = |text: &str, reason| MailError::Server { text: text.to_owned(), reason };
        if text.contains('@') {
            return Err(wrong("…@…", "name and password belong in the environment"));
        }
        let (scheme, rest) = text.split_once("://").ok_or_else(|| wrong(text, "it has no scheme"))?;
        let (protection, port) = match scheme {
            "smtp" => (Protection::StartTls, 587),
            "smtps" => (Protection::Tls, 465),
            "smtp+plain" => (Protection::None, 25),
            _ => return Err(wrong(text, "its scheme is unknown")),
        };
        let place = rest.trim_end_matches('/');
        let bracketed = place.strip_prefix('[').and_then(|rest| rest.split_once(']'));
        let (host, port) = match (bracketed, place.rsplit_once(':')) {
            (Some((host, "")), _) => (host, port),
            (Some((host, rest)), _) => (host, number(rest.strip_prefix(':').unwrap_or_default(), text)?),
            (None, Some((host, digits))) => (host, number(digits, text)?),
            (None, None) => (place, port),
        };
        if host.is_empty() || host.contains(['/', '?', '#']) {
            return Err(wrong(text, "it names no host"));
        }
        let here = host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
        if protection == Protection::None && !here {
            return Err(wrong(text, "without TLS only a server on this machine is used"));
        }
        Ok(Self { host: host.to_owned(), port, protection })
    }
}

fn number(digits: &str, text: &str) -> Result<u16, MailError> {
    digits.parse().map_err(|_| MailError::Server { text: text.to_owned(), reason: "its port is no number" })
}

impl std::fmt::Display for Server {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let how = match self.protection {
            Protection::StartTls => "STARTTLS",
            Protection::Tls => "TLS",
            Protection::None => "no TLS",
        };
        write!(f, "{}:{} ({how})", self.host, self.port)
    }
}

pub struct MailAccess {
    pub server: Server,
    /// Name and password; never printed, never sent without TLS.
    pub credentials: Option<(String, String)>,
    /// PEM of an authority that is trusted besides the usual ones.
    pub authority: Option<Vec<u8>>,
    /// How often a failure that may pass is tried again.
    pub retries: u32,
    /// The wait before the first of these; each further one is twice as long.
    pub wait: Duration,
}

#[derive(Clone, Debug)]
pub struct Outgoing {
    envelope: Envelope,
    bytes: Vec<u8>,
}

impl Outgoing {
    /// Reads the addresses of a written message. It goes to all of its `To` and `Cc`.
    ///
    /// # Errors
    /// When its head is none, or names no sender or recipient.
    pub fn read(bytes: &[u8]) -> Result<Self, MailError> {
        let text = String::from_utf8_lossy(bytes);
        let headers = headers(&text);
        let boxes = |name: &str| -> Result<Vec<Address>, MailError> {
            let mut found = Vec::new();
            for (_, value) in headers.iter().filter(|(known, _)| known.eq_ignore_ascii_case(name)) {
                let list = value.parse::<Mailboxes>();
                let list =
                    list.map_err(|_| MailError::Message(format!("{name} holds no addresses: {value}")))?;
                found.extend(list.iter().map(|mailbox| mailbox.email.clone()));
            }
            Ok(found)
        };
        if headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("Bcc")) {
            return Err(MailError::Message("it has a Bcc, which every recipient would see".to_owned()));
        }
        let from = boxes("From")?.into_iter().next();
        let from = from.ok_or_else(|| MailError::Message("it has no From".to_owned()))?;
        let mut to = boxes("To")?;
        to.extend(boxes("Cc")?);
        let envelope = Envelope::new(Some(from), to)
            .map_err(|_| MailError::Message("it has neither To nor Cc".to_owned()))?;
        Ok(Self { envelope, bytes: with_line_ends(bytes) })
    }

    pub fn from(&self) -> String {
        self.envelope.from().map(ToString::to_string).unwrap_or_default()
    }

    pub fn to(&self) -> Vec<String> {
        self.envelope.to().iter().map(ToString::to_string).collect()
    }

    /// Bytes that travel.
    pub fn size(&self) -> usize {
        self.bytes.len()
    }
}

/// The fields of a message's head, folded lines joined.
fn headers(text: &str) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> = Vec::new();
    for line in text.lines() {
        if line.is_empty() {
            break;
        }
        match (line.starts_with([' ', '\t']), fields.last_mut(), line.split_once(':')) {
            (true, Some((_, value)), _) => value.push_str(line),
            (false, _, Some((name, value))) => fields.push((name.to_owned(), value.trim().to_owned())),
            _ => return Vec::new(),
        }
    }
    fields
}

/// Lines end in CR LF on the wire, however the file was kept; the last line's end is the transport's.
fn with_line_ends(bytes: &[u8]) -> Vec<u8> {
    let mut sent = Vec::with_capacity(bytes.len());
    for &byte in bytes {
        if byte == b'\n' && sent.last() != Some(&b'\r') {
            sent.push(b'\r');
        }
        sent.push(byte);
    }
    if sent.ends_with(b"\r\n") {
        sent.truncate(sent.len() - 2);
    }
    sent
}

/// Hands `mail` over. What may pass (the server is busy or cannot be reached, the connection broke) is
/// tried again; a refusal is final. How many attempts it took.
///
/// # Errors
/// What the server said last.
pub async fn send(mail: &Outgoing, access: &MailAccess) -> Result<u32, MailError> {
    let transport = transport(access)?;
    let mut wait = access.wait;
    let mut attempt = 1;
    loop {
        match transport.send_raw(&mail.envelope, &mail.bytes).await {
            Ok(_) => return Ok(attempt),
            Err(error) if attempt <= access.retries && may_pass(&error) => {
                tokio::time::sleep(wait).await;
                wait = wait.saturating_mul(2);
                attempt += 1;
            }
            Err(source) => {
                return Err(MailError::Refused {
                    server: access.server.to_string(),
                    attempts: if attempt == 1 {
                        "1 attempt".to_owned()
                    } else {
                        format!("{attempt} attempts")
                    },
                    said: said(&source),
                    source,
                });
            }
        }
    }
}

fn transport(access: &MailAccess) -> Result<AsyncSmtpTransport<Tokio1Executor>, MailError> {
    let Server { host, port, protection } = &access.server;
    let parameters = || -> Result<TlsParameters, MailError> {
        let mut builder = TlsParameters::builder(host.clone());
        if let Some(pem) = &access.authority {
            builder = builder.add_root_certificate(Certificate::from_pem(pem).map_err(MailError::Authority)?);
        }
        builder.build().map_err(MailError::Authority)
    };
    let tls = match protection {
        Protection::StartTls => Tls::Required(parameters()?),
        Protection::Tls => Tls::Wrapper(parameters()?),
        Protection::None => Tls::None,
    };
    let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(host.as_str())
        .port(*port)
        .timeout(Some(STEP))
        .tls(tls);
    if let Some((name, password)) = access.credentials.as_ref().filter(|_| *protection != Protection::None) {
        builder = builder.credentials(Credentials::new(name.clone(), password.clone()));
    }
    Ok(builder.build())
}

/// Whether another attempt can end otherwise.
fn may_pass(error: &lettre::transport::smtp::Error) -> bool {
    // A certificate that is not trusted arrives as invalid data on the connection.
    let mut source = error.source();
    while let Some(cause) = source {
        let io = cause.downcast_ref::<std::io::Error>();
        if io.is_some_and(|io| io.kind() == std::io::ErrorKind::InvalidData) {
            return false;
        }
        source = cause.source();
    }
    !(error.is_permanent() || error.is_client() || error.is_tls())
}

/// The innermost of what is said.
fn said(error: &lettre::transport::smtp::Error) -> String {
    let mut words = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        let cause_words = cause.to_string();
        if !words.contains(&cause_words) {
            words = format!("{words}: {cause_words}");
        }
        source = cause.source();
    }
    tidied(&words)
}

/// What failed, each part once, and what to do about it where that is known.
fn tidied(words: &str) -> String {
    let mut parts: Vec<&str> = words.split(": ").collect();
    parts.dedup();
    let words = crate::legible::visible(&parts.join(": "));
    if words.contains("UnknownIssuer") {
        return format!("{words} (is it a server of yours? name its authority with --smtp-authority FILE)");
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn servers_are_read() {
        for (text, shown) in [
            ("smtp://mail.example.org", "mail.example.org:587 (STARTTLS)"),
            ("smtps://mail.example.org/", "mail.example.org:465 (TLS)"),
            ("smtp://[::1]:2525", "::1:2525 (STARTTLS)"),
            ("smtp+plain://127.0.0.1:1025", "127.0.0.1:1025 (no TLS)"),
        ] {
            assert_eq!(text.parse::<Server>().unwrap().to_string(), shown);
        }
        for (text, reason) in [
            ("mail.example.org", "no scheme"),
            ("http://mail.example.org", "scheme is unknown"),
            ("smtp://:25", "names no host"),
            ("smtp://host:x", "port is no number"),
            ("smtp+plain://mail.example.org", "only a server on this machine"),
        ] {
            let error = text.parse::<Server>().unwrap_err().to_string();
            assert!(error.contains(reason), "{error}");
        }
        let error = "smtp://me:secret@host".parse::<Server>().unwrap_err().to_string();
        assert!(error.contains("environment") && !error.contains("secret"), "{error}");
    }

    #[test]
    fn a_failure_says_each_part_once_and_the_way_out() {
        let refused = "Connection error: Connection error: Connection refused (os error 111)";
        assert_eq!(tidied(refused), "Connection error: Connection refused (os error 111)");
        let unknown = tidied("Connection error: invalid peer certificate: UnknownIssuer");
        assert!(unknown.ends_with("--smtp-authority FILE)"), "{unknown}");
    }

    #[test]
    fn addresses_come_from_the_head_alone() {
        let text = "From: =?utf-8?b?w4Q=?= <a@x.org>\r\nTo: b@x.org,\r\n \"C, D\" <c@x.org>\nCc: d@x.org\n\nTo: e@x.org\n";
        let mail = Outgoing::read(text.as_bytes()).unwrap();
        assert_eq!(
            (mail.from().as_str(), mail.to()),
            ("a@x.org", vec!["b@x.org".to_owned(), "c@x.org".to_owned(), "d@x.org".to_owned()])
        );
        assert!(mail.bytes.windows(2).all(|pair| pair[1] != b'\n' || pair[0] == b'\r'));
        for (text, reason) in [
            ("To: a@x.org\n\n", "no From"),
            ("From: a@x.org\n\n", "neither To nor Cc"),
            ("From: a@x.org\nTo: b@x.org\nBcc: c@x.org\n\n", "Bcc"),
            ("{\"json\": 1}\n", "no From"),
        ] {
            let error = Outgoing::read(text.as_bytes()).unwrap_err().to_string();
            assert!(error.contains(reason), "{error}");
        }
    }
}
