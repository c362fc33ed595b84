//! What is looked up in the database's catalogue: the indexes of a table, and its columns in the right schema.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use support::{Database, Desk, Engine, Finished, databases};

const OWN: &str = r#"
[source]
table = "NAME"
columns = { job_name = "task", started_at = "Begun at", finished_at = "ended", status = "outcome" }
time_unit = "ms"
statuses = { ok = "success" }
"#;

/// Doctor's answer about a table of `name`.
fn doctor(database: &Database, name: &str) -> String {
    let desk = Desk::new();
    desk.put("deployment.toml", OWN.replace("NAME", name));
    Finished::of(desk.command(["doctor", "--db", &database.url()])).stdout
}

fn make(database: &Database, table: &str) {
    let begun = match database.engine {
        Engine::MariaDb => "`Begun at`",
        _ => "\"Begun at\"",
    };
    database.run(&format!(
        "CREATE TABLE {table} (task varchar(60), {begun} bigint, ended bigint, outcome varchar(20));
         INSERT INTO {table} VALUES ('a', 1767225600000, 1767225601000, 'ok')"
    ));
}

#[test]
fn the_index_that_doctor_suggests_can_be_made_and_serves() {
    for database in databases() {
        make(&database, "task_log");
        let before = doctor(&database, "task_log");
        let from = before.find("CREATE INDEX ").unwrap_or_else(|| panic!("{before}"));
        let words: Vec<&str> = before[from..].split_whitespace().collect();
        let suggested = words.join(" ");
        let suggested = suggested.split(", or read a copy").next().unwrap();
        assert!(suggested.starts_with("CREATE INDEX") && !suggested.contains("INDEX ON"), "{suggested}");
        database.run(suggested);
        let after = doctor(&database, "task_log");
        assert!(after.contains("an index begins with Begun at"), "{suggested}\n{after}");
    }
}

/// A table of the same name in the connection's own schema has none of the columns, and an index of that name.
#[test]
fn a_table_is_looked_up_in_the_schema_that_is_named() {
    for engine in Engine::tested().into_iter().filter(|engine| *engine != Engine::Sqlite) {
        let (database, other) = (Database::fresh(engine), Database::fresh(engine));
        let schema = match engine {
            Engine::MariaDb => other.name.as_str(),
            _ => "elsewhere",
        };
        if engine == Engine::Postgres {
            database.run("CREATE SCHEMA elsewhere");
        }
        make(&database, &format!("{schema}.task_log"));
        let quote = if engine == Engine::MariaDb { '`' } else { '"' };
        database.run(&format!(
            "CREATE TABLE task_log (number int, {quote}Begun at{quote} bigint);
             CREATE INDEX by_start ON task_log ({quote}Begun at{quote})"
        ));
        let found = doctor(&database, &format!("{schema}.task_log"));
        assert!(found.contains("no index begins with Begun at"), "{found}");
        assert!(found.contains("runs from 2026-01-01"), "{found}");
        let own = doctor(&database, "task_log");
        assert!(!own.contains("runs from 2026-01-01"), "{own}");
    }
}
