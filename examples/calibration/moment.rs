//! When a change came: how often it is put where it was not.

use std::collections::BTreeMap;
use std::f64::consts::TAU;
use std::fmt::Write as _;

use jobdelta::analysis::comparison::ComparisonVerdict::{Improved, Regressed};
use jobdelta::analysis::metric::{FAILURE_RATE, MEDIAN_DURATION};
use jobdelta::analysis::statistics::change_point::Onset;

use crate::days::together;
use crate::draws::{DrawnRun, Job, Latent, Random, Shape, drawn, seen};
use crate::observed::name;
use crate::sliced::analysed;

const INTRODUCTION: &str = include_str!("moment.md");
const SEED: u64 = 20_261_201;
const EARLIER: u32 = 28;
const MINUTES_A_DAY: f64 = 1_440.0;

/// One job, whose runs change at a moment near the deployment.
#[derive(Clone, Copy)]
struct Happening {
    runs: u64,
    correlation: f64,
    season: f64,
    /// Durations from the moment on.
    factor: f64,
    /// Share that fails from the moment on.
    failing: f64,
    /// The moment, minutes from the deployment.
    minutes: f64,
    /// Durations grow by so much over both windows.
    growth: f64,
}

const NONE: Happening = Happening {
    runs: 1_440,
    correlation: 0.0,
    season: 0.2,
    factor: 1.0,
    failing: 0.0,
    minutes: 0.0,
    growth: 1.0,
};

#[derive(Clone, Copy, Default)]
struct Placed {
    shown: u64,
    elsewhere: u64,
    gradual: u64,
}

impl Placed {
    fn share(self, of: u64) -> String {
        if self.shown == 0 {
            "–".to_owned()
        } else {
            format!("{:.1} %", 100.0 * of as f64 / self.shown as f64)
        }
    }

    fn elsewhere(self) -> String {
        self.share(self.elsewhere)
    }
}

/// The tables, as a page.
pub(crate) fn page(reports: u64, report: impl Fn(&str) + Copy) -> String {
    let mut page = format!(
        "{INTRODUCTION}\nWritten by `cargo run --release --example calibration -- moment {reports} docs`.\n\n## A step\n\n\
         A job, lognormal with \u{3c3} 0.25, before and after a deployment in windows of a day, with {EARLIER} earlier days; \
         {reports} simulated reports a cell. *Shown*: where the change comes with the deployment.\n\n\
         | change | runs a day | season | correlation | shown | with the deployment: said to be elsewhere | 30 min before it: \
         found out | 2 h before it | 2 h after it |\n|---|---|---|---|---|---|---|---|---|\n"
    );
    for (nth, (words, course)) in courses().into_iter().enumerate() {
        let seed = SEED + 10 * nth as u64;
        let [with, half, before, after] = [0.0, -30.0, -120.0, 120.0]
            .map(|minutes| simulate(Happening { minutes, ..course }, reports, seed));
        let line = format!(
            "| {words} | {} | {:.0} % | {} | {:.1} % | {} | {} | {} | {} |",
            course.runs,
            100.0 * course.season,
            course.correlation,
            100.0 * with.shown as f64 / reports as f64,
            with.elsewhere(),
            half.elsewhere(),
            before.elsewhere(),
            after.elsewhere()
        );
        report(&line);
        let _ = writeln!(page, "{line}");
    }
    page.push_str(
        "\n## A slope\n\nThe same, with durations that grow steadily over both windows.\n\n\
        | growth | runs a day | season | shown | said to be gradual | said to have come at another moment |\n\
        |---|---|---|---|---|---|\n",
    );
    for (nth, (growth, runs)) in [(1.3, 1_440), (1.5, 1_440), (1.5, 288), (2.0, 96)].into_iter().enumerate() {
        let found = simulate(Happening { runs, growth, ..NONE }, reports, SEED + 5_000 + nth as u64);
        let line = format!(
            "| +{:.0} % | {runs} | 20 % | {:.1} % | {} | {} |",
            100.0 * (growth - 1.0),
            100.0 * found.shown as f64 / reports as f64,
            found.share(found.gradual),
            found.elsewhere()
        );
        report(&line);
        let _ = writeln!(page, "{line}");
    }
    page
}

