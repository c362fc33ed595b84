//! A deployment that is looked at every minute: how often the watch ends without a reason, and how soon with one.

use std::cmp::Ordering;
use std::fmt::Write as _;

use jobdelta::analysis::comparison::rate_trial::Proportion;
use jobdelta::finite::Finite;
use jobdelta::judgement::{FALSE_ALARM, SeenShare, TargetValue, is_shown};
use jobdelta::observation::LagSums;
use jobdelta::window::PerSide;

use crate::draws::Random;

const JOBS: usize = 7;
const MINUTES: u64 = 24 * 60;

/// Two shares of each job, two of all together.
const SHARES: usize = 2 * JOBS + 2;

/// What the rule without a rule asks for.
const LEAST_RUNS: u64 = 10;

const SEED: u64 = 20_261_130;

const INTRODUCTION: &str = include_str!("looks.md");

/// Chances of failure, and the lag-one correlation of failures within a job.
#[derive(Clone, Copy)]
struct Failing {
    usual: f64,
    /// Of the first job after the change.
    first: f64,
    correlation: f64,
}

/// Outcomes of one job in their order, 1 where it failed.
#[derive(Clone, Copy, Default)]
struct Series(LagSums);

impl Series {
    fn add(&mut self, chance: f64, correlation: f64, random: &mut Random) -> bool {
        let chance = match (self.0.n, self.0.last) {
            (0, _) => chance,
            (_, 1) => chance + correlation * (1.0 - chance),
            _ => chance * (1.0 - correlation),
        };
        let failed = random.uniform() < chance;
        self.0.add(i64::from(failed));
        failed
    }

    fn failures(&self) -> Proportion {
        Proportion::new(self.0.sum.unsigned_abs(), self.0.n, Some(&self.0))
    }
}

/// When a watch ended.
#[derive(Clone, Copy, Default)]
struct Ended {
    by_rule: Option<u64>,
    at_its_word: Option<u64>,
}

pub(crate) fn page(deployments: u64, report: impl Fn(&str)) -> String {
    let mut page = format!(
        "{INTRODUCTION}\nWritten by `cargo run --release --example calibration -- looks {deployments} docs`.\n\n\
         ## Nothing changed\n\nWatches of {deployments} that ended by a false alarm within 24 hours.\n\n\
         | runs that fail | correlation | `watch` | stated | verdicts at their word |\n|---|---|---|---|---|\n"
    );
    let same = |usual, correlation| Failing { usual, first: usual, correlation };
    for (nth, failing) in [
        same(0.002, 0.0),
        same(0.005, 0.0),
        same(0.01, 0.0),
        same(0.005, 0.3),
        same(0.01, 0.3),
        same(0.01, 0.6),
    ]
    .into_iter()
    .enumerate()
    {
        let ended = simulate(failing, deployments, nth as u64);
        let share = |of: fn(&Ended) -> Option<u64>| percent(ended.iter().filter_map(of).count(), ended.len());
        let row = format!(
            "| {} % | {} | {} | {:.0} % | {} |\n",
            failing.usual * 100.0,
            failing.correlation,
            share(|ended| ended.by_rule),
            FALSE_ALARM * 100.0,
            share(|ended| ended.at_its_word)
        );
        report(row.trim());
        page += &row;
    }
    page += "\n## One job fails\n\nThe others fail at 0.2 %, as it did before. Runs of the job, one a minute, until the \
             watch ends.\n\n| runs that fail | correlation | found within 24 hours | median runs | 95 of 100 within |\n\
             |---|---|---|---|---|\n";
    for (nth, (first, correlation)) in
        [(0.05, 0.0), (0.1, 0.0), (0.2, 0.0), (0.2, 0.3), (0.5, 0.0), (1.0, 0.0)].into_iter().enumerate()
    {
        let ended = simulate(Failing { usual: 0.002, first, correlation }, deployments, 100 + nth as u64);
        let mut runs: Vec<u64> = ended.iter().filter_map(|ended| ended.by_rule).collect();
        runs.sort_unstable();
        let within = |of_100: usize| {
            let place = (of_100 * ended.len()).div_ceil(100);
            runs.get(place.saturating_sub(1)).map_or_else(|| "–".to_owned(), u64::to_string)
        };
        let row = format!(
            "| {} % | {correlation} | {} | {} | {} |\n",
            first * 100.0,
            percent(runs.len(), ended.len()),
            within(50),
            within(95)
        );
        report(row.trim());
        let _ = write!(page, "{row}");
    }
    page
}

