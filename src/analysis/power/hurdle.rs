//! What is found, and what it has to get over.

use serde::Serialize;

use crate::analysis::statistics::{normal, student_t};

/// The smallest change that is found.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Findable {
    pub change: f64,
    pub limited_by: PowerLimit,
}

/// What keeps smaller changes from being found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PowerLimit {
    /// The number of runs.
    Runs,
    /// Ordinary days differ as much.
    Days,
    /// Nothing smaller is reported.
    Margin,
}

/// What the estimate of a change has to exceed, in standard errors.
#[derive(Clone, Copy)]
pub(super) struct Hurdle {
    /// Of the level that one of all comparisons has to pass.
    pub(super) tail: f64,
    /// Beyond what is shown, to be so with the asked probability.
    pub(super) beyond: f64,
}

impl Hurdle {
    /// To be shown, where the error is known.
    pub(super) fn shown(self) -> f64 {
        normal::exceeded_by(self.tail)
    }

    /// To be shown with the asked probability, where the error is known.
    pub(super) fn sum(self) -> f64 {
        self.shown() + self.beyond
    }

    /// The same with an error that rests on so many degrees of freedom.
    pub(super) fn sum_with(self, df: f64) -> f64 {
        let shown = if df < AS_GOOD_AS_KNOWN { student_t::exceeded_by(self.tail, df) } else { self.shown() };
        shown + self.beyond
    }
}

/// Degrees of freedom from which an error is as good as known.
const AS_GOOD_AS_KNOWN: f64 = 1e6;
