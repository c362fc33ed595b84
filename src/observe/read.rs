//! From the rows of each query to typed observations.

use std::collections::{BTreeMap, BTreeSet};

use crate::clock::Timestamp;
use crate::database::{DatabaseError, Row, Rows, UnexpectedCell};
use crate::observation::pictures::LevelsOverTime;
use crate::observation::{
    Coverage, Dependence, FailureText, FireCounts, JobObservations, LagSums, Levels, OPENINGS, Opening,
    Outcomes, Pause, RecordedSchedule, StartBurst, Trend, TrendPoint,
};
use crate::window::{PerSide, Side, Window};

/// The jobs of both windows while the queries come in.
#[derive(Debug, Default)]
pub(super) struct CountedJobs(PerSide<BTreeMap<String, JobObservations>>);

pub(super) fn side_of(row: &Row<'_>) -> Result<Side, UnexpectedCell> {
    Ok(if row.int("window_id")? == Side::Baseline.id() { Side::Baseline } else { Side::Stagger })
}

fn instant(row: &Row<'_>, column: &str) -> Result<Option<Timestamp>, UnexpectedCell> {
    Ok(row.optional_int(column)?.map(Timestamp))
}

/// The place of a row's half of its window.
fn half_of(row: &Row<'_>) -> Result<usize, UnexpectedCell> {
    Ok(usize::from(row.int("half")? != 0))
}

fn count_of<'a>(counts: &'a mut Outcomes, outcome: &str, reason: Option<&str>) -> &'a mut u64 {
    match (outcome, reason) {
        ("completed", _) => &mut counts.completed,
        ("failed", _) => &mut counts.failed,
        ("timed_out", _) => &mut counts.timed_out,
        ("cancelled", _) => &mut counts.cancelled,
        ("in_flight", _) => &mut counts.in_flight,
        ("orphaned", _) => &mut counts.orphaned,
        (_, Some("lock")) => &mut counts.skipped_lock,
        (_, Some("overlap")) => &mut counts.skipped_overlap,
        _ => &mut counts.skipped_other,
    }
}

/// What `queries/dependence.sql` calls a known outcome.
const COMPLETED: i64 = 1;
/// Failed or timed out.
const FAILED: i64 = 2;

/// The sums of a series of noughts and ones; `None` while it is empty. `ends`: the column with its count,
/// the stem of those with the values at either end, and the value that stands for one.
fn flags(row: &Row<'_>, name: &str, ends: (&str, &str, i64)) -> Result<Option<LagSums>, UnexpectedCell> {
    let (count, stem, one) = ends;
    let n = row.count(count)?;
    if n == 0 {
        return Ok(None);
    }
    let sum = row.int(&format!("{name}_sum"))?;
    let end = |place: &str| Ok(i64::from(row.int(&format!("{place}_{stem}"))? == one));
    Ok(Some(LagSums {
        n,
        sum,
        // Of noughts and ones.
        sum_of_squares: sum,
        sum_of_products: row.int(&format!("{name}_products"))?,
        first: end("first")?,
        last: end("last")?,
    }))
}

impl CountedJobs {
    /// Adds a job of a window that was counted as a whole.
    pub(super) fn insert(&mut self, side: Side, name: String, job: JobObservations) {
        self.0.get_mut(side).insert(name, job);
    }

    fn job(&mut self, row: &Row<'_>) -> Result<&mut JobObservations, UnexpectedCell> {
        let side = side_of(row)?;
        Ok(self.0.get_mut(side).entry(row.text("job_name")?).or_default())
    }

    /// How many there are in either window.
    pub(super) fn count(&self) -> usize {
        let PerSide { baseline, stagger } = &self.0;
        baseline.len() + stagger.keys().filter(|name| !baseline.contains_key(*name)).count()
    }

    /// The jobs of a window, taken out.
    pub(super) fn take(&mut self, side: Side) -> BTreeMap<String, JobObservations> {
        std::mem::take(self.0.get_mut(side))
    }

