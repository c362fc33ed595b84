//! What a source cannot tell, where it touches every figure.

use super::compose::finding;
use crate::legible;
use crate::report::caveat::CaveatKind;
use crate::report::model::{Finding, Report};

pub(super) fn limits(report: &Report) -> Vec<Finding> {
    let headline = |kind: &CaveatKind| match kind {
        CaveatKind::SourceLimit { limit, is_headline: true } => {
            Some(finding("source_limit", format!("{}.", legible::capital(limit)), Vec::new(), &[]))
        }
        _ => None,
    };
    report.caveats.iter().filter_map(|caveat| headline(&caveat.kind)).collect()
}
