//! `[[jobs]]`: what was meant to run, when, and from where in the cycle.

use std::collections::BTreeSet;

use crate::analysis::plan::JobPlan;
use crate::analysis::schedule::Schedule;
use crate::clock::{SECOND_US, Span};
use crate::deployment::analysis::{margin, min_runs};
use crate::deployment::document::Section;
use crate::deployment::problem::Located;
use crate::deployment::reader::Reader;

/// The declared jobs. One whose schedule cannot be read is still declared, so that targets about it are
/// not called unknown as well.
pub(super) fn read(sections: Vec<Section<'_, '_>>, cycle: Span) -> Vec<Located<JobPlan>> {
    let Some(reader) = sections.first().map(|section| section.reader) else { return Vec::new() };
    let jobs: Vec<_> = sections.into_iter().filter_map(|section| job(section, cycle)).collect();
    refuse_shared_names(&jobs, reader);
    jobs
}

fn job(mut section: Section<'_, '_>, cycle: Span) -> Option<Located<JobPlan>> {
    let line = section.line;
    let name = section.required_string("name");
    let (schedule, baseline_schedule) = schedules(&mut section, cycle);
    let plan = JobPlan {
        name: name.clone().unwrap_or_default(),
        was: section.string("was"),
        schedule,
        baseline_schedule,
        enabled: section.boolean("enabled").unwrap_or(true),
        control: section.boolean("control").unwrap_or(false),
        orphan_after: section.get("orphan_after").and_then(|item| item.positive_span()),
        min_runs: min_runs(&mut section).unwrap_or_default(),
        margin: margin(&mut section).unwrap_or_default(),
        note: section.string("note"),
    };
    section.finish();
    name.map(|_| Located { value: plan, line })
}

/// The schedule with the offset in force, and with that of the baseline.
fn schedules(section: &mut Section<'_, '_>, cycle: Span) -> (Option<Schedule>, Option<Schedule>) {
    let zone = section.zone("time_zone").unwrap_or(chrono_tz::UTC);
    let offset = offset(section, "offset", cycle);
    let baseline_offset = self::offset(section, "baseline_offset", cycle);
    let Some(item) = section.get("schedule") else {
        if offset.is_some() || baseline_offset.is_some() {
            section.reader.problem(section.line, "the job has an offset and no schedule that it is added to");
        }
        return (None, None);
    };
    let Some(expression) = item.string() else { return (None, None) };
    let parse = |offset: Option<Span>| Schedule::parse(&expression, offset.unwrap_or_default(), zone);
    match parse(offset).and_then(|schedule| Ok((schedule, parse(baseline_offset)?))) {
        Ok((schedule, baseline)) => (Some(schedule), Some(baseline)),
        Err(error) => {
            item.wrong(error);
            (None, None)
        }
    }
}

/// An offset: whole seconds below the cycle.
fn offset(section: &mut Section<'_, '_>, key: &str, cycle: Span) -> Option<Span> {
    let item = section.get(key)?;
    let offset = item.span()?;
    if offset.us() % SECOND_US != 0 {
        item.wrong(format!("{offset} is not whole seconds"));
        return None;
    }
    if offset >= cycle {
        item.wrong(format!("{offset} is not below the cycle of {cycle}"));
        return None;
    }
    Some(offset)
}

/// A name may stand for one job only, whether it is the present one or an earlier one.
fn refuse_shared_names(jobs: &[Located<JobPlan>], reader: &Reader<'_>) {
    let mut names = BTreeSet::new();
    for job in jobs {
        let name = job.value.name.as_str();
        if name.is_empty() {
            reader.problem(job.line, "the job's name is empty");
        }
        if !names.insert(name) {
            reader.problem(job.line, format!("job '{name}' is declared twice"));
        }
    }
    for job in jobs {
        if let Some(was) = &job.value.was
            && !names.insert(was)
        {
            reader.problem(
                job.line,
                format!(
                    "'was' of job '{}': '{was}' is the name of another declared job already",
                    job.value.name
                ),
            );
        }
    }
}
