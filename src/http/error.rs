//! Why a request has no answer. The client gets a plain sentence; what may hold names of hosts or users goes to
//! the log, with the number of the request.

use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};

use super::flight::NoReport;
use crate::pipeline::{FailureKind, PipelineError};
use crate::render::RenderError;
use crate::store::StoreError;

/// An answer other than the one that was asked for.
#[derive(Clone, Debug)]
pub(super) struct HttpError {
    pub(super) status: StatusCode,
    pub(super) detail: String,
    /// Inputs or lines of a file that are to blame.
    pub(super) lines: Vec<String>,
    pub(super) retry_after: Option<u32>,
    /// For the log only.
    pub(super) cause: Option<String>,
}

impl HttpError {
    pub(super) fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        Self { status, detail: detail.into(), lines: Vec::new(), retry_after: None, cause: None }
    }

    pub(super) fn bad_request(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, detail)
    }

    pub(super) fn not_found(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, detail)
    }

    pub(super) fn with_lines(self, lines: Vec<String>) -> Self {
        Self { lines, ..self }
    }

    pub(super) fn retry_after(self, seconds: u32) -> Self {
        Self { retry_after: Some(seconds), ..self }
    }

    /// A fault of the program or of something behind it.
    pub(super) fn internal(cause: impl std::fmt::Display) -> Self {
        let detail = "the answer could not be made; the log has the reason";
        Self { cause: Some(cause.to_string()), ..Self::new(StatusCode::INTERNAL_SERVER_ERROR, detail) }
    }
}

impl From<RenderError> for HttpError {
    fn from(error: RenderError) -> Self {
        match error {
            RenderError::Address { .. } => {
                Self::new(StatusCode::CONFLICT, format!("[email] of the deployment file: {error}"))
            }
            _ => Self::internal(error),
        }
    }
}

impl From<&NoReport> for HttpError {
    fn from(reason: &NoReport) -> Self {
        match reason {
            NoReport::Busy => Self::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "too many reports of this database are being made; ask again later",
            )
            .retry_after(5),
            NoReport::Stopped => {
                Self::new(StatusCode::SERVICE_UNAVAILABLE, "the report was cancelled; ask again")
                    .retry_after(1)
            }
            NoReport::Panicked(cause) => Self::internal(cause),
            NoReport::Pipeline(error) => of_pipeline(error),
            NoReport::Store(error) => Self::from(error),
        }
    }
}

impl From<&StoreError> for HttpError {
    fn from(error: &StoreError) -> Self {
        let detail = "what the service keeps could not be read or written; the log has the reason";
        Self { cause: Some(error.to_string()), ..Self::new(StatusCode::SERVICE_UNAVAILABLE, detail) }
            .retry_after(10)
    }
}

impl From<StoreError> for HttpError {
    fn from(error: StoreError) -> Self {
        Self::from(&error)
    }
}

fn of_pipeline(error: &PipelineError) -> HttpError {
    let text = error.to_string();
    let (status, detail) = match error.kind() {
        FailureKind::Question => return HttpError::new(StatusCode::UNPROCESSABLE_ENTITY, text),
        FailureKind::Cancelled => return HttpError::from(&NoReport::Stopped),
        FailureKind::Program => return HttpError::internal(text),
        FailureKind::TimeLimit => (
            StatusCode::GATEWAY_TIMEOUT,
            "the report took too long and its statement was ended; ask for narrower windows",
        ),
        FailureKind::Source => {
            (StatusCode::BAD_GATEWAY, "the database could not be read; the log has the reason")
        }
    };
    HttpError { cause: Some(text), ..HttpError::new(status, detail) }.retry_after(5)
}

/// The outermost layer gives it its form, which depends on what the client reads.
impl IntoResponse for HttpError {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

pub(super) async fn nothing_here(uri: Uri) -> HttpError {
    let path: String = uri.path().chars().take(200).collect();
    HttpError::not_found(format!("there is nothing at {path}"))
}

pub(super) async fn not_allowed() -> HttpError {
    HttpError::new(StatusCode::METHOD_NOT_ALLOWED, "this address does not take this method")
}

/// Why the service does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error(
        "{address} can be reached by other machines: give --token-file FILE or --trusted-proxy ADDRESS, or --insecure where something else \
         lets only the right people in"
    )]
    OpenToAll { address: std::net::SocketAddr },
    #[error("nothing to serve: give --deployments DIR, or --demo")]
    NothingToServe,
    #[error("failed to read the folder {}: {source}", .folder.display())]
    Folder { folder: std::path::PathBuf, source: std::io::Error },
    #[error("failed to read {}: {source}", .file.display())]
    TokenFile { file: std::path::PathBuf, source: std::io::Error },
    #[error("{}:{line}: {message}", .file.display())]
    Token { file: std::path::PathBuf, line: usize, message: String },
    #[error("failed to listen on {address}: {source}")]
    Listen { address: std::net::SocketAddr, source: std::io::Error },
    #[error(transparent)]
    Store(#[from] crate::store::StoreError),
    #[error("--identity-header: '{0}' is not the name of a header such as X-Forwarded-User")]
    IdentityHeader(String),
    #[error("--proxy-scopes: {0}")]
    ProxyScopes(String),
    #[error("--public-url: '{0}' is not an address such as https://jobs.example.org")]
    PublicUrl(String),
}
