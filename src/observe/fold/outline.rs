//! What was seen of each job in each of many periods, and nothing else.

use super::cells::CellCounts;
use super::intake::{Intake, TakenIn};
use super::outcomes;
use super::run::{Group, PackedRun};
use crate::observation::HalfObservations;
use crate::observation::ordinary::Stretch;
use crate::window::Period;

/// The runs of the stagger window by the periods that they started in; `periods` ascend and do not overlap.
pub(in crate::observe) fn outlines(intake: Intake, periods: &[Period]) -> Vec<Stretch> {
    let TakenIn { names, windows, .. } = intake.into_taken_in();
    let mut stretches: Vec<Stretch> = vec![Stretch::new(); periods.len()];
    let mut cells: Vec<CellCounts> = Vec::new();
    cells.resize_with(periods.len(), CellCounts::default);
    for (name, group) in names.iter().zip(&windows.stagger.groups) {
        for (stretch, seen) in stretches.iter_mut().zip(of_job(group, periods, &mut cells)) {
            if let Some(seen) = seen {
                stretch.insert(name.clone(), seen);
            }
        }
    }
    stretches
}

fn of_job(group: &Group, periods: &[Period], cells: &mut [CellCounts]) -> Vec<Option<HalfObservations>> {
    let mut seen: Vec<Option<HalfObservations>> = vec![None; periods.len()];
    // No start on time is none of so many where starts on time are known.
    let nothing =
        || HalfObservations { on_time: group.punctual.as_ref().map(|_| 0), ..HalfObservations::default() };
    let rows = group.runs.iter().map(|run| (run, false)).chain(group.startless.iter().map(|row| (row, true)));
    for (run, is_startless) in rows.filter(|(run, _)| run.observed()) {
        let Some(place) = place_of(run, periods) else { continue };
        let part = seen[place].get_or_insert_with(nothing);
        if is_startless {
            outcomes::count_startless(&mut part.outcomes, run.fate(), run.attempt());
            continue;
        }
        outcomes::count(&mut part.outcomes, run.fate(), run.attempt());
        if let Some(duration_us) = run.duration_us() {
            cells[place].add(duration_us);
        }
        if let Some(on_time) = group.is_on_time(run).filter(|_| !run.fate().is_skipped()) {
            *part.on_time.get_or_insert(0) += u64::from(on_time);
        }
    }
    for (seen, cells) in seen.iter_mut().zip(cells) {
        let durations = cells.take();
        if let Some(seen) = seen {
            seen.durations = durations;
        }
    }
    seen
}

fn place_of(run: &PackedRun, periods: &[Period]) -> Option<usize> {
    let after = periods.partition_point(|period| period.start.us() <= run.started_us);
    let place = after.checked_sub(1)?;
    (run.started_us < periods.get(place)?.end.us()).then_some(place)
}
