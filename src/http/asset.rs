//! Style sheets and scripts of the pages.

use axum::extract::Path;
use axum::http::HeaderMap;
use axum::response::Response;

use super::delivery::{Lasting, answer};
use super::error::HttpError;
use super::finished::Rendered;
use crate::render::page::ASSETS;

pub(super) async fn show(Path(file): Path<String>, headers: HeaderMap) -> Result<Response, HttpError> {
    let found = ASSETS.iter().find(|(name, ..)| *name == file);
    let (_, media_type, text) = found.ok_or_else(|| HttpError::not_found("there is no such file"))?;
    Ok(answer(&Rendered::of(text.as_bytes().to_vec()), media_type, Lasting::Now, &headers))
}
