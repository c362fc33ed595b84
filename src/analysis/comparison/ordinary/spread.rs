//! How far apart ordinary days are: the variance of the same comparison on earlier days.
//!
//! Its size is the mean square of the earlier changes, not their variance, so that a steady drift counts as
//! something that days do. Pairs that share a day are not independent: with a share of a half of the variance of
//! each change in common, `K` squares of which `A` neighbour each other are worth `K / (1 + A / 2K)`. The jobs are
//! few days each, and alike: their variances are drawn towards what they have in common. A change from a Sunday to a
//! Monday is held against other Sundays and Mondays where these are known well enough, or have a direction
//! in common.

use super::effect::Effect;
use crate::analysis::statistics::moderation::{Variance, moderated, prior};
use crate::observation::ordinary::{EarlierPair, FEWEST};

/// Fewest pairs of the same weekdays.
const FEWEST_WEEKS: usize = 3;

/// Degrees of freedom from which a variance is known well enough to be taken for what it is.
const SURE_DF: f64 = 15.0;

/// The mean of what whole weeks apart show is no chance when it is so many of its standard errors from 0.
const NO_CHANCE: f64 = 2.6;

const WEEK_DAYS: i64 = 7;

/// The change of a metric of one subject on each earlier day on which it could be told, latest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::analysis) struct EarlierChanges {
    /// The place of the day in the plan, and the change.
    pub(super) changes: Vec<(usize, Effect)>,
}

impl EarlierChanges {
    /// By how much the variance of a change between windows of `thinness` exceeds that of these, by the number of
    /// their runs; at least 1.
    pub(super) fn thinned(&self, thinness: f64) -> f64 {
        let sum: f64 = self.changes.iter().map(|(_, change)| change.thinness).sum();
        if sum > 0.0 { (thinness * self.changes.len() as f64 / sum).max(1.0) } else { 1.0 }
    }

    /// Whether they are as many as a verdict rests on.
    pub(super) fn are_enough(&self) -> bool {
        self.changes.len() >= FEWEST
    }

    /// The mean square of the changes whole weeks apart, where they have a common direction that the changes of any
    /// `day` do not explain: the weekday's own.
    fn weekly(&self, pairs: &[EarlierPair], day: Variance) -> Option<f64> {
        let of_week = |place: usize| pairs.get(place).is_some_and(|pair| pair.days % WEEK_DAYS == 0);
        let changes: Vec<f64> =
            self.changes.iter().filter(|(place, _)| of_week(*place)).map(|(_, c)| c.change).collect();
        let count = changes.len() as f64;
        let mean = changes.iter().sum::<f64>() / count;
        let is_common = mean * mean > NO_CHANCE * NO_CHANCE * day.value / count;
        (changes.len() >= FEWEST_WEEKS && is_common)
            .then(|| changes.iter().map(|change| change * change).sum::<f64>() / count)
    }

    /// The mean square of the changes on the wanted days, where there are at least so many.
    fn square(
        &self,
        pairs: &[EarlierPair],
        wanted: &dyn Fn(&EarlierPair) -> bool,
        fewest: usize,
    ) -> Option<Variance> {
        let chosen: Vec<(&EarlierPair, f64)> = self
            .changes
            .iter()
            .filter_map(|(place, change)| Some((pairs.get(*place)?, change.change)))
            .filter(|(pair, _)| wanted(pair))
            .collect();
        let count = chosen.len() as f64;
        let shared = chosen
            .iter()
            .filter(|(pair, _)| {
                chosen.iter().any(|(other, _)| other.periods.stagger == pair.periods.baseline)
            })
            .count() as f64;
        (chosen.len() >= fewest).then(|| Variance {
            value: chosen.iter().map(|(_, change)| change * change).sum::<f64>() / count,
            df: count / (1.0 + shared / (2.0 * count)),
        })
    }
}

