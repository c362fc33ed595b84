//! Simulated reports: many draws of the same situation, counted.

use jobdelta::analysis::comparison::ComparisonVerdict::{
    self, Improved, Inconclusive, NoMaterialChange, Regressed,
};

use crate::draws::{Job, Random, draw};
use crate::observed::observations;
use crate::rules::{self, DURATIONS, METRICS};

/// Jobs in a simulated report.
pub(crate) const JOBS: usize = 20;

/// What stands after a change.
#[derive(Clone, Copy, Debug)]
pub(crate) enum After {
    /// Runs of this job.
    Drawn(Job),
    /// The very runs of the baseline.
    Itself,
}

/// A situation: `others` unchanged jobs beside one whose runs are of `before` and then of `after`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scenario {
    pub(crate) before: Job,
    pub(crate) after: After,
    pub(crate) others: usize,
}

impl Scenario {
    /// Twenty jobs, none of which changed.
    pub(crate) fn unchanged(job: Job) -> Self {
        Self { before: job, after: After::Drawn(job), others: JOBS - 1 }
    }

    /// Twenty jobs, one of which changed.
    pub(crate) fn one_of_many(before: Job, after: Job) -> Self {
        Self { before, after: After::Drawn(after), others: JOBS - 1 }
    }

    /// One job that changed.
    pub(crate) fn alone(before: Job, after: Job) -> Self {
        Self { before, after: After::Drawn(after), others: 0 }
    }

    /// Whether the first job changed, and whether it did within its second window.
    fn differs(&self) -> (bool, bool) {
        let After::Drawn(after) = &self.after else { return (false, false) };
        let before = &self.before;
        let within = (after.later - before.later).abs() > 0.0;
        let differs = within
            || before.shape != after.shape
            || (before.factor - after.factor).abs() > 0.0
            || (before.failing - after.failing).abs() > 0.0;
        (differs, within)
    }
}

/// How often what was said.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tally {
    pub(crate) reports: u64,
    /// Reports in which an unchanged job, or all of an unchanged report together, is called improved or
    /// regressed in any metric.
    pub(crate) false_verdict: u64,
    /// The same by a rate.
    pub(crate) false_rate: u64,
    /// Reports in which an unchanged window of a job is said to drift.
    pub(crate) false_drift: u64,
    /// Reports in which the first job is called improved or regressed in any metric.
    pub(crate) found: u64,
    /// Reports in which the first job's second window is said to drift.
    pub(crate) drift: u64,
    /// Reports in which a duration metric of the first job is called unchanged.
    pub(crate) no_change: u64,
    /// The same for its rates.
    pub(crate) no_change_rate: u64,
    /// Reports by what is said of the first job, by the order of [`METRICS`] and of [`VERDICTS`].
    verdicts: [[u64; 4]; 5],
    /// Reports in which a peer calls any unchanged job changed.
    pub(crate) peer_false: [u64; 3],
    /// Reports in which a peer calls the first job changed.
    pub(crate) peer_found: [u64; 3],
}

/// The verdicts that are counted; `not_measured` counts with the last.
pub(crate) const VERDICTS: [ComparisonVerdict; 4] = [Improved, Regressed, NoMaterialChange, Inconclusive];

impl Tally {
    fn add(&mut self, other: &Self) {
        self.reports += other.reports;
        self.false_verdict += other.false_verdict;
        self.false_rate += other.false_rate;
        self.false_drift += other.false_drift;
        self.found += other.found;
        self.drift += other.drift;
        self.no_change += other.no_change;
        self.no_change_rate += other.no_change_rate;
        for (sum, others) in self.verdicts.iter_mut().zip(other.verdicts) {
            sum.iter_mut().zip(others).for_each(|(sum, other)| *sum += other);
        }
        for peer in 0..3 {
            self.peer_false[peer] += other.peer_false[peer];
            self.peer_found[peer] += other.peer_found[peer];
        }
    }

