//! Why a comparison says what it says, as types; [`wording`](super::wording) makes the text.

use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::analysis::comparison::moment_facts::MomentFacts;
use crate::analysis::comparison::ordinary_facts::OrdinaryFacts;
use crate::analysis::comparison::restriction::{Against, Withheld};
use crate::analysis::comparison::verdict::Why;
use crate::analysis::comparison::verdict::outlook::FurtherRuns;
use crate::analysis::comparison::verdict::trial::Standing;
use crate::analysis::metric::Metric;
use crate::analysis::statistics::matched_pairs::MatchedPairs;
use crate::window::PerSide;

/// Why a comparison has its verdict; of a metric without a test, what it is. JSON has it as text.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum ComparisonReason {
    #[default]
    Unsaid,
    /// What a metric without a test is.
    Described(&'static str),
    /// Nothing to compare: in which windows there are data.
    NoData(PerSide<bool>),
    Judged(Arc<TrialGrounds>),
    /// Read from JSON, which holds the text only: its clauses.
    Told(Vec<String>),
}

/// What the verdict of a trial rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct TrialGrounds {
    pub metric: &'static Metric,
    pub standing: Standing,
    pub why: Why,
    /// Runs that would do, where that can be said.
    pub further: Option<FurtherRuns>,
    /// Days a window that would do where days limit what can be told.
    pub further_days: Option<u64>,
    pub p_adjusted: Option<f64>,
    /// Variance inflation; `None` where dependence was not measured.
    pub inflation: Option<f64>,
    /// What pairs of the same time of day say, where it rests on these.
    pub matched: Option<MatchedPairs>,
    /// What ordinary days say of it.
    pub ordinary: Option<Arc<OrdinaryFacts>>,
    /// The halves in which it does not hold.
    pub against: Vec<Against>,
    /// Why a change that the test shows is none.
    pub withheld: Vec<Withheld>,
    /// When it came, where that was looked at.
    pub moment: Option<MomentFacts>,
}

impl ComparisonReason {
    /// It came when `moment` says.
    pub(super) fn came(&mut self, moment: MomentFacts) {
        if let Self::Judged(grounds) = self {
            Arc::make_mut(grounds).moment = Some(moment);
        }
    }

    /// The change that the test shows is none that can be told.
    pub(super) fn withheld(&mut self, why: Withheld) {
        if let Self::Judged(grounds) = self {
            Arc::make_mut(grounds).withheld.push(why);
        }
    }

    pub fn is_unsaid(&self) -> bool {
        *self == Self::Unsaid
    }
}

impl Serialize for ComparisonReason {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ComparisonReason {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(String::deserialize(deserializer)?.into())
    }
}
