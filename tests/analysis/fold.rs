//! Observations made of a handful of runs by going through them again and again, and plans to hold them against.

use std::collections::{BTreeMap, BTreeSet};

use jobdelta::analysis::plan::threshold::ByMetric;
use jobdelta::analysis::plan::{AnalysisSettings, JobPlan};
use jobdelta::analysis::schedule::{Schedule, punctuality};
use jobdelta::clock::{MINUTE_US, SECOND_US, Span, Timestamp};
use jobdelta::observation::pictures::ObservedPictures;
use jobdelta::observation::{
    Coverage, FailureText, FireCounts, JobObservations, Levels, Observations, Outcomes, Overlap, Pause,
    Recorded, RecordedSchedule, StartBurst, WindowObservations,
};
use jobdelta::run::Status;
use jobdelta::window::{Chosen, Exclusion, PerSide, Period, Side, Window};

/// A run; times in µs.
#[derive(Clone, Debug)]
pub(crate) struct TestRun {
    pub(crate) job: String,
    pub(crate) start: i64,
    pub(crate) end: Option<i64>,
    pub(crate) status: Status,
    pub(crate) skip_reason: String,
    pub(crate) error: String,
    pub(crate) schedule: RecordedSchedule,
}

impl TestRun {
    pub(crate) fn new(job: &str, start: i64, length: i64) -> Self {
        Self {
            job: job.to_owned(),
            start,
            end: Some(start + length),
            status: Status::Success,
            skip_reason: String::new(),
            error: String::new(),
            schedule: RecordedSchedule {
                schedule: None,
                effective_schedule: None,
                stagger_offset_s: None,
                runs: 1,
            },
        }
    }

    fn occupies(&self, observed_end: i64, lost: bool) -> Option<(i64, i64)> {
        match (self.status, self.end) {
            (Status::Skipped, _) => None,
            (Status::Running, _) => (!lost).then_some((self.start, observed_end)),
            (_, Some(end)) if end >= self.start => Some((self.start, end.max(self.start + 1))),
            _ => None,
        }
    }
}

/// An enabled job whose schedule moves by `offset` seconds.
pub(crate) fn plan(name: &str, expression: &str, offset: i64) -> JobPlan {
    let schedule = |offset| Some(Schedule::parse(expression, Span::seconds(offset), chrono_tz::UTC).unwrap());
    JobPlan {
        name: name.to_owned(),
        was: None,
        schedule: schedule(offset),
        baseline_schedule: schedule(0),
        enabled: true,
        control: false,
        orphan_after: None,
        min_runs: ByMetric::default(),
        margin: ByMetric::default(),
        note: None,
    }
}

/// The observations of `runs` in two windows.
pub(crate) fn fold(
    runs: &[TestRun],
    periods: [Period; 2],
    as_of: Timestamp,
    exclusions: &[Exclusion],
    settings: &AnalysisSettings,
    plans: &[JobPlan],
) -> Observations {
    let window = |period| Window::observe(period, as_of, exclusions, Chosen::Given, None);
    let windows = PerSide { baseline: window(periods[0]), stagger: window(periods[1]) };
    let side = |side: Side| Fold { runs, window: windows.get(side), side, as_of, settings, plans }.observe();
    let starts = || runs.iter().map(|run| Timestamp(run.start));
    Observations {
        as_of,
        baseline: side(Side::Baseline),
        stagger: side(Side::Stagger),
        coverage: Coverage {
            first_started: starts().min(),
            last_started: starts().filter(|at| *at < as_of).max(),
            rows_ahead: 0,
        },
        excluded_runs: exclusions
            .iter()
            .map(|e| starts().filter(|at| e.period.contains(*at)).count() as u64)
            .collect(),
        recorded: Recorded { scheduled_at: false, schedules: true },
        pictures: ObservedPictures::default(),
        ordinary: jobdelta::observation::ordinary::OrdinaryDays::default(),
        windows,
    }
}

struct Fold<'a> {
    runs: &'a [TestRun],
    window: &'a Window,
    side: Side,
    as_of: Timestamp,
    settings: &'a AnalysisSettings,
    plans: &'a [JobPlan],
}

