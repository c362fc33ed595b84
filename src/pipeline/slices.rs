//! The changes that the analysis shows are looked at slice by slice, in the same snapshot.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use super::computed;
use super::error::PipelineError;
use super::source::{Inquiry, Source};
use crate::analysis::slices::{self, SeenSlices};
use crate::analysis::statistics::matched_pairs::MatchedPairs;
use crate::analysis::{Analysis, analyse};
use crate::clock::Stopwatch;
use crate::observation::Observations;
use crate::observation::slices::{SlicePlan, Slices};
use crate::observe::Observer;
use crate::window::{Chosen, PerSide, Window};

impl Source<'_> {
    /// Analyses what was seen. Where a change is shown, or a season may hide one, it is looked at closely, unless reading
    /// the windows, which took `took`, leaves no time for that.
    pub(super) async fn analysed(
        &mut self,
        inquiry: Inquiry<'_>,
        observations: Observations,
        took: Duration,
    ) -> Result<(Observations, Analysis), PipelineError> {
        let Inquiry { question, cancellation, deadline, .. } = inquiry;
        let question = Arc::clone(question);
        let asked = Arc::clone(&question);
        let analysing = move || {
            let analysis = analyse(&observations, &asked.analysis, &asked.jobs);
            let plan = slices::plan(&analysis, &observations);
            (observations, analysis, plan)
        };
        let (observations, mut analysis, plan) =
            computed("the analysis", cancellation, deadline, analysing).await?;
        let Some(plan) = plan.filter(|_| took < self.session.time_left() / 2) else {
            return Ok((observations, analysis));
        };
        let seen = SeenSlices { slices: self.slices(plan.clone()).await?, plan };
        let refining = move || {
            seen.refine(&mut analysis, &observations, &question.analysis, &question.jobs);
            (observations, analysis)
        };
        computed("the analysis", cancellation, deadline, refining).await
    }

    /// What pairs of the same time of day say of every job that a season may hide a change of: of some of them at a time,
    /// while that and reading the windows, which took `took`, leave time.
    pub(super) async fn seasons(
        &mut self,
        inquiry: Inquiry<'_>,
        observations: Observations,
        took: Duration,
    ) -> Result<(Observations, BTreeMap<String, MatchedPairs>), PipelineError> {
        let Inquiry { question, cancellation, deadline, .. } = inquiry;
        let question = Arc::clone(question);
        let planning = move || {
            let analysis = analyse(&observations, &question.analysis, &question.jobs);
            let plans = slices::plans_of_seasons(&analysis, &observations);
            (observations, plans)
        };
        let (observations, plans) = computed("the analysis", cancellation, deadline, planning).await?;
        let (watch, mut seen) = (Stopwatch::start(), Vec::new());
        for plan in plans {
            if took + watch.elapsed() >= self.session.time_left() / 2 {
                break;
            }
            seen.push(SeenSlices { slices: self.slices(plan.clone()).await?, plan });
        }
        let matching = move || {
            let matched = seen.iter().flat_map(|seen| seen.seasons(&observations)).collect();
            (observations, matched)
        };
        computed("the analysis", cancellation, deadline, matching).await
    }

    async fn slices(&mut self, plan: SlicePlan) -> Result<Slices, PipelineError> {
        let table = &self.table;
        let stagger =
            Window::observe(plan.whole, table.as_of, &table.question.exclusions, Chosen::Given, None);
        let windows = PerSide { baseline: Window::nothing_at(plan.whole.start), stagger };
        // On time or not is no part of the question.
        let observer = Observer::new(table.relation(), windows, PerSide::default());
        Ok(observer.slices(&mut self.session, plan).await?)
    }
}
