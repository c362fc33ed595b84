//! Counts equal runs of a file without remembering the whole file.

use std::collections::BTreeMap;

use crate::clock::Timestamp;

/// How many different starts of a job are remembered.
const REMEMBERED: usize = 64;

/// Tells how many runs with the same job and start came before.
///
/// Logs are nearly always in order of time, one way or the other, at least within each job. So the last
/// 64 different starts of each job are remembered exactly, and of the others only their range: a start
/// outside it is new. Memory therefore grows with the number of jobs, not of runs. A file that jumps
/// back into a forgotten range has to be counted again in full, with one entry for each different start.
#[derive(Debug)]
pub(super) struct Ordinals {
    jobs: BTreeMap<String, StartCounts>,
    remembered: usize,
}

/// Starts of one job: those remembered with their count, and the range of those forgotten.
#[derive(Debug, Default)]
struct StartCounts {
    counts: BTreeMap<Timestamp, u64>,
    forgotten: Option<(Timestamp, Timestamp)>,
}

/// The run's start lies where starts were forgotten.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Forgotten;

impl Ordinals {
    /// Remembers the last starts only.
    pub(super) fn recent() -> Self {
        Self { jobs: BTreeMap::new(), remembered: REMEMBERED }
    }

    /// Remembers all.
    pub(super) fn complete() -> Self {
        Self { jobs: BTreeMap::new(), remembered: usize::MAX }
    }

    /// Counts a run and gives the number of equal ones before it.
    pub(super) fn next(&mut self, job_name: &str, started_at: Timestamp) -> Result<u64, Forgotten> {
        if !self.jobs.contains_key(job_name) {
            self.jobs.insert(job_name.to_owned(), StartCounts::default());
        }
        let Some(starts) = self.jobs.get_mut(job_name) else { return Err(Forgotten) };
        starts.next(started_at, self.remembered)
    }
}

impl StartCounts {
    fn next(&mut self, at: Timestamp, remembered: usize) -> Result<u64, Forgotten> {
        if let Some(count) = self.counts.get_mut(&at) {
            let ordinal = *count;
            *count += 1;
            return Ok(ordinal);
        }
        if self.forgotten.is_some_and(|(first, last)| first <= at && at <= last) {
            return Err(Forgotten);
        }
        self.counts.insert(at, 1);
        if self.counts.len() > remembered {
            self.forget_farthest_from(at);
        }
        Ok(0)
    }

    fn forget_farthest_from(&mut self, at: Timestamp) {
        let first = self.counts.first_key_value().map_or(at, |(start, _)| *start);
        let last = self.counts.last_key_value().map_or(at, |(start, _)| *start);
        let farthest = if at.since(first) >= last.since(at) { first } else { last };
        self.counts.remove(&farthest);
        self.forgotten = Some(match self.forgotten {
            Some((first, last)) => (first.min(farthest), last.max(farthest)),
            None => (farthest, farthest),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(ordinals: &mut Ordinals, starts: impl IntoIterator<Item = i64>) -> Result<Vec<u64>, Forgotten> {
        starts.into_iter().map(|at| ordinals.next("a", Timestamp(at))).collect()
    }

    #[test]
    fn equal_runs_are_numbered() {
        let mut ordinals = Ordinals::recent();
        assert_eq!(count(&mut ordinals, [5, 5, 6, 5, 6]), Ok(vec![0, 1, 0, 2, 1]));
        assert_eq!(ordinals.next("b", Timestamp(5)), Ok(0));
    }

    #[test]
    fn order_of_time_needs_little_memory_either_way() {
        for starts in [(0..10_000).collect::<Vec<i64>>(), (0..10_000).rev().collect()] {
            let mut ordinals = Ordinals::recent();
            let twice = starts.into_iter().flat_map(|at| [at, at]);
            let counted = count(&mut ordinals, twice).unwrap();
            assert!(counted.chunks(2).all(|pair| pair == [0, 1]));
            assert_eq!(ordinals.jobs["a"].counts.len(), REMEMBERED);
        }
    }

    #[test]
    fn what_was_forgotten_is_never_guessed() {
        let starts = || (0..100).chain([3]);
        assert_eq!(count(&mut Ordinals::recent(), starts()), Err(Forgotten));
        assert_eq!(count(&mut Ordinals::complete(), starts()).unwrap().last(), Some(&1));
    }
}
