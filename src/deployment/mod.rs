//! The deployment file: what people write about a deployment, read strictly.
//!
//! Nothing is skipped: a key that is not known, a value of another type or in a form that does not fit
//! is a problem with its line, and all problems of a file are reported at once. What is said to each
//! other by different parts of a file, and by flags, is checked where both are known, in
//! [`crate::settings`].

mod analysis;
mod built_in_file;
pub mod builtin;
mod chosen;
mod document;
mod environments;
mod expansion;
pub mod facts;
mod jobs;
mod kpis;
mod log;
mod mapping;
mod moment;
mod monitoring;
mod narrative;
mod period;
mod problem;
mod reader;
pub mod shown;
mod source;
mod targets;
mod windows;

use std::collections::BTreeMap;

use toml::de::DeTable;

pub use self::analysis::{AnalysisSection, MOST_PLACEBO_DAYS, SCOPES};
use self::document::Section;
pub use self::document::time_zone;
pub use self::environments::EnvironmentSection;
pub use self::expansion::{EnvironmentError, expand};
use self::facts::DeploymentFacts;
pub use self::log::LogSection;
pub use self::mapping::WrittenMapping;
pub use self::moment::{MomentError, RequestedMoment};
pub use self::monitoring::MonitoringSection;
pub use self::narrative::{Email, check_address};
pub use self::period::{PeriodError, RequestedEnd, RequestedPeriod, check};
pub use self::problem::{Located, Problem, ProblemPlace, Problems};
use self::reader::{Drafts, Reader};
pub use self::source::SourceSection;
pub use self::windows::{WindowSection, WindowsSection};
use crate::analysis::plan::{AnalysisSettings, JobPlan};
use crate::judgement::{Accepted, KpiDeclaration, Target, Trigger};
use crate::log_pattern::LogSettings;

#[derive(Clone, Debug, Default)]
pub struct DeploymentFile {
    pub file: String,
    /// What people tell about the deployment; `accepted` among it.
    pub facts: DeploymentFacts,
    pub source: SourceSection,
    pub log: LogSection,
    pub windows: WindowsSection,
    pub analysis: AnalysisSection,
    pub jobs: Vec<Located<JobPlan>>,
    pub targets: Vec<Located<Target>>,
    pub triggers: Vec<Located<Trigger>>,
    /// The misses that somebody answers for, with their lines.
    pub accepted: Vec<Located<Accepted>>,
    pub kpis: Vec<KpiDeclaration>,
    pub monitoring: MonitoringSection,
    pub email: Option<Email>,
    pub environments: Vec<EnvironmentSection>,
}

impl DeploymentFile {
    /// Reads the text of a deployment file called `file`, `${NAME}` being taken from `environment`.
    ///
    /// # Errors
    /// All that is wrong with it, by line.
    pub fn read(text: &str, file: &str, environment: &BTreeMap<String, String>) -> Result<Self, Problems> {
        let (read, problems) = Self::read_all(text, file, environment);
        if problems.is_empty() { Ok(read) } else { Err(Problems(problems)) }
    }

    /// The same for a command that needs no mapping: a mark for what is still to be decided is no problem.
    ///
    /// # Errors
    /// All else that is wrong with it, by line.
    pub fn read_draft(
        text: &str,
        file: &str,
        environment: &BTreeMap<String, String>,
    ) -> Result<Self, Problems> {
        let (read, problems) = Self::read_with(text, file, environment, Drafts::Read);
        if problems.is_empty() { Ok(read) } else { Err(Problems(problems)) }
    }

    /// How logs are read. A zone of `[source]` counts where `[log]` has none.
    ///
    /// # Errors
    /// When a built-in pattern cannot be read.
    pub fn logs(&self) -> Result<LogSettings, String> {
        let settings = self.log.settings()?;
        Ok(LogSettings { time_zone: settings.time_zone.or(self.source.mapping.time_zone()), ..settings })
    }

    /// The same, with what could be read beside the problems.
    pub(crate) fn read_all(
        text: &str,
        file: &str,
        environment: &BTreeMap<String, String>,
    ) -> (Self, Vec<Problem>) {
        Self::read_with(text, file, environment, Drafts::Refused)
    }

    fn read_with(
        text: &str,
        file: &str,
        environment: &BTreeMap<String, String>,
        drafts: Drafts,
    ) -> (Self, Vec<Problem>) {
        let reader = Reader::new(text, file, environment);
        let (document, errors) = DeTable::parse_recoverable(text);
        if !errors.is_empty() {
            // What follows from a broken line would only hide it.
            for error in errors {
                let line = error.span().map_or(1, |span| reader.line(span.start));
                reader.problem(line, format!("this is not TOML: {}", error.message()));
            }
            let read = Self { file: file.to_owned(), ..Self::default() };
            return (read, reader.into_problems(drafts));
        }
        let read = Self::sections(Section::document(&reader, document.get_ref()), file);
        (read, reader.into_problems(drafts))
    }

    fn sections(mut document: Section<'_, '_>, file: &str) -> Self {
        let mut facts = narrative::read(&mut document);
        let windows = windows::read(document.get("windows"));
        facts.labels = windows.labels.clone().unwrap_or(facts.labels);
        let cycle = windows.cycle.unwrap_or(AnalysisSettings::default().cycle);
        let monitoring = document.get("monitoring").and_then(monitoring::read).unwrap_or_default();
        facts.monitoring.clone_from(&monitoring.plan);
        let kpis = kpis::read(document.sections("kpis"), file, &monitoring.sampling);
        let targets = targets::targets(document.get("targets"), &kpis);
        let mut triggers = Vec::new();
        if let Some(mut rollback) = document.get("rollback").and_then(|item| item.section()) {
            facts.rollback_command = rollback.string("command");
            triggers = targets::triggers(rollback.get("triggers"), &kpis);
            rollback.finish();
        }
        let accepted = narrative::accepted(document.sections("accepted"));
        facts.accepted = accepted.iter().map(|entry| entry.value.clone()).collect();
        let read = Self {
            file: file.to_owned(),
            facts,
            source: source::read(document.get("source")),
            log: log::read(document.get("log")),
            windows,
            analysis: analysis::read(document.get("analysis"), cycle),
            jobs: jobs::read(document.sections("jobs"), cycle),
            targets,
            triggers,
            accepted,
            kpis,
            monitoring,
            email: document.get("email").and_then(narrative::email),
            environments: document.get("environments").map(environments::read).unwrap_or_default(),
        };
        document.finish();
        read
    }
}
