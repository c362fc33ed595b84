//! What a change made now could show: for people, and as JSON for programs.

use serde::Serialize;

use super::RenderError;
use super::terminal::{NAME_WIDTH, job_name};
use crate::analysis::power::{Findable, JobPower, PowerLimit, PowerQuestion, PowerTable};
use crate::clock::Timestamp;
use crate::figure;
use crate::legible;
use crate::window::Period;

/// What is shown, and of what.
#[derive(Debug, Serialize)]
pub struct ShownPower<'a> {
    /// 1: keys are added within a version.
    pub schema_version: u32,
    pub source: &'a str,
    /// The window that stands for the baseline.
    pub window: Period,
    pub as_of: Timestamp,
    /// The change of durations that was asked for, as a fraction.
    pub change: f64,
    /// The probability of finding it.
    pub power: f64,
    #[serde(flatten)]
    pub table: &'a PowerTable,
}

impl<'a> ShownPower<'a> {
    pub fn new(
        table: &'a PowerTable,
        asked: PowerQuestion,
        source: &'a str,
        window: Period,
        as_of: Timestamp,
    ) -> Self {
        let PowerQuestion { change, power } = asked;
        Self { schema_version: 1, source, window, as_of, change, power, table }
    }

    /// # Errors
    /// When it cannot be written as JSON.
    pub fn json(&self) -> Result<Vec<u8>, RenderError> {
        let mut bytes = serde_json::to_vec_pretty(self)?;
        bytes.push(b'\n');
        Ok(bytes)
    }

    pub fn text(&self) -> String {
        let mut text = format!(
            "{}\nbaseline: {}\n{}, found with a probability of {}, beside {}\n{}\n",
            legible::name(self.source),
            figure::period(self.window.start, self.window.end),
            "the smallest change in a window after it that is as long",
            figure::percent(self.power),
            figure::counted(self.table.comparisons, "comparison", "comparisons"),
            days(self.table.days),
        );
        if self.table.jobs.is_empty() {
            text.push_str("no job ran in this window\n");
            return text;
        }
        text.push_str(&format!(
            "\n{:NAME_WIDTH$} {:>7} {:>16} {:>18}  {}\n",
            "JOB",
            "RUNS",
            "SLOWER BY",
            "FAILS MORE BY",
            format_args!("{} IS FOUND AFTER", figure::change(self.change)),
        ));
        text.extend(self.table.jobs.iter().map(row));
        text.push_str("\n(d): ordinary days differ so much that more runs do not help; (m): nothing smaller is reported\n");
        if self.table.jobs.iter().any(|job| job.same_hours.is_some()) {
            text.push_str(SAME_HOURS);
        }
        text
    }
}

const SAME_HOURS: &str =
    "(h): runs are held against those of the same time of day, so that a daily season does not count\n";

fn days(days: u64) -> String {
    match days {
        0 => "no earlier days: what days do by themselves is not known, and is not in it".to_owned(),
        days => format!(
            "what days do by themselves is taken from {}",
            figure::counted(days, "earlier day", "earlier days")
        ),
    }
}

fn row(job: &JobPower) -> String {
    let name = job_name(&job.name);
    let found = |found: Option<Findable>, at_same_hours: bool, written: fn(f64) -> String| {
        found.map_or_else(
            || figure::ABSENT.to_owned(),
            |found| format!("{}{}", written(found.change), mark(found, at_same_hours)),
        )
    };
    let wait = match (job.wait_s, job.duration) {
        (Some(seconds), _) => figure::span(seconds.ceil()),
        (None, Some(found)) if found.limited_by == PowerLimit::Days => {
            "never: days differ as much".to_owned()
        }
        (None, Some(_)) => "never: it needs a longer baseline".to_owned(),
        (None, None) => "never: too few runs for a verdict".to_owned(),
    };
    format!(
        "{name} {:>7} {:>16} {:>18}  {wait}\n",
        figure::count(job.runs),
        found(job.duration, job.same_hours.is_some(), figure::change),
        found(job.failures, false, figure::points),
    )
}

const fn mark(found: Findable, at_same_hours: bool) -> &'static str {
    match (found.limited_by, at_same_hours) {
        (PowerLimit::Runs, false) => "",
        (PowerLimit::Runs, true) => " (h)",
        (PowerLimit::Days, _) => " (d)",
        (PowerLimit::Margin, false) => " (m)",
        (PowerLimit::Margin, true) => " (h, m)",
    }
}
