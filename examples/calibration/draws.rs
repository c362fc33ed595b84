//! Seeded draws: runs of a job whose distribution, dependence and outcomes are known.

use jobdelta::analysis::statistics::normal;
use jobdelta::observation::{Dependence, JobObservations, LagSums, cell_index, representative};

/// xoshiro256++ by D. Blackman and S. Vigna, seeded by splitmix64.
pub(crate) struct Random([u64; 4]);

impl Random {
    /// The stream for a seed and a number within it.
    pub(crate) fn new(seed: u64, stream: u64) -> Self {
        let mut state = seed ^ stream.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let mut next = || {
            state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
            let mut z = state;
            z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            z ^ (z >> 31)
        };
        Self([next(), next(), next(), next()])
    }

    fn bits(&mut self) -> u64 {
        let s = &mut self.0;
        let result = s[0].wrapping_add(s[3]).rotate_left(23).wrapping_add(s[0]);
        let t = s[1] << 17;
        s[2] ^= s[0];
        s[3] ^= s[1];
        s[1] ^= s[2];
        s[0] ^= s[3];
        s[2] ^= t;
        s[3] = s[3].rotate_left(45);
        result
    }

    /// Uniform between 0 and 1, both excluded.
    pub(crate) fn uniform(&mut self) -> f64 {
        ((self.bits() >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
    }

    /// Standard normal, by Box and Muller.
    pub(crate) fn normal(&mut self) -> f64 {
        (-2.0 * self.uniform().ln()).sqrt() * (std::f64::consts::TAU * self.uniform()).cos()
    }
}

/// A standard normal series whose lag-one correlation is given: first-order autoregressive.
pub(crate) struct Latent {
    correlation: f64,
    state: f64,
}

impl Latent {
    pub(crate) fn new(correlation: f64, random: &mut Random) -> Self {
        Self { correlation, state: random.normal() }
    }

    fn next(&mut self, random: &mut Random) -> f64 {
        let value = self.state;
        let noise = (1.0 - self.correlation * self.correlation).sqrt() * random.normal();
        self.state = self.correlation * value + noise;
        value
    }
}

/// How the durations of a job are distributed. Times in µs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Shape {
    /// Median 40 ms.
    Lognormal { sigma: f64 },
    /// 30 ms, and 5 s for a share of the runs; each ± 10 %.
    Bimodal { slow: f64 },
    /// Pareto from 20 ms on: infinite variance.
    HeavyTailed,
    /// Recorded in whole seconds, from a duration around `mean` seconds (± 20 %) and a start anywhere
    /// within its second.
    WholeSeconds { mean: f64 },
}

/// What is drawn.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Job {
    pub(crate) shape: Shape,
    /// Every duration times this.
    pub(crate) factor: f64,
    /// The durations of the second half of the window times this as well.
    pub(crate) later: f64,
    /// Lag-one correlation of the latent series of durations, and of the outcomes.
    pub(crate) correlation: f64,
    /// Share of runs that fail.
    pub(crate) failing: f64,
    pub(crate) runs: u64,
}

/// Outcomes as a chain of two states whose lag-one correlation is given: failures come in bursts of
/// `1 / ((1 - failing) (1 - correlation))` runs.
struct Health {
    failing: f64,
    correlation: f64,
    failed: bool,
}

impl Health {
    fn new(failing: f64, correlation: f64, random: &mut Random) -> Self {
        Self { failing, correlation, failed: random.uniform() < failing }
    }

    fn next(&mut self, random: &mut Random) -> bool {
        let value = self.failed;
        let before = f64::from(u8::from(value));
        self.failed = random.uniform() < self.failing + self.correlation * (before - self.failing);
        value
    }
}

/// One window of a job as the queries would return it: outcomes, durations of completed runs, both by
/// halves, and how runs resemble their predecessors.
pub(crate) fn draw(job: &Job, random: &mut Random) -> JobObservations {
    seen(job, &drawn(job, |_| 1.0, &mut Latent::new(job.correlation, random), random))
}

/// A run that was drawn.
#[derive(Clone, Copy)]
pub(crate) struct DrawnRun {
    pub(crate) us: i64,
    pub(crate) failed: bool,
}

/// The runs of a window, in their order, with every duration times what `season` says of its place in the window, from 0
/// to 1; `pace` goes on from one window to the next.
pub(crate) fn drawn(
    job: &Job,
    season: impl Fn(f64) -> f64,
    pace: &mut Latent,
    random: &mut Random,
) -> Vec<DrawnRun> {
    let mut health = Health::new(job.failing, job.correlation, random);
    let run = |run: u64| {
        let factor = if 2 * run >= job.runs { job.factor * job.later } else { job.factor };
        let factor = factor * season((run as f64 + 0.5) / job.runs as f64);
        let us = duration(job.shape, factor, pace.next(random), random);
        DrawnRun { us, failed: health.next(random) }
    };
    (0..job.runs).map(run).collect()
}

/// What the queries would return of `runs`, which are those of a window.
pub(crate) fn seen(job: &Job, runs: &[DrawnRun]) -> JobObservations {
    let mut seen = JobObservations::default();
    let (mut durations, mut completed, mut failures) =
        (LagSums::default(), LagSums::default(), LagSums::default());
    for (nth, DrawnRun { us, failed }) in runs.iter().copied().enumerate() {
        let half = &mut seen.halves[usize::from(2 * nth >= runs.len())];
        failures.add(i64::from(failed));
        completed.add(i64::from(!failed));
        if failed {
            half.outcomes.failed += 1;
        } else {
            half.outcomes.completed += 1;
            half.durations.add(us);
            durations.add(cell_index(representative(us)));
        }
    }
    for half in &seen.halves {
        seen.outcomes.merge(&half.outcomes);
        seen.durations.merge(&half.durations);
    }
    if matches!(job.shape, Shape::WholeSeconds { .. }) {
        seen.anomalies.whole_seconds = job.runs;
    }
    seen.dependence = Dependence {
        durations: Some(durations),
        completed: Some(completed),
        failed: Some(failures),
        on_time: None,
    };
    seen
}

#[allow(clippy::cast_possible_truncation)] // whole microseconds of a drawn duration
fn duration(shape: Shape, factor: f64, latent: f64, random: &mut Random) -> i64 {
    let us = match shape {
        Shape::Lognormal { sigma } => 40_000.0 * factor * (sigma * latent).exp(),
        Shape::Bimodal { slow } => {
            let mode = if normal::upper_tail(latent) < slow { 5_000_000.0 } else { 30_000.0 };
            mode * factor * (0.1 * random.normal()).exp()
        }
        Shape::HeavyTailed => 20_000.0 * factor * normal::upper_tail(latent).powf(-1.0 / 1.8),
        Shape::WholeSeconds { mean } => {
            let long = mean * factor * (0.2 * latent - 0.02).exp();
            (random.uniform() + long).floor() * 1_000_000.0
        }
    };
    us.round() as i64
}
