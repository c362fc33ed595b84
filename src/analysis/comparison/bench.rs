//! What was seen, and what it is judged by.

use std::collections::BTreeMap;

use crate::analysis::comparison::verdict::outlook::{Coming, Earlier, Outlook};
use crate::analysis::comparison::verdict::rule::Rule;
use crate::analysis::plan::{AnalysisSettings, JobPlan};
use crate::analysis::statistics::matched_pairs::MatchedPairs;
use crate::observation::{JobObservations, Observations, WindowObservations};
use crate::window::{PerSide, Side};

/// What was seen, and what it is judged by.
pub(in crate::analysis) struct Bench<'a> {
    observations: &'a Observations,
    settings: &'a AnalysisSettings,
    plans: BTreeMap<&'a str, &'a JobPlan>,
    outlook: Outlook,
    /// Jobs whose runs are held against those of the same time of day.
    matched: BTreeMap<String, MatchedPairs>,
    /// What was seen of a job that was not there.
    nothing: JobObservations,
}

impl<'a> Bench<'a> {
    pub(in crate::analysis) fn new(
        observations: &'a Observations,
        settings: &'a AnalysisSettings,
        plans: &'a [JobPlan],
    ) -> Self {
        Self {
            observations,
            settings,
            plans: plans.iter().map(|plan| (plan.name.as_str(), plan)).collect(),
            outlook: outlook(observations),
            matched: BTreeMap::new(),
            nothing: JobObservations::default(),
        }
    }

    #[must_use]
    pub(in crate::analysis) fn with_matched(self, matched: BTreeMap<String, MatchedPairs>) -> Self {
        Self { matched, ..self }
    }

    /// What pairs of the same time of day say of a job, where that is to be asked.
    pub(in crate::analysis) fn matched(&self, job: &str) -> Option<MatchedPairs> {
        self.matched.get(job).copied()
    }

    /// What was seen in a window.
    pub(in crate::analysis) fn observations(&self, side: Side) -> &WindowObservations {
        self.observations.get(side)
    }

    /// What was seen in both, and on earlier days.
    pub(in crate::analysis) fn all_observations(&self) -> &'a Observations {
        self.observations
    }

    /// What figures of all jobs together are judged by.
    pub(in crate::analysis) fn common_rule(&self) -> Rule {
        Rule::of(self.settings, None, self.outlook)
    }

    /// What a job is judged by.
    pub(in crate::analysis) fn rule(&self, job: &str) -> Rule {
        Rule::of(self.settings, self.plans.get(job).copied(), self.outlook)
    }

    /// Whether a job is no part of the change.
    pub(in crate::analysis) fn is_control(&self, job: &str) -> bool {
        let declared = self.plans.get(job);
        declared.map_or(self.settings.undeclared_are_controls, |plan| plan.control)
    }

    /// What was seen of a job.
    pub(in crate::analysis) fn seen(&self, job: &str) -> PerSide<&JobObservations> {
        let seen = |side| self.observations.get(side).job(job).unwrap_or(&self.nothing);
        PerSide::of(seen)
    }
}

/// What more runs there could be: after the change while the window is open, before it as far as the table
/// reaches back.
fn outlook(observations: &Observations) -> Outlook {
    let (windows, as_of) = (&observations.windows, observations.as_of);
    let observed = windows.stagger.observed_length();
    let baseline = windows.baseline.period.start;
    Outlook {
        coming: (windows.stagger.period.end > as_of && observed.us() > 0)
            .then_some(Coming { as_of, observed }),
        earlier: match observations.coverage.first_started {
            None => Earlier::Unknown,
            Some(first) if first < baseline => Earlier::Since(first),
            Some(_) => Earlier::Nothing,
        },
    }
}
