//! The demo: the rows of the deployment that jobdelta was started from, made anew to agree with its
//! published totals. The same rows at every call.

use std::fmt::Write as _;

use crate::clock::{MINUTE_US, SECOND_US, Timestamp};

/// The demo's deployment file.
pub const DEPLOYMENT: &str = include_str!("deployment.toml");

/// The instant of the published summary.
pub const AS_OF: &str = "2026-02-02T05:34:00Z";

/// 2026-02-01T20:56:00Z, when the baseline was deployed.
const BASELINE: i64 = 1_769_979_360_000_000;
/// Minutes from there to the flag, to the fixes, to the stagger window, and to its end.
const FLAG_ON: i64 = 4;
const FIXES: i64 = 35;
const STAGGER: i64 = 41;
const END: i64 = 518;

/// A job that fires every `every` minutes, `offset` seconds after the minute once staggered.
struct Job {
    name: &'static str,
    schedule: &'static str,
    every: i64,
    offset: i64,
    /// Mean of the first twenty runs after the change, and of all of them, µs.
    means: (i64, i64),
    /// Mean before, µs; the published summary has none, so it is made up.
    before: i64,
}

const LIVE: &str = "Live Stats Sync";

const JOBS: [Job; 7] = [
    Job {
        name: "Referral Tier 2 Processor",
        schedule: "* * * * *",
        every: 1,
        offset: 0,
        means: (46_450, 34_460),
        before: 61_000,
    },
    Job {
        name: "Referral Tier 3 Processor",
        schedule: "* * * * *",
        every: 1,
        offset: 15,
        means: (41_550, 30_830),
        before: 55_000,
    },
    Job {
        name: "Scheduled Notifications",
        schedule: "* * * * *",
        every: 1,
        offset: 30,
        means: (38_600, 28_270),
        before: 52_000,
    },
    Job {
        name: LIVE,
        schedule: "* * * * *",
        every: 1,
        offset: 45,
        means: (19_370_000, 29_720_000),
        before: 21_400_000,
    },
    Job {
        name: "Badge Auto-Unlock",
        schedule: "*/5 * * * *",
        every: 5,
        offset: 5,
        means: (64_200, 61_700),
        before: 0,
    },
    Job {
        name: "Stuck Match Finisher",
        schedule: "*/10 * * * *",
        every: 10,
        offset: 10,
        means: (23_900, 22_400),
        before: 0,
    },
    Job {
        name: "Telegram Settlement",
        schedule: "*/10 * * * *",
        every: 10,
        offset: 40,
        means: (118_000, 112_000),
        before: 0,
    },
];

/// Lost runs of Live Stats Sync: the minute of the stagger window at which each started, and how many
/// fires after it were missed while its call hung. Twenty lost, 113 missed.
const LOST: [(i64, i64); 20] = [
    (41, 6),
    (63, 5),
    (84, 6),
    (101, 6),
    (122, 5),
    (139, 6),
    (166, 6),
    (183, 6),
    (204, 5),
    (221, 6),
    (242, 6),
    (259, 5),
    (280, 6),
    (297, 6),
    (318, 5),
    (335, 6),
    (352, 6),
    (374, 5),
    (391, 5),
    (412, 6),
];

/// The rows as a file for `jobdelta import`.
pub fn runs_csv() -> String {
    let mut rows = DemoRows::default();
    let mut chance = Chance(0x6a6f_6264_656c_7461);
    for job in &JOBS {
        before(job, &mut rows, &mut chance);
        after(job, &mut rows, &mut chance);
    }
    crash_loop(&mut rows, &mut chance);
    rows.csv()
}

fn before(job: &Job, rows: &mut DemoRows, chance: &mut Chance) {
    if job.every > 1 {
        // No five- or ten-minute job fires between 20:56 and 21:00.
        return;
    }
    for minute in 0..FLAG_ON {
        let started = BASELINE + minute * MINUTE_US + chance.between(8_000, 20_000);
        let duration = chance.around(job.before, 12);
        rows.push(job.name, started, Some(started + duration), "success", "", job.schedule, job.schedule, 0);
    }
}

