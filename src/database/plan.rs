//! What the database expects of a statement, without running it.

use super::dialect::Dialect;
use super::error::DatabaseError;
use super::row::{Rows, UnexpectedCell};
use super::session::Session;
use super::statement::Statement;

/// Most lines of a plan.
const MOST_LINES: usize = 10_000;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// In the database's own unit, as it writes it; `None` where it tells none.
    pub cost: Option<String>,
    /// Each time that a table is read.
    pub reads: Vec<TableRead>,
}

/// How a table is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableRead {
    /// In the database's own words.
    pub access: String,
    /// How many rows are expected; `None` where the database tells none.
    pub rows: Option<u64>,
}

impl Session {
    /// What the database expects of `statement`.
    pub async fn plan(&mut self, query: &str, statement: &Statement) -> Result<Plan, DatabaseError> {
        let dialect = self.dialect();
        let explain = if dialect == Dialect::Sqlite { "EXPLAIN QUERY PLAN" } else { "EXPLAIN" };
        let statement = Statement { text: format!("{explain} {}", statement.text), ..statement.clone() };
        let rows = self.read(query, &statement, MOST_LINES).await?;
        Ok(match dialect {
            Dialect::Sqlite => sqlite(&texts(&rows, "detail")?, &statement.text),
            Dialect::Postgres => postgres(&texts(&rows, "query plan")?),
            Dialect::MySql | Dialect::MariaDb => Plan { cost: None, reads: mysql(&rows)? },
        })
    }
}

fn texts(rows: &Rows, column: &str) -> Result<Vec<String>, UnexpectedCell> {
    rows.iter().map(|row| row.text(column)).collect()
}

/// Of a line such as `->  Seq Scan on job_runs r  (cost=0.00..9.10 rows=3 width=40)`.
fn postgres(lines: &[String]) -> Plan {
    let numbers = |line: &str| {
        let (node, estimate) = line.split_once("  (cost=")?;
        let (cost, rows) = estimate.split_once(" rows=")?;
        let total = cost.split_once("..")?.1.to_owned();
        let rows: u64 = rows.split(' ').next()?.parse().ok()?;
        let node = node.trim_start_matches(|c: char| c.is_whitespace() || c == '-' || c == '>').to_owned();
        Some((node, total, rows))
    };
    let nodes: Vec<(String, String, u64)> = lines.iter().filter_map(|line| numbers(line)).collect();
    let computed =
        ["CTE Scan", "Subquery Scan", "Function Scan", "Values Scan", "WorkTable Scan", "Bitmap Index Scan"];
    let is_table = |node: &str| {
        node.contains("Scan") && node.contains(" on ") && !computed.iter().any(|kind| node.contains(kind))
    };
    let reads = nodes.iter().filter(|(node, ..)| is_table(node));
    Plan {
        cost: nodes.first().map(|(_, total, _)| total.clone()),
        reads: reads.map(|(node, _, rows)| TableRead { access: node.clone(), rows: Some(*rows) }).collect(),
    }
}

/// `SQLite` tells no number. What is made on the way is no table, whatever `query` calls it.
fn sqlite(lines: &[String], query: &str) -> Plan {
    let made = |line: &String| {
        let name = line.strip_prefix("MATERIALIZE ").or_else(|| line.strip_prefix("CO-ROUTINE "))?;
        Some(name.to_owned())
    };
    let mut made: Vec<String> = lines.iter().filter_map(made).collect();
    let words: Vec<&str> = query
        .split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
        .filter(|word| !word.is_empty() && !word.eq_ignore_ascii_case("AS"))
        .collect();
    let from = words.windows(3).filter(|words| ["FROM", "JOIN"].contains(&words[0]));
    let aliases: Vec<String> = from
        .filter(|words| made.iter().any(|name| name == words[1]))
        .map(|words| words[2].to_owned())
        .collect();
    made.extend(aliases);
    let table = |line: &str| {
        let rest = line.strip_prefix("SCAN ").or_else(|| line.strip_prefix("SEARCH "))?;
        let name = rest.split(' ').next()?;
        let is_table = !made.iter().any(|made| made == name)
            && !name.starts_with('(')
            && name != "CONSTANT"
            && name != "EXISTS";
        is_table.then(|| TableRead { access: line.to_owned(), rows: None })
    };
    Plan { cost: None, reads: lines.iter().filter_map(|line| table(line)).collect() }
}

/// What is in angle brackets was made on the way.
fn mysql(rows: &Rows) -> Result<Vec<TableRead>, UnexpectedCell> {
    let mut reads = Vec::new();
    for row in rows.iter() {
        let Some(table) = row.optional_text("table")?.filter(|table| !table.starts_with('<')) else {
            continue;
        };
        let kind = row.optional_text("type")?.unwrap_or_default();
        let access = match row.optional_text("key")? {
            Some(key) => format!("{kind} on {table} by {key}"),
            None => format!("{kind} on {table}"),
        };
        // MariaDB writes the number as a text.
        let rows = row.optional_int("rows").ok().flatten().and_then(|rows| u64::try_from(rows).ok());
        let written = || row.optional_text("rows").ok().flatten().and_then(|rows| rows.parse().ok());
        reads.push(TableRead { access, rows: rows.or_else(written) });
    }
    Ok(reads)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<String> {
        text.lines().map(str::to_owned).collect()
    }

    #[test]
    fn tables_are_told_from_what_is_made_on_the_way() {
        let plan = postgres(&lines(
            "Aggregate  (cost=16.44..17.25 rows=1 width=8)\n  CTE runs\n    ->  Bitmap Heap Scan on job_runs r  (cost=4.18..16.02 rows=30 width=72)\n          Recheck Cond: (started_at > 5)\n          ->  Bitmap Index Scan on by_start  (cost=0.00..4.17 rows=30 width=0)\n  ->  CTE Scan on runs  (cost=0.00..0.60 rows=30 width=8)",
        ));
        let read = TableRead { access: "Bitmap Heap Scan on job_runs r".to_owned(), rows: Some(30) };
        assert_eq!(plan, Plan { cost: Some("17.25".to_owned()), reads: vec![read] });
        let plan = sqlite(
            &lines(
                "MATERIALIZE runs\nSEARCH job_runs USING INDEX by_start (started_at>?)\nSCAN r\nSCAN (subquery-3)",
            ),
            "WITH runs AS (SELECT started_at FROM job_runs) SELECT COUNT(*) FROM runs r",
        );
        let access = "SEARCH job_runs USING INDEX by_start (started_at>?)".to_owned();
        assert_eq!(plan, Plan { cost: None, reads: vec![TableRead { access, rows: None }] });
    }
}
