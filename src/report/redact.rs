//! Redaction of a finished report.
//!
//! Names of jobs are replaced wherever the report has them as names, and sentences that are made of them are
//! made anew. What people and databases wrote is searched for them as whole words.

use std::collections::{BTreeMap, BTreeSet};

use crate::clock::Timestamp;
use crate::deployment::facts::DeploymentFacts;
use crate::inventory::audit::{Audit, AuditedList};
use crate::judgement::{self, Accepted};
use crate::report::caveat::{Caveat, CaveatKind};
use crate::report::finding;
use crate::report::model::Report;
use crate::report::population::Population;
use crate::report::scoreboard::scoreboard;
use crate::settings::Redaction;
use crate::window::Chosen;

/// Stands in place of a host.
const HOST: &str = "(redacted)";

/// Classes of failures that hold no message.
const WITHOUT_MESSAGE: [&str; 2] = ["(none)", "(other)"];

/// `report` without `what`. The observations of the window go with names or messages, for they hold both.
#[must_use]
pub fn report(mut report: Report, what: &BTreeSet<Redaction>) -> Report {
    if what.is_empty() {
        return report;
    }
    if what.contains(&Redaction::Jobs) {
        Replacements::of_jobs(&report).apply(&mut report);
        report.observations = None;
    }
    if what.contains(&Redaction::Errors) {
        errors(&mut report);
        report.observations = None;
    }
    if what.contains(&Redaction::Host) {
        Replacements::of_places(&report).apply(&mut report);
        host(&mut report);
    }
    report.caveats.push(Caveat::new(CaveatKind::Redacted { what: what.clone() }));
    report.decision = judgement::decide(&report.targets, &report.triggers);
    report.scoreboard = scoreboard(&report);
    report.findings = finding::findings(&report);
    report
}

fn errors(report: &mut Report) {
    let classes: BTreeSet<&str> = report
        .failures
        .iter()
        .map(|failure| failure.error_class.as_str())
        .filter(|class| !WITHOUT_MESSAGE.contains(class))
        .collect();
    let pseudonyms = numbered("error", classes);
    for failure in &mut report.failures {
        if let Some(pseudonym) = pseudonyms.get(&failure.error_class) {
            failure.error_class.clone_from(pseudonym);
        }
    }
}

/// Replaces the host where it stands as such.
fn host(report: &mut Report) {
    HOST.clone_into(&mut report.source.identity);
    let told = report.caveats.iter_mut().filter_map(|caveat| match &mut caveat.kind {
        CaveatKind::BaselineElsewhere { chosen } => Some(chosen),
        _ => None,
    });
    for chosen in told.chain([&mut report.windows.baseline.chosen]) {
        if let Chosen::ReadFrom { identity, .. } = chosen {
            HOST.clone_into(identity);
        }
    }
}

/// What is replaced, and by what.
struct Replacements {
    /// Names of jobs with their pseudonyms.
    jobs: BTreeMap<String, String>,
    /// Words or phrases of free text, the longest first.
    words: Vec<(String, String)>,
}

impl Replacements {
    /// The pseudonyms of all jobs: `job 1`, in the order of the bytes of the names.
    fn of_jobs(report: &Report) -> Self {
        let names = report.jobs.iter().flat_map(|job| job.was.iter().chain([&job.name]));
        let audited = report.population.audit.iter().flat_map(Audit::names);
        let jobs = numbered("job", names.map(String::as_str).chain(audited).collect());
        let words = jobs.clone().into_iter();
        Self { words: longest_first(words), jobs }
    }

    /// Where the rows are: `host:port/name` is looked for as a whole, with its port, and alone.
    fn of_places(report: &Report) -> Self {
        let other = match &report.windows.baseline.chosen {
            Chosen::ReadFrom { identity, .. } => Some(identity),
            _ => None,
        };
        let mut places: BTreeSet<&str> = BTreeSet::new();
        for identity in [Some(&report.source.identity), other].into_iter().flatten() {
            let address = identity.split('/').next().unwrap_or_default();
            // An IPv6 address holds colons, and is in brackets before a port.
            let name = address.rsplit_once(':').map_or(address, |(name, _)| name);
            places.extend([identity.as_str(), address, name, name.trim_matches(['[', ']'])]);
        }
        let words = places.into_iter().map(|place| (place.to_owned(), HOST.to_owned()));
        Self { words: longest_first(words), jobs: BTreeMap::new() }
    }

