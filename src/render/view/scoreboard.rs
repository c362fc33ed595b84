//! The scoreboard in words.

use serde::Serialize;

use super::JobRow;
use super::job::group_and_mark;
use crate::analysis::figures::job_verdict::JobVerdictKind;
use crate::figure;
use crate::judgement::DecisionVerdict;
use crate::legible;
use crate::report::model::Report;
use crate::report::scoreboard::ScoreRow;

/// Names that a line has room for.
const NAMED: usize = 3;

/// How the jobs came out, as readers see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ScoreboardView {
    /// `1 broken · 3 slower · 12 faster`; `null` without jobs.
    pub line: Option<String>,
    /// `4 jobs got worse`; `null` where none did.
    pub worse: Option<String>,
    /// The same as a sentence, to stand beside a pass; `null` where the decision is another.
    pub harm: Option<String>,
    /// The worst jobs.
    pub worst: Vec<ScoreLine>,
    /// Jobs that got worse and have no line: `1 more job got worse: User Sync`; `null` when none.
    pub left_out: Option<String>,
    /// Large changes that are undecided.
    pub look_at: Vec<ScoreLine>,
}

/// A job in a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ScoreLine {
    pub job: String,
    /// Where the page has its row; empty where it has none.
    pub anchor: String,
    /// As in its row.
    pub mark: String,
    /// `broken`.
    pub word: String,
    /// What happened.
    pub text: String,
    /// Why it is undecided; empty for what is decided.
    pub reason: String,
}

impl ScoreLine {
    fn of(row: &ScoreRow, jobs: &[JobRow]) -> Self {
        let job = jobs.iter().find(|job| job.name == row.job);
        Self {
            job: legible::name(&row.job),
            anchor: job.map(|job| job.anchor.clone()).unwrap_or_default(),
            mark: group_and_mark(row.kind).1.to_owned(),
            word: row.kind.words().to_owned(),
            text: row.text.clone(),
            reason: row.reason.to_string(),
        }
    }

    /// The whole line as text.
    pub fn line(&self) -> String {
        let reason = if self.reason.is_empty() { String::new() } else { format!("; {}", self.reason) };
        format!("{} {}{reason}", self.job, self.text)
    }
}

pub(super) fn view(report: &Report, jobs: &[JobRow]) -> ScoreboardView {
    let board = &report.scoreboard;
    let counts: Vec<String> = JobVerdictKind::ALL
        .into_iter()
        .map(|kind| (board.jobs.of(kind), kind.words()))
        .filter(|(jobs, _)| *jobs > 0)
        .map(|(jobs, words)| format!("{} {words}", figure::count(jobs)))
        .collect();
    let worse = board.jobs.worse();
    let passed = report.decision.as_ref().is_some_and(|found| found.verdict == DecisionVerdict::Pass);
    let got_worse = (worse > 0).then(|| format!("{} got worse", figure::counted(worse, "job", "jobs")));
    let line = |row| ScoreLine::of(row, jobs);
    ScoreboardView {
        line: (!counts.is_empty()).then(|| counts.join(" · ")),
        harm: got_worse.clone().filter(|_| passed).map(|words| format!("{words}.")),
        worse: got_worse,
        worst: board.worst.iter().map(line).collect(),
        left_out: left_out(report),
        look_at: board.look_at.iter().map(line).collect(),
    }
}

/// The jobs that got worse without a line of their own, a few by name.
fn left_out(report: &Report) -> Option<String> {
    let has_line = |name: &str| report.scoreboard.worst.iter().any(|row| row.job == name);
    let worse = report.jobs.iter().filter(|job| job.verdict.kind.is_worse());
    let others: Vec<&str> = worse.map(|job| job.name.as_str()).filter(|name| !has_line(name)).collect();
    let jobs = figure::counted(others.len() as u64, "more job", "more jobs");
    (!others.is_empty()).then(|| format!("{jobs} got worse: {}", legible::list(&others, NAMED)))
}
