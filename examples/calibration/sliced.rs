//! The whole analysis of drawn runs: with a close look, slice by slice, where a report takes one.

use std::collections::BTreeMap;

use jobdelta::analysis::plan::{AnalysisSettings, JobPlan};
use jobdelta::analysis::slices::SeenSlices;
use jobdelta::analysis::{Analysis, analyse, slices};
use jobdelta::clock::{DAY_US, Span};
use jobdelta::observation::Observations;
use jobdelta::observation::slices::{RankScale, SliceCounts, SlicePlan, Slices};

use crate::draws::DrawnRun;

/// The runs of jobs on the two days that are compared.
pub(crate) type LastDays = BTreeMap<String, Vec<Vec<DrawnRun>>>;

/// What a report would say of `observations`, whose last days hold `runs`.
pub(crate) fn analysed(observations: &Observations, plans: &[JobPlan], runs: &LastDays) -> Analysis {
    let settings = AnalysisSettings::default();
    let mut analysis = analyse(observations, &settings, plans);
    if let Some(plan) = slices::plan(&analysis, observations) {
        let slices = sliced(&plan, runs, observations);
        SeenSlices { plan, slices }.refine(&mut analysis, observations, &settings, plans);
    }
    analysis
}

/// The runs of both windows by slices, as the query counts them.
pub(crate) fn sliced(plan: &SlicePlan, runs: &LastDays, observations: &Observations) -> Slices {
    let mut slices = Slices::default();
    for (name, scale) in &plan.jobs {
        let mut first = observations.windows.baseline.period.start;
        for runs in runs.get(name).into_iter().flatten() {
            let apart = DAY_US / i64::try_from(runs.len()).unwrap_or(i64::MAX);
            for (run, nth) in runs.iter().zip(0..) {
                let at = first.plus(Span(apart * nth + apart / 2));
                let number = at.since(plan.first).us() / plan.length.us();
                let counts = slices.jobs.entry(name.clone()).or_default().entry(number).or_default();
                count(counts, run, scale);
            }
            first = first.plus(Span(DAY_US));
        }
    }
    slices
}

fn count(counts: &mut SliceCounts, run: &DrawnRun, scale: &RankScale) {
    counts.decided += 1;
    if run.failed {
        counts.failed += 1;
    } else {
        counts.completed += 1;
        counts.durations += 1;
        counts.ranks += scale.fifths.iter().filter(|fifth| run.us > **fifth).count() as u64;
        counts.slow += u64::from(run.us > scale.slow_after);
    }
}