    /// Replaces in every place; a new field of the report or kind of caveat does not compile before it is listed here.
    fn apply(&self, report: &mut Report) {
        let Report {
            deployment,
            windows,
            excluded,
            totals,
            jobs,
            targets,
            triggers,
            failures,
            trends,
            pictures,
            population,
            checkpoints,
            environments,
            caveats,
            provenance,
            // made anew
            decision: _,
            findings: _,
            scoreboard: _,
            // without names and free text
            schema_version: _,
            tool: _,
            generated_at: _,
            as_of: _,
            source: _,
            cycle_s: _,
            burst_window_s: _,
            kpis: _,
            observations: _,
        } = report;
        self.deployment(deployment);
        for window in windows.iter_mut() {
            self.chosen(&mut window.chosen);
        }
        for period in excluded {
            self.text(&mut period.reason);
        }
        for window in [&mut totals.baseline, &mut totals.stagger] {
            self.jobs(&mut window.concurrency.jobs_at_peak);
        }
        for job in jobs {
            self.job(&mut job.name);
            self.jobs(&mut job.was);
            self.some_texts(&mut job.note);
            for recorded in &mut job.recorded_schedules {
                self.some_texts(recorded.schedule.iter_mut().chain(&mut recorded.effective_schedule));
            }
        }
        for target in targets {
            self.jobs(&mut target.job);
            if let Some(accepted) = &mut target.accepted {
                self.accepted(accepted);
            }
        }
        for trigger in triggers {
            self.jobs(&mut trigger.job);
        }
        for failure in failures {
            self.job(&mut failure.job);
            self.text(&mut failure.error_class);
        }
        for series in &mut trends.series {
            self.jobs(&mut series.job);
        }
        for minute in pictures.busiest_minute.iter_mut().flatten() {
            self.jobs(minute.runs.iter_mut().map(|run| &mut run.job));
        }
        let Population { new, vanished, rescheduled, absent, disabled, audit, rows: _ } = population;
        for names in [new, vanished, rescheduled, absent, disabled] {
            self.jobs(names);
        }
        for AuditedList { list: _, jobs: _, never_ran, disabled_ran, not_listed } in
            audit.iter_mut().flat_map(|audit| &mut audit.lists)
        {
            self.jobs(never_ran);
            self.jobs(disabled_ran.iter_mut().chain(not_listed).map(|job| &mut job.name));
        }
        for change in checkpoints.iter_mut().flat_map(|checkpoint| &mut checkpoint.changes) {
            self.jobs(&mut change.job);
        }
        if let Some(environments) = environments {
            self.jobs(environments.changes.iter_mut().filter_map(|change| change.job.as_mut()));
            self.jobs(environments.targets.iter_mut().filter_map(|target| target.job.as_mut()));
        }
        for caveat in caveats {
            self.caveat(caveat);
        }
        for value in provenance.iter_mut().flat_map(|query| query.parameters.values_mut()) {
            if let serde_json::Value::String(text) = value {
                self.text(text);
            }
        }
    }

    fn job(&self, name: &mut String) {
        if let Some(pseudonym) = self.jobs.get(name) {
            name.clone_from(pseudonym);
        }
    }

