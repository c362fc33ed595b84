//! What must not leave the house, replaced in the whole report.
//!
//! Names of jobs are replaced before anything is analysed, so that every sentence that is made of them is
//! made with the pseudonyms, whatever the names are. What people wrote is searched for them as well.

use std::collections::{BTreeMap, BTreeSet};

use super::caveat::Caveat;
use super::finding;
use super::model::Report;
use crate::clock::Timestamp;
use crate::deployment::facts::DeploymentFacts;
use crate::judgement::{Accepted, JobSelector};
use crate::legible;
use crate::observation::Observations;
use crate::settings::{JobPlan, Redaction, Settings};
use crate::window::{Chosen, Exclusion, Side};

/// Stands in place of a host.
const HOST: &str = "(redacted)";

/// Classes of failures that hold no message.
const WITHOUT_MESSAGE: [&str; 2] = ["(none)", "(other)"];

/// Texts and what stands in their place, the longest text first.
type Replacements<'a> = Vec<(&'a str, &'a str)>;

/// Names of jobs with their pseudonyms: `job 1`, in the order of the bytes of the names. Empty when names
/// are shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pseudonyms(BTreeMap<String, String>);

impl Pseudonyms {
    /// The pseudonyms of all jobs that are declared or were seen.
    pub fn of(settings: &Settings, observations: &Observations) -> Self {
        if !settings.redact.contains(&Redaction::Jobs) {
            return Self::default();
        }
        let plans = settings.jobs.iter();
        let declared = plans.flat_map(|job| job.was.iter().chain([&job.name])).map(String::as_str);
        let seen = Side::BOTH.into_iter().flat_map(|side| observations.get(side).jobs.keys());
        let selectors = settings.targets.iter().map(|target| &target.job);
        let selectors = selectors.chain(settings.triggers.iter().map(|trigger| &trigger.job));
        let named = selectors.filter_map(|job| match job {
            JobSelector::Named(name) => Some(name.as_str()),
            JobSelector::Total | JobSelector::Each => None,
        });
        let names: BTreeSet<&str> = declared.chain(seen.map(String::as_str)).chain(named).collect();
        Self(numbered("job", names))
    }

    fn name(&self, job: &str) -> String {
        self.0.get(job).cloned().unwrap_or_else(|| job.to_owned())
    }

    fn replacements(&self) -> Replacements<'_> {
        longest_first(self.0.iter().map(|(name, pseudonym)| (name.as_str(), pseudonym.as_str())))
    }

    /// `settings` with the pseudonyms.
    #[must_use]
    pub fn settings(&self, settings: &Settings) -> Settings {
        let mut settings = settings.clone();
        if self.0.is_empty() {
            return settings;
        }
        let replacements = self.replacements();
        let text = |text: &str| replaced(text, &replacements);
        settings.jobs = settings.jobs.iter().map(|job| self.plan(job, &text)).collect();
        let selectors = settings.targets.iter_mut().map(|target| &mut target.job);
        for job in selectors.chain(settings.triggers.iter_mut().map(|trigger| &mut trigger.job)) {
            if let JobSelector::Named(name) = job {
                *name = self.name(name);
            }
        }
        let accepted = settings.deployment.accepted.iter().map(|entry| self.accepted(entry, &text)).collect();
        settings.deployment = DeploymentFacts { accepted, ..written(&settings.deployment, &text) };
        let exclusion = |e: &Exclusion| Exclusion { period: e.period, reason: text(&e.reason) };
        settings.exclusions = settings.exclusions.iter().map(exclusion).collect();
        settings
    }

    fn plan(&self, job: &JobPlan, text: &dyn Fn(&str) -> String) -> JobPlan {
        JobPlan {
            name: self.name(&job.name),
            was: job.was.as_deref().map(|was| self.name(was)),
            note: job.note.as_deref().map(text),
            ..job.clone()
        }
    }

    fn accepted(&self, entry: &Accepted, text: &dyn Fn(&str) -> String) -> Accepted {
        let target = match entry.subject() {
            (metric, Some(job)) => format!("{metric}: {}", self.name(job)),
            (metric, None) => metric.to_owned(),
        };
        Accepted { target, reason: text(&entry.reason), ..entry.clone() }
    }

    /// `observations` with the pseudonyms.
    #[must_use]
    pub fn observations(&self, mut observations: Observations) -> Observations {
        if !self.0.is_empty() {
            observations.baseline.rename(|job| self.name(job));
            observations.stagger.rename(|job| self.name(job));
            observations.pictures.rename(|job| self.name(job));
        }
        observations
    }
}

