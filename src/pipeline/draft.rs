//! A first deployment file, from a look at a table that may be unknown.

use super::draft_error::DraftError;
use super::error::PipelineError;
use super::inventory::DEFAULT_WINDOW;
use super::reading::Keep;
use super::source::{Fitted, Inquiry};
use crate::cancellation::Cancellation;
use crate::clock::Timestamp;
use crate::database::{Session, TableName};
use crate::figure;
use crate::inventory::model::{Inventory, InventoryJob};
use crate::legible;
use crate::mapping::MappingSettings;
use crate::settings::windows::choose;
use crate::settings::{Location, Settings, WindowRequest};
use crate::source::files::{FILE_TABLE, read_as_they_are};
use crate::source::mapping::{Mapping, MappingError, ZoneBasis};
use crate::source::proposal::Proposal;
use crate::source::proposal::sample::SampledTable;
use crate::source::proposal::written::{ZoneHint, quoted};

/// Jobs that are written, those with the most runs.
const MOST_JOBS: usize = 200;

/// Tables that are looked at for runs.
const MOST_TABLES: usize = 40;

/// What to make a draft of.
#[derive(Clone, Copy, Debug)]
pub struct DraftRequest<'a> {
    pub table: Option<&'a str>,
    /// The windows that the file gets.
    pub windows: Option<&'a WindowRequest>,
    /// The `url` of `[source]`; none for files.
    pub url: Option<&'a str>,
    pub zone: ZoneHint<'a>,
}

/// A first deployment file.
#[derive(Debug)]
pub struct Draft {
    pub text: String,
    /// What was found, for a person.
    pub preview: String,
}

/// How the rows are read.
enum FoundRows {
    Known(Box<Fitted>),
    Proposed(Box<Proposal>),
}

/// Looks at the source of `settings` in one read-only snapshot.
pub async fn draft(
    settings: &Settings,
    request: DraftRequest<'_>,
    cancellation: &Cancellation,
) -> Result<Draft, PipelineError> {
    let Settings { question, policy, .. } = settings;
    let inquiry = Inquiry::new(question, *policy, Keep::Figures, cancellation);
    let (mut session, reading) = match &question.source.location {
        Location::Database(_) => {
            let (mut session, _) = inquiry.connect(&question.source).await?;
            let reading = reading(settings, request.table, &mut session).await?;
            (session, reading)
        }
        Location::Files(files) => {
            let connection = read_as_they_are(files).await?;
            let mut session = inquiry.begin(connection).await?;
            let table = TableName { schema: None, name: FILE_TABLE.to_owned() };
            let proposal = proposal(table, &mut session).await?.of_a_file();
            (session, FoundRows::Proposed(Box::new(proposal)))
        }
    };
    let clock = session.clock().await?;
    let (source, preview, fitted, sampled) = match reading {
        FoundRows::Known(fitted) => {
            let (lines, preview) = known_lines(&fitted, request.zone);
            (lines, preview, Ok(*fitted), Vec::new())
        }
        FoundRows::Proposed(proposal) => {
            let zone = request.zone.declared.and_then(|zone| zone.parse().ok());
            let fitted = fitted(&proposal.provisional(zone), &mut session).await;
            let sampled = proposal.sampled_jobs().into_iter().collect();
            (proposal.lines(request.zone), proposal.preview(), fitted, sampled)
        }
    };
    let looked = match fitted {
        Ok(fitted) => match inquiry.look(session, fitted, question.as_of).await {
            Ok(source) => source.inventory(DEFAULT_WINDOW).await,
            Err(error) => Err(error),
        },
        Err(error) => Err(error.into()),
    };
    let windows = windows(request.windows, question.as_of.unwrap_or(clock), looked.as_ref().ok());
    let jobs = match &looked {
        Ok(inventory) => job_lines(inventory),
        Err(error) => sampled_lines(&sampled, error),
    };
    let url = request.url.map(|url| format!("url = {}\n", quoted(url))).unwrap_or_default();
    Ok(Draft { text: format!("{HEAD}\n[source]\n{url}{source}\n{windows}\n{TARGETS}\n{jobs}"), preview })
}

