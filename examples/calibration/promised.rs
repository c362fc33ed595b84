//! Whether reports find what `power` promises that they find.

use std::collections::BTreeMap;
use std::f64::consts::TAU;
use std::fmt::Write as _;

use jobdelta::analysis::analyse;
use jobdelta::analysis::plan::AnalysisSettings;
use jobdelta::analysis::power::{PowerQuestion, PowerTable, power};
use jobdelta::analysis::slices::{SeenSlices, plans_of_seasons};
use jobdelta::analysis::statistics::matched_pairs::MatchedPairs;
use jobdelta::observation::{JobObservations, Observations};

use crate::days::together;
use crate::draws::{DrawnRun, Job, Latent, Random, Shape, drawn, seen};
use crate::observed::name;
use crate::rules::{self, DURATIONS};
use crate::sliced::{LastDays, analysed, sliced};

const JOBS: usize = 20;

const SEED: u64 = 20_261_220;

const INTRODUCTION: &str = include_str!("power.md");

const ASKED: PowerQuestion = PowerQuestion { change: 0.2, power: 0.8 };

#[derive(Clone, Copy, Debug)]
struct Kind {
    name: &'static str,
    runs: u64,
    /// Amplitude of the season within a day.
    season: f64,
    /// Lag-one correlation within a job.
    correlation: f64,
    /// Earlier days that are held against the change.
    earlier: u32,
}

#[derive(Default)]
struct Promises {
    tables: u64,
    changes: Vec<f64>,
    /// With the season taken for dependence.
    with_season: Vec<f64>,
    found: u64,
}

/// The table, as a page.
pub(crate) fn page(tables: u64, report: impl Fn(&str)) -> String {
    let mut page = format!(
        "{INTRODUCTION}\nWritten by `cargo run --release --example calibration -- power {tables} docs`.\n\n{tables} simulated \
         tables a row.\n\n| days | runs a day | earlier days | promised, median | middle half | with the season in it | no \
         promise | found |\n|---|---|---|---|---|---|---|---|\n"
    );
    for (nth, kind) in kinds().into_iter().enumerate() {
        let mut promises = simulate(&kind, tables, SEED + nth as u64);
        let named = promises.changes.len();
        let line = format!(
            "| {} | {} | {} | {} | {} to {} | {} | {} | {:.1} % |",
            kind.name,
            kind.runs,
            kind.earlier,
            quantile(&mut promises.changes, 0.5),
            quantile(&mut promises.changes, 0.25),
            quantile(&mut promises.changes, 0.75),
            quantile(&mut promises.with_season, 0.5),
            promises.tables - named as u64,
            100.0 * promises.found as f64 / named.max(1) as f64,
        );
        report(&line);
        let _ = writeln!(page, "{line}");
    }
    page
}

fn kinds() -> Vec<Kind> {
    let alike = Kind { name: "alike", runs: 96, season: 0.0, correlation: 0.0, earlier: 0 };
    let seasonal = Kind { name: "alike, season of 20 %", season: 0.2, ..alike };
    vec![
        alike,
        seasonal,
        Kind { name: "alike, season of 40 %", season: 0.4, ..alike },
        Kind { runs: 288, ..alike },
        Kind { runs: 288, ..seasonal },
        Kind { name: "alike, correlation 0.6", runs: 288, correlation: 0.6, ..alike },
        Kind { name: "alike, season of 20 %, correlation 0.6", runs: 288, correlation: 0.6, ..seasonal },
        Kind { earlier: 14, ..alike },
        Kind { earlier: 14, ..seasonal },
    ]
}

/// The value below which such a part of them is, in percent; those that are none are the largest.
fn quantile(changes: &mut [f64], part: f64) -> String {
    changes.sort_by(f64::total_cmp);
    let at = (part * changes.len() as f64).floor();
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // a place in the list
    let found = changes.get(at as usize);
    found
        .filter(|change| change.is_finite())
        .map_or("none".to_owned(), |change| format!("+{:.1} %", 100.0 * change))
}

