//! What a report would cost its database, by the database's own estimate. No query of the report is run.

use super::error::PipelineError;
use super::reading::Keep;
use super::source::{Inquiry, Source};
use crate::cancellation::Cancellation;
use crate::clock::Timestamp;
use crate::database::{Plan, TableRead};
use crate::observe::{ObserveError, Way};
use crate::settings::{Policy, Settings};
use crate::source::mapping::MainColumn;
use crate::window::{PerSide, Window};

#[derive(Clone, Debug)]
pub struct Cost {
    pub server_version: String,
    pub identity: String,
    /// The table that is read, and about how many rows it has.
    pub table: Option<(String, Option<u64>)>,
    pub windows: PerSide<Window>,
    /// Where a report of this table counts: `pushdown` or `scan`.
    pub execution: &'static str,
    /// By the names of the queries; `None` where the database would run it to plan it.
    pub plans: Vec<(&'static str, Option<PlanSummary>)>,
}

/// What the database expects of one query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanSummary {
    /// In the database's own unit, as it writes it; `None` where it tells none.
    pub cost: Option<String>,
    pub reads: Vec<RepeatedRead>,
}

/// How a table is read, and how often in one query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RepeatedRead {
    /// In the database's own words.
    pub access: String,
    /// How many rows are expected each time; `None` where the database tells none.
    pub rows: Option<u64>,
    pub times: usize,
}

impl From<Plan> for PlanSummary {
    fn from(Plan { cost, reads }: Plan) -> Self {
        let mut repeated: Vec<RepeatedRead> = Vec::new();
        for TableRead { access, rows } in reads {
            match repeated.iter_mut().find(|other| other.access == access && other.rows == rows) {
                Some(other) => other.times += 1,
                None => repeated.push(RepeatedRead { access, rows, times: 1 }),
            }
        }
        Self { cost, reads: repeated }
    }
}

/// The estimate for `settings`. The database is asked for its columns, its clock and the size of the table. The
/// table is taken to reach back as far as the windows need.
pub async fn estimate(settings: &Settings, cancellation: &Cancellation) -> Result<Cost, PipelineError> {
    let Settings { question, policy, .. } = settings;
    // What an index is missing for is seen in the plans.
    let policy = Policy { allow_full_scan: true, ..*policy };
    let inquiry = Inquiry::new(question, policy, Keep::Figures, cancellation);
    let Source { mut session, mut table } = inquiry.ready(&question.source, question.as_of).await?;
    table.coverage.first_started = Some(Timestamp(0));
    let windows = table.windows()?;
    let (way, _) = Way::of(policy.execution, table.volume());
    let mut observer = table.observer(windows.clone());
    let plans = observer.plans(&mut session, way).await.map_err(ObserveError::from)?;
    let main = table.mapping.main.as_ref();
    Ok(Cost {
        server_version: session.server_version().to_owned(),
        identity: session.identity().to_owned(),
        table: main.map(|MainColumn { table: name, .. }| (name.to_string(), table.estimated_rows)),
        windows,
        execution: way.name(),
        plans: plans.into_iter().map(|(name, plan)| (name, plan.map(PlanSummary::from))).collect(),
    })
}