    /// Every job with what was seen of it in either window.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (&str, PerSide<Option<&JobObservations>>)> {
        let PerSide { baseline, stagger } = &self.0;
        let before = baseline
            .iter()
            .map(|(name, job)| (name.as_str(), PerSide { baseline: Some(job), stagger: stagger.get(name) }));
        let after = stagger.iter().filter(|(name, _)| !baseline.contains_key(*name));
        before.chain(after.map(|(name, job)| (name.as_str(), PerSide { baseline: None, stagger: Some(job) })))
    }

    /// The first and the last start of all jobs of each window.
    pub(super) fn ranges(&self) -> PerSide<Option<(Timestamp, Timestamp)>> {
        self.0.as_ref().map(|jobs| {
            let first = jobs.values().filter_map(|job| job.first_started).min()?;
            Some((first, jobs.values().filter_map(|job| job.last_started).max()?))
        })
    }

    pub(super) fn outcomes(&mut self, rows: &Rows) -> Result<(), DatabaseError> {
        for row in rows.iter() {
            let busy = row.optional_int("busy_us")?.unwrap_or(0);
            if row.int("observed")? == 0 {
                // A run of the look-back that ended before the window touches nothing.
                if busy > 0 {
                    self.job(&row)?.overlap.busy_us += busy;
                }
                continue;
            }
            let outcome = row.text("outcome")?;
            let reason = row.optional_text("skip_reason")?;
            let runs = row.count("runs")?;
            let job = self.job(&row)?;
            job.overlap.busy_us += busy;
            let failed_to_start = row.count("failed_to_start")?;
            let retries = row.count("retries")?;
            let (second, started_retries) = (row.count("second_attempts")?, row.count("started_retries")?);
            for counts in [&mut job.outcomes, &mut job.halves[half_of(&row)?].outcomes] {
                *count_of(counts, &outcome, reason.as_deref()) += runs;
                counts.failed_to_start += failed_to_start;
                counts.started_retries += started_retries;
                match outcome.as_str() {
                    "completed" => {
                        counts.completed_retries += retries;
                        counts.completed_second += second;
                    }
                    "failed" | "timed_out" | "orphaned" => {}
                    _ => continue,
                }
                counts.retries += retries;
            }
            if outcome == "skipped" {
                continue;
            }
            if let Some(on_time) = row.optional_int("on_time")? {
                *job.halves[half_of(&row)?].on_time.get_or_insert(0) += u64::try_from(on_time).unwrap_or(0);
            }
            let (first, last) = (instant(&row, "first_started_us")?, instant(&row, "last_started_us")?);
            job.first_started = [job.first_started, first].into_iter().flatten().min();
            job.last_started = job.last_started.max(last);
            job.slow_runs += row.count("slow_runs")?;
            job.anomalies.running_with_end += row.count("running_with_end")?;
            job.anomalies.end_before_start += row.count("end_before_start")?;
            job.anomalies.final_without_end += row.count("final_without_end")?;
            job.anomalies.whole_seconds += row.count("whole_seconds")?;
            job.anomalies.longer_than_longest_run += row.count("longer_than_longest_run")?;
        }
        Ok(())
    }

    pub(super) fn durations(&mut self, rows: &Rows) -> Result<(), DatabaseError> {
        for row in rows.iter() {
            let (cell, runs) = (row.int("representative_us")?, row.count("runs")?);
            let (sum, min, max) = (row.int("sum_us")?, row.int("min_us")?, row.int("max_us")?);
            let half = half_of(&row)?;
            let job = self.job(&row)?;
            for table in [&mut job.durations, &mut job.halves[half].durations] {
                table.add_cell(cell, runs, sum.into(), min, max);
            }
        }
        Ok(())
    }

    /// `starts`: of the windows.
    pub(super) fn dependence(
        &mut self,
        rows: &Rows,
        starts: PerSide<Timestamp>,
    ) -> Result<(), DatabaseError> {
        for row in rows.iter().filter(|row| row.int("observed_runs") != Ok(0)) {
            let durations = LagSums {
                n: row.count("durations")?,
                sum: row.optional_int("cell_sum")?.unwrap_or(0),
                sum_of_squares: row.optional_int("cell_squares")?.unwrap_or(0),
                sum_of_products: row.optional_int("cell_products")?.unwrap_or(0),
                first: row.optional_int("first_cell")?.unwrap_or(0),
                last: row.optional_int("last_cell")?.unwrap_or(0),
            };
            let completed = flags(&row, "completed", ("decided", "known", COMPLETED))?;
            let failed = flags(&row, "failed", ("decided", "known", FAILED))?;
            let on_time = flags(&row, "on_time", ("starts", "on_time", 1))?;
            let duplicates = row.count("suspected_duplicates")?;
            let start = *starts.get(side_of(&row)?);
            let pause = row.optional_int("longest_pause")?.map(|packed| Pause::unpack(packed, start));
            let openings = openings(&row)?;
            let job = self.job(&row)?;
            job.openings = Some(openings);
            job.dependence =
                Dependence { durations: completed.map(|_| durations), completed, failed, on_time };
            job.overlap.suspected_duplicates = duplicates;
            job.pause = pause;
        }
        Ok(())
    }

    pub(super) fn start_seconds(&mut self, rows: &Rows) -> Result<(), DatabaseError> {
        for row in rows.iter() {
            // Fewer than 86,400: a cycle is a day at most.
            let second = u32::try_from(row.count("second_of_cycle")?).unwrap_or(u32::MAX);
            let (runs, retries) = (row.count("runs")?, row.count("retries")?);
            let job = self.job(&row)?;
            *job.start_seconds.entry(second).or_default() += runs;
            if retries > 0 {
                *job.retry_seconds.entry(second).or_default() += retries;
            }
        }
        Ok(())
    }

    pub(super) fn start_delays(&mut self, rows: &Rows) -> Result<(), DatabaseError> {
        for row in rows.iter() {
            let runs = row.count("runs")?;
            let (sum, min, max) = (row.int("sum_us")?, row.int("min_us")?, row.int("max_us")?);
            let (early, cell) = (row.int("early")?, row.int("representative_us")?);
            let delays = &mut self.job(&row)?.start_delays;
            if early == 1 {
                delays.early += runs;
            } else {
                delays.table.add_cell(cell, runs, sum.into(), min, max);
            }
        }
        Ok(())
    }

    pub(super) fn overlaps(&mut self, rows: &Rows) -> Result<(), DatabaseError> {
        for row in rows.iter() {
            let starts = row.count("overlapping_starts")?;
            // What meets outside of the window is none of its jobs'.
            let known = self.0.get_mut(side_of(&row)?).get_mut(&row.text("job_name")?);
            if let Some(job) = known {
                job.overlap.overlapping_starts = starts;
            }
        }
        Ok(())
    }

    pub(super) fn overlapped_time(&mut self, rows: &Rows) -> Result<(), DatabaseError> {
        for row in rows.iter() {
            self.job(&row)?.overlap.overlapped_us = row.int("overlapped_us")?;
        }
        Ok(())
    }

    pub(super) fn fires(&mut self, rows: &Rows) -> Result<(), DatabaseError> {
        for row in rows.iter() {
            let fires = FireCounts {
                first_attempts: row.count("first_attempts")?,
                distinct_minutes: row.count("distinct_minutes")?,
                started_first_attempts: row.count("started_first_attempts")?,
                started_distinct_minutes: row.count("started_distinct_minutes")?,
            };
            self.job(&row)?.fires = Some(fires);
        }
        Ok(())
    }

    pub(super) fn schedules(&mut self, rows: &Rows) -> Result<(), DatabaseError> {
        for row in rows.iter() {
            let recorded = RecordedSchedule {
                schedule: row.optional_text("schedule")?,
                effective_schedule: row.optional_text("effective_schedule")?,
                stagger_offset_s: row.optional_int("stagger_offset_s")?,
                runs: row.count("runs")?,
            };
            let nothing = recorded.schedule.is_none()
                && recorded.effective_schedule.is_none()
                && recorded.stagger_offset_s.is_none();
            if !nothing {
                self.job(&row)?.schedules.push(recorded);
            }
        }
        for jobs in [&mut self.0.baseline, &mut self.0.stagger] {
            for job in jobs.values_mut() {
                job.schedules.sort_by(|a, b| b.runs.cmp(&a.runs).then_with(|| a.cmp(b)));
            }
        }
        Ok(())
    }
}

