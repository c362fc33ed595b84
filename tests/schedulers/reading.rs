//! What a report says of a product's tables, against the runs that SQL written by hand finds in them.

use crate::dump::{VARIANTS, differences, dumps, figures, report};
use crate::support::{Database, Engine};

#[test]
fn the_tables_of_schedulers_are_found_and_read_exactly() {
    let mut wrong = Vec::new();
    let dumps = dumps();
    assert!(dumps.len() > 25, "only {} tables of schedulers", dumps.len());
    for dump in dumps {
        let (case, database) = (dump.case(), dump.loaded());
        wrong.extend(differences(&case, &database, &dump.folder, &dump.expected(""), None).err());
        for (variant, source) in VARIANTS {
            let expected = dump.expected(&format!("_{variant}"));
            if expected.exists() {
                let case = format!("{case}, {variant}");
                wrong.extend(differences(&case, &database, &dump.folder, &expected, Some(source)).err());
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn an_error_without_text_is_no_error_of_a_kind_of_its_own() {
    let windows = [
        "--baseline",
        "2026-03-01T09:00:00Z/2026-03-01T10:00:00Z",
        "--stagger",
        "2026-03-01T10:00:00Z/2026-03-01T11:00:00Z",
        "--as-of",
        "2026-03-01T12:00:00Z",
    ];
    let windows = windows.map(str::to_owned);
    for engine in Engine::tested() {
        let with = |error: &str| {
            let database = Database::fresh(engine);
            // Minutes after 09:00, as jobdelta's own table has times.
            let run = |minute: i64, error: &str| {
                let at = 1_772_355_600_000_000 + minute * 60_000_000;
                format!("('a', {at}, {}, 'failed', {error})", at + 1_000_000)
            };
            database.run(&format!(
                "CREATE TABLE job_runs (job_name varchar(40), started_at bigint, finished_at bigint, status varchar(20),
                   error_message varchar(100));
                 INSERT INTO job_runs VALUES {}, {}, {};",
                run(30, error),
                run(90, error),
                run(100, "'disk full'")
            ));
            ["pushdown", "scan"].map(|way| {
                let report = report(&database, None, &windows, &["--execution", way]);
                figures(&report.unwrap_or_else(|error| panic!("{engine:?}: {error}")))
            })
        };
        let (none, empty) = (with("NULL"), with("''"));
        assert_eq!(none, empty, "{engine:?}");
        assert_eq!(empty[0], empty[1], "{engine:?}");
        assert!(empty[0].contains("disk full") && empty[0].contains("(none)"), "{engine:?}");
    }
}
