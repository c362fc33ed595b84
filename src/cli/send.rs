//! `jobdelta send FILE`: a written mail handed to a mail server.

use std::path::PathBuf;
use std::time::Duration;

use super::arguments::SendArguments;
use super::{Exit, Failure, Surroundings};
use crate::clock::Span;
use crate::sink::mail::{MailAccess, MailError, Outgoing, Server, send};

/// Where the mail server is, when no flag says.
const SERVER: &str = "JOBDELTA_SMTP";
const USER: &str = "JOBDELTA_SMTP_USER";
const PASSWORD: &str = "JOBDELTA_SMTP_PASSWORD";

/// The mail was not sent.
#[derive(Debug, thiserror::Error)]
enum SendError {
    #[error("no mail server: give --smtp URL, or set {SERVER}")]
    NoServer,
    #[error("{USER} is set without {PASSWORD}")]
    NoPassword,
    #[error("{}: {error}", file.display())]
    NotAMessage { file: PathBuf, error: MailError },
    #[error("failed to read {}: {source}", file.display())]
    Read {
        file: PathBuf,
        #[source]
        source: std::io::Error,
    },
    #[error("{error}; the message is still in {}", file.display())]
    Refused { file: PathBuf, error: MailError },
    #[error("--retry-wait: {0}")]
    Wait(String),
}

pub(super) async fn run(
    arguments: SendArguments,
    surroundings: &mut Surroundings<'_>,
) -> Result<Exit, Failure> {
    let file = &arguments.file;
    let read =
        |path: &PathBuf| std::fs::read(path).map_err(|source| SendError::Read { file: path.clone(), source });
    let bytes = read(file)?;
    let mail =
        Outgoing::read(&bytes).map_err(|error| SendError::NotAMessage { file: file.clone(), error })?;
    let access = MailAccess {
        server: server(&arguments, surroundings)?,
        credentials: credentials(surroundings)?,
        authority: arguments.smtp_authority.as_ref().map(read).transpose()?,
        retries: arguments.retries,
        wait: wait(&arguments.retry_wait)?,
    };
    let what = format!(
        "{} ({} bytes) from {} to {} through {}",
        file.display(),
        mail.size(),
        mail.from(),
        mail.to().join(", "),
        access.server
    );
    if arguments.dry_run {
        surroundings.print(format!("would send {what}\n").as_bytes())?;
        return Ok(Exit::Success);
    }
    let attempts =
        send(&mail, &access).await.map_err(|error| SendError::Refused { file: file.clone(), error })?;
    if attempts > 1 {
        writeln!(surroundings.err, "it took {attempts} attempts")?;
    }
    surroundings.print(format!("sent {what}\n").as_bytes())?;
    Ok(Exit::Success)
}

fn server(arguments: &SendArguments, surroundings: &Surroundings<'_>) -> Result<Server, Failure> {
    let text = arguments.smtp.as_ref().or_else(|| variable(surroundings, SERVER));
    Ok(text.ok_or(SendError::NoServer)?.parse::<Server>()?)
}

fn credentials(surroundings: &Surroundings<'_>) -> Result<Option<(String, String)>, SendError> {
    match (variable(surroundings, USER), variable(surroundings, PASSWORD)) {
        (Some(user), Some(password)) => Ok(Some((user.clone(), password.clone()))),
        (Some(_), None) => Err(SendError::NoPassword),
        (None, _) => Ok(None),
    }
}

fn variable<'a>(surroundings: &'a Surroundings<'_>, name: &str) -> Option<&'a String> {
    surroundings.environment.get(name).filter(|value| !value.is_empty())
}

fn wait(text: &str) -> Result<Duration, SendError> {
    let span = text.parse::<Span>().map_err(|error| SendError::Wait(error.to_string()))?;
    u64::try_from(span.us())
        .map(Duration::from_micros)
        .map_err(|_| SendError::Wait(format!("'{text}' is negative")))
}
