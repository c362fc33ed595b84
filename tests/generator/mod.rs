//! Made-up data sets for property tests: few rows that meet often. Times sit on and just beside the
//! edges that matter, so that equal instants, ties and runs across an edge are the rule.
#![allow(dead_code, unreachable_pub, clippy::unwrap_used)]

use jobdelta::run::Status;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::RngSeed;

use super::reference::{Declared, Question, Row};

const SECOND: i64 = 1_000_000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// 2026-02-01T20:00:00Z.
const ORIGIN: i64 = 1_769_976_000 * SECOND;

/// Names that a careless comparison takes for each other.
const NAMES: [&str; 12] = [
    "sync",
    "Sync",
    "sync ",
    " sync",
    "sy\u{301}nc",
    "s\u{fd}nc",
    "\u{540c}\u{671f} \u{1f642}",
    "pipe | \"quote\" 'tick' \\ `back`",
    "line\nbreak\ttab",
    "%_:x",
    "ss",
    "\u{df}",
];

const MESSAGES: [&str; 12] = [
    "boom",
    "Boom",
    "boom ",
    "",
    "boom\nat line 2",
    "boom\r\nat line 3",
    "\nstarts with a break",
    "(none)",
    "(other)",
    "caf\u{e9} 'quoted' \\ back",
    "tab\there",
    "b\u{f6}om",
];

/// The same cases every time; `PROPTEST_RNG_SEED` and `PROPTEST_CASES` ask for others and for more.
pub fn config(cases: u32) -> ProptestConfig {
    let asked = ProptestConfig::default();
    let rng_seed = if asked.rng_seed == RngSeed::Random { RngSeed::Fixed(1) } else { asked.rng_seed };
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() { asked.cases } else { cases };
    // A failing case is made smaller for a while, not for ever: a case takes a server some time.
    ProptestConfig {
        cases,
        rng_seed,
        failure_persistence: None,
        max_shrink_time: 20_000,
        max_shrink_iters: 5_000,
        ..asked
    }
}

/// Rows and what is asked of them.
#[derive(Clone, Debug)]
pub struct Case {
    pub rows: Vec<Row>,
    pub question: Question,
}

/// Any case whose windows have an observed part, as settings guarantee.
pub fn cases() -> impl Strategy<Value = Case> {
    let drafts = prop::collection::vec(drafts(), 0..60);
    (questions(), drafts, names()).prop_map(|(question, drafts, names)| {
        let rows = drafts.into_iter().map(|draft| draft.row(&names, &question)).collect();
        Case { rows: with_duplicates(rows), question }
    })
}

/// The names that rows of a case bear: mostly few, sometimes more than a trend shows.
fn names() -> impl Strategy<Value = Vec<String>> {
    let odd = prop::collection::vec(select(&NAMES[..]), 1..5)
        .prop_map(|names| names.into_iter().map(str::to_owned).collect());
    let long = Just(vec!["x".repeat(1_000), format!("{}y", "x".repeat(999)), "x".repeat(200)]);
    let many = Just((0..16).map(|n| format!("job {n:02}")).collect());
    // Names that may be declared, so that there are jobs with a schedule and more than a few runs.
    let declared = select(vec![vec!["sync", "Sync"], vec!["s\u{fd}nc", "sync "], vec!["line\nbreak\ttab"]])
        .prop_map(|names| names.into_iter().map(str::to_owned).collect());
    prop_oneof![6 => odd, 1 => long, 5 => many, 6 => declared]
}

// ---- questions -----------------------------------------------------------------------------------