fn simulate(kind: &Kind, tables: u64, seed: u64) -> Promises {
    let half = |parity: u64| {
        let mut promises = Promises::default();
        for table in (parity..tables).step_by(2) {
            one(kind, &mut Random::new(seed, table), &mut promises);
        }
        promises
    };
    std::thread::scope(|scope| {
        let odd = scope.spawn(|| half(1));
        let mut all = half(0);
        if let Ok(odd) = odd.join() {
            all.tables += odd.tables;
            all.found += odd.found;
            all.changes.extend(odd.changes);
            all.with_season.extend(odd.with_season);
        }
        all
    })
}

fn one(kind: &Kind, random: &mut Random, promises: &mut Promises) {
    let mut table = Table::new(kind, random);
    for _ in 0..kind.earlier + 2 {
        table.add_day(1.0, random);
    }
    promises.tables += 1;
    let observed = table.observations();
    let matched = matched(&observed, &table.last());
    let of_first = |table: &PowerTable| Some(table.jobs.first()?.duration?.change);
    let ask = |matched: &_| power(&observed, &AnalysisSettings::default(), &[], ASKED, matched);
    let Some(promised) = of_first(&ask(&matched)) else { return };
    promises.changes.push(promised);
    promises.with_season.push(of_first(&ask(&BTreeMap::new())).unwrap_or(f64::INFINITY));
    table.add_day(1.0 + promised, random);
    let (said, _) = rules::said(&analysed(&table.observations(), &[], &table.last()));
    promises.found += u64::from(said[0].is_change(DURATIONS..DURATIONS + 1));
}

/// What `power` reads of seasons.
fn matched(observed: &Observations, last: &LastDays) -> BTreeMap<String, MatchedPairs> {
    let analysis = analyse(observed, &AnalysisSettings::default(), &[]);
    let plans = plans_of_seasons(&analysis, observed).into_iter();
    let seen = plans.map(|plan| SeenSlices { slices: sliced(&plan, last, observed), plan });
    seen.flat_map(|seen| seen.seasons(observed)).collect()
}

/// Days of jobs that run on from one to the next.
struct Table<'a> {
    kind: &'a Kind,
    paces: Vec<Latent>,
    /// Day by day, what was drawn of each job.
    days: Vec<Vec<Vec<DrawnRun>>>,
}

impl<'a> Table<'a> {
    fn new(kind: &'a Kind, random: &mut Random) -> Self {
        let paces = (0..JOBS).map(|_| Latent::new(kind.correlation, random)).collect();
        Self { kind, paces, days: Vec::new() }
    }

    const fn job(&self, factor: f64) -> Job {
        let Kind { correlation, runs, .. } = *self.kind;
        Job { shape: Shape::Lognormal { sigma: 0.25 }, factor, later: 1.0, correlation, failing: 0.02, runs }
    }

    /// A day on which the first job takes `factor` times as long.
    fn add_day(&mut self, factor: f64, random: &mut Random) {
        let by_hour = |place: f64| 1.0 + self.kind.season * (TAU * place).sin();
        let jobs = [self.job(factor), self.job(1.0)];
        let job = |(nth, pace): (usize, &mut Latent)| drawn(&jobs[nth.min(1)], by_hour, pace, random);
        self.days.push(self.paces.iter_mut().enumerate().map(job).collect());
    }

    fn observations(&self) -> Observations {
        let job = self.job(1.0);
        let day = |runs: &Vec<Vec<DrawnRun>>| -> BTreeMap<String, Box<JobObservations>> {
            runs.iter().enumerate().map(|(nth, runs)| (name(nth), Box::new(seen(&job, runs)))).collect()
        };
        together(self.days.iter().map(day).collect(), self.kind.earlier)
    }

    /// The two days that are compared.
    fn last(&self) -> LastDays {
        let last = &self.days[self.days.len().saturating_sub(2)..];
        let of = |nth: usize| last.iter().map(|day| day[nth].clone()).collect();
        (0..JOBS).map(|nth| (name(nth), of(nth))).collect()
    }
}
