//! What the scheduler recorded about itself.

use std::collections::BTreeMap;

use crate::observation::RecordedSchedule;
use crate::observe::queries::KEPT_SCHEDULES;

type Kind = (Option<String>, Option<String>, Option<i64>);

/// Runs by what was recorded with them.
#[derive(Clone, Debug, Default)]
pub(super) struct RecordedKinds {
    runs: BTreeMap<Kind, u64>,
    /// The kind of the run before, which that of the next most often is, and its runs.
    last: Option<(Kind, u64)>,
}

impl RecordedKinds {
    pub(super) fn add(&mut self, (schedule, effective, offset_s): (Option<&str>, Option<&str>, Option<i64>)) {
        if schedule.is_none() && effective.is_none() && offset_s.is_none() {
            return;
        }
        match &mut self.last {
            Some((kind, runs))
                if (kind.0.as_deref(), kind.1.as_deref(), kind.2) == (schedule, effective, offset_s) =>
            {
                *runs += 1;
            }
            _ => {
                self.settle();
                self.last = Some(((schedule.map(str::to_owned), effective.map(str::to_owned), offset_s), 1));
            }
        }
    }

    fn settle(&mut self) {
        if let Some((kind, runs)) = self.last.take() {
            *self.runs.entry(kind).or_default() += runs;
        }
    }

    pub(super) fn merge(&mut self, mut other: Self) {
        other.settle();
        for (kind, runs) in other.runs {
            *self.runs.entry(kind).or_default() += runs;
        }
    }

    /// The most frequent kinds, as `queries/schedules.sql` ranks them.
    pub(super) fn take(&mut self) -> Vec<RecordedSchedule> {
        self.settle();
        let schedule = |((schedule, effective_schedule, stagger_offset_s), runs): (Kind, u64)| {
            RecordedSchedule { schedule, effective_schedule, stagger_offset_s, runs }
        };
        let mut kinds: Vec<RecordedSchedule> =
            std::mem::take(&mut self.runs).into_iter().map(schedule).collect();
        // NULL ranks as an empty text and as -1, and before them where that is all the difference.
        let rank = |kind: &RecordedSchedule| {
            let text = |text: &Option<String>| text.clone().unwrap_or_default();
            (text(&kind.schedule), text(&kind.effective_schedule), kind.stagger_offset_s.unwrap_or(-1))
        };
        kinds.sort_by(|a, b| b.runs.cmp(&a.runs).then_with(|| rank(a).cmp(&rank(b))));
        kinds.truncate(usize::try_from(KEPT_SCHEDULES).unwrap_or(usize::MAX));
        kinds.sort_by(|a, b| b.runs.cmp(&a.runs).then_with(|| a.cmp(b)));
        kinds
    }
}