/// Rows with one status word.
#[derive(Clone, Debug)]
pub(super) struct StatusWord {
    pub(super) side: Side,
    pub(super) word: Option<String>,
    pub(super) in_scope: bool,
    /// The job, where the database counts and it is outside the scope.
    pub(super) other_job: Option<String>,
    /// Started at or after `as_of`.
    pub(super) late: bool,
    /// Started in the window, not before it.
    pub(super) inside: bool,
    /// Belongs to no window, for want of a start.
    pub(super) unplaced: bool,
    pub(super) named: bool,
    /// In no excluded period.
    pub(super) observed: bool,
    /// A time has no zone, and none is declared.
    pub(super) zoneless: bool,
    /// A local time does not happen, or happens twice.
    pub(super) clock_change: bool,
    pub(super) rows: u64,
}

pub(super) fn statuses(rows: &Rows) -> Result<Vec<StatusWord>, DatabaseError> {
    let read = |row: Row<'_>| {
        Ok(StatusWord {
            side: side_of(&row)?,
            word: row.optional_text("status_word")?,
            in_scope: row.int("in_scope")? == 1,
            other_job: row.optional_text("other_job")?,
            late: row.int("late")? == 1,
            inside: row.int("inside")? == 1,
            unplaced: row.int("unplaced")? == 1,
            named: row.int("named")? == 1,
            observed: row.int("observed")? == 1,
            zoneless: row.int("zoneless")? == 1,
            clock_change: row.int("clock_change")? == 1,
            rows: row.count("row_count")?,
        })
    };
    rows.iter().map(read).collect()
}

