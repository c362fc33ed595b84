//! Days that differ although nothing changed: what earlier days are worth.

use std::collections::BTreeMap;
use std::f64::consts::TAU;
use std::fmt::Write as _;

use jobdelta::analysis::plan::JobPlan;
use jobdelta::analysis::plan::threshold::ByMetric;
use jobdelta::clock::{DAY_US, Timestamp};
use jobdelta::observation::ordinary::{OrdinaryDays, OrdinaryPlan, Stretch};
use jobdelta::observation::stretch::stretch_of;
use jobdelta::observation::{JobObservations, Observations, WindowObservations};
use jobdelta::window::{Chosen, Exclusion, PerSide, Period, Window};

use crate::draws::{Job, Latent, Random, Shape, drawn, seen};
use crate::observed::{name, observations};
use crate::rules::{self, METRICS};
use crate::sliced::{LastDays, analysed};

const JOBS: usize = 20;

/// Jobs that the deployment touches, where the others are controls.
const TOUCHED: usize = 6;

/// How days differ.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Days {
    /// Earlier days that are held against the change.
    earlier: u32,
    /// Standard deviation of the logarithm of what a day does to all jobs.
    common: f64,
    /// The same, to each job by itself.
    own: f64,
    /// Amplitude of the season within a day.
    season: f64,
    /// How much faster a weekend is.
    weekend: f64,
    /// Growth a day.
    trend: f64,
    /// Lag-one correlation within a job.
    correlation: f64,
}

#[derive(Clone, Copy, Debug)]
struct Situation {
    name: &'static str,
    days: Days,
    /// What the jobs that change are multiplied by after the change.
    factor: f64,
    /// How many of the jobs change, from the first on.
    changing: usize,
    /// Whether all but the first six jobs are declared as outside the change.
    controls: bool,
    runs: u64,
}

#[derive(Clone, Copy, Debug, Default)]
struct Counted {
    reports: u64,
    false_verdict: u64,
    found: u64,
    any: u64,
    peer_false: [u64; 2],
}

const SEED: u64 = 20_261_130;

const INTRODUCTION: &str = include_str!("days.md");

/// The table, as a page.
pub(crate) fn page(reports: u64, report: impl Fn(&str) + Copy) -> String {
    let mut page = format!(
        "{INTRODUCTION}\n\nWritten by `cargo run --release --example calibration -- days {reports} docs`.\n\n## Twenty \
         jobs\n\nTwenty jobs, lognormal with \u{3c3} 0.25, in windows of a day; {reports} \
         simulated reports a row.\n\n| days | runs a day | earlier days | false verdicts, nothing changed | +20 % \
         found | benchstat, nothing changed | Kayenta, nothing changed |\n|---|---|---|---|---|---|---|\n"
    );
    for (nth, situation) in situations().into_iter().enumerate() {
        let nothing = simulate(&Situation { factor: 1.0, ..situation }, reports, SEED + 2 * nth as u64);
        let changed = simulate(&situation, reports, SEED + 2 * nth as u64 + 1);
        let percent = |count: u64, of: &Counted| format!("{:.1} %", 100.0 * count as f64 / of.reports as f64);
        let line = format!(
            "| {} | {} | {} | {} | {} | {} | {} |",
            situation.name,
            situation.runs,
            situation.days.earlier,
            percent(nothing.false_verdict, &nothing),
            percent(changed.found, &changed),
            percent(nothing.peer_false[0], &nothing),
            percent(nothing.peer_false[1], &nothing),
        );
        report(&line);
        let _ = writeln!(page, "{line}");
    }
    page.push_str(&controls(reports, report));
    page
}

