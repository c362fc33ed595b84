//! Flags, file, environment and defaults become settings, or a list of everything that is wrong.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use crate::analysis::plan::AnalysisSettings;
use crate::analysis::plan::threshold::ByMetric;
use crate::clock::{Span, Timestamp};
use crate::deployment::facts::DeploymentFacts;
use crate::deployment::{
    DeploymentFile, Email, Located, MOST_PLACEBO_DAYS, Problem, RequestedMoment, SCOPES, WindowSection,
    WindowsSection, check_address,
};
use crate::judgement::{AbsentJob, Target};
use crate::nearest::did_you_mean;
use crate::observation::counting::Scope;
use crate::settings::request::{flag, request, zone};
use crate::settings::{
    BaselineFrom, Delivery, Overrides, Policy, Question, Redaction, Settings, SettingsError, SourceSettings,
    WatchChecks, WindowRequest, check, first_minutes,
};
use crate::window::Side;

/// What flags and file say together, but for the database.
pub(super) struct Resolved {
    pub(super) windows: Option<WindowRequest>,
    analysis: AnalysisSettings,
    as_of: Option<Timestamp>,
    policy: Policy,
    targets: Vec<Target>,
}

impl Settings {
    /// The settings of a report: each from the flag, else the file, else the environment, else the default.
    ///
    /// # Errors
    /// All that is wrong with them, each with its line or flag.
    pub fn resolve(
        file: Option<DeploymentFile>,
        overrides: &Overrides,
        environment: &BTreeMap<String, String>,
    ) -> Result<Self, SettingsError> {
        let mut problems = Vec::new();
        let asks = match overrides.checks {
            WatchChecks::Never => false,
            WatchChecks::AsWritten => file.as_ref().is_some_and(|file| file.monitoring.checks),
            WatchChecks::Asked => true,
        };
        let file = if asks { Some(first_minutes::with_pool(file.unwrap_or_default())) } else { file };
        let source = match SourceSettings::resolve(file.as_ref(), overrides, environment) {
            Ok(source) => Some(source),
            Err(SettingsError(found)) => {
                problems.extend(found);
                None
            }
        };
        let baseline = BaselineFrom::resolve(file.as_ref(), overrides).unwrap_or_else(|problem| {
            problems.push(problem);
            BaselineFrom::Source
        });
        let redact = redact(overrides, &mut problems);
        let email = email(file.as_ref(), overrides, &mut problems);
        let before = problems.len();
        let mut resolved = resolve(file.as_ref(), overrides, &mut problems);
        if let Some(file) = file.as_ref().filter(|_| asks) {
            first_minutes::add(file, &mut resolved.targets, &mut problems);
        }
        if resolved.windows.is_none() && problems.len() == before {
            problems.push(Problem::with_inputs(
                "no windows: give --at T (the moment of the change), or --baseline START/END and --stagger \
                 START/END, or [windows] in the deployment file",
            ));
        }
        let (Some(source), Some(windows), true) = (source, resolved.windows, problems.is_empty()) else {
            return Err(SettingsError(problems));
        };
        let file = file.unwrap_or_default();
        let question = Question {
            deployment: labelled(file.facts),
            source,
            baseline,
            windows,
            exclusions: file.windows.exclusions.into_iter().map(|exclusion| exclusion.value).collect(),
            as_of: resolved.as_of,
            analysis: resolved.analysis,
            jobs: file.jobs.into_iter().map(|job| job.value).collect(),
            targets: resolved.targets,
            triggers: file.triggers.into_iter().map(|trigger| trigger.value).collect(),
            history: overrides.history.clone(),
            kpis: file.kpis,
            sampling: file.monitoring.sampling,
            absent_job: AbsentJob::Refused,
        };
        let delivery = Delivery { redact, email, webhooks: file.monitoring.webhooks };
        Ok(Self { question: Arc::new(question), policy: resolved.policy, delivery })
    }
}

fn redact(overrides: &Overrides, problems: &mut Vec<Problem>) -> BTreeSet<Redaction> {
    let read = |text: &String| {
        text.trim().parse().map_err(|error: String| problems.push(Problem::with_flag("--redact", error))).ok()
    };
    overrides.redact.iter().filter_map(read).collect()
}

/// The addresses of the flags, else of the file.
fn email(file: Option<&DeploymentFile>, overrides: &Overrides, problems: &mut Vec<Problem>) -> Email {
    let mut email = file.and_then(|file| file.email.clone()).unwrap_or_default();
    let mut checked = |flag, text: &String| match check_address(text) {
        Ok(()) => Some(text.clone()),
        Err(error) => {
            problems.push(Problem::with_flag(flag, error));
            None
        }
    };
    if let Some(from) = &overrides.mail_from {
        email.from = checked("--mail-from", from);
    }
    if !overrides.mail_to.is_empty() {
        email.to = overrides.mail_to.iter().filter_map(|to| checked("--mail-to", to)).collect();
    }
    email
}

