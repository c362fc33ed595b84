//! Simulated reports: many draws of the same situation, counted.

use jobdelta::analysis::comparison::ComparisonVerdict::NoMaterialChange;
use jobdelta::analysis::verdict::metric::TestedMetric;

use crate::draws::{Job, Random, Window};
use crate::rules::{self, Pair};

/// Jobs in a simulated report.
pub(crate) const JOBS: usize = 20;

/// A situation: `others` unchanged jobs beside one that goes from `before` to `after`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scenario {
    pub(crate) before: Job,
    pub(crate) after: Job,
    pub(crate) others: usize,
}

impl Scenario {
    /// Twenty jobs, none of which changed.
    pub(crate) fn unchanged(job: Job) -> Self {
        Self { before: job, after: job, others: JOBS - 1 }
    }
}

/// How often what was said.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tally {
    pub(crate) reports: u64,
    /// Reports in which an unchanged job, or a job of an unchanged report, is called improved or
    /// regressed in any metric.
    pub(crate) false_verdict: u64,
    /// Reports in which the first job is called improved or regressed in any metric.
    pub(crate) found: u64,
    /// The same for its `median_duration`.
    pub(crate) found_median: u64,
    /// The same for its rates.
    pub(crate) found_rate: u64,
    /// Reports in which the first job's `median_duration` is called unchanged.
    pub(crate) no_change_median: u64,
    /// Reports in which any duration metric of the first job is called unchanged.
    pub(crate) no_change: u64,
    /// The same for its rates.
    pub(crate) no_change_rate: u64,
    /// Reports in which its `median_duration` is judged at all.
    pub(crate) judged: u64,
    /// Reports in which a peer calls any unchanged job changed.
    pub(crate) peer_false: [u64; 3],
    /// Reports in which a peer calls the first job changed.
    pub(crate) peer_found: [u64; 3],
}

impl Tally {
    fn add(&mut self, other: &Self) {
        self.reports += other.reports;
        self.false_verdict += other.false_verdict;
        self.found += other.found;
        self.found_median += other.found_median;
        self.found_rate += other.found_rate;
        self.no_change_median += other.no_change_median;
        self.no_change += other.no_change;
        self.no_change_rate += other.no_change_rate;
        self.judged += other.judged;
        for peer in 0..3 {
            self.peer_false[peer] += other.peer_false[peer];
            self.peer_found[peer] += other.peer_found[peer];
        }
    }

    /// `count` as a share of the reports.
    pub(crate) fn share(&self, count: u64) -> f64 {
        count as f64 / self.reports.max(1) as f64
    }

    /// The most that a true share of 5 % shows: 5 % and two standard errors of the simulation.
    pub(crate) fn bar(&self) -> f64 {
        0.05 + 2.0 * (0.05 * 0.95 / self.reports.max(1) as f64).sqrt()
    }
}

/// Simulates `reports` reports on both cores. The draws depend on `seed` and the number of the report
/// alone, not on the cores.
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
    let unchanged = scenario.before;
    let pairs: Vec<Pair> = (0..=scenario.others)
        .map(|job| Pair {
            before: Window::draw(&scenario.before, random),
            after: Window::draw(if job == 0 { &scenario.after } else { &unchanged }, random),
        })
        .collect();
    // in a report in which nothing changed, the first job counts among the unchanged
    let first_unchanged = usize::from(differs(scenario));
    let said = rules::jobdelta(&pairs);
    let peers: Vec<_> = pairs.iter().map(rules::peers).collect();
    let first = |test: &dyn Fn(&rules::Said) -> bool| u64::from(said.iter().any(|s| s.job == 0 && test(s)));
    let is_rate =
        |s: &rules::Said| matches!(s.metric, TestedMetric::CompletionRate | TestedMetric::FailureRate);
    let is_median = |s: &rules::Said| s.metric == TestedMetric::MedianDuration;
    let calls = peers.iter().map(|p| [p.benchstat, p.kayenta, p.threshold]).collect::<Vec<_>>();
    Tally {
        reports: 1,
        false_verdict: u64::from(said.iter().any(|s| s.job >= first_unchanged && s.is_change())),
        found: first(&|s| s.is_change()),
        found_median: first(&|s| is_median(s) && s.is_change()),
        found_rate: first(&|s| is_rate(s) && s.is_change()),
        no_change_median: first(&|s| is_median(s) && s.verdict == NoMaterialChange),
        no_change: first(&|s| !is_rate(s) && s.verdict == NoMaterialChange),
        no_change_rate: first(&|s| is_rate(s) && s.verdict == NoMaterialChange),
        judged: first(&|s| is_median(s) && s.is_judged()),
        peer_false: [0, 1, 2].map(|p| u64::from(calls[first_unchanged..].iter().any(|c| c[p]))),
        peer_found: [0, 1, 2].map(|p| u64::from(calls[0][p])),
    }
}

fn differs(scenario: &Scenario) -> bool {
    let (a, b) = (&scenario.before, &scenario.after);
    a.shape != b.shape || (a.factor - b.factor).abs() > 0.0 || (a.failing - b.failing).abs() > 0.0
}