impl Fold<'_> {
    fn inside(&self) -> impl Iterator<Item = &TestRun> {
        let visible =
            |run: &&TestRun| run.start < self.as_of.us() && self.window.observes(Timestamp(run.start));
        self.runs.iter().filter(visible)
    }

    fn lost(&self, run: &TestRun) -> bool {
        let plan = self.plans.iter().find(|plan| plan.name == run.job).and_then(|plan| plan.orphan_after);
        let age = self.as_of.us() - run.start;
        self.settings.nothing_in_flight || age >= plan.unwrap_or(self.settings.orphan_after).us()
    }

    fn occupations<'b>(&'b self, job: Option<&'b str>) -> impl Iterator<Item = (i64, i64, &'b TestRun)> {
        let end = self.window.observed_end().us();
        self.runs.iter().filter(move |run| job.is_none_or(|job| job == run.job)).filter_map(move |run| {
            let (from, to) = run.occupies(end, self.lost(run))?;
            (run.start < self.as_of.us()).then_some((from, to, run))
        })
    }

    /// Observed time by how many of the given occupy, and the first instant of the highest level.
    fn levels(&self, job: Option<&str>) -> (Vec<i64>, Option<Timestamp>) {
        let spans: Vec<(i64, i64)> = self.occupations(job).map(|(from, to, _)| (from, to)).collect();
        let mut times = vec![0];
        let mut peak = (0, None);
        for part in &self.window.observed {
            let (start, end) = (part.start.us(), part.end.us());
            let inside = |at: &i64| start < *at && *at < end;
            let mut cuts: BTreeSet<i64> = spans.iter().flat_map(|s| [s.0, s.1]).filter(inside).collect();
            cuts.extend([start, end]);
            let cuts: Vec<i64> = cuts.into_iter().collect();
            for pair in cuts.windows(2) {
                let level = spans.iter().filter(|s| s.0 <= pair[0] && pair[0] < s.1).count();
                times.resize(times.len().max(level + 1), 0);
                times[level] += pair[1] - pair[0];
                if level > peak.0 {
                    peak = (level, Some(Timestamp(pair[0])));
                }
            }
        }
        (times, peak.1)
    }

    fn observe(&self) -> WindowObservations {
        let (time_at_level_us, peak_at) = self.levels(None);
        let at_peak = |at: Timestamp| {
            let running = self.occupations(None).filter(|(from, to, _)| *from <= at.us() && at.us() < *to);
            running.map(|(_, _, run)| run.job.clone()).collect::<BTreeSet<_>>()
        };
        let jobs_at_peak = peak_at.map(at_peak).unwrap_or_default().into_iter().collect();
        let mut bursts: BTreeMap<i64, u64> = BTreeMap::new();
        let burst = self.settings.burst_window.us();
        for run in self.inside().filter(|run| run.status != Status::Skipped) {
            *bursts.entry(run.start.div_euclid(burst) * burst).or_default() += 1;
        }
        let most = bursts.iter().rev().max_by_key(|(_, runs)| **runs);
        let names: BTreeSet<&str> = self.inside().map(|run| run.job.as_str()).collect();
        WindowObservations {
            jobs: names.into_iter().map(|job| (job.to_owned(), Box::new(self.job(job)))).collect(),
            levels: Levels { time_at_level_us, peak_at, jobs_at_peak },
            start_burst: most.map(|(at, runs)| StartBurst { runs: *runs, at: Timestamp(*at) }),
            failures: self.failures(),
            ..WindowObservations::default()
        }
    }

    fn failures(&self) -> Vec<FailureText> {
        let failed = self.inside().filter(|run| matches!(run.status, Status::Failed | Status::Timeout));
        failed
            .map(|run| FailureText {
                job: run.job.clone(),
                text: run.error.clone(),
                runs: 1,
                first_seen: Timestamp(run.start),
            })
            .collect()
    }

    fn job(&self, name: &str) -> JobObservations {
        let mut job = JobObservations::default();
        let mut runs: Vec<&TestRun> = self.inside().filter(|run| run.job == name).collect();
        runs.sort_by_key(|run| run.start);
        for run in &runs {
            self.add(&mut job, run);
        }
        let started: Vec<&&TestRun> = runs.iter().filter(|run| run.status != Status::Skipped).collect();
        let close = |pair: &&[&&TestRun]| pair[1].start - pair[0].start < SECOND_US;
        let times = self.levels(Some(name)).0;
        let busy = (0..).zip(&times).map(|(level, time): (i64, &i64)| level * time).sum();
        job.overlap = Overlap {
            overlapping_starts: started.iter().filter(|run| self.is_met(run)).count() as u64,
            overlapped_us: times.iter().skip(2).sum(),
            busy_us: busy,
            suspected_duplicates: started.windows(2).filter(close).count() as u64,
        };
        let starts: Vec<Timestamp> = started.iter().map(|run| Timestamp(run.start)).collect();
        job.pause =
            starts.windows(2).map(|pair| Pause::between(pair[0], pair[1], &self.window.excluded)).max();
        job.fires = self.fires(name, &runs);
        self.add_on_time(&mut job, name, &started);
        job
    }

    /// Starts on time of a job with a schedule, in the order of their starts.
    fn add_on_time(&self, job: &mut JobObservations, name: &str, started: &[&&TestRun]) {
        let plan = self.plans.iter().find(|plan| plan.name == name);
        let Some(schedule) = plan.and_then(|plan| plan.schedule_in(self.side)) else { return };
        let seconds = punctuality::seconds(schedule, &self.window.observed, self.settings);
        let on_time = |run: &&&TestRun| seconds.contains(run.start.div_euclid(SECOND_US));
        job.dependence.on_time = Some(started.iter().map(|run| i64::from(on_time(run))).collect());
        let middle = self.window.middle().us();
        job.halves[0].on_time =
            Some(started.iter().filter(|r| r.start < middle && on_time(r)).count() as u64);
        job.halves[1].on_time =
            Some(started.iter().filter(|r| r.start >= middle && on_time(r)).count() as u64);
    }

    /// Whether an earlier run of the job occupies the start (runs that start together are not told
    /// apart here).
    fn is_met(&self, run: &TestRun) -> bool {
        let earlier = |(from, to, _): &(i64, i64, &TestRun)| *from < run.start && run.start < *to;
        self.occupations(Some(&run.job)).any(|other| earlier(&other))
    }

    fn fires(&self, name: &str, runs: &[&TestRun]) -> Option<FireCounts> {
        let plan = self.plans.iter().find(|plan| plan.name == name)?;
        let offset = plan.schedule_in(self.side)?.offset();
        let minutes = |runs: &[&TestRun]| {
            let minute = |run: &&TestRun| (run.start - offset.us()).div_euclid(MINUTE_US);
            runs.iter().map(minute).collect::<BTreeSet<i64>>().len() as u64
        };
        let started: Vec<&TestRun> = runs.iter().copied().filter(|r| r.status != Status::Skipped).collect();
        Some(FireCounts {
            first_attempts: runs.len() as u64,
            distinct_minutes: minutes(runs),
            started_first_attempts: started.len() as u64,
            started_distinct_minutes: minutes(&started),
        })
    }

    /// Adds what became of a run to the window and to its half.
    fn add_outcome(&self, outcomes: &mut Outcomes, run: &TestRun) {
        let count = match (run.status, run.skip_reason.as_str()) {
            (Status::Success, _) => &mut outcomes.completed,
            (Status::Failed, _) => &mut outcomes.failed,
            (Status::Timeout, _) => &mut outcomes.timed_out,
            (Status::Cancelled, _) => &mut outcomes.cancelled,
            (Status::Running, _) if self.lost(run) => &mut outcomes.orphaned,
            (Status::Running, _) => &mut outcomes.in_flight,
            (Status::Skipped, "lock") => &mut outcomes.skipped_lock,
            (Status::Skipped, "overlap") => &mut outcomes.skipped_overlap,
            (Status::Skipped, _) => &mut outcomes.skipped_other,
        };
        *count += 1;
    }

    fn add(&self, job: &mut JobObservations, run: &TestRun) {
        let half = &mut job.halves[usize::from(run.start >= self.window.middle().us())];
        self.add_outcome(&mut half.outcomes, run);
        self.add_outcome(&mut job.outcomes, run);
        if run.status == Status::Skipped {
            return;
        }
        let at = Timestamp(run.start);
        job.first_started = Some(job.first_started.map_or(at, |first| first.min(at)));
        job.last_started = job.last_started.max(Some(at));
        let cycle = self.settings.cycle.us();
        let second = u32::try_from(run.start.rem_euclid(cycle) / SECOND_US).unwrap();
        *job.start_seconds.entry(second).or_default() += 1;
        match run.schedule.clone() {
            recorded if job.schedules.iter().any(|known| known.same_as(&recorded)) => {
                job.schedules.iter_mut().find(|known| known.same_as(&recorded)).unwrap().runs += 1;
            }
            recorded => job.schedules.push(recorded),
        }
        if let Some(length) = run.end.map(|end| end - run.start).filter(|length| *length >= 0) {
            if run.status == Status::Success {
                half.durations.add(length);
                job.durations.add(length);
            }
            job.slow_runs +=
                u64::from(run.status != Status::Running && Span(length) >= self.settings.slow_after);
        }
    }
}
