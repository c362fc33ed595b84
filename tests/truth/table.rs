//! The table: every history with what its report must say and must not say, whatever the seed.

use jobdelta::analysis::comparison::ComparisonVerdict::{Inconclusive, NoMaterialChange, Regressed};
use jobdelta::analysis::comparison::restriction::Restriction::{
    DriftInBaseline, DriftInStagger, LoadChanged, NotInBothHalves, RunsMissing, TooFast,
};
use jobdelta::analysis::figures::job_verdict::JobVerdictKind;
use jobdelta::judgement::{DecisionVerdict, TargetVerdict};
use jobdelta::report::model::Direction;
use jobdelta::report::model::Weakness::{DifferentHours, DifferentWeekdays, RisingBefore};

use crate::statement::Statement::{
    self, But, Caveat, Decision, Finding, Job, NoCaveat, NoChange, NoFinding, NoImprovement, NotBut,
    NotRestricted, Restricted, Says, Target, Verdict,
};

/// Findings that no other history has, nor any of these lacks.
pub const ONLY: &[(&str, &[&str])] = &[
    ("stopped", &["23_stopped"]),
    ("paused", &["23_paused"]),
    ("began_late", &[]),
    ("baseline_begins_late", &["15_retention"]),
    ("baseline_ends_early", &[]),
    ("slow_start", &["37_warmup"]),
];

const DURATIONS: &str = "durations";
const MEDIAN: &str = "median_duration";
const MEAN: &str = "mean_duration";
const P95: &str = "p95_duration";
const COMPLETION: &str = "completion_rate";
const FAILURE: &str = "failure_rate";
const ON_TIME: &str = "on_time_rate";
const MISSED: &str = "missed_runs";

