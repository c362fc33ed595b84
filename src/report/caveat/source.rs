//! What the source itself cannot tell.

use super::{Caveat, CaveatKind};
use crate::clock::Span;
use crate::mapping::MappingSettings;

pub(super) fn of_source(mapping: &MappingSettings, longest_run: Span) -> Vec<Caveat> {
    let known = mapping.known_limits.iter().map(|limit| CaveatKind::SourceLimit { limit: limit.clone() });
    let bound = mapping.bound.iter().map(|bound| CaveatKind::BoundByKey {
        column: bound.column.clone(),
        within: bound.within.unwrap_or(longest_run),
    });
    known.chain(bound).map(Caveat::new).collect()
}