/// What ordinary days do to one comparison.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::analysis) struct DaySpread {
    /// The variance of a change between two days on which nothing changed.
    pub(super) variance: Variance,
    /// The changes that it was made of.
    pub(super) changes: EarlierChanges,
}

/// The spread of each subject in one metric; of a subject with too few days what all have in common.
pub(super) fn spreads(subjects: &[EarlierChanges], pairs: &[EarlierPair]) -> Vec<Option<DaySpread>> {
    let of_kind = |wanted: &dyn Fn(&EarlierPair) -> bool, fewest: usize| {
        let variances: Vec<Option<Variance>> =
            subjects.iter().map(|changes| changes.square(pairs, wanted, fewest)).collect();
        let independent =
            independent_subjects(subjects, &variances, |place| pairs.get(place).is_some_and(wanted));
        (variances, independent)
    };
    let (days, independent) = of_kind(&|_| true, 1);
    let by_day = together(&days, FEWEST as f64 / 2.0, independent);
    let (weeks, independent) = of_kind(&|pair| pair.days % WEEK_DAYS == 0, FEWEST_WEEKS);
    let by_week = together(&weeks, 0.0, independent);
    let of = |((changes, day), week): ((&EarlierChanges, Option<Variance>), Option<Variance>)| {
        let day = day?;
        let variance = match (week.filter(|week| week.df >= SURE_DF), changes.weekly(pairs, day)) {
            (Some(week), _) => week,
            (None, Some(square)) => Variance { value: square.max(day.value), df: day.df },
            (None, None) => day,
        };
        Some(DaySpread { variance, changes: changes.clone() })
    };
    subjects.iter().zip(by_day).zip(by_week).map(of).collect()
}

/// Each variance, drawn towards the others; of too few days only what the others have in common. Subjects that
/// move together know no more of days than the `independent` ones among them.
fn together(variances: &[Option<Variance>], least_df: f64, independent: f64) -> Vec<Option<Variance>> {
    let known: Vec<Variance> = variances.iter().flatten().copied().collect();
    let common = prior(&known);
    let longest = known.iter().map(|variance| variance.df).fold(0.0, f64::max);
    let most = longest * independent;
    let of = |own: &Option<Variance>| {
        let own = own.unwrap_or(Variance { value: 0.0, df: 0.0 });
        let drawn = match common {
            Some(common) => moderated(own, common),
            None if own.df >= least_df && own.df > 0.0 => own,
            None => return None,
        };
        Some(Variance { df: drawn.df.min(most.max(own.df)), ..drawn })
    };
    variances.iter().map(of).collect()
}

/// How many subjects that have nothing to do with each other would show as much in common: all days move all
/// subjects alike in the one extreme, each by itself in the other.
fn independent_subjects(
    subjects: &[EarlierChanges],
    variances: &[Option<Variance>],
    wanted: impl Fn(usize) -> bool,
) -> f64 {
    let mut days: std::collections::BTreeMap<usize, (f64, f64)> = std::collections::BTreeMap::new();
    for (subject, variance) in subjects.iter().zip(variances) {
        let Some(deviation) = variance.map(|variance| variance.value.sqrt()).filter(|d| *d > 0.0) else {
            continue;
        };
        for (place, change) in subject.changes.iter().filter(|(place, _)| wanted(*place)) {
            let (sum, count) = days.entry(*place).or_default();
            *sum += change.change / deviation;
            *count += 1.0;
        }
    }
    let (in_common, counted) = days
        .values()
        .fold((0.0, 0.0), |(squares, counted), (sum, count)| (squares + sum * sum / count, counted + count));
    // The mean of `n` independent standard changes has a mean square of 1/n, so that each term is 1.
    let days = days.len() as f64;
    if days == 0.0 || in_common <= 0.0 {
        return 1.0;
    }
    let each = counted / days;
    (each * days / in_common).clamp(1.0, each.max(1.0))
}
