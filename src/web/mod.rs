//! Asks other programs over HTTP. No proxy is taken from the environment, and no redirect is followed: what was
//! declared is asked, and nothing else.

mod private;

use std::net::IpAddr;
use std::time::Duration;

use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Body, Error, http};

use self::private::{OnlyPublic, PrivateAddress};
use crate::cancellation::Cancellation;

pub struct WebRequest {
    pub url: String,
    pub headers: Vec<(&'static str, String)>,
    pub content: WebContent,
    /// Until the whole answer has arrived.
    pub patience: Duration,
    /// The largest answer that is read, in bytes; of 0 the status alone is of interest.
    pub largest: u64,
    pub reach: WebReach,
}

/// What is sent.
pub enum WebContent {
    /// Nothing: a GET.
    None,
    Form(Vec<(&'static str, String)>),
    Json(String),
}

/// Which addresses may be asked.
pub enum WebReach {
    Anywhere,
    /// Of those that lie within a network of one's own only these.
    Public(Vec<IpAddr>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebAnswer {
    pub status: u16,
    pub body: String,
    /// How long the other side asks to wait, where it says that in seconds.
    pub retry_after: Option<Duration>,
}

/// Why there is no answer, to follow the address.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WebError {
    #[error("is no usable address")]
    Address,
    #[error("did not answer within {} s", .0.as_secs_f64().ceil())]
    Timeout(Duration),
    #[error("was not found under its name")]
    NotFound,
    #[error("answers with too much")]
    TooLarge,
    #[error("lies at the private address {0}, which is not listed in private_addresses")]
    Private(IpAddr),
    #[error("was not reached: {0}")]
    Unreached(String),
    #[error("was not asked to the end")]
    Cancelled,
}

/// Asks once. A cancellation is not waited for.
pub async fn ask(request: WebRequest, cancellation: &Cancellation) -> Result<WebAnswer, WebError> {
    let asking = tokio::task::spawn_blocking(move || answer(&request));
    tokio::select! {
        done = asking => done.unwrap_or_else(|error| Err(WebError::Unreached(error.to_string()))),
        () = cancellation.cancelled() => Err(WebError::Cancelled),
    }
}

fn answer(request: &WebRequest) -> Result<WebAnswer, WebError> {
    let failed = |error: Error| told(&error, request.patience);
    let mut answer = sent(request).map_err(failed)?;
    let wait = answer.headers().get("retry-after").and_then(|wait| wait.to_str().ok()?.trim().parse().ok());
    let status = answer.status().as_u16();
    if request.largest == 0 {
        return Ok(WebAnswer { status, body: String::new(), retry_after: wait.map(Duration::from_secs) });
    }
    // Whatever it holds: a reader finds out whether it is what was wanted.
    let body = answer.body_mut().with_config().limit(request.largest).lossy_utf8(true).read_to_string();
    Ok(WebAnswer { status, body: body.map_err(failed)?, retry_after: wait.map(Duration::from_secs) })
}

fn sent(request: &WebRequest) -> Result<http::Response<Body>, Error> {
    let agent = agent(request);
    if let WebContent::None = request.content {
        let asked = request
            .headers
            .iter()
            .fold(agent.get(&request.url), |asked, (name, value)| asked.header(*name, value));
        return asked.call();
    }
    let asked = request
        .headers
        .iter()
        .fold(agent.post(&request.url), |asked, (name, value)| asked.header(*name, value));
    match &request.content {
        WebContent::Form(fields) => asked.send_form(fields.iter().map(|(name, value)| (*name, value))),
        WebContent::Json(text) => asked.header("content-type", "application/json").send(text),
        WebContent::None => asked.send_empty(),
    }
}

fn agent(request: &WebRequest) -> Agent {
    let config = Agent::config_builder()
        .timeout_global(Some(request.patience))
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .proxy(None)
        .user_agent(concat!("jobdelta/", env!("CARGO_PKG_VERSION")))
        .build();
    match &request.reach {
        WebReach::Anywhere => config.new_agent(),
        WebReach::Public(listed) => {
            Agent::with_parts(config, DefaultConnector::default(), OnlyPublic::new(listed))
        }
    }
}

fn told(error: &Error, patience: Duration) -> WebError {
    match error {
        Error::Timeout(_) => WebError::Timeout(patience),
        // What these say holds the address.
        Error::BadUri(_) | Error::Http(_) => WebError::Address,
        Error::HostNotFound => WebError::NotFound,
        Error::BodyExceedsLimit(_) => WebError::TooLarge,
        Error::Io(error) => match error.get_ref().and_then(|inner| inner.downcast_ref::<PrivateAddress>()) {
            Some(PrivateAddress(address)) => WebError::Private(*address),
            None => WebError::Unreached(error.to_string()),
        },
        error => WebError::Unreached(error.to_string()),
    }
}
