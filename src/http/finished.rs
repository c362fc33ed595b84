//! A report that is made, and its renderings.

use std::collections::BTreeSet;
use std::io::Write;
use std::sync::Arc;

use axum::body::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};

use crate::clock::Timestamp;
use crate::render::json::{self, Tables};
use crate::render::page::Frame;
use crate::render::{Format, RenderError, Style, email, page, render};
use crate::report::model::Report;
use crate::report::redact;
use crate::settings::{Delivery, Redaction};

/// Bytes below which compression is not worth its header.
const SMALL: usize = 1_000;

/// A value takes about so many times the bytes of its JSON.
const IN_MEMORY: u64 = 4;

pub(super) struct Finished {
    pub(super) report: Report,
    /// Stands for the question and what came of it.
    pub(super) id: String,
    pub(super) made_at: Timestamp,
    /// About the bytes that it takes.
    pub(super) weight: u64,
}

impl Finished {
    /// # Errors
    /// When the report cannot be written.
    pub(super) fn of(report: Report, made_at: Timestamp) -> Result<Self, RenderError> {
        let bytes = json::render(&report, Tables::Few)?;
        let weight = bytes.len() as u64 * IN_MEMORY;
        Ok(Self { report, id: digest(&bytes), made_at, weight })
    }
}

/// What is made of a report.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Shape {
    File(&'static str),
    /// In the frame of a deployment.
    Page {
        name: String,
        latest: String,
        may_share: bool,
    },
}

/// A rendering, as it is sent.
pub(super) struct Rendered {
    pub(super) plain: Bytes,
    pub(super) gzip: Option<Bytes>,
    /// Stands for the bytes.
    pub(super) tag: String,
}

impl Rendered {
    pub(super) fn of(bytes: Vec<u8>) -> Self {
        let tag = digest(&bytes);
        let gzip = (bytes.len() >= SMALL).then(|| compressed(&bytes)).flatten();
        Self { plain: bytes.into(), gzip, tag }
    }

    pub(super) fn weight(&self) -> u64 {
        (self.plain.len() + self.gzip.as_ref().map_or(0, Bytes::len)) as u64 + 200
    }
}

/// `None` where compression makes it longer.
fn compressed(bytes: &[u8]) -> Option<Bytes> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).ok()?;
    let made = encoder.finish().ok()?;
    (made.len() < bytes.len()).then(|| made.into())
}

/// 32 digits that stand for the bytes.
pub(super) fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

/// The rendering of one format, for a reader who may see it without `redact`.
pub(super) fn file(
    finished: &Arc<Finished>,
    format: Format,
    delivery: &Delivery,
) -> Result<Rendered, RenderError> {
    let report = redacted(finished, &delivery.redact);
    let bytes = match format {
        Format::Email => email::message(&report, &delivery.addressed())?,
        _ => render(&report, format, None, &Style::PLAIN)?,
    };
    Ok(Rendered::of(bytes))
}

/// The page of a deployment.
pub(super) fn framed(
    finished: &Arc<Finished>,
    redact: &BTreeSet<Redaction>,
    frame: &Frame,
) -> Result<Rendered, RenderError> {
    Ok(Rendered::of(page::deployment(&redacted(finished, redact), frame)?))
}

pub(super) fn redacted(finished: &Arc<Finished>, redact: &BTreeSet<Redaction>) -> Report {
    redact::report(finished.report.clone(), redact)
}