fn questions() -> impl Strategy<Value = Question> {
    let lengths = || {
        select(vec![
            1,
            30 * SECOND,
            MINUTE,
            5 * MINUTE,
            23 * MINUTE,
            24 * MINUTE,
            25 * MINUTE,
            7 * HOUR,
            3 * DAY,
        ])
    };
    let layout =
        (lengths(), lengths(), select(vec![0, 0, MINUTE, HOUR]), 0..4_i64, prop::bool::weighted(0.1));
    let windows = layout.prop_map(|(before, after, gap, shift, swapped)| {
        let start = ORIGIN + shift * 17 * SECOND;
        let baseline = (start, start + before);
        let stagger = (baseline.1 + gap, baseline.1 + gap + after);
        if swapped { [stagger, baseline] } else { [baseline, stagger] }
    });
    let conditions = prop_oneof![
        4 => Just([None, None]),
        1 => Just([Some("v1".to_owned()), Some("v2".to_owned())]),
        1 => Just([None, Some("v2".to_owned())]),
    ];
    let thresholds = (
        select(vec![MINUTE, 5 * MINUTE, 6 * HOUR]),
        select(vec![30 * SECOND, MINUTE, HOUR]),
        prop::bool::weighted(0.1),
        select(vec![0, 500_000, 2 * SECOND]),
        (select(vec![60, 60, 3_600, 86_400]), select(vec![0, 1, 20, 40])),
        select(vec![SECOND, SECOND, 10 * SECOND, 500_000]),
        prop_oneof![3 => Just(None), 1 => select(vec![10_000, SECOND]).prop_map(Some)],
    );
    let rest = (as_of(), prop::collection::vec(exclusion(), 0..4), declared(), any::<bool>(), any::<bool>());
    (windows, conditions, thresholds, rest).prop_map(|(windows, only_worker, thresholds, rest)| {
        let (
            longest_run_us,
            orphan_after_us,
            nothing_in_flight,
            slow_after_us,
            (cycle_s, on_time_within_s),
            burst_window_us,
            dedupe,
        ) = thresholds;
        let (as_of, exclusions, jobs, declared_only, side_by_side) = rest;
        let mut windows = windows;
        // Windows may overlap where each has its own condition.
        if side_by_side && only_worker.iter().all(Option::is_some) {
            windows[1] = (windows[0].0 + 10 * SECOND, windows[0].1 + 10 * SECOND);
        }
        let mut question = Question {
            as_of: as_of.place(&windows, &[]),
            windows,
            only_worker,
            exclusions: Vec::new(),
            jobs,
            declared_only,
            longest_run_us,
            orphan_after_us,
            nothing_in_flight,
            slow_after_us,
            cycle_s,
            on_time_within_s,
            burst_window_us,
            dedupe_within_us: dedupe,
        };
        let bare = |question: &Question| (0..2).any(|side| question.observed(side).is_empty());
        if bare(&question) {
            question.as_of = windows[0].1.max(windows[1].1) + 10 * SECOND;
        }
        // An exclusion that would leave nothing of a window is not asked for.
        for (start, end) in exclusions {
            let (one, other) = (start.place(&windows, &[]), end.place(&windows, &[]));
            if one != other {
                question.exclusions.push((one.min(other), one.max(other)));
                if bare(&question) {
                    question.exclusions.pop();
                }
            }
        }
        question
    })
}

fn as_of() -> impl Strategy<Value = Anchor> {
    prop_oneof![
        3 => (20..4_000_i64).prop_map(|s| Anchor { edge: 3, share: 0, us: s * SECOND }),
        2 => (0..1_000_i64).prop_map(|share| Anchor { edge: 2, share, us: 0 }),
        1 => anchors(),
    ]
}

fn exclusion() -> impl Strategy<Value = (Anchor, Anchor)> {
    (anchors(), anchors())
}