/// Whether there are rows that have no start, or none that can be read.
pub(super) fn any_startless(statuses: &Rows) -> Result<bool, DatabaseError> {
    for row in statuses.iter() {
        if row.int("startless")? == 1 {
            return Ok(true);
        }
    }
    Ok(false)
}

pub(super) fn coverage(rows: &Rows) -> Result<Coverage, DatabaseError> {
    let Some(row) = rows.iter().next() else { return Ok(Coverage::default()) };
    Ok(Coverage {
        first_started: instant(&row, "first_started_us")?,
        last_started: instant(&row, "last_started_us")?,
        rows_ahead: row.optional_int("rows_ahead")?.map_or(0, |rows| u64::try_from(rows).unwrap_or(0)),
    })
}

pub(super) fn start_bursts(rows: &Rows) -> Result<PerSide<Option<StartBurst>>, DatabaseError> {
    let mut bursts = PerSide::default();
    for row in rows.iter() {
        let burst = StartBurst { runs: row.count("runs")?, at: Timestamp(row.int("burst_us")?) };
        *bursts.get_mut(side_of(&row)?) = Some(burst);
    }
    Ok(bursts)
}

/// The longest that any run occupied, µs; 0 where none did.
pub(super) fn longest_occupancy_us(outcomes: &Rows) -> Result<i64, DatabaseError> {
    let mut longest = 0;
    for row in outcomes.iter() {
        longest = longest.max(row.optional_int("longest_us")?.unwrap_or(0));
    }
    Ok(longest)
}

/// The jobs of which runs meet in either window.
pub(super) fn meeting(dependence: &Rows) -> Result<Vec<String>, DatabaseError> {
    let mut jobs = BTreeSet::new();
    for row in dependence.iter() {
        if row.int("meets")? == 1 {
            jobs.insert(row.text("job_name")?);
        }
    }
    Ok(jobs.into_iter().collect())
}

/// Time at each level; what is left of the observed time was spent at level 0. And the same over time.
pub(super) fn levels(
    rows: &Rows,
    windows: &PerSide<Window>,
) -> Result<(PerSide<Levels>, PerSide<LevelsOverTime>), DatabaseError> {
    let mut times: PerSide<BTreeMap<usize, i64>> = PerSide::default();
    let mut peaks: PerSide<Option<(u64, Timestamp)>> = PerSide::default();
    let mut busy: PerSide<Vec<(Timestamp, u64, i64)>> = PerSide::default();
    for row in rows.iter() {
        let side = side_of(&row)?;
        let level = row.count("level")?;
        if row.int("part")? == 1 {
            let point = (Timestamp(row.int("bucket_us")?), level, row.int("level_time_us")?);
            busy.get_mut(side).push(point);
            continue;
        }
        times.get_mut(side).insert(usize::try_from(level).unwrap_or(usize::MAX), row.int("time_us")?);
        let peak = peaks.get_mut(side);
        if peak.is_none_or(|(highest, _)| level > highest) {
            *peak = Some((level, Timestamp(row.int("first_at_us")?)));
        }
    }
    let fill = |side: Side| {
        let times = times.get(side);
        let highest = times.keys().next_back().copied().unwrap_or(0);
        let mut time_at_level_us = vec![0; highest + 1];
        for (level, time) in times {
            time_at_level_us[*level] = *time;
        }
        time_at_level_us[0] = windows.get(side).observed_length().us() - times.values().sum::<i64>();
        let peak_at = peaks.get(side).map(|(_, at)| at);
        Levels { time_at_level_us, peak_at, jobs_at_peak: Vec::new() }
    };
    let over_time = |side: Side| LevelsOverTime::of(windows.get(side), busy.get(side).iter().copied());
    Ok((PerSide::of(fill), PerSide::of(over_time)))
}

