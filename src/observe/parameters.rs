//! The values of the queries' parameters.

use std::collections::BTreeMap;

use super::queries::Query;
use crate::clock::{MINUTE_US, SECOND_US, Timestamp};
use crate::database::BoundValue;
use crate::observation::pictures::{level_bucket, minute_of};
use crate::observation::slices::{RankScale, SlicePlan};
use crate::source::relation::{DUPLICATE_WITHIN_US, Parameter, Relation};
use crate::window::{PerSide, Side, Window, bucket_for};

/// Jobs that get a trend of their own.
pub(super) const SHOWN_JOBS: usize = 12;

/// What queries found that later ones ask about.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// When the highest level was first reached.
    pub(super) peaks: PerSide<Option<Timestamp>>,
    /// The jobs of which runs meet.
    pub(super) meeting: Vec<String>,
    /// The longest that any run occupied, µs, where it is known.
    pub(super) longest_us: Option<i64>,
    pub(super) shown: Vec<String>,
    /// When the jobs that are looked at slice by slice ran.
    pub(super) slices: Option<SlicePlan>,
    /// How many jobs there are.
    pub(super) jobs: usize,
}

/// What the values are taken from.
pub(super) struct Parameters<'a> {
    pub(super) relation: &'a Relation<'a>,
    pub(super) windows: &'a PerSide<Window>,
}

impl Parameters<'_> {
    pub(super) fn values(&self, query: &Query, found: &Found) -> BTreeMap<String, BoundValue> {
        query.parameters.iter().flat_map(|parameter| self.bound(*parameter, found)).collect()
    }

    fn bound(&self, parameter: Parameter, found: &Found) -> Vec<(String, BoundValue)> {
        let settings = self.relation.settings;
        let windows = self.windows.as_ref();
        let peaks = || {
            // A window in which nothing ran has no peak; nothing occupies its start either.
            found.peaks.zip(windows).map(|(peak, window)| peak.unwrap_or(window.period.start))
        };
        match parameter {
            Parameter::AsOf => one("as_of_us", self.relation.as_of.us()),
            Parameter::Start => two("start_us", windows.map(|window| window.period.start.us())),
            Parameter::Middle => two("middle_us", windows.map(|window| window.middle().us())),
            Parameter::SlowAfter => one("slow_after_us", settings.slow_after.us()),
            Parameter::LongestRun => one("longest_run_us", settings.longest_run.us()),
            Parameter::Cycle => one("cycle_s", settings.cycle.us() / SECOND_US),
            Parameter::BurstWindow => one("burst_window_us", settings.burst_window.us()),
            Parameter::DuplicateWithin => one("duplicate_within_us", DUPLICATE_WITHIN_US),
            Parameter::Kept(rows) => one("kept", rows),
            Parameter::StartsPerJob => one("kept", starts_per_job(found.jobs)),
            Parameter::Minute => one("minute_us", MINUTE_US),
            Parameter::TrendBucket => two("bucket_us", self.trend_buckets_us()),
            Parameter::LevelBucket => {
                two("bucket_us", windows.map(|window| level_bucket(window.period).us()))
            }
            Parameter::FirstLevelBucket => {
                let first = |at_us: i64, bucket_us: i64| at_us.div_euclid(bucket_us) * bucket_us;
                two("first_us", windows.map(|w| first(w.period.start.us(), level_bucket(w.period).us())))
            }
            Parameter::Peak => two("peak_us", peaks().map(Timestamp::us)),
            Parameter::PeakMinute => two("minute_us", peaks().map(|peak| minute_of(peak).us())),
            Parameter::Meeting => Vec::new(),
            Parameter::ShownJobs => shown(&found.shown),
            Parameter::Slice => {
                let start = self.windows.baseline.period.start;
                let (first, length) =
                    found.slices.as_ref().map_or((start, MINUTE_US), |plan| (plan.first, plan.length.us()));
                [one("first_us", first.us()), one("slice_us", length)].concat()
            }
            Parameter::RankScales => scales(found.slices.as_ref().map_or(&[], |plan| &plan.jobs)),
        }
    }

    /// Length of a trend's buckets in each window, µs.
    pub(super) fn trend_buckets_us(&self) -> PerSide<i64> {
        self.windows.as_ref().map(|window| bucket_for(window.period).us())
    }
}

/// A month of days, of hours or of minutes shows a schedule.
const STARTS: (i64, i64) = (30, 250);

/// Starts of all jobs together.
const MOST_STARTS: i64 = 1_000_000;

fn starts_per_job(jobs: usize) -> i64 {
    let (least, most) = STARTS;
    (MOST_STARTS / i64::try_from(jobs.max(1)).unwrap_or(i64::MAX)).clamp(least, most)
}

fn one(name: &str, value: i64) -> Vec<(String, BoundValue)> {
    vec![(name.to_owned(), BoundValue::Int(value))]
}

fn two(name: &str, values: PerSide<i64>) -> Vec<(String, BoundValue)> {
    let named = |side: Side| (format!("{}_{name}", side.name()), BoundValue::Int(*values.get(side)));
    Side::BOTH.map(named).into()
}

/// Fewer jobs than places: the last one fills the rest, and nothing matches an empty list.
fn shown(jobs: &[String]) -> Vec<(String, BoundValue)> {
    let job = |place: usize| jobs.get(place).or(jobs.last()).cloned().unwrap_or_default();
    (0..SHOWN_JOBS).map(|place| (format!("shown_{place}"), BoundValue::Text(job(place)))).collect()
}

fn scales(jobs: &[(String, RankScale)]) -> Vec<(String, BoundValue)> {
    let of = |place: usize| {
        let RankScale { fifths, slow_after } = jobs.get(place).map(|(_, scale)| *scale).unwrap_or_default();
        let fifths = fifths.into_iter().zip(1..);
        let fifths = fifths.map(move |(us, nth)| (format!("fifth_{place}_{nth}"), BoundValue::Int(us)));
        fifths.chain(std::iter::once((format!("slow_{place}"), BoundValue::Int(slow_after))))
    };
    (0..SHOWN_JOBS).flat_map(of).collect()
}