    fn jobs<'a>(&self, names: impl IntoIterator<Item = &'a mut String>) {
        names.into_iter().for_each(|name| self.job(name));
    }

    fn text(&self, text: &mut String) {
        *text = replaced(text, &self.words);
    }

    fn some_texts<'a>(&self, texts: impl IntoIterator<Item = &'a mut String>) {
        texts.into_iter().for_each(|text| self.text(text));
    }

    fn chosen(&self, chosen: &mut Chosen) {
        if let Chosen::FromReport { file } = chosen {
            self.text(file);
        }
    }

    fn caveat(&self, caveat: &mut Caveat) {
        self.jobs(&mut caveat.jobs.named);
        match &mut caveat.kind {
            CaveatKind::SourceLimit { limit: text, .. }
            | CaveatKind::ExcludedBetween { reason: text, .. }
            | CaveatKind::ExcludedInside { reason: text, .. }
            | CaveatKind::KpiUnanswered { reason: text, .. }
            | CaveatKind::Told { message: text, .. } => self.text(text),
            CaveatKind::BaselineElsewhere { chosen } => self.chosen(chosen),
            CaveatKind::PopulationChanged { new, gone } => {
                self.jobs(new.named.iter_mut().chain(&mut gone.named));
            }
            // without names and free text
            CaveatKind::BoundByKey { .. }
            | CaveatKind::History(_)
            | CaveatKind::Excluded { .. }
            | CaveatKind::ShortWindow { .. }
            | CaveatKind::NoStarts
            | CaveatKind::AsOfInsideWindow { .. }
            | CaveatKind::DifferentHours(_)
            | CaveatKind::DifferentWeekdays(_)
            | CaveatKind::BaselineCannotGrow { .. }
            | CaveatKind::TooFast
            | CaveatKind::RunsMissing
            | CaveatKind::Mixture
            | CaveatKind::HoursMixture
            | CaveatKind::ControlsToo
            | CaveatKind::EarlierDays { .. }
            | CaveatKind::NotInBothHalves { .. }
            | CaveatKind::Drift(_)
            | CaveatKind::AnotherMoment { .. }
            | CaveatKind::Gradual
            | CaveatKind::LoadChanged { .. }
            | CaveatKind::MissingSchedule { .. }
            | CaveatKind::OrphanAfterTooShort { .. }
            | CaveatKind::DisabledButRunning
            | CaveatKind::ControlsAffected
            | CaveatKind::TableBeginsLate { .. }
            | CaveatKind::RowsFarFromAnEdge
            | CaveatKind::NeverFinished
            | CaveatKind::ImpossibleTimes { .. }
            | CaveatKind::SuspectedDuplicates { .. }
            | CaveatKind::LongestRun { .. }
            | CaveatKind::OutOfScope
            | CaveatKind::RowsOpen
            | CaveatKind::RowsAfterAsOf
            | CaveatKind::RowsUnplaced
            | CaveatKind::RowsUnaccounted
            | CaveatKind::RowsAhead
            | CaveatKind::NoTimeZone
            | CaveatKind::ClockChange
            | CaveatKind::WholeSeconds
            | CaveatKind::KpiCoarse { .. }
            | CaveatKind::KpiGap { .. }
            | CaveatKind::KpiUnusable { .. }
            | CaveatKind::NotWatched { .. }
            | CaveatKind::Redacted { .. } => {}
        }
    }

    fn accepted(&self, entry: &mut Accepted) {
        if let (metric, Some(job)) = entry.subject() {
            let mut job = job.to_owned();
            self.job(&mut job);
            entry.target = format!("{metric}: {job}");
        }
        self.text(&mut entry.reason);
        self.some_texts(entry.by.iter_mut().chain(&mut entry.until));
    }

    /// What people wrote.
    fn deployment(&self, facts: &mut DeploymentFacts) {
        let mut accepted = std::mem::take(&mut facts.accepted);
        for entry in &mut accepted {
            self.accepted(entry);
        }
        *facts = DeploymentFacts { accepted, ..self.written(facts) };
    }

    /// `facts` with each text but instants searched.
    fn written(&self, facts: &DeploymentFacts) -> DeploymentFacts {
        let change = |facts: &DeploymentFacts| {
            let mut value = serde_json::to_value(facts)?;
            self.texts(&mut value);
            serde_json::from_value(value)
        };
        // Rather nothing than what was to be redacted.
        change(facts).unwrap_or_default()
    }

    fn texts(&self, value: &mut serde_json::Value) {
        match value {
            serde_json::Value::String(found) if found.parse::<Timestamp>().is_err() => self.text(found),
            serde_json::Value::Array(list) => list.iter_mut().for_each(|value| self.texts(value)),
            serde_json::Value::Object(map) => map.values_mut().for_each(|value| self.texts(value)),
            _ => {}
        }
    }
}

