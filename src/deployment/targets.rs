//! `[targets]`, `[rollback]`: what is asked of the deployment.

use super::document::Item;
use super::problem::Located;
use crate::judgement::{JobSelector, KpiDeclaration, Severity, Target, Trigger};

/// What a key of `[targets]` or of the triggers asks, before it is read as a target.
struct AskedTarget {
    text: String,
    job: Option<String>,
    severity: Option<Severity>,
}

pub(super) fn targets(item: Option<Item<'_, '_>>, kpis: &[KpiDeclaration]) -> Vec<Located<Target>> {
    read(item, true, |metric, asked| {
        let AskedTarget { text, job, severity } = asked;
        let job = JobSelector::from_key(job.as_deref());
        Target::parse(metric, &text, job, severity.unwrap_or_default(), kpis)
    })
}

/// The rollback triggers, in the order of the file.
pub(super) fn triggers(item: Option<Item<'_, '_>>, kpis: &[KpiDeclaration]) -> Vec<Located<Trigger>> {
    read(item, false, |metric, asked| {
        let job = JobSelector::from_key(asked.job.as_deref());
        Trigger::parse(metric, &asked.text, job, kpis)
    })
}

/// Every entry of a table whose keys are metrics, and whose values are a string, a table, or a list of
/// these.
fn read<T, E: std::fmt::Display>(
    item: Option<Item<'_, '_>>,
    with_severity: bool,
    parse: impl Fn(&str, AskedTarget) -> Result<T, E>,
) -> Vec<Located<T>> {
    let Some(mut section) = item.and_then(|item| item.section()) else { return Vec::new() };
    let mut found = Vec::new();
    for (metric, item) in section.entries() {
        let items = if item.is_list() { item.list().unwrap_or_default() } else { vec![item.clone()] };
        if item.is_list() && items.is_empty() {
            item.wrong("the list is empty, so nothing would be checked");
        }
        for item in items {
            let Some(asked) = asked(&item, with_severity) else { continue };
            match parse(&metric, asked) {
                Ok(value) => found.push(Located { value, line: item.line }),
                Err(error) => item.wrong(error),
            }
        }
    }
    found
}

fn asked(item: &Item<'_, '_>, with_severity: bool) -> Option<AskedTarget> {
    if !item.is_table() {
        let text = item.parsed("a string such as \">= 99%\"", |text| Ok::<_, String>(text.to_owned()))?;
        return Some(AskedTarget { text, job: None, severity: None });
    }
    let mut section = item.section()?;
    let before = section.reader.count();
    let text = section.required_string("target");
    let job = section.string("job");
    let severity = if with_severity {
        section
            .get("severity")
            .and_then(|item| item.word(&[("required", Severity::Required), ("advisory", Severity::Advisory)]))
    } else {
        None
    };
    let reader = section.reader;
    section.finish();
    (reader.count() == before).then_some(())?;
    Some(AskedTarget { text: text?, job, severity })
}