/// `report`, made with `pseudonyms`, without the rest of what is to be redacted. The observations of the
/// window go with names or messages, for they hold both.
#[must_use]
pub fn report(mut report: Report, what: &BTreeSet<Redaction>, pseudonyms: &Pseudonyms) -> Report {
    if what.is_empty() {
        return report;
    }
    if what.contains(&Redaction::Jobs) {
        let replacements = pseudonyms.replacements();
        parameters(&mut report, &replacements);
        for failure in &mut report.failures {
            failure.error_class = replaced(&failure.error_class, &replacements);
        }
        report.observations = None;
    }
    if what.contains(&Redaction::Errors) {
        errors(&mut report);
        report.observations = None;
    }
    if what.contains(&Redaction::Host) {
        host(&mut report);
    }
    report.caveats.push(Caveat {
        code: "redacted".to_owned(),
        message: format!("replaced in this report: {}", words(what)),
        window: None,
        job: None,
        runs: None,
    });
    report.findings = finding::findings(&report);
    report
}

fn words(what: &BTreeSet<Redaction>) -> String {
    let word = |redaction: &Redaction| match redaction {
        Redaction::Errors => "messages of failures".to_owned(),
        Redaction::Jobs => "names of jobs".to_owned(),
        Redaction::Host => "where the rows are".to_owned(),
    };
    legible::sentence_list(what.iter().map(word).collect(), what.len())
}

/// What queries bound.
fn parameters(report: &mut Report, replacements: &Replacements<'_>) {
    for value in report.provenance.iter_mut().flat_map(|query| query.parameters.values_mut()) {
        if let serde_json::Value::String(text) = value {
            *text = replaced(text, replacements);
        }
    }
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

fn host(report: &mut Report) {
    let identity = std::mem::replace(&mut report.source.identity, HOST.to_owned());
    let other = match &mut report.windows.baseline.chosen {
        Chosen::ReadFrom { identity, .. } => Some(std::mem::replace(identity, HOST.to_owned())),
        _ => None,
    };
    let mut places: BTreeSet<String> = BTreeSet::new();
    for identity in [Some(identity), other].into_iter().flatten() {
        // `host:port/name` is looked for as a whole, with its port, and alone.
        let address = identity.split('/').next().unwrap_or_default().to_owned();
        let name = address.split(':').next().unwrap_or_default().to_owned();
        places.extend([identity, address, name]);
    }
    places.retain(|place| !place.is_empty());
    let replacements = longest_first(places.iter().map(|place| (place.as_str(), HOST)));
    let text = |text: &str| replaced(text, &replacements);
    report.deployment = written(&report.deployment, &text);
    for job in &mut report.jobs {
        job.note = job.note.as_deref().map(text);
    }
    for excluded in &mut report.excluded {
        excluded.reason = text(&excluded.reason);
    }
    for caveat in &mut report.caveats {
        caveat.message = text(&caveat.message);
    }
    if let Chosen::FromReport { file } = &mut report.windows.baseline.chosen {
        *file = text(file);
    }
}

/// Names with numbers of one width, so that the order of the names is that of the pseudonyms.
fn numbered(word: &str, names: BTreeSet<&str>) -> BTreeMap<String, String> {
    let width = names.len().to_string().len();
    let pseudonym =
        |(number, name): (usize, &str)| (name.to_owned(), format!("{word} {:0width$}", number + 1));
    names.into_iter().enumerate().map(pseudonym).collect()
}

fn longest_first<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Replacements<'a> {
    let mut pairs: Replacements<'a> = pairs.filter(|(text, _)| !text.is_empty()).collect();
    pairs.sort_by_key(|(text, _)| (std::cmp::Reverse(text.len()), *text));
    pairs
}

/// `text` with every whole word or phrase of `replacements` replaced, the longest that fits first.
fn replaced(text: &str, replacements: &Replacements<'_>) -> String {
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

/// What people wrote, each text but instants changed by `text`.
fn written(facts: &DeploymentFacts, text: &dyn Fn(&str) -> String) -> DeploymentFacts {
    let change = |facts: &DeploymentFacts| {
        let mut value = serde_json::to_value(facts)?;
        change_texts(&mut value, text);
        serde_json::from_value(value)
    };
    // Rather nothing than what was to be redacted.
    change(facts).unwrap_or_default()
}

fn change_texts(value: &mut serde_json::Value, text: &dyn Fn(&str) -> String) {
    match value {
        serde_json::Value::String(found) if found.parse::<Timestamp>().is_err() => *found = text(found),
        serde_json::Value::Array(list) => list.iter_mut().for_each(|value| change_texts(value, text)),
        serde_json::Value::Object(map) => map.values_mut().for_each(|value| change_texts(value, text)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_words_are_replaced_the_longest_first() {
        let pairs = [("sync", "job 1"), ("sync users", "job 2"), ("*", "job 3")];
        let replacements = longest_first(pairs.into_iter());
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
}