/// Names with numbers of one width, so that the order of the names is that of the pseudonyms.
fn numbered(word: &str, names: BTreeSet<&str>) -> BTreeMap<String, String> {
    let width = names.len().to_string().len();
    let pseudonym =
        |(number, name): (usize, &str)| (name.to_owned(), format!("{word} {:0width$}", number + 1));
    names.into_iter().enumerate().map(pseudonym).collect()
}

fn longest_first(pairs: impl Iterator<Item = (String, String)>) -> Vec<(String, String)> {
    let mut pairs: Vec<(String, String)> = pairs.filter(|(text, _)| !text.is_empty()).collect();
    pairs.sort_by(|(a, _), (b, _)| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    pairs
}

/// `text` with every whole word or phrase of `replacements` replaced, the longest that fits first.
fn replaced(text: &str, replacements: &[(String, String)]) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        let before = shown.chars().next_back();
        let fits = |name: &str| {
            rest.strip_prefix(name).is_some_and(|after| {
                apart(before, name.chars().next()) && apart(name.chars().next_back(), after.chars().next())
            })
        };
        match replacements.iter().find(|(name, _)| fits(name)) {
            Some((name, pseudonym)) => {
                shown.push_str(pseudonym);
                rest = &rest[name.len()..];
            }
            None => {
                shown.push(next);
                rest = &rest[next.len_utf8()..];
            }
        }
    }
    shown
}

/// Whether a word may end between the two.
fn apart(left: Option<char>, right: Option<char>) -> bool {
    !(left.is_some_and(char::is_alphanumeric) && right.is_some_and(char::is_alphanumeric))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_words_are_replaced_the_longest_first() {
        let pairs = [("sync", "job 1"), ("sync users", "job 2"), ("*", "job 3")];
        let replacements = longest_first(pairs.into_iter().map(|(a, b)| (a.to_owned(), b.to_owned())));
        for (text, expected) in [
            ("sync users, sync.", "job 2, job 1."),
            ("resync and syncs", "resync and syncs"),
            ("a*b", "ajob 3b"),
            ("", ""),
        ] {
            assert_eq!(replaced(text, &replacements), expected);
        }
    }

    #[test]
    fn pseudonyms_keep_the_order_of_the_names() {
        let names: Vec<String> = (0..12).map(|number| format!("{number}")).collect();
        let pseudonyms = numbered("job", names.iter().map(String::as_str).collect());
        assert_eq!(pseudonyms["0"], "job 01");
        let order: Vec<&String> = pseudonyms.values().collect();
        assert!(order.is_sorted(), "{order:?}");
    }

    #[test]
    fn one_finished_report_serves_deliveries_with_different_redaction() {
        let text = include_str!("../../tests/fixtures/reports/demo.json");
        let open: Report = serde_json::from_str(text).unwrap();
        let redacted = |what: &[Redaction]| report(open.clone(), &what.iter().copied().collect());
        assert_eq!(redacted(&[]), open);
        let shown = |report: &Report| serde_json::to_string(report).unwrap();
        let (no_jobs, no_host) = (redacted(&[Redaction::Jobs]), redacted(&[Redaction::Host]));
        for job in &open.jobs {
            assert!(!shown(&no_jobs).contains(&job.name) && shown(&no_host).contains(&job.name));
        }
        assert_eq!(no_host.source.identity, HOST);
        assert_eq!(no_jobs.source.identity, open.source.identity);
        assert_eq!(no_jobs.totals.stagger.job, open.totals.stagger.job);
    }
}