pub(super) fn jobs_at_peak(rows: &Rows, levels: &mut PerSide<Levels>) -> Result<(), DatabaseError> {
    for row in rows.iter() {
        let levels = levels.get_mut(side_of(&row)?);
        // Without a peak the query looked at an instant that may lie in an excluded period.
        if levels.peak_at.is_some() {
            levels.jobs_at_peak.push(row.text("job_name")?);
        }
    }
    levels.baseline.jobs_at_peak.sort();
    levels.stagger.jobs_at_peak.sort();
    Ok(())
}

pub(super) fn failures(rows: &Rows) -> Result<PerSide<Vec<FailureText>>, DatabaseError> {
    let mut failures: PerSide<Vec<FailureText>> = PerSide::default();
    for row in rows.iter() {
        let failure = FailureText {
            job: row.text("job_name")?,
            text: row.text("error_text")?,
            runs: row.count("runs")?,
            first_seen: Timestamp(row.int("first_seen_us")?),
        };
        failures.get_mut(side_of(&row)?).push(failure);
    }
    failures.baseline.sort();
    failures.stagger.sort();
    Ok(failures)
}

pub(super) fn trends(rows: &Rows, buckets: &PerSide<i64>) -> Result<PerSide<Trend>, DatabaseError> {
    let mut trends = PerSide {
        baseline: Trend { bucket_us: buckets.baseline, points: Vec::new() },
        stagger: Trend { bucket_us: buckets.stagger, points: Vec::new() },
    };
    for row in rows.iter() {
        let low = row.optional_int("p95_low_us")?.unwrap_or(0);
        let point = TrendPoint {
            job: row.optional_text("job_name")?,
            at: Timestamp(row.int("bucket_us")?),
            runs: row.count("runs")?,
            failed: row.count("failed")?,
            durations: row.count("durations")?,
            sum_us: row.optional_int("sum_us")?.unwrap_or(0),
            min_us: row.optional_int("min_us")?.unwrap_or(0),
            max_us: row.optional_int("max_us")?.unwrap_or(0),
            p95_low_us: low,
            // The last rank has none after it.
            p95_high_us: row.optional_int("p95_high_us")?.unwrap_or(low),
        };
        trends.get_mut(side_of(&row)?).points.push(point);
    }
    trends.baseline.points.sort();
    trends.stagger.points.sort();
    Ok(trends)
}

pub(super) fn excluded(rows: &Rows, periods: usize) -> Result<Vec<u64>, DatabaseError> {
    let mut runs = vec![0; periods];
    for row in rows.iter() {
        let period = usize::try_from(row.count("period")?).unwrap_or(usize::MAX);
        if let Some(count) = runs.get_mut(period) {
            *count = row.count("runs")?;
        }
    }
    Ok(runs)
}

/// When the latest runs of each job of the stagger window were meant to start.
pub(super) fn recent_starts(rows: &Rows) -> Result<BTreeMap<String, Vec<Timestamp>>, DatabaseError> {
    let mut starts: BTreeMap<String, Vec<Timestamp>> = BTreeMap::new();
    for row in rows.iter() {
        if side_of(&row)? == Side::Stagger {
            starts.entry(row.text("job_name")?).or_default().push(Timestamp(row.int("meant_us")?));
        }
    }
    Ok(starts)
}

/// The first runs of a job that started one.
fn openings(row: &Row<'_>) -> Result<Box<[Opening; OPENINGS.len()]>, DatabaseError> {
    let mut openings = Box::new([Opening::NONE; OPENINGS.len()]);
    for (most, opening) in OPENINGS.iter().zip(openings.iter_mut()) {
        *opening = Opening {
            durations: row.count(&format!("durations_of_{most}"))?,
            cell_sum: row.optional_int(&format!("cells_of_{most}"))?.unwrap_or(0),
            least_cell: row.optional_int(&format!("least_of_{most}"))?.unwrap_or(0),
            until: Timestamp(row.int(&format!("until_of_{most}"))?),
        };
    }
    Ok(openings)
}