fn percent(count: usize, of: usize) -> String {
    format!("{:.1} %", 100.0 * count as f64 / of as f64)
}

fn simulate(failing: Failing, deployments: u64, situation: u64) -> Vec<Ended> {
    (0..deployments).map(|nth| deployment(failing, &mut Random::new(SEED + situation, nth))).collect()
}

/// One deployment, looked at after each minute until both rules have ended it.
fn deployment(failing: Failing, random: &mut Random) -> Ended {
    let mut before = [Series::default(); JOBS];
    for series in &mut before {
        for _ in 0..MINUTES {
            series.add(failing.usual, failing.correlation, random);
        }
    }
    let before = before.map(|series| series.failures());
    let mut after = [Series::default(); JOBS];
    let mut ended = Ended::default();
    for minute in 1..=MINUTES {
        let mut any = false;
        for (job, series) in after.iter_mut().enumerate() {
            let chance = if job == 0 { failing.first } else { failing.usual };
            any |= series.add(chance, failing.correlation, random);
        }
        // Without a new failure no share speaks more against its limit than at the look before.
        if any {
            let after = after.map(|series| series.failures());
            ended.by_rule = ended.by_rule.or_else(|| look(&before, &after, by_rule).then_some(minute));
            ended.at_its_word =
                ended.at_its_word.or_else(|| look(&before, &after, at_its_word).then_some(minute));
        }
        if ended.by_rule.is_some() && (ended.at_its_word.is_some() || failing.first > failing.usual) {
            break;
        }
    }
    ended
}

/// Whether any of the shares is called failed.
fn look(
    before: &[Proportion; JOBS],
    after: &[Proportion; JOBS],
    failed: fn(TargetValue, PerSide<Proportion>) -> bool,
) -> bool {
    let (Some(hundredth), Some(points)) = (Finite::new(0.01), Finite::new(0.05)) else { return false };
    let limit = TargetValue::Absolute(hundredth);
    let of_each = before.iter().zip(after).any(|(before, after)| {
        let sides = PerSide { baseline: *before, stagger: *after };
        failed(limit, sides) || failed(TargetValue::Baseline, sides)
    });
    let all = PerSide { baseline: Proportion::together(before), stagger: Proportion::together(after) };
    of_each || failed(limit, all) || failed(TargetValue::Points(points), all)
}

fn by_rule(value: TargetValue, sides: PerSide<Proportion>) -> bool {
    let inflation = sides.iter().filter_map(|side| side.inflation).fold(1.0, f64::max);
    let seen = |side: &Proportion| Some(SeenShare { hits: side.hits, of: side.of, pending: 0, inflation });
    let shares = PerSide { baseline: seen(&sides.baseline), stagger: seen(&sides.stagger) };
    is_shown(Ordering::Greater, value, shares, FALSE_ALARM / SHARES as f64)
}

fn at_its_word(value: TargetValue, sides: PerSide<Proportion>) -> bool {
    let (before, after) = (sides.baseline.value().unwrap_or(0.0), sides.stagger.value().unwrap_or(0.0));
    let limit = match value {
        TargetValue::Absolute(limit) => limit.get(),
        TargetValue::Points(points) => before + points.get(),
        TargetValue::Baseline | TargetValue::Relative(_) => before,
    };
    sides.stagger.of >= LEAST_RUNS && after > limit
}