/// A change of all jobs alike, and one of those that the deployment touches.
fn controls(reports: u64, report: impl Fn(&str)) -> String {
    let mut table = "\n## Control jobs\n\nSix jobs are touched and fourteen are controls; +20 % after the change. *Any called*: a report in \
         which any job is called improved or regressed.\n\n| days | earlier days | all change: any called | the six change: \
         the first found | the same without controls |\n|---|---|---|---|---|\n".to_owned();
    let kinds = [
        ("alike", Days::default()),
        ("alike", Days { earlier: 28, ..Days::default() }),
        ("5 % each", Days { own: 0.05, earlier: 28, ..Days::default() }),
        ("10 % together, 5 % each", Days { common: 0.1, own: 0.05, earlier: 28, ..Days::default() }),
    ];
    for (nth, (name, days)) in kinds.into_iter().enumerate() {
        let situation = Situation { name, days, factor: 1.2, changing: TOUCHED, controls: true, runs: 300 };
        let seed = SEED + 1_000 + 3 * nth as u64;
        let all = simulate(&Situation { changing: JOBS, ..situation }, reports, seed);
        let six = simulate(&situation, reports, seed + 1);
        let without = simulate(&Situation { controls: false, ..situation }, reports, seed + 1);
        let percent = |count: u64| 100.0 * count as f64 / reports as f64;
        let line = format!(
            "| {name} | {} | {:.1} % | {:.1} % | {:.1} % |",
            days.earlier,
            percent(all.any),
            percent(six.found),
            percent(without.found)
        );
        report(&line);
        let _ = writeln!(table, "{line}");
    }
    table
}

fn situations() -> Vec<Situation> {
    let kinds = [
        ("alike", Days::default()),
        ("alike, season of 20 %", Days { season: 0.2, ..Days::default() }),
        ("5 % each", Days { own: 0.05, ..Days::default() }),
        ("10 % together, 5 % each", Days { common: 0.1, own: 0.05, ..Days::default() }),
        ("weekends 30 % faster", Days { weekend: 0.3, ..Days::default() }),
        ("1 % slower every day", Days { trend: 0.01, ..Days::default() }),
        ("alike, correlation 0.6", Days { correlation: 0.6, ..Days::default() }),
        ("alike, correlation 0.9", Days { correlation: 0.9, ..Days::default() }),
        (
            "all of these",
            Days {
                common: 0.1,
                own: 0.05,
                season: 0.2,
                weekend: 0.3,
                trend: 0.01,
                correlation: 0.6,
                ..Days::default()
            },
        ),
    ];
    let each = |(name, days): (&'static str, Days)| {
        [0, 14, 20, 28].map(|earlier| Situation {
            name,
            days: Days { earlier, ..days },
            factor: 1.2,
            changing: 1,
            controls: false,
            runs: 96,
        })
    };
    kinds.into_iter().flat_map(each).collect()
}

fn simulate(situation: &Situation, reports: u64, seed: u64) -> Counted {
    let half = |parity: u64| {
        let mut counted = Counted::default();
        for report in (parity..reports).step_by(2) {
            one(situation, &mut Random::new(seed, report), &mut counted);
        }
        counted
    };
    std::thread::scope(|scope| {
        let odd = scope.spawn(|| half(1));
        let mut counted = half(0);
        if let Ok(odd) = odd.join() {
            counted.reports += odd.reports;
            counted.false_verdict += odd.false_verdict;
            counted.found += odd.found;
            counted.any += odd.any;
            counted.peer_false.iter_mut().zip(odd.peer_false).for_each(|(sum, more)| *sum += more);
        }
        counted
    })
}

/// A job, and whether it is a control.
fn plan(number: usize) -> JobPlan {
    JobPlan {
        name: name(number),
        was: None,
        schedule: None,
        baseline_schedule: None,
        enabled: true,
        control: number >= TOUCHED,
        orphan_after: None,
        min_runs: ByMetric::default(),
        margin: ByMetric::default(),
        note: None,
    }
}

