//! Rows as stored, and what becomes of them before anything is counted.

use jobdelta::run::Status;

use super::Question;

/// One row of the table. Instants in microseconds.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub job: String,
    pub scheduled_us: Option<i64>,
    /// Meaningless where the row `has_no_start`.
    pub started_us: i64,
    pub has_no_start: bool,
    /// It has no start because what stands there is no time.
    pub is_unreadable: bool,
    pub finished_us: Option<i64>,
    pub status: Status,
    pub skip_reason: Option<String>,
    pub error: Option<String>,
    pub worker: Option<String>,
    pub attempt: Option<i64>,
    pub schedule: Option<String>,
    pub effective_schedule: Option<String>,
    pub stagger_offset_s: Option<i64>,
}

impl Row {
    /// End less start of a run that ended, where that is possible.
    pub fn length(&self) -> Option<i64> {
        let ended = ![Status::Running, Status::Skipped].contains(&self.status);
        self.finished_us.map(|at| at - self.started_us).filter(|us| ended && *us >= 0)
    }

    /// The instant by which it belongs to a window.
    pub fn placed_us(&self) -> Option<i64> {
        if !self.has_no_start {
            return Some(self.started_us);
        }
        let instead = self.scheduled_us.or(self.finished_us);
        instead.filter(|_| self.status != Status::Running && !self.is_unreadable)
    }

    /// The moment by which it names a fire.
    pub fn fire_us(&self) -> Option<i64> {
        let named = self.scheduled_us.filter(|_| !self.has_no_start || self.status != Status::Running);
        named.or((!self.has_no_start).then_some(self.started_us))
    }

    pub fn is_first_attempt(&self) -> bool {
        matches!(self.attempt, None | Some(1))
    }
}

/// The rows with or without a start.
pub fn with_start(rows: &[Row], has_start: bool) -> Vec<Row> {
    rows.iter().filter(|row| row.has_no_start != has_start).cloned().collect()
}

/// The rows under their present names, in whichever window, that a window's condition picks.
pub fn selected(rows: &[Row], question: &Question, side: usize) -> Vec<Row> {
    let worker = &question.only_worker[side];
    renamed(rows, question).into_iter().filter(|row| worker.is_none() || &row.worker == worker).collect()
}

/// The runs that a window's condition picks, before `as_of`, joined.
pub fn of_window(rows: &[Row], question: &Question, side: usize) -> Vec<Row> {
    runs(&selected(rows, question, side), question)
}

/// The runs before `as_of`, under their present names, joined where `dedupe_within` asks for it.
pub fn runs(rows: &[Row], question: &Question) -> Vec<Row> {
    let before: Vec<Row> =
        renamed(rows, question).into_iter().filter(|row| row.started_us < question.as_of).collect();
    match question.dedupe_within_us {
        Some(gap) => deduplicated(before, gap),
        None => before,
    }
}

/// Rows without a start that belong somewhere before `as_of`, under their present names.
pub fn before_as_of(rows: &[Row], question: &Question) -> Vec<Row> {
    let placed = |row: &Row| row.placed_us().is_some_and(|at| at < question.as_of);
    renamed(rows, question).into_iter().filter(placed).collect()
}

fn renamed(rows: &[Row], question: &Question) -> Vec<Row> {
    let mut rows = rows.to_vec();
    for row in &mut rows {
        if let Some(now) = question.jobs.iter().find(|declared| declared.was.as_ref() == Some(&row.job)) {
            row.job.clone_from(&now.name);
        }
    }
    rows
}

/// Chains of rows of one job whose starts follow each other by less than `gap` become one run. Skipped
/// rows are left as they are.
fn deduplicated(mut rows: Vec<Row>, gap: i64) -> Vec<Row> {
    rows.sort_by(|a, b| (&a.job, a.started_us).cmp(&(&b.job, b.started_us)));
    let (mut kept, others): (Vec<Row>, Vec<Row>) =
        rows.into_iter().partition(|row| row.status == Status::Skipped);
    let mut chains: Vec<Vec<Row>> = Vec::new();
    for row in others {
        match chains.last_mut() {
            Some(chain) if follows(chain.last().unwrap(), &row, gap) => chain.push(row),
            _ => chains.push(vec![row]),
        }
    }
    kept.extend(chains.into_iter().map(|chain| joined(&chain)));
    kept
}

fn follows(previous: &Row, next: &Row, gap: i64) -> bool {
    previous.job == next.job && next.started_us - previous.started_us < gap
}

fn joined(chain: &[Row]) -> Row {
    let order = [Status::Failed, Status::Timeout, Status::Success, Status::Cancelled, Status::Running];
    let status = *order.iter().find(|status| chain.iter().any(|row| row.status == **status)).unwrap();
    let ends = chain.iter().filter(|row| status == Status::Running || row.status != Status::Running);
    Row {
        job: chain[0].job.clone(),
        scheduled_us: chain.iter().filter_map(|row| row.scheduled_us).min(),
        started_us: chain[0].started_us,
        has_no_start: false,
        is_unreadable: false,
        finished_us: ends.filter_map(|row| row.finished_us).max(),
        status,
        skip_reason: None,
        error: chain
            .iter()
            .filter_map(|row| row.error.as_deref().map(super::first_line))
            .filter(|line| !line.is_empty())
            .min(),
        worker: None,
        attempt: chain.iter().filter_map(|row| row.attempt).min(),
        schedule: chain.iter().filter_map(|row| row.schedule.clone()).max(),
        effective_schedule: chain.iter().filter_map(|row| row.effective_schedule.clone()).max(),
        stagger_offset_s: chain.iter().filter_map(|row| row.stagger_offset_s).max(),
    }
}