/// Without a file the windows are still called something.
fn labelled(facts: DeploymentFacts) -> DeploymentFacts {
    if facts.labels.iter().all(String::is_empty) {
        return DeploymentFacts { labels: ["before".to_owned(), "after".to_owned()], ..facts };
    }
    facts
}

/// All but the source, with the problems that file and flags have with each other.
pub(super) fn resolve(
    file: Option<&DeploymentFile>,
    overrides: &Overrides,
    problems: &mut Vec<Problem>,
) -> Resolved {
    let windows = request(file, overrides, problems);
    let analysis = analysis(file, overrides, problems);
    let as_of = as_of(file, overrides, problems);
    let as_of = as_of.or_else(|| file.and_then(|file| file.windows.as_of));
    let policy = policy(overrides, problems);
    let targets = check::targets(file, overrides, problems);
    check::jobs(file, &targets, problems);
    check::accepted(file, &targets, problems);
    let targets = targets.into_iter().map(|placed| placed.target).collect();
    Resolved { windows, analysis, as_of, policy, targets }
}

/// An instant: what depends on the present could not fix it.
fn as_of(
    file: Option<&DeploymentFile>,
    overrides: &Overrides,
    problems: &mut Vec<Problem>,
) -> Option<Timestamp> {
    let text = overrides.as_of.as_ref()?;
    // A wrong zone is an error of the windows.
    let moment = RequestedMoment::read(text, zone(file, overrides, &mut Vec::new()));
    match moment.map(RequestedMoment::fixed) {
        Ok(Some(at)) => return Some(at),
        Ok(None) => {
            problems.push(Problem::with_flag("--as-of", format!("'{text}' is no fixed time; write it out")));
        }
        Err(error) => problems.push(Problem::with_flag("--as-of", error.to_string())),
    }
    None
}

fn analysis(
    file: Option<&DeploymentFile>,
    overrides: &Overrides,
    problems: &mut Vec<Problem>,
) -> AnalysisSettings {
    let declares = file.is_some_and(|file| !file.jobs.is_empty());
    let scope = if declares { Scope::Declared } else { Scope::All };
    let mut settings = AnalysisSettings { scope, ..AnalysisSettings::default() };
    if let Some(file) = file {
        settings = file.analysis.apply(&settings);
        settings.cycle = file.windows.cycle.unwrap_or(settings.cycle);
        settings.burst_window = file.windows.burst_window.unwrap_or(settings.burst_window);
    }
    if let Some(text) = &overrides.scope {
        if let Some((_, scope)) = SCOPES.iter().find(|(word, _)| word == text) {
            settings.scope = *scope;
        } else {
            let hint = did_you_mean(text, SCOPES.map(|(word, _)| word));
            problems.push(Problem::with_flag("--scope", format!("unknown scope '{text}'{hint}")));
        }
    }
    if settings.scope == Scope::Declared && !declares {
        let message = "the scope is 'declared', but no jobs are declared";
        let line = file.and_then(|file| Some((file, file.analysis.scope.as_ref()?.line)));
        problems.push(match (&overrides.scope, line) {
            (None, Some((file, line))) => Problem::on_line(&file.file, line, message),
            _ => Problem::with_flag("--scope", message),
        });
    }
    match overrides.min_runs {
        Some(0) => problems.push(Problem::with_flag("--min-runs", "it must be at least 1")),
        Some(number) => settings.min_runs = ByMetric::of_all(number),
        None => {}
    }
    match overrides.placebo_days {
        Some(days) if days > MOST_PLACEBO_DAYS => {
            problems.push(Problem::with_flag(
                "--placebo-days",
                format!("it must be at most {MOST_PLACEBO_DAYS}"),
            ));
        }
        Some(days) => settings.placebo_days = days,
        None => {}
    }
    settings.nothing_in_flight = overrides.nothing_in_flight;
    settings
}

fn policy(overrides: &Overrides, problems: &mut Vec<Problem>) -> Policy {
    let policy = Policy {
        execution: overrides.execution.unwrap_or_default(),
        connections: overrides.connections,
        allow_full_scan: overrides.allow_full_scan,
        ..Policy::default()
    };
    let Some(span) = flag::<Span>("--max-time", overrides.max_time.as_ref(), problems) else { return policy };
    match u64::try_from(span.us()) {
        Ok(us) if us > 0 => Policy { max_time: Duration::from_micros(us), ..policy },
        _ => {
            problems.push(Problem::with_flag("--max-time", "it must be longer than 0s"));
            policy
        }
    }
}

impl WindowsSection {
    pub(super) fn of(&self, side: Side) -> Option<&Located<WindowSection>> {
        match side {
            Side::Baseline => self.baseline.as_ref(),
            Side::Stagger => self.stagger.as_ref(),
        }
    }
}