    /// `count` as a share of the reports.
    pub(crate) fn share(&self, count: u64) -> f64 {
        count as f64 / self.reports as f64
    }

    /// 5 % and two standard errors of the simulation.
    pub(crate) fn bar(&self) -> f64 {
        0.05 + 2.0 * (0.05 * 0.95 / self.reports as f64).sqrt()
    }

    /// The shares of [`VERDICTS`] on the first job, by the place of a metric in [`METRICS`].
    pub(crate) fn verdicts(&self, metric: usize) -> [f64; 4] {
        self.verdicts[metric].map(|count| self.share(count))
    }

    /// The share in which the first job is called improved or regressed in a metric.
    pub(crate) fn changed(&self, metric: usize) -> f64 {
        let [improved, regressed, ..] = self.verdicts(metric);
        improved + regressed
    }

    /// The share in which a metric of the first job is judged at all.
    pub(crate) fn judged(&self, metric: usize) -> f64 {
        self.verdicts(metric)[..3].iter().sum()
    }
}

/// `reports` reports on `scenario`, on both cores; the same `seed` gives the same tally.
pub(crate) fn simulate(scenario: &Scenario, reports: u64, seed: u64) -> Tally {
    let half = |parity: u64| {
        let mut tally = Tally::default();
        for report in (parity..reports).step_by(2) {
            tally.add(&one(scenario, &mut Random::new(seed, report)));
        }
        tally
    };
    std::thread::scope(|scope| {
        let odd = scope.spawn(|| half(1));
        let mut tally = half(0);
        if let Ok(odd) = odd.join() {
            tally.add(&odd);
        }
        tally
    })
}

fn one(scenario: &Scenario, random: &mut Random) -> Tally {
    let jobs: Vec<_> = (0..=scenario.others)
        .map(|job| {
            let before = draw(&scenario.before, random);
            let after = match scenario.after {
                After::Itself => before.clone(),
                After::Drawn(after) if job == 0 => draw(&after, random),
                After::Drawn(_) => draw(&scenario.before, random),
            };
            [before, after]
        })
        .collect();
    let calls: Vec<_> = jobs
        .iter()
        .map(|[before, after]| rules::peers(before, after))
        .map(|p| [p.benchstat, p.kayenta, p.threshold])
        .collect();
    let (said, totals) = rules::jobdelta(&observations(jobs), &[]);
    let (differs, within) = scenario.differs();
    let unchanged = usize::from(differs);
    let is_false = |metrics: std::ops::Range<usize>| {
        let totals = !differs && totals.is_change(metrics.clone());
        u64::from(totals || said[unchanged..].iter().any(|job| job.is_change(metrics.clone())))
    };
    let drifts =
        |(job, said): (usize, &rules::Said)| said.drifts[0] || said.drifts[1] && !(within && job == 0);
    let (first, all) = (&said[0], 0..METRICS.len());
    let no_change =
        |metrics: std::ops::Range<usize>| u64::from(first.verdicts[metrics].contains(&NoMaterialChange));
    let place = |verdict| VERDICTS.iter().position(|v| *v == verdict).unwrap_or(VERDICTS.len() - 1);
    Tally {
        reports: 1,
        false_verdict: is_false(all.clone()),
        false_rate: is_false(0..DURATIONS),
        false_drift: u64::from(said.iter().enumerate().any(drifts)),
        found: u64::from(first.is_change(all.clone())),
        drift: u64::from(first.drifts[1]),
        no_change: no_change(DURATIONS..METRICS.len()),
        no_change_rate: no_change(0..DURATIONS),
        verdicts: first.verdicts.map(|verdict| [0, 1, 2, 3].map(|v| u64::from(place(verdict) == v))),
        peer_false: [0, 1, 2].map(|p| u64::from(calls[unchanged..].iter().any(|c| c[p]))),
        peer_found: [0, 1, 2].map(|p| u64::from(calls[0][p])),
    }
}
