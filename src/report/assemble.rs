//! The report put together from what was observed, analysed and judged. Nothing is computed here.

use crate::analysis::Analysis;
use crate::analysis::figures::kpi::KpiFigures;
use crate::analysis::figures::pictures::Pictures;
use crate::clock::Timestamp;
use crate::judgement::Judgement;
use crate::mapping::SourceLimits;
use crate::observation::{Observations, SchedulerJob};
use crate::report::caveat;
use crate::report::finding;
use crate::report::kept::KeptObservations;
use crate::report::model::{ExcludedPeriod, Kpi, Report, SCHEMA_VERSION, SourceFacts, WindowFacts};
use crate::report::population;
use crate::report::provenance::Provenance;
use crate::report::scoreboard::{Scoreboard, scoreboard};
use crate::report::tool::Tool;
use crate::settings::Question;
use crate::window::{PerSide, Side, Window};

/// What a report is made of.
#[derive(Debug)]
pub struct Parts<'a> {
    pub question: &'a Question,
    pub observations: Observations,
    pub analysis: Analysis,
    pub judgement: Judgement,
    pub source: SourceFacts,
    /// What is known that the source cannot tell.
    pub limits: SourceLimits,
    /// The scheduler's own list of jobs, where there is one.
    pub scheduler: Option<Vec<SchedulerJob>>,
    pub provenance: Vec<Provenance>,
    pub generated_at: Timestamp,
}

pub fn assemble(parts: Parts<'_>) -> Report {
    let Parts {
        question,
        observations,
        analysis,
        judgement,
        source,
        limits,
        scheduler,
        provenance,
        generated_at,
    } = parts;
    let population = population::population(&observations, &question.jobs, scheduler.as_deref());
    let caveats = caveat::caveats(&observations, &analysis, question, &limits, source.history.as_ref());
    let windows = PerSide {
        baseline: window_facts(&observations.windows.baseline),
        stagger: window_facts(&observations.windows.stagger),
    };
    let mut report = Report {
        schema_version: SCHEMA_VERSION,
        tool: Tool::this(),
        generated_at,
        as_of: observations.as_of,
        deployment: question.deployment.clone(),
        source,
        windows,
        excluded: excluded(question, &observations),
        cycle_s: question.analysis.cycle.as_seconds(),
        burst_window_s: question.analysis.burst_window.as_seconds(),
        scoreboard: Scoreboard::default(),
        totals: analysis.totals,
        jobs: analysis.jobs,
        targets: judgement.targets,
        triggers: judgement.triggers,
        decision: judgement.decision,
        findings: Vec::new(),
        failures: analysis.failures,
        trends: analysis.trends,
        pictures: Pictures::of(&observations, question.analysis.cycle),
        population,
        kpis: kpis(question, &analysis.kpis),
        checkpoints: Vec::new(),
        environments: None,
        caveats,
        provenance,
        observations: Some(KeptObservations::of(observations, &question.exclusions, &question.analysis)),
    };
    report.scoreboard = scoreboard(&report);
    report.findings = finding::findings(&report);
    report
}

fn window_facts(window: &Window) -> WindowFacts {
    WindowFacts {
        start: window.period.start,
        end: window.period.end,
        seconds: window.observed_length().as_seconds(),
        excluded: window.excluded.clone(),
        chosen: window.chosen.clone(),
    }
}

fn excluded(question: &Question, observations: &Observations) -> Vec<ExcludedPeriod> {
    let runs = observations.excluded_runs.iter().copied().chain(std::iter::repeat(0));
    let declared = question.exclusions.iter().zip(runs);
    declared
        .map(|(exclusion, runs)| ExcludedPeriod {
            start: exclusion.period.start,
            end: exclusion.period.end,
            reason: exclusion.reason.clone(),
            runs,
        })
        .collect()
}

/// The declared measurements; what has no source, or no sample, was not measured.
fn kpis(question: &Question, figures: &PerSide<KpiFigures>) -> Vec<Kpi> {
    let facts = |side, name: &str| figures.get(side).get(name).copied().flatten();
    let declared = question.kpis.iter();
    declared
        .map(|kpi| Kpi {
            name: kpi.name.clone(),
            unit: kpi.unit.clone(),
            source: kpi.source.as_ref().map(|source| source.word().to_owned()),
            baseline: facts(Side::Baseline, &kpi.name),
            stagger: facts(Side::Stagger, &kpi.name),
        })
        .collect()
}

/// Rows that were left out of both windows together: outside the scope, after `as_of`, and without a usable
/// start; the last are the same rows for both windows.
pub fn rows_left_out(observations: &Observations) -> (u64, u64, u64) {
    let sides = Side::BOTH.map(|side| observations.get(side));
    let out_of_scope = sides.iter().map(|side| side.rows_out_of_scope).sum();
    let after_as_of = sides.iter().map(|side| side.rows_after_as_of).sum();
    let unplaced = sides.iter().map(|side| side.rows_unplaced).max().unwrap_or(0);
    (out_of_scope, after_as_of, unplaced)
}
