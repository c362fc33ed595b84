//! What restricts single comparisons: the restrictions that the analysis attached to them. Jobs with the
//! same restriction share one caveat; each comparison lists the restriction's code.

use crate::analysis::comparison::restriction::Restriction;
use crate::analysis::comparison::{Comparison, Comparisons};
use crate::analysis::figures::job::JobReport;
use crate::analysis::metric::Metric;
use crate::observation::WindowObservations;
use crate::report::caveat::{Caveat, CaveatKind, ChangeInHalves, Grounds, NamedJobs, Touched};
use crate::window::{PerSide, Side};

impl Grounds<'_> {
    pub(super) fn of_comparisons(&self) -> Vec<Caveat> {
        let mut found: Vec<Caveat> = self.too_fast().into_iter().collect();
        found.extend(self.runs_missing());
        found.extend(self.mixture());
        found.extend(self.hours_mixture());
        found.extend(self.controls_too());
        found.extend(self.not_in_both_halves());
        found.extend(Side::BOTH.into_iter().filter_map(|side| self.drift(side)));
        found.extend(self.another_moment());
        found.extend(self.gradual());
        found.extend(self.load());
        found.extend(self.population());
        found
    }

    fn too_fast(&self) -> Option<Caveat> {
        let touched = self.restricted(Restriction::TooFast)?;
        Some(touched.caveat(CaveatKind::TooFast).on(Side::Stagger))
    }

    fn runs_missing(&self) -> Option<Caveat> {
        let touched = self.restricted(Restriction::RunsMissing)?;
        Some(touched.caveat(CaveatKind::RunsMissing).on(Side::Stagger))
    }

    fn mixture(&self) -> Option<Caveat> {
        let restricted = is_restricted(&self.analysis.totals.comparison, Restriction::Mixture);
        restricted.then(|| Caveat::new(CaveatKind::Mixture))
    }

    fn hours_mixture(&self) -> Option<Caveat> {
        Some(self.restricted(Restriction::HoursMixture)?.caveat(CaveatKind::HoursMixture))
    }

    fn controls_too(&self) -> Option<Caveat> {
        Some(self.restricted(Restriction::ControlsToo)?.caveat(CaveatKind::ControlsToo))
    }

    fn not_in_both_halves(&self) -> Option<Caveat> {
        let restricted: Vec<(Option<&str>, &'static Metric, &Comparison)> = self
            .comparisons()
            .flat_map(|(job, all)| all.iter().map(move |(metric, found)| (job, metric, found)))
            .filter(|(.., found)| found.is_restricted_by(Restriction::NotInBothHalves))
            .collect();
        let &(_, metric, first) = restricted.first()?;
        let only = (restricted.len() == 1).then_some(ChangeInHalves { metric, halves: first.halves });
        let mut jobs: Vec<&str> = restricted.iter().filter_map(|(job, ..)| *job).collect();
        jobs.dedup();
        let kind = CaveatKind::NotInBothHalves { changes: restricted.len() as u64, only };
        Some(Caveat::new(kind).on(Side::Stagger).about(&jobs))
    }

    fn drift(&self, side: Side) -> Option<Caveat> {
        let touched = self.restricted(Restriction::drift_in(side))?;
        Some(Caveat::new(CaveatKind::Drift(side)).on(side).about(&touched.names))
    }

    fn another_moment(&self) -> Option<Caveat> {
        let touched = self.restricted(Restriction::AnotherMoment)?;
        let moments = self.comparisons().flat_map(|(_, all)| all.values());
        let mut moments = moments.filter(|found| found.is_restricted_by(Restriction::AnotherMoment));
        let first = moments.next().and_then(|found| found.moment);
        let only = first.filter(|_| moments.next().is_none());
        Some(touched.caveat(CaveatKind::AnotherMoment { only }))
    }

    fn gradual(&self) -> Option<Caveat> {
        Some(self.restricted(Restriction::Gradual)?.caveat(CaveatKind::Gradual))
    }

    fn load(&self) -> Vec<Caveat> {
        let mut found = Vec::new();
        let totals = &self.analysis.totals;
        if is_restricted(&totals.comparison, Restriction::LoadChanged) {
            let started = PerSide::of(|side| totals.get(side).job.started);
            found.push(Caveat::new(self.load_changed(started)));
        }
        if let Some(touched) = self.restricted(Restriction::LoadChanged)
            && let Some(job) = touched.names.first().and_then(|name| self.analysis.job(name))
        {
            let started = PerSide::of(|side| job.get(side).started);
            found.push(Caveat::new(self.load_changed(started)).about(&touched.names));
        }
        found
    }

    fn load_changed(&self, started: PerSide<u64>) -> CaveatKind {
        let rates = started.zip(self.analysis.observed_seconds);
        let runs_per_hour = rates.map(|(runs, seconds)| runs as f64 * 3_600.0 / seconds);
        CaveatKind::LoadChanged { runs_per_hour }
    }

    fn population(&self) -> Option<Caveat> {
        if !is_restricted(&self.analysis.totals.comparison, Restriction::PopulationChanged) {
            return None;
        }
        let [before, after] = Side::BOTH.map(|side| self.observations.get(side));
        let (new, gone) = (only_in(after, before), only_in(before, after));
        let (new, gone) = (NamedJobs::of(&new), NamedJobs::of(&gone));
        Some(Caveat::new(CaveatKind::PopulationChanged { new, gone }))
    }

    /// The comparisons of all jobs together, then those of each job.
    fn comparisons(&self) -> impl Iterator<Item = (Option<&str>, &Comparisons)> {
        let jobs = self.analysis.jobs.iter().map(|job| (Some(job.name.as_str()), &job.comparison));
        std::iter::once((None, &self.analysis.totals.comparison)).chain(jobs)
    }

    /// The jobs with a comparison that `restriction` touches, with their runs after.
    fn restricted(&self, restriction: Restriction) -> Option<Touched<'_>> {
        let runs = |job: &JobReport| {
            if job.is_restricted_by(restriction) { job.stagger.started.max(1) } else { 0 }
        };
        Touched::of(self.analysis.jobs.iter().map(|job| (job.name.as_str(), runs(job))))
    }
}

fn is_restricted(comparisons: &Comparisons, restriction: Restriction) -> bool {
    comparisons.values().any(|found| found.is_restricted_by(restriction))
}

fn only_in<'a>(window: &'a WindowObservations, other: &WindowObservations) -> Vec<&'a str> {
    window.jobs.keys().filter(|job| !other.jobs.contains_key(*job)).map(String::as_str).collect()
}