const HEAD: &str = "# A first deployment file, written by `jobdelta init`. What stands as \"?\" has to be decided:\n\
                    # `jobdelta lint` names these lines. Every key is in docs/deployment-file.md.\n\
                    name = \"My deployment\"\n";

const TARGETS: &str = "# What the change has to achieve, or must not break; `jobdelta check` judges it.\n\
                       # [targets]\n\
                       # completion_rate = \">= 99%\"                      # of runs with a known outcome\n\
                       # peak_concurrency = \"<= baseline\"                # jobs running at once\n\
                       # p95_duration = [{ target = \"<= +10%\", job = \"each\" }]\n\
                       # missed_runs = \"== 0\"                            # needs the schedules of the jobs\n\
                       #\n\
                       # [rollback]\n\
                       # triggers = { failure_rate = \"> +5pp\" }\n\n\
                       [analysis]\n\
                       scope = \"all\"  # \"declared\": the jobs below only\n";

/// The mapping of a known scheduler, else the one that the only table with runs suggests.
async fn reading(
    settings: &Settings,
    table: Option<&str>,
    session: &mut Session,
) -> Result<FoundRows, PipelineError> {
    if let Some(text) = table {
        let name = TableName::parse(text).ok_or_else(|| DraftError::TableName(text.to_owned()))?;
        if session.columns(&name).await?.is_empty() {
            let tables = named(&session.tables().await?);
            let (table, identity) = (text.to_owned(), session.identity().to_owned());
            return Err(DraftError::UnknownTable { table, identity, tables }.into());
        }
        return Ok(FoundRows::Proposed(Box::new(proposal(name, session).await?)));
    }
    match Fitted::of(&settings.question.source.mapping, session).await {
        Ok(fitted) => return Ok(FoundRows::Known(Box::new(fitted))),
        Err(MappingError::NoneKnown { .. } | MappingError::Column { .. } | MappingError::Type { .. }) => {}
        Err(error) => return Err(error.into()),
    }
    let tables = session.tables().await?;
    let mut plausible = Vec::new();
    for name in tables.iter().take(MOST_TABLES) {
        let found = proposal(name.clone(), session).await?;
        if found.is_plausible() && found.table.rows > 0 {
            plausible.push(found);
        }
    }
    plausible.sort_by_key(|found| std::cmp::Reverse(found.score()));
    let clear = match plausible.as_slice() {
        [only] => Some(only.score()),
        [best, next, ..] if best.score() > next.score() + 2 => Some(best.score()),
        _ => None,
    };
    match (clear, plausible.len()) {
        (Some(_), _) => Ok(FoundRows::Proposed(Box::new(plausible.swap_remove(0)))),
        (None, 0) => {
            let tables = named(&tables);
            Err(DraftError::NoTable { identity: session.identity().to_owned(), tables }.into())
        }
        (None, _) => {
            let names: Vec<TableName> = plausible.into_iter().map(|found| found.table.name).collect();
            Err(DraftError::SeveralTables { tables: named(&names) }.into())
        }
    }
}

fn named(tables: &[TableName]) -> String {
    let names: Vec<String> = tables.iter().map(TableName::to_string).collect();
    legible::list(&names, MOST_TABLES)
}

async fn proposal(name: TableName, session: &mut Session) -> Result<Proposal, PipelineError> {
    let mut table = SampledTable::read(name, session).await?;
    table.count_words(session).await?;
    let mut found = Proposal::of(table, session.dialect());
    found.decide_rows_without_status(session).await?;
    Ok(found)
}

async fn fitted(mapping: &MappingSettings, session: &mut Session) -> Result<Fitted, MappingError> {
    Ok(Fitted { mapping: Mapping::resolve(mapping, session).await?, recognised: None })
}

/// A known table is found again by itself.
fn known_lines(fitted: &Fitted, zone: ZoneHint<'_>) -> (String, String) {
    let mapping = &fitted.mapping;
    let product = fitted.recognised.as_ref().map_or("jobdelta's own table", |known| &known.product);
    let mut lines =
        format!("# {} is found by itself, as the mapping {}.\n", legible::prose(product), mapping.name);
    match mapping.zone_basis() {
        ZoneBasis::Assumed | ZoneBasis::Declared(_) => lines.push_str(&zone.line()),
        ZoneBasis::Instants | ZoneBasis::OffsetOrAssumed => {}
    }
    (lines, format!("{}: {product}, mapping {}\n", mapping.rows, mapping.name))
}