/// Declared jobs, some under names that rows bear, with two that were renamed.
fn declared() -> impl Strategy<Value = Vec<Declared>> {
    let job = |name: &'static str, was: Option<&'static str>| {
        let schedule = prop::option::weighted(
            0.8,
            prop_oneof![
                // Seconds that a query holds in one range or a few, and too many of them in a cycle of a day.
                6 => (
                    select(vec!["* * * * *", "*/5 * * * *", "*/7 19-21 * * *", "*/7 8-22 * * *"]),
                    select(vec![0, 15, 17, 34, 59]),
                    select(vec![0, 17, 30]),
                ),
                1 => (select(vec!["*/20 * * * * *", "* * * * * *"]), Just(0), Just(0)),
            ],
        );
        let orphan_after = prop::option::weighted(0.3, select(vec![0, 45 * SECOND, 2 * HOUR]));
        (schedule, orphan_after).prop_map(move |(schedule, orphan_after_us)| Declared {
            name: name.to_owned(),
            was: was.map(str::to_owned),
            schedule: schedule
                .map(|(expression, stagger, baseline)| (expression.to_owned(), [baseline, stagger])),
            orphan_after_us,
        })
    };
    let jobs = (
        prop::option::weighted(0.8, job("sync", Some("Sync"))),
        prop::option::of(job("sync ", None)),
        prop::option::of(job("s\u{fd}nc", Some("sy\u{301}nc"))),
        prop::option::of(job("line\nbreak\ttab", None)),
        prop::option::of(job("never seen", None)),
    );
    (jobs, prop::bool::weighted(0.25)).prop_map(|((a, b, c, d, e), crowd)| {
        let few = [a, b, c, d, e].into_iter().flatten();
        if crowd { few.chain(crowd_of_jobs()).collect() } else { few.collect() }
    })
}

/// So many that a query finds a job by the order of the names.
fn crowd_of_jobs() -> impl Iterator<Item = Declared> {
    let odd = [3, 6, 7, 9, 10, 11].map(|n| NAMES[n].to_owned());
    let names = odd.into_iter().chain((0..16).map(|n| format!("job {n:02}")));
    names.enumerate().map(|(n, name)| {
        let seconds = i64::try_from(n).unwrap();
        Declared {
            name,
            was: None,
            schedule: (n % 7 != 3).then(|| ("* * * * *".to_owned(), [0, 2 * seconds])),
            orphan_after_us: (n % 3 == 0).then_some(45 * SECOND),
        }
    })
}

// ---- instants ------------------------------------------------------------------------------------

/// A place in relation to the edges of the windows.
#[derive(Clone, Copy, Debug)]
struct Anchor {
    /// Which edge: start and end of baseline, start and end of stagger, then the others given.
    edge: usize,
    /// Thousandths of the window that the edge belongs to, forwards from its start.
    share: i64,
    us: i64,
}

impl Anchor {
    fn place(self, windows: &[(i64, i64); 2], others: &[i64]) -> i64 {
        let edges: Vec<i64> =
            windows.iter().flat_map(|&(start, end)| [start, end]).chain(others.iter().copied()).collect();
        let edge = self.edge % edges.len();
        let window = windows[(edge / 2).min(1)];
        let share = if self.share == 0 { 0 } else { (window.1 - window.0) / 1_000 * self.share };
        // Shares fall on whole tenths of a second where the window is long enough, so that they meet.
        let share = if share > SECOND { share / 100_000 * 100_000 } else { share };
        edges[edge] + share + self.us
    }
}

fn anchors() -> impl Strategy<Value = Anchor> {
    let near = select(vec![0, 0, 0, 1, -1, 500_000, -500_000, SECOND, -SECOND, 10 * SECOND, -10 * SECOND]);
    let seconds = (0..90_i64).prop_map(|s| s * SECOND);
    prop_oneof![
        3 => (0..12_usize, near).prop_map(|(edge, us)| Anchor { edge, share: 0, us }),
        3 => (select(vec![0_usize, 2]), seconds).prop_map(|(edge, us)| Anchor { edge, share: 0, us }),
        3 => (select(vec![0_usize, 2]), 0..1_000_i64).prop_map(|(edge, share)| Anchor { edge, share, us: 0 }),
    ]
}

// ---- rows ----------------------------------------------------------------------------------------

/// A row before its job and its instants are known.
#[derive(Clone, Debug)]
struct Draft {
    job: usize,
    start: Anchor,
    has_no_start: bool,
    length: Option<i64>,
    status: Status,
    delay: Option<i64>,
    reason: usize,
    message: Option<String>,
    worker: Option<bool>,
    attempt: Option<i64>,
    facts: (Option<u8>, bool, Option<i64>),
}

