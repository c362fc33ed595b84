//! What `MariaDB` and `MySQL` say of themselves, to any role.
//!
//! <https://mariadb.com/kb/en/server-status-variables/>

use std::collections::BTreeMap;

use super::server::{ServerState, utilization};
use crate::database::{DatabaseError, Session, Statement};
use crate::measurement::{ACTIVE, CONNECTIONS, LOCK_WAITS, POOL_UTILIZATION, SLOW_QUERIES};

const QUERY: &str = "sample";

const QUERIES: [&str; 2] = [
    "SHOW GLOBAL STATUS WHERE Variable_name IN
      ('Threads_connected', 'Threads_running', 'Innodb_row_lock_current_waits', 'Slow_queries')",
    "SHOW GLOBAL VARIABLES WHERE Variable_name = 'max_connections'",
];

/// More rows than there are variables.
const MOST_ROWS: usize = 10;

pub(super) async fn state(session: &mut Session) -> Result<ServerState, DatabaseError> {
    let at = session.clock().await?;
    let mut variables = BTreeMap::new();
    for text in QUERIES {
        let statement = Statement { text: text.to_owned(), ..Statement::default() };
        let rows = session.read(QUERY, &statement, MOST_ROWS).await?;
        for row in rows.iter() {
            if let Ok(number) = row.text("value")?.parse::<u64>() {
                variables.insert(row.text("variable_name")?.to_lowercase(), number);
            }
        }
    }
    let allowed = variables.get("max_connections").copied().unwrap_or(0);
    let of = |name: &str| variables.get(name).copied();
    let count = |name: &str| of(name).map(|number| number as f64);
    // Without the session that asks, which is connected and runs a statement.
    let others = |name: &str| of(name).map(|number| number.saturating_sub(1));
    let values = [
        (&CONNECTIONS, others("threads_connected").map(|number| number as f64)),
        (&POOL_UTILIZATION, others("threads_connected").and_then(|number| utilization(number, allowed))),
        (&LOCK_WAITS, count("innodb_row_lock_current_waits")),
        (&ACTIVE, others("threads_running").map(|number| number as f64)),
        (&SLOW_QUERIES, count("slow_queries")),
    ];
    // A variable that a server does not have is no measurement that is hidden.
    let known = values.into_iter().filter(|(_, value)| value.is_some());
    Ok(ServerState { at, values: known.collect() })
}