/// The windows of a report, fixed, where they are known.
fn windows(request: Option<&WindowRequest>, as_of: Timestamp, inventory: Option<&Inventory>) -> String {
    let first = inventory.and_then(|inventory| inventory.first_started);
    match request.map(|request| choose(request, as_of, first, &[])) {
        Some(Ok(windows)) => {
            let line = |name: &str, start: Timestamp, end: &str| {
                format!("{name} = {{ start = \"{start}\", end = \"{end}\" }}\n")
            };
            let (before, after) = (windows.baseline.period, windows.stagger.period);
            format!(
                "[windows]\n{}{}",
                line("baseline", before.start, &before.end.to_string()),
                line("stagger", after.start, "now").replace("\"now\" }", "\"now\" }  # or an instant")
            )
        }
        Some(Err(error)) => format!("# Give --at with the report: {}.\n", legible::prose(&error.to_string())),
        None => "# The windows follow from the moment of the change: jobdelta report --at TIME. Or fixed:\n\
                         # [windows]\n\
                         # baseline = { start = \"2026-02-01T15:00:00Z\", end = \"2026-02-01T21:00:00Z\" }\n\
                         # stagger = { start = \"2026-02-01T21:37:00Z\", end = \"8h\" }\n"
            .to_owned(),
    }
}

fn job_lines(inventory: &Inventory) -> String {
    let mut jobs: Vec<&InventoryJob> = inventory.jobs.iter().collect();
    jobs.sort_by_key(|job| (std::cmp::Reverse(job.runs), job.name.as_str()));
    let more = jobs.split_off(jobs.len().min(MOST_JOBS)).len();
    jobs.sort_by_key(|job| job.name.as_str());
    let period = figure::period(inventory.window.start, inventory.window.end);
    let mut text = format!("# The jobs of {period} ({}).\n", inventory.window_chosen);
    if more > 0 {
        let more = figure::counted(more as u64, "more job has", "more jobs have");
        text.push_str(&format!(
            "# {more} fewer runs and are not listed; they are analysed all the same (`jobdelta jobs` lists them).\n"
        ));
    }
    text.extend(jobs.into_iter().map(job));
    text
}

fn job(job: &InventoryJob) -> String {
    let runs = figure::counted(job.runs, "run", "runs");
    let usual = job.duration_ms.map(|usual| format!(", median {}", figure::duration(usual.median)));
    let mut text =
        format!("\n[[jobs]]\nname = {}  # {runs}{}\n", quoted(&job.name), usual.unwrap_or_default());
    for schedule in &job.schedule.scheduler {
        text.push_str(&format!("# the scheduler's list: {}\n", legible::visible(schedule)));
    }
    let Some(found) = &job.schedule.inferred else { return text };
    let fit = figure::part_of(found.fit.explained, found.fit.starts);
    let comment = format!("inferred: {} ({fit} starts)", found.text);
    match &found.cron {
        None => text.push_str(&format!("# {comment}\n")),
        Some(cron) => {
            text.push_str(&format!("# schedule = {}  # {comment}\n", quoted(cron)));
            if found.offset_s > 0 {
                text.push_str(&format!("# offset = \"{}s\"\n", found.offset_s));
            }
            if found.time_zone != "UTC" {
                text.push_str(&format!("# time_zone = \"{}\"\n", found.time_zone));
            }
        }
    }
    text
}

/// The jobs of the sampled rows, where no more can be read.
fn sampled_lines(jobs: &[String], error: &PipelineError) -> String {
    let reason = legible::cut(&legible::prose(&error.to_string()), 200);
    let mut text = format!("# Some of the jobs; all could not be listed: {reason}\n");
    let names = jobs.iter().take(MOST_JOBS);
    text.extend(names.map(|name| format!("\n[[jobs]]\nname = {}\n", quoted(name))));
    text
}
