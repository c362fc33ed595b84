//! What the source itself cannot tell.

use super::{Caveat, CaveatKind};
use crate::clock::Span;
use crate::mapping::SourceLimits;
use crate::report::history::HistoryFacts;

pub(super) fn of_source(
    limits: &SourceLimits,
    history: Option<&HistoryFacts>,
    longest_run: Span,
) -> Vec<Caveat> {
    let limit =
        |is_headline| move |limit: &String| CaveatKind::SourceLimit { limit: limit.clone(), is_headline };
    let known = limits.headline.iter().map(limit(true)).chain(limits.known.iter().map(limit(false)));
    let bound = limits.bound.iter().map(|bound| CaveatKind::BoundByKey {
        column: bound.column.clone(),
        within: bound.within.unwrap_or(longest_run),
    });
    let history = history.map(|history| CaveatKind::History(history.clone()));
    history.into_iter().chain(known).chain(bound).map(Caveat::new).collect()
}
