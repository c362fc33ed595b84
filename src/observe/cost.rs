//! What the database expects of the statements that a report asks, none of which is run.

use super::Observer;
use super::parameters::Found;
use super::queries::{
    ALL, COVERAGE, EXCLUDED, FIRES, Query, RECENT_STARTS, SCAN, SCHEDULES, SLICES, START_DELAYS,
};
use super::way::Way;
use crate::database::{DatabaseError, Plan, Session};
use crate::observation::counting::CountedJob;
use crate::source::relation::Pass;

/// What a scan asks: the program answers the rest from the rows of the one stream.
const ASKED_BY_A_SCAN: [Query; 4] = [COVERAGE, SCAN, SLICES, EXCLUDED];

impl Observer<'_> {
    /// The plans of what a report asks this way, by the names of the queries; `None` where the database would run it
    /// to plan it. Only keys are looked up, where the mapping has a key that bounds what is read.
    pub async fn plans(
        &mut self,
        session: &mut Session,
        way: Way,
    ) -> Result<Vec<(&'static str, Option<Plan>)>, DatabaseError> {
        let keys = self.relation.keys_of_coverage(session).await?;
        self.find_keys(session).await?;
        let mut plans = Vec::new();
        for query in ALL.iter().filter(|query| self.is_asked(query, way)) {
            let is_coverage = query.name == COVERAGE.name;
            // A table of one row, which is what MySQL and MariaDB take coverage for, is made while planning.
            if is_coverage && session.dialect().is_mysql() {
                plans.push((query.name, None));
                continue;
            }
            let statements = if is_coverage {
                vec![self.relation.coverage(query, keys)]
            } else if query.name == SCAN.name {
                self.relation.passes(query, &self.ranges).iter().map(Pass::statement).collect()
            } else {
                vec![self.statement(query, &Found::default())]
            };
            for statement in statements {
                plans.push((query.name, Some(session.plan(query.name, &statement).await?)));
            }
        }
        Ok(plans)
    }

    /// Whether a report asks `query`, as far as that is known before a row is read.
    fn is_asked(&self, query: &Query, way: Way) -> bool {
        let settings = self.relation.settings;
        let is = |other: &Query| other.name == query.name;
        let by_this_way = match way {
            Way::Pushdown => !is(&SCAN),
            Way::Scan => ASKED_BY_A_SCAN.iter().any(is),
        };
        // An inventory asks that one, no report.
        by_this_way
            && !is(&RECENT_STARTS)
            && (!is(&START_DELAYS) || self.recorded().scheduled_at)
            && (!is(&SCHEDULES) || self.recorded().schedules)
            && (!is(&FIRES) || settings.jobs.iter().any(CountedJob::is_scheduled))
            && (!is(&EXCLUDED) || !settings.exclusions.is_empty())
    }
}
