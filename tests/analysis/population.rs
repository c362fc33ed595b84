use jobdelta::analysis::plan::AnalysisSettings;
use jobdelta::analysis::plan::JobPlan;
use jobdelta::clock::Timestamp;
use jobdelta::inventory::audit::{Audit, AuditedList, JobList, RowsOfJob};
use jobdelta::report::population::{Population, RowLedger, population};
use jobdelta::window::{PerSide, Period};

use crate::fold::{TestRun, fold, plan};

fn recorded_run(job: &str, start: i64, offset: Option<i64>) -> TestRun {
    let mut run = TestRun::new(job, start, 10);
    run.schedule.schedule = offset.map(|_| "* * * * *".to_owned());
    run.schedule.stagger_offset_s = offset;
    run
}

fn with_rows(name: &str, rows: u64) -> RowsOfJob {
    RowsOfJob { name: name.to_owned(), rows }
}

fn unscheduled(name: &str, enabled: bool) -> JobPlan {
    JobPlan { schedule: None, baseline_schedule: None, enabled, ..plan(name, "* * * * *", 0) }
}

#[test]
fn jobs_that_came_went_or_changed() {
    let runs = [
        recorded_run("gone", 1, None),
        recorded_run("moved", 2, Some(0)),
        recorded_run("moved", 102, Some(15)),
        recorded_run("same", 3, Some(0)),
        recorded_run("same", 103, Some(0)),
        recorded_run("same", 104, None), // a second log line of the job's own, without metadata
        recorded_run("fresh", 105, None),
    ];
    let periods = [(0, 100), (100, 200)];
    let periods = periods.map(|(start, end)| Period { start: Timestamp(start), end: Timestamp(end) });
    let plans = [unscheduled("same", true), unscheduled("silent", true), unscheduled("off", false)];
    let settings = AnalysisSettings::default();
    let observations = fold(&runs, periods, Timestamp(300), &[], &settings, &plans);
    let expected = Population {
        new: vec!["fresh".to_owned()],
        vanished: vec!["gone".to_owned()],
        rescheduled: vec!["moved".to_owned()],
        absent: vec!["silent".to_owned()],
        disabled: vec!["off".to_owned()],
        audit: Some(Audit {
            seen: 4,
            lists: vec![AuditedList {
                list: JobList::DeploymentFile,
                jobs: 3,
                never_ran: vec!["silent".to_owned()],
                disabled_ran: Vec::new(),
                not_listed: [("fresh", 1), ("gone", 1), ("moved", 2)]
                    .map(|(job, rows)| with_rows(job, rows))
                    .into(),
            }],
        }),
        rows: PerSide {
            baseline: RowLedger { counted: 3, ..RowLedger::default() },
            stagger: RowLedger { counted: 4, ..RowLedger::default() },
        },
    };
    assert_eq!(population(&observations, &plans, None), expected);
    assert_eq!(population(&observations, &[], None).audit, None, "no list says what is meant to run");
}