fn drafts() -> impl Strategy<Value = Draft> {
    let status = prop_oneof![
        8 => Just(Status::Success),
        3 => Just(Status::Failed),
        2 => Just(Status::Running),
        2 => Just(Status::Skipped),
        1 => Just(Status::Timeout),
        1 => Just(Status::Cancelled),
    ];
    let exact = vec![
        0,
        1,
        999,
        1_000,
        1_004,
        1_005,
        9_994,
        9_995,
        34_460,
        99_949,
        99_950,
        500_000,
        SECOND,
        2 * SECOND,
        10 * SECOND,
        MINUTE,
        5 * MINUTE,
        6 * HOUR,
        7 * HOUR,
        4 * DAY,
        -1,
        -SECOND,
    ];
    let length = prop_oneof![
        5 => select(exact).prop_map(Some),
        3 => (1..120_i64).prop_map(|s| Some(s * SECOND)),
        2 => (0..3_000_000_i64).prop_map(Some),
        2 => Just(None),
    ];
    let message = prop_oneof![
        2 => Just(None),
        6 => select(&MESSAGES[..]).prop_map(|text| Some(text.to_owned())),
        1 => select(vec![999, 1_000, 1_001]).prop_map(|n| Some(format!("{}end", "\u{e9}".repeat(n)))),
    ];
    (
        (0..16_usize, anchors(), prop::bool::weighted(0.1), length, status),
        (prop::option::weighted(0.5, select(vec![0, 500_000, 1_500_000, 61 * SECOND, -SECOND])), 0..5_usize),
        (message, prop::option::weighted(0.8, any::<bool>()), prop::option::of(1..3_i64)),
        // Nine kinds at most: ten are kept.
        (prop::option::weighted(0.5, 0..2_u8), any::<bool>(), prop::option::weighted(0.5, Just(15_i64))),
    )
        .prop_map(
            |(
                (job, start, has_no_start, length, status),
                (delay, reason),
                (message, worker, attempt),
                facts,
            )| Draft {
                job,
                start,
                has_no_start,
                length,
                status,
                delay,
                reason,
                message,
                worker,
                attempt,
                facts,
            },
        )
}

impl Draft {
    fn row(self, names: &[String], question: &Question) -> Row {
        let others: Vec<i64> = [question.as_of]
            .into_iter()
            .chain(question.windows.iter().map(|window| window.0 - question.longest_run_us))
            .chain(question.exclusions.iter().flat_map(|&(from, to)| [from, to]))
            .collect();
        let started_us = self.start.place(&question.windows, &others);
        let reasons = [None, Some("lock"), Some("overlap"), Some("Lock"), Some("holiday ")];
        let expression = |n: u8| ["* * * * *", "15 * * * * *"][usize::from(n)].to_owned();
        // Most runs that are still running have no end.
        let length = self.length.filter(|us| self.status != Status::Running || us % 2 == 1);
        Row {
            job: names[self.job % names.len()].clone(),
            scheduled_us: self.delay.map(|us| started_us - us),
            started_us,
            has_no_start: self.has_no_start,
            is_unreadable: self.has_no_start && self.job.is_multiple_of(3),
            finished_us: length.map(|us| started_us + us),
            status: self.status,
            skip_reason: reasons[self.reason].filter(|_| self.status == Status::Skipped).map(str::to_owned),
            error: self.message,
            worker: self.worker.map(|second| if second { "v2" } else { "v1" }.to_owned()),
            attempt: self.attempt,
            schedule: self.facts.0.map(expression),
            effective_schedule: self.facts.0.filter(|_| self.facts.1).map(expression),
            stagger_offset_s: self.facts.2,
        }
    }
}

/// Every fifth row is there twice, a little later, without what the scheduler recorded and at times with
/// another status, as when a job logs its own run too.
fn with_duplicates(rows: Vec<Row>) -> Vec<Row> {
    let again: Vec<Row> = rows
        .iter()
        .step_by(5)
        .enumerate()
        .map(|(n, row)| Row {
            started_us: row.started_us + [0, 5_000, 999_999, SECOND][n % 4],
            finished_us: row.finished_us.map(|at| at + 7_000),
            status: if n % 3 == 1 && row.status != Status::Skipped { Status::Running } else { row.status },
            schedule: None,
            effective_schedule: None,
            stagger_offset_s: None,
            attempt: None,
            ..row.clone()
        })
        .collect();
    rows.into_iter().chain(again).collect()
}
