//! Drawn windows as the observations of one report.

use std::collections::BTreeMap;

use jobdelta::clock::{DAY_US, Timestamp};
use jobdelta::observation::pictures::ObservedPictures;
use jobdelta::observation::{Coverage, JobObservations, Observations, Recorded, WindowObservations};
use jobdelta::window::{Chosen, PerSide, Period, Window};

/// The name of a job by its number; names are in the order of the numbers.
pub(crate) fn name(job: usize) -> String {
    format!("job {job:04}")
}

/// Two days, the jobs by name with what was seen of each before and after.
pub(crate) fn observations(jobs: Vec<[JobObservations; 2]>) -> Observations {
    let day = |n: i64| Period { start: Timestamp(n * DAY_US), end: Timestamp((n + 1) * DAY_US) };
    let as_of = Timestamp(2 * DAY_US);
    let window = |n: i64| Window::observe(day(n), as_of, &[], Chosen::Given, None);
    let (mut before, mut after) = (BTreeMap::new(), BTreeMap::new());
    for (number, [baseline, stagger]) in jobs.into_iter().enumerate() {
        before.insert(name(number), Box::new(baseline));
        after.insert(name(number), Box::new(stagger));
    }
    let seen = |jobs| WindowObservations { jobs, ..WindowObservations::default() };
    Observations {
        as_of,
        windows: PerSide { baseline: window(0), stagger: window(1) },
        baseline: seen(before),
        stagger: seen(after),
        coverage: Coverage::default(),
        excluded_runs: Vec::new(),
        recorded: Recorded::default(),
        pictures: ObservedPictures::default(),
        ordinary: jobdelta::observation::ordinary::OrdinaryDays::default(),
    }
}
