//! How many ran at once, and how many started at once: two different numbers.

use serde::{Deserialize, Serialize};

use crate::analysis::figures::duration::milliseconds;
use crate::clock::{Span, Timestamp};
use crate::observation::{Levels, StartBurst};

/// How many ran at once.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Concurrency {
    /// The highest level.
    pub peak: u64,
    /// When it was first reached; `null` when nothing ran.
    pub peak_at: Option<Timestamp>,
    /// The jobs running then.
    pub jobs_at_peak: Vec<String>,
    /// Time-weighted mean level.
    pub mean: f64,
    /// Time spent at each level from 0 to the peak.
    pub time_at_level_ms: Vec<f64>,
}

impl Concurrency {
    /// The figures of `levels` over an observed part of the given length, all of which is spent at level
    /// 0 when nothing ran.
    pub fn of(levels: &Levels, observed: Span) -> Self {
        let idle = [observed.us()];
        let times = if levels.time_at_level_us.is_empty() { &idle[..] } else { &levels.time_at_level_us };
        let (mut weighted, mut whole) = (0_i128, 0_i128);
        for (level, &time) in (0_i128..).zip(times) {
            weighted += level * i128::from(time);
            whole += i128::from(time);
        }
        Self {
            peak: levels.peak(),
            peak_at: levels.peak_at,
            jobs_at_peak: levels.jobs_at_peak.clone(),
            mean: if whole == 0 { 0.0 } else { weighted as f64 / whole as f64 },
            time_at_level_ms: times.iter().map(|&time| milliseconds(time)).collect(),
        }
    }

    /// For each level from 1 to the peak, the share of the observed time spent there or above; empty when nothing
    /// was observed or nothing ran.
    pub fn shares_at_least(&self) -> Vec<f64> {
        let times = &self.time_at_level_ms;
        let whole: f64 = times.iter().sum();
        let from = |level: usize| times.iter().skip(level).sum::<f64>() / whole;
        (1..times.len()).map(from).filter(|share| *share > 0.0).collect()
    }
}

/// How many started at once.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Burst {
    /// The largest number of starts in one burst window.
    pub runs: u64,
    /// The earliest such moment; `null` when nothing started.
    pub at: Option<Timestamp>,
}

impl Burst {
    /// The busiest burst window; none where nothing started.
    pub fn of(burst: Option<StartBurst>) -> Self {
        burst.map_or_else(Self::default, |burst| Self { runs: burst.runs, at: Some(burst.at) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mean_is_weighted_by_time() {
        let levels = Levels { time_at_level_us: vec![2_000, 1_000, 1_000], ..Levels::default() };
        let facts = Concurrency::of(&levels, Span(4_000));
        assert_eq!((facts.peak, facts.mean), (2, 0.75));
        assert_eq!(facts.time_at_level_ms, [2.0, 1.0, 1.0]);
        assert_eq!(facts.shares_at_least(), [0.5, 0.25]);
    }

    #[test]
    fn a_window_in_which_nothing_ran_is_spent_at_level_0() {
        let facts = Concurrency::of(&Levels::default(), Span::seconds(240));
        assert_eq!((facts.peak, facts.peak_at, facts.mean), (0, None, 0.0));
        assert_eq!(facts.time_at_level_ms, [240_000.0]);
        assert!(facts.shares_at_least().is_empty() && Concurrency::default().shares_at_least().is_empty());
        assert_eq!(Burst::of(None), Burst { runs: 0, at: None });
    }
}
