//! The inventory of a table: for people, and as JSON and CSV for programs.

use super::RenderError;
use super::csv::{inert, line};
use super::terminal::{NAME_WIDTH, Style, job_name};

use crate::clock::Timestamp;
use crate::figure;
use crate::inventory::audit::{Audit, AuditedList, JobList, RowsOfJob};
use crate::inventory::model::{Inventory, InventoryJob, Schedules};
use crate::legible;

/// The formats by the names of `--format`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InventoryFormat {
    Text,
    Json,
    Csv,
}

/// What of an inventory is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Jobs,
    Audit,
}

/// `inventory`, or the audit of its jobs.
///
/// # Errors
/// When it cannot be written as JSON.
pub fn render(
    inventory: &Inventory,
    part: Part,
    format: InventoryFormat,
    style: &Style,
) -> Result<Vec<u8>, RenderError> {
    Ok(match (format, part) {
        (InventoryFormat::Json, Part::Jobs) => json(inventory)?,
        (InventoryFormat::Json, Part::Audit) => json(&inventory.audit)?,
        (InventoryFormat::Csv, Part::Jobs) => csv(inventory).into_bytes(),
        (InventoryFormat::Csv, Part::Audit) => audit_csv(inventory).into_bytes(),
        (InventoryFormat::Text, Part::Jobs) => text(inventory, style).into_bytes(),
        (InventoryFormat::Text, Part::Audit) => audit_text(inventory).into_bytes(),
    })
}

fn json(value: &impl serde::Serialize) -> Result<Vec<u8>, RenderError> {
    let mut bytes = serde_json::to_vec_pretty(value)?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn head(inventory: &Inventory) -> String {
    let source = &inventory.source;
    let table = source.product.as_ref().map_or(&source.mapping, |product| product);
    let window = figure::period(inventory.window.start, inventory.window.end);
    let jobs = figure::counted(inventory.jobs.len() as u64, "job", "jobs");
    let runs: u64 = inventory.jobs.iter().map(|job| job.runs).sum();
    format!(
        "{} · {}\n{window} ({})\n{jobs}, {}\n",
        legible::name(&source.identity),
        legible::name(table),
        inventory.window_chosen,
        figure::counted(runs, "run", "runs"),
    )
}

fn text(inventory: &Inventory, style: &Style) -> String {
    let mut text = head(inventory);
    if !inventory.jobs.is_empty() {
        text.push_str(&format!(
            "\n{:NAME_WIDTH$} {:>7}  {:11}  {:11} {:>8} {:>8}\n",
            "JOB", "RUNS", "FIRST", "LAST", "MEDIAN", "P95"
        ));
    }
    for job in &inventory.jobs {
        text.push_str(&row(job));
        for detail in details(job) {
            text.push_str(&format!("    {}\n", legible::cut(&detail, style.width.max(40) - 4)));
        }
    }
    text.push_str(&notes(inventory));
    text
}

fn row(job: &InventoryJob) -> String {
    let name = job_name(&job.name);
    let duration = |ms: Option<f64>| ms.map_or_else(|| figure::ABSENT.to_owned(), figure::duration);
    format!(
        "{name} {:>7}  {:11}  {:11} {:>8} {:>8}\n",
        figure::count(job.runs),
        minute(job.first_started),
        minute(job.last_started),
        duration(job.duration_ms.map(|usual| usual.median)),
        duration(job.duration_ms.map(|usual| usual.p95)),
    )
}

/// Month, day and minute.
fn minute(at: Option<Timestamp>) -> String {
    let utc = at.and_then(Timestamp::to_utc);
    utc.map_or_else(|| figure::ABSENT.to_owned(), |utc| utc.format("%m-%d %H:%M").to_string())
}

fn details(job: &InventoryJob) -> Vec<String> {
    let mut counts: Vec<String> =
        job.statuses.counted().map(|(word, count)| format!("{} {word}", figure::count(count))).collect();
    if job.retries > 0 {
        counts.push(figure::counted(job.retries, "retry", "retries"));
    }
    if job.overlapping_starts > 0 {
        counts.push(format!(
            "{} while another ran",
            figure::counted(job.overlapping_starts, "start", "starts")
        ));
    }
    let mut lines = vec![counts.join(", ")];
    lines.extend(schedules(&job.schedule));
    lines
}

fn schedules(schedule: &Schedules) -> Vec<String> {
    let known = [
        ("declared", schedule.declared.clone()),
        ("scheduler", Some(schedule.scheduler.join("; ")).filter(|text| !text.is_empty())),
        ("recorded", schedule.recorded.clone()),
    ];
    let known =
        known.into_iter().filter_map(|(from, text)| Some(format!("{from}: {}", legible::visible(&text?))));
    let mut lines: Vec<String> =
        Some(known.collect::<Vec<_>>().join(" · ")).filter(|line| !line.is_empty()).into_iter().collect();
    if let Some(found) = &schedule.inferred {
        let zone = if found.time_zone == "UTC" { String::new() } else { format!(" {}", found.time_zone) };
        let explained = figure::part_of(found.fit.explained, found.fit.starts);
        lines.push(format!("inferred: {}{zone} ({explained} starts)", found.text));
    }
    lines
}

fn notes(inventory: &Inventory) -> String {
    let notes = inventory.notes.iter().map(|note| format!("note: {}\n", legible::prose(note)));
    let notes: String = notes.collect();
    if notes.is_empty() { notes } else { format!("\n{notes}") }
}

fn audit_text(inventory: &Inventory) -> String {
    let lists = match &inventory.audit {
        None => "\nnothing says which jobs are meant to run: declare them as [[jobs]] in a deployment file, or give \
                 `job_list` in [source]\n"
            .to_owned(),
        Some(Audit { lists, .. }) => lists.iter().map(audited).collect(),
    };
    format!("{}{lists}{}", head(inventory), notes(inventory))
}

fn list_name(list: JobList) -> &'static str {
    match list {
        JobList::DeploymentFile => "deployment file",
        JobList::Scheduler => "scheduler's list",
    }
}