fn one(situation: &Situation, random: &mut Random, counted: &mut Counted) {
    let (observed, last) = draw_days(situation, random);
    counted.reports += 1;
    let plans: Vec<JobPlan> = (0..JOBS).filter(|_| situation.controls).map(plan).collect();
    let (said, totals) = rules::said(&analysed(&observed, &plans, &last));
    let all = || 0..METRICS.len();
    if (situation.factor - 1.0).abs() > 0.0 {
        counted.found += u64::from(said[0].is_change(all()));
        counted.any += u64::from(said.iter().any(|job| job.is_change(all())));
    } else {
        let any = totals.is_change(all()) || said.iter().any(|job| job.is_change(all()));
        counted.false_verdict += u64::from(any);
        let peers: Vec<_> = observed
            .baseline
            .jobs
            .iter()
            .filter_map(|(name, before)| Some(rules::peers(before, observed.stagger.jobs.get(name)?)))
            .collect();
        counted.peer_false[0] += u64::from(peers.iter().any(|peer| peer.benchstat));
        counted.peer_false[1] += u64::from(peers.iter().any(|peer| peer.kayenta));
    }
}

fn draw_days(situation: &Situation, random: &mut Random) -> (Observations, LastDays) {
    let Days { earlier, common, own, season, weekend, trend, correlation } = situation.days;
    let count = earlier as usize + 2;
    let weekday = (random.uniform() * 7.0).floor();
    let of_all: Vec<f64> = (0..count)
        .map(|day| {
            let in_week = (weekday + day as f64) % 7.0;
            let rest = if in_week < 2.0 { (1.0 - weekend).ln() } else { 0.0 };
            common * random.normal() + trend * day as f64 + rest
        })
        .collect();
    let mut days: Vec<BTreeMap<String, Box<JobObservations>>> = vec![BTreeMap::new(); count];
    let mut last = LastDays::new();
    for number in 0..JOBS {
        let mut pace = Latent::new(correlation, random);
        for (day, jobs) in days.iter_mut().enumerate() {
            let changed =
                if day + 1 == count && number < situation.changing { situation.factor } else { 1.0 };
            let factor = changed * (of_all[day] + own * random.normal()).exp();
            let shape = Shape::Lognormal { sigma: 0.25 };
            let job = Job { shape, factor, later: 1.0, correlation, failing: 0.02, runs: situation.runs };
            let by_hour = |place: f64| 1.0 + season * (TAU * place).sin();
            let runs = drawn(&job, by_hour, &mut pace, random);
            jobs.insert(name(number), Box::new(seen(&job, &runs)));
            if day + 2 >= count {
                last.entry(name(number)).or_default().push(runs);
            }
        }
    }
    (together(days, earlier), last)
}

/// Days in their order as the observations of a report on the last of them.
pub(crate) fn together(mut days: Vec<BTreeMap<String, Box<JobObservations>>>, earlier: u32) -> Observations {
    let day = |n: usize| {
        let n = i64::try_from(n).unwrap_or(0);
        Period { start: Timestamp(n * DAY_US), end: Timestamp((n + 1) * DAY_US) }
    };
    let count = days.len();
    let (stagger, baseline) = (days.pop().unwrap_or_default(), days.pop().unwrap_or_default());
    let as_of = day(count - 1).end;
    let window = |n, chosen| Window::observe(day(n), as_of, &[], chosen, None);
    let windows = PerSide {
        baseline: window(count - 2, Chosen::SameHoursEarlier { days: 1 }),
        stagger: window(count - 1, Chosen::Given),
    };
    let none: [Exclusion; 0] = [];
    let plan = OrdinaryPlan::of(&windows, Some(day(0).start), &none, earlier);
    let stretch = |jobs| stretch_of(WindowObservations { jobs, ..WindowObservations::default() });
    let stretches: BTreeMap<Period, Stretch> = days
        .into_iter()
        .enumerate()
        .map(|(n, jobs)| (day(n), stretch(jobs)))
        .filter(|(period, _)| plan.periods.contains(period))
        .collect();
    let ordinary: OrdinaryDays = plan.read(stretches, None);
    let of = |jobs| WindowObservations { jobs, ..WindowObservations::default() };
    Observations {
        as_of,
        baseline: of(baseline),
        stagger: of(stagger),
        ordinary,
        windows,
        ..observations(Vec::new())
    }
}
