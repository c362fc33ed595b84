//! The changes that the analysis shows are looked at slice by slice, in the same snapshot.

use std::sync::Arc;
use std::time::Duration;

use super::computed;
use super::error::PipelineError;
use super::source::{Inquiry, Source};
use crate::analysis::{Analysis, analyse, slices};
use crate::observation::Observations;
use crate::observation::slices::{SlicePlan, Slices};
use crate::observe::Observer;
use crate::window::{Chosen, PerSide, Window};

impl Source<'_> {
    /// Analyses what was seen. Where a change is shown, it is looked at closely, unless reading the windows, which
    /// took `took`, leaves no time for that.
    pub(super) async fn analysed(
        &mut self,
        inquiry: Inquiry<'_>,
        observations: Observations,
        took: Duration,
    ) -> Result<(Observations, Analysis), PipelineError> {
        let Inquiry { question, cancellation, deadline, .. } = inquiry;
        let question = Arc::clone(question);
        let analysing = move || {
            let analysis = analyse(&observations, &question.analysis, &question.jobs);
            (observations, analysis)
        };
        let (observations, mut analysis) =
            computed("the analysis", cancellation, deadline, analysing).await?;
        if took < self.session.time_left() / 2
            && let Some(plan) = slices::plan(&analysis, &observations)
        {
            let seen = self.slices(plan.clone()).await?;
            slices::look(&mut analysis, &plan, &seen, &observations.windows);
        }
        Ok((observations, analysis))
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