fn after(job: &Job, rows: &mut DemoRows, chance: &mut Chance) {
    let staggered = effective(job);
    let minutes: Vec<i64> = (STAGGER..END).filter(|minute| (56 + minute) % job.every == 0).collect();
    let mut completed = Vec::new();
    for minute in minutes {
        let into_window = minute - STAGGER;
        let started = BASELINE + minute * MINUTE_US + job.offset * SECOND_US + chance.between(4_000, 140_000);
        let run_made = if job.name == LIVE { live_run(into_window) } else { LiveRun::Completed };
        match run_made {
            LiveRun::Missed => {}
            LiveRun::Completed => completed.push(started),
            LiveRun::Running => {
                rows.push(job.name, started, None, "running", "", job.schedule, &staggered, job.offset);
            }
        }
    }
    let durations = durations(job, completed.len(), chance);
    for (started, duration) in completed.into_iter().zip(durations) {
        let finished = Some(started + duration);
        rows.push(job.name, started, finished, "success", "", job.schedule, &staggered, job.offset);
    }
}

/// Durations whose first twenty, and all of them, have the published means to the last digit.
fn durations(job: &Job, count: usize, chance: &mut Chance) -> Vec<i64> {
    let first = count.min(20);
    let mut all = with_mean(job.means.0, first, job.means.0 * wide(first), chance);
    let rest = count - first;
    let total = job.means.1 * wide(count);
    let left = total - all.iter().sum::<i64>();
    if rest > 0 {
        all.extend(with_mean(left / wide(rest), rest, left, chance));
    }
    all
}

/// `count` durations around `mean` that add up to `total`.
fn with_mean(mean: i64, count: usize, total: i64, chance: &mut Chance) -> Vec<i64> {
    let mut durations: Vec<i64> = (0..count).map(|_| chance.around(mean, 15)).collect();
    let mut off = total - durations.iter().sum::<i64>();
    let share = off / wide(count).max(1);
    for duration in &mut durations {
        *duration += share;
        off -= share;
    }
    if let Some(last) = durations.last_mut() {
        *last += off;
    }
    durations
}