fn audited(audited: &AuditedList) -> String {
    let AuditedList { list, jobs, never_ran, disabled_ran, not_listed } = audited;
    let mut text = format!("\n{}: {}\n", list_name(*list), figure::counted(*jobs, "job", "jobs"));
    let mut part = |words: &str, names: Vec<String>| {
        text.push_str(&format!("  {}: {}\n", words, figure::count(names.len() as u64)));
        text.extend(names.iter().map(|name| format!("    {name}\n")));
    };
    let shown =
        |name: &String| if name.is_empty() { legible::EMPTY.to_owned() } else { legible::visible(name) };
    let with_rows =
        |job: &RowsOfJob| format!("{} ({})", shown(&job.name), figure::counted(job.rows, "row", "rows"));
    part("enabled, never ran", never_ran.iter().map(shown).collect());
    part("disabled, ran", disabled_ran.iter().map(with_rows).collect());
    part("ran, not listed", not_listed.iter().map(with_rows).collect());
    text
}

fn audit_csv(inventory: &Inventory) -> String {
    let row = |list: JobList, finding: &str, name: &str, rows: u64| {
        let list = match list {
            JobList::DeploymentFile => "deployment_file",
            JobList::Scheduler => "scheduler",
        };
        line([list.to_owned(), finding.to_owned(), inert(name), rows.to_string()].into_iter())
    };
    let mut text = line(["list", "finding", "job", "rows"].map(str::to_owned).into_iter());
    for AuditedList { list, never_ran, disabled_ran, not_listed, .. } in
        inventory.audit.iter().flat_map(|audit| &audit.lists)
    {
        text.extend(never_ran.iter().map(|name| row(*list, "never_ran", name, 0)));
        text.extend(disabled_ran.iter().map(|job| row(*list, "disabled_ran", &job.name, job.rows)));
        text.extend(not_listed.iter().map(|job| row(*list, "not_listed", &job.name, job.rows)));
    }
    text
}

/// The columns of the CSV.
const COLUMNS: [&str; 26] = [
    "job",
    "runs",
    "retries",
    "first_started",
    "last_started",
    "success",
    "failed",
    "timeout",
    "cancelled",
    "running",
    "lost",
    "skipped",
    "median_ms",
    "p95_ms",
    "overlapping_starts",
    "declared_schedule",
    "scheduler_schedule",
    "recorded_schedule",
    "inferred_schedule",
    "inferred_cron",
    "inferred_offset_s",
    "inferred_time_zone",
    "inferred_starts",
    "inferred_explained",
    "inferred_fires",
    "window",
];

fn csv(inventory: &Inventory) -> String {
    let window = format!("{}/{}", inventory.window.start, inventory.window.end);
    let rows = inventory.jobs.iter().map(|job| line(record(job, &window).into_iter()));
    line(COLUMNS.map(str::to_owned).into_iter()) + &rows.collect::<String>()
}

fn record(job: &InventoryJob, window: &str) -> [String; 26] {
    let at = |at: Option<Timestamp>| at.map(|at| at.to_string()).unwrap_or_default();
    let known = |text: &Option<String>| inert(text.as_deref().unwrap_or_default());
    let inferred = job.schedule.inferred.as_ref();
    let number = |value: Option<u64>| value.map(|value| value.to_string()).unwrap_or_default();
    let statuses = job.statuses;
    [
        inert(&job.name),
        job.runs.to_string(),
        job.retries.to_string(),
        at(job.first_started),
        at(job.last_started),
        statuses.success.to_string(),
        statuses.failed.to_string(),
        statuses.timeout.to_string(),
        statuses.cancelled.to_string(),
        statuses.running.to_string(),
        statuses.lost.to_string(),
        statuses.skipped.to_string(),
        job.duration_ms.map(|usual| usual.median.to_string()).unwrap_or_default(),
        job.duration_ms.map(|usual| usual.p95.to_string()).unwrap_or_default(),
        job.overlapping_starts.to_string(),
        known(&job.schedule.declared),
        inert(&job.schedule.scheduler.join("; ")),
        known(&job.schedule.recorded),
        inferred.map(|found| found.text.clone()).unwrap_or_default(),
        inferred.and_then(|found| found.cron.clone()).unwrap_or_default(),
        inferred.map(|found| found.offset_s.to_string()).unwrap_or_default(),
        inferred.map(|found| found.time_zone.clone()).unwrap_or_default(),
        number(inferred.map(|found| found.fit.starts)),
        number(inferred.map(|found| found.fit.explained)),
        number(inferred.map(|found| found.fit.fires)),
        window.to_owned(),
    ]
}