fn courses() -> Vec<(&'static str, Happening)> {
    let slower = |factor: f64, runs: u64| Happening { runs, factor, ..NONE };
    vec![
        ("+20 %", slower(1.2, 1_440)),
        ("+40 %", slower(1.4, 1_440)),
        ("+40 %", Happening { season: 0.0, ..slower(1.4, 1_440) }),
        ("+40 %", Happening { correlation: 0.5, ..slower(1.4, 1_440) }),
        ("+40 %", Happening { correlation: 0.9, ..slower(1.4, 1_440) }),
        ("+100 %", slower(2.0, 1_440)),
        ("+40 %", slower(1.4, 288)),
        ("+100 %", slower(2.0, 288)),
        ("+100 %", Happening { correlation: 0.5, ..slower(2.0, 288) }),
        ("+100 %", slower(2.0, 96)),
        ("10 % fail", Happening { failing: 0.1, ..NONE }),
        ("20 % fail", Happening { failing: 0.2, ..NONE }),
        ("20 % fail", Happening { failing: 0.2, runs: 288, ..NONE }),
    ]
}

fn simulate(course: Happening, reports: u64, seed: u64) -> Placed {
    let half = |parity: u64| {
        let mut placed = Placed::default();
        for report in (parity..reports).step_by(2) {
            one(course, &mut Random::new(seed, report), &mut placed);
        }
        placed
    };
    std::thread::scope(|scope| {
        let odd = scope.spawn(|| half(1));
        let mut placed = half(0);
        if let Ok(odd) = odd.join() {
            placed.shown += odd.shown;
            placed.elsewhere += odd.elsewhere;
            placed.gradual += odd.gradual;
        }
        placed
    })
}

fn one(course: Happening, random: &mut Random, placed: &mut Placed) {
    let job = Job {
        shape: Shape::Lognormal { sigma: 0.25 },
        factor: 1.0,
        later: 1.0,
        correlation: course.correlation,
        failing: 0.0,
        runs: course.runs,
    };
    let mut pace = Latent::new(course.correlation, random);
    let days = i64::from(EARLIER) + 2;
    let days: Vec<Vec<DrawnRun>> =
        (0..days).map(|day| draw_day(&course, &job, day - days + 1, &mut pace, random)).collect();
    let observed = days.iter().map(|runs| BTreeMap::from([(name(0), Box::new(seen(&job, runs)))]));
    let observations = together(observed.collect(), EARLIER);
    let runs = BTreeMap::from([(name(0), days[days.len() - 2..].to_vec())]);
    let analysis = analysed(&observations, &[], &runs);
    let metric = if course.failing > 0.0 { &FAILURE_RATE } else { &MEDIAN_DURATION };
    let found = analysis.jobs.first().and_then(|job| job.comparison.get(metric));
    let Some(found) = found.filter(|found| matches!(found.verdict, Some(Improved | Regressed))) else {
        return;
    };
    placed.shown += 1;
    placed.elsewhere += u64::from(found.moment.is_some_and(|moment| moment.is_elsewhere()));
    placed.gradual += u64::from(found.moment.is_some_and(|moment| moment.onset == Onset::Gradual));
}

/// The runs of a day, counted from the deployment.
fn draw_day(
    course: &Happening,
    job: &Job,
    day: i64,
    pace: &mut Latent,
    random: &mut Random,
) -> Vec<DrawnRun> {
    let minutes = |place: f64| (day as f64 + place) * MINUTES_A_DAY;
    let by_hour = |place: f64| {
        let step = if minutes(place) >= course.minutes { course.factor } else { 1.0 };
        let slope = course.growth.powf(f64::midpoint(minutes(place) / MINUTES_A_DAY, 1.0).clamp(0.0, 1.0));
        (1.0 + course.season * (TAU * (place + 0.1)).sin()) * step * slope
    };
    let mut runs = drawn(job, by_hour, pace, random);
    let count = runs.len() as f64;
    for (nth, run) in runs.iter_mut().enumerate() {
        run.failed =
            minutes((nth as f64 + 0.5) / count) >= course.minutes && random.uniform() < course.failing;
    }
    runs
}