fn wide(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

enum LiveRun {
    Completed,
    Missed,
    /// Without an end: lost, or still running at the end of the window.
    Running,
}

fn live_run(into_window: i64) -> LiveRun {
    if into_window == END - STAGGER - 1 {
        return LiveRun::Running;
    }
    for (minute, missed) in LOST {
        if into_window == minute {
            return LiveRun::Running;
        }
        if into_window > minute && into_window <= minute + missed {
            return LiveRun::Missed;
        }
    }
    LiveRun::Completed
}

/// 21:00 to 21:37: the flag is on and the server restarts in a loop. Runs are lost at each restart, and
/// the Prediction Matcher fails until it is disabled.
fn crash_loop(rows: &mut DemoRows, chance: &mut Chance) {
    for minute in FLAG_ON..FIXES {
        let base = BASELINE + minute * MINUTE_US;
        let restart = minute % 3 == 0;
        for job in JOBS.iter().filter(|job| job.every == 1) {
            let started = base + job.offset * SECOND_US + chance.between(4_000, 140_000);
            let staggered = effective(job);
            if restart {
                rows.push(job.name, started, None, "running", "", job.schedule, &staggered, job.offset);
            } else if minute % 3 == 1 && job.name != LIVE {
                let message = "SyntaxError: Identifier 'stagger' has already been declared";
                let finished = Some(started + chance.between(900, 2_400));
                rows.push(
                    job.name,
                    started,
                    finished,
                    "failed",
                    message,
                    job.schedule,
                    &staggered,
                    job.offset,
                );
            }
        }
        if (56 + minute) % 5 == 0 {
            let started = base + 25 * SECOND_US + chance.between(4_000, 140_000);
            let message = "column \"confidence\" does not exist in ai_predictions";
            let finished = Some(started + chance.between(2_000, 5_000));
            rows.push(
                "Prediction Matcher",
                started,
                finished,
                "failed",
                message,
                "*/5 * * * *",
                "25 */5 * * * *",
                25,
            );
        }
    }
}

fn effective(job: &Job) -> String {
    format!("{} {}", job.offset, job.schedule)
}

/// The lines of the file, with their starts for sorting.
#[derive(Default)]
struct DemoRows(Vec<(i64, String)>);

impl DemoRows {
    #[allow(clippy::too_many_arguments)] // the columns of a row
    fn push(
        &mut self,
        job: &str,
        started: i64,
        finished: Option<i64>,
        status: &str,
        error: &str,
        schedule: &str,
        effective: &str,
        offset_s: i64,
    ) {
        let finished = finished.map(|at| Timestamp(at).to_string()).unwrap_or_default();
        let error =
            if error.is_empty() { String::new() } else { format!("\"{}\"", error.replace('"', "\"\"")) };
        let started_at = Timestamp(started);
        let line =
            format!("{job},{started_at},{finished},{status},{error},{schedule},{effective},{offset_s}");
        self.0.push((started, line));
    }

    fn csv(mut self) -> String {
        self.0.sort();
        let mut text = String::from(
            "job_name,started_at,finished_at,status,error_message,schedule,effective_schedule,stagger_offset_s\n",
        );
        for (_, line) in self.0 {
            let _ = writeln!(text, "{line}");
        }
        text
    }
}

/// A small seeded generator (splitmix64; Steele, Lea and Flood 2014), so that the rows are the same
/// everywhere and for ever.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A whole number from `low` to `high`, without `high`.
    fn between(&mut self, low: i64, high: i64) -> i64 {
        let width = u64::try_from(high - low).unwrap_or(1).max(1);
        low + i64::try_from(self.next() % width).unwrap_or(0)
    }

    /// A whole number around `mean`, within `percent` per cent, most often near it.
    fn around(&mut self, mean: i64, percent: i64) -> i64 {
        let half = mean * percent / 100 / 3;
        mean + (0..3).map(|_| self.between(-half, half + 1)).sum::<i64>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rows_agree_with_the_published_totals() {
        let text = runs_csv();
        assert_eq!(text, runs_csv());
        let rows: Vec<Vec<String>> = csv::Reader::from_reader(text.as_bytes())
            .records()
            .map(|row| row.unwrap().iter().map(str::to_owned).collect())
            .collect();
        let between = |from: &str, until: &str| {
            let (from, until): (Timestamp, Timestamp) = (from.parse().unwrap(), until.parse().unwrap());
            let inside = move |row: &&Vec<String>| {
                let at: Timestamp = row[1].parse().unwrap();
                from <= at && at < until
            };
            rows.iter().filter(inside).collect::<Vec<_>>()
        };
        assert_eq!(between("2026-02-01T20:56:00Z", "2026-02-01T21:00:00Z").len(), 16);
        let after = between("2026-02-01T21:37:00Z", AS_OF);
        assert_eq!(after.len(), 1_986);
        assert_eq!(after.iter().filter(|row| row[3] == "success").count(), 1_965);
        assert_eq!(after.iter().filter(|row| row[0] == LIVE).count(), 364);
        let means = JOBS.map(|job| {
            let durations: Vec<i64> = after
                .iter()
                .filter(|row| row[0] == job.name && row[3] == "success")
                .map(|row| {
                    row[2].parse::<Timestamp>().unwrap().us() - row[1].parse::<Timestamp>().unwrap().us()
                })
                .collect();
            durations.iter().sum::<i64>() / wide(durations.len())
        });
        assert_eq!(&means[..4], &[34_460, 30_830, 28_270, 29_720_000]);
    }
}