pub const TABLE: &[(&str, &[Statement])] = &[
    (
        "01_null",
        &[
            Says(DURATIONS, &[Direction::NoMaterialChange, Direction::Inconclusive]),
            NoChange,
            NoFinding("rates"),
            NoCaveat("retention"),
            NotRestricted("job", MEDIAN, LoadChanged),
        ],
    ),
    (
        "02_slower20",
        &[
            Says(DURATIONS, &[Direction::Regressed]),
            NotBut(DURATIONS, RisingBefore),
            Verdict("job", MEDIAN, &[Regressed]),
            Verdict("job", MEAN, &[Regressed]),
            NoImprovement,
        ],
    ),
    (
        "03_hour_season",
        &[
            Says(DURATIONS, &[Direction::Regressed]),
            But(DURATIONS, DifferentHours),
            NotBut(DURATIONS, RisingBefore),
            Caveat("different_hours"),
            NoImprovement,
        ],
    ),
    (
        "04_weekend",
        &[
            Says(DURATIONS, &[Direction::Improved]),
            But(DURATIONS, DifferentWeekdays),
            Caveat("different_weekdays"),
        ],
    ),
    (
        "05_simpson",
        &[
            Says(DURATIONS, &[Direction::Regressed]),
            Verdict("slow", MEDIAN, &[Regressed]),
            Verdict("quick", MEDIAN, &[Regressed]),
            NoImprovement,
        ],
    ),
    (
        "06_simpson_rate",
        &[NoImprovement, NoFinding("rates"), Target(COMPLETION, &[TargetVerdict::Inconclusive])],
    ),
    (
        "07_trend",
        &[
            Says(DURATIONS, &[Direction::Regressed]),
            But(DURATIONS, RisingBefore),
            Restricted("job", MEDIAN, DriftInBaseline),
            Restricted("job", MEDIAN, DriftInStagger),
            NoImprovement,
        ],
    ),
    (
        "08_outlier",
        &[
            Says(DURATIONS, &[Direction::NoMaterialChange, Direction::Inconclusive]),
            Finding("overlapping_starts"),
            Verdict("job", MEAN, &[Inconclusive]),
        ],
    ),
    (
        "09_bimodal",
        &[
            Says(DURATIONS, &[Direction::Regressed]),
            Verdict("job", MEAN, &[Regressed]),
            Verdict("job", MEDIAN, &[Regressed, Inconclusive]),
            NoImprovement,
        ],
    ),
    ("10_bimodal_same", &[NoChange]),
    ("11_dup", &[Caveat("suspected_duplicates"), NoChange]),
    (
        "12_skew",
        &[
            Says("rates", &[Direction::Regressed]),
            Finding("off_place"),
            Finding("rates"),
            Verdict("job", ON_TIME, &[Regressed]),
            Target(ON_TIME, &[TargetVerdict::Missed]),
            Decision(DecisionVerdict::Fail),
        ],
    ),
    (
        "13_retries",
        &[
            Finding("fires"),
            Says("rates", &[Direction::Regressed]),
            Target(MISSED, &[TargetVerdict::Met]),
            // A retry is not late: no fire's first attempt was.
            NoFinding("off_place"),
            Job("job", &[JobVerdictKind::MoreRetries]),
            NoImprovement,
        ],
    ),
    (
        "13_retries_lost",
        &[
            Finding("fires"),
            Says("rates", &[Direction::Regressed]),
            NoFinding("off_place"),
            Job("job", &[JobVerdictKind::Broken]),
            NoImprovement,
        ],
    ),
    ("14_renamed", &[Finding("jobs_without_runs"), Caveat("population_changed"), NoChange]),
    ("15_retention", &[NoCaveat("load_changed"), Caveat("retention"), NoChange]),
    ("16_ar0_0.8", &[NoChange]),
    ("16_ar1_0.9", &[NoChange]),
    ("16_ar2_0.95", &[NoChange]),
    ("16_ar3_0.95", &[NoChange]),
    ("16_ar4_0.95", &[NoChange]),
    ("16_ar5_0.9", &[NoChange]),
    ("16_ar6_0.8", &[NoChange]),
    ("16_ar7_0.95", &[NoChange]),
    (
        "17_whole_s",
        &[
            Says(DURATIONS, &[Direction::Regressed]),
            Verdict("job", MEAN, &[Regressed]),
            Caveat("whole_seconds"),
            NoImprovement,
        ],
    ),
    (
        "18_survivor_decl",
        &[
            Finding("missed_runs"),
            Target(MISSED, &[TargetVerdict::Missed]),
            Decision(DecisionVerdict::Fail),
            Restricted("job", COMPLETION, RunsMissing),
            Caveat("runs_missing"),
            NoImprovement,
            Target(COMPLETION, &[TargetVerdict::Inconclusive]),
        ],
    ),
    (
        "18_survivor_undecl",
        &[
            Restricted("job", COMPLETION, RunsMissing),
            Caveat("runs_missing"),
            NoImprovement,
            Target(COMPLETION, &[TargetVerdict::Inconclusive]),
            Decision(DecisionVerdict::Undecided),
        ],
    ),
    (
        "19_censored",
        &[
            Says(DURATIONS, &[Direction::Inconclusive]),
            Finding("too_fast"),
            Restricted("job", MEDIAN, TooFast),
            Verdict("job", COMPLETION, &[Regressed]),
            Verdict("job", FAILURE, &[Regressed]),
            NoImprovement,
            Target(MEDIAN, &[TargetVerdict::Inconclusive]),
            Decision(DecisionVerdict::Undecided),
        ],
    ),
    ("20_short_base", &[Caveat("baseline_cannot_grow"), NoChange]),
    (
        "21_load2x",
        &[
            Verdict("job", MEDIAN, &[Regressed]),
            Restricted("job", MEDIAN, LoadChanged),
            Caveat("load_changed"),
            NoImprovement,
        ],
    ),
    (
        "22_stuck",
        &[
            Says("rates", &[Direction::Regressed]),
            Finding("rates"),
            Verdict("job", COMPLETION, &[Regressed]),
            Restricted("job", COMPLETION, NotInBothHalves),
            Caveat("never_finished"),
            Target(COMPLETION, &[TargetVerdict::Missed]),
            Decision(DecisionVerdict::Fail),
        ],
    ),
    ("23_stopped", &[NoCaveat("load_changed"), Job("job", &[JobVerdictKind::MissingRuns]), NoChange]),
    (
        "23_paused",
        &[
            Job("job", &[JobVerdictKind::MissingRuns]),
            Job("other", &[JobVerdictKind::Unchanged, JobVerdictKind::Unclear]),
            NoCaveat("load_changed"),
            NoChange,
        ],
    ),
    (
        "24_tail",
        &[Says(DURATIONS, &[Direction::Regressed]), Verdict("job", MEAN, &[Regressed]), NoImprovement],
    ),
    (
        "25_spread",
        &[
            Says(DURATIONS, &[Direction::Regressed]),
            Verdict("job", MEAN, &[Regressed]),
            Verdict("job", P95, &[Regressed]),
        ],
    ),
    (
        "26_60null",
        &[
            Says(DURATIONS, &[Direction::NoMaterialChange, Direction::Inconclusive]),
            NoChange,
            NoFinding("rates"),
        ],
    ),
    (
        "27_halves",
        &[
            Says(DURATIONS, &[Direction::Mixed, Direction::Regressed]),
            Restricted("job", P95, DriftInStagger),
            Verdict("job", P95, &[Regressed]),
        ],
    ),
    ("28_negative", &[Caveat("impossible_times"), NoChange]),
    ("30_rare_fail", &[Finding("new_errors"), Target(COMPLETION, &[TargetVerdict::Met]), NoImprovement]),
    ("31_outage", &[Finding("new_errors"), Target(COMPLETION, &[TargetVerdict::Missed]), NoChange]),
    (
        "32_const",
        &[
            Says(DURATIONS, &[Direction::NoMaterialChange]),
            Verdict("job", MEDIAN, &[NoMaterialChange]),
            Verdict("job", MEAN, &[NoMaterialChange]),
            NoChange,
        ],
    ),
    (
        "33_cancelled",
        &[
            Restricted("job", COMPLETION, RunsMissing),
            Caveat("runs_missing"),
            NoImprovement,
            Target(COMPLETION, &[TargetVerdict::Inconclusive]),
            Decision(DecisionVerdict::Undecided),
        ],
    ),
    (
        "34_skipped",
        &[
            Finding("missed_runs"),
            Caveat("load_changed"),
            Restricted("job", COMPLETION, RunsMissing),
            Caveat("runs_missing"),
            NoImprovement,
            Target(COMPLETION, &[TargetVerdict::Inconclusive]),
            Decision(DecisionVerdict::Undecided),
        ],
    ),
    (
        "35_none_after",
        &[
            Finding("nothing_started"),
            Finding("missed_runs"),
            Finding("not_measured"),
            Target(COMPLETION, &[TargetVerdict::NotMeasured]),
            Target(MISSED, &[TargetVerdict::Missed]),
            Decision(DecisionVerdict::Fail),
            NoChange,
        ],
    ),
    (
        "36_stagger",
        &[
            Finding("simultaneous_starts"),
            Target("peak_concurrency", &[TargetVerdict::Missed]),
            Decision(DecisionVerdict::Fail),
            NoChange,
        ],
    ),
    ("37_warmup", &[NoChange]),
    ("38_altern", &[NoChange]),
    ("39_daily", &[Target(COMPLETION, &[TargetVerdict::Inconclusive]), NoChange]),
    ("40_streak0", &[NoChange]),
    ("40_streak1", &[NoChange]),
    ("40_streak2", &[NoChange]),
    ("40_streak3", &[NoChange]),
];
