use super::sample::SampledColumn;
use super::written::ZoneHint;
use super::*;
use crate::database::TableName;

fn column(name: &str, type_name: &str, values: &[&str]) -> SampledColumn {
    let value = |text: &&str| if *text == "NULL" { None } else { Some((*text).to_owned()) };
    let values: Vec<Option<String>> = values.iter().map(value).collect();
    let mut words: BTreeMap<Option<String>, u64> = BTreeMap::new();
    for value in &values {
        *words.entry(value.clone()).or_default() += 1;
    }
    SampledColumn {
        name: name.to_owned(),
        type_name: type_name.to_owned(),
        values,
        words: Some(words.into_iter().collect()),
    }
}

fn proposal(dialect: Dialect, columns: Vec<SampledColumn>) -> Proposal {
    let rows = columns[0].values.len();
    let name = TableName { schema: None, name: "t".to_owned() };
    Proposal::of(SampledTable { name, columns, rows }, dialect)
}

fn found(proposal: &Proposal) -> Vec<(Field, &str)> {
    proposal.fields.iter().map(|(field, finding)| (*field, finding.column.as_str())).collect()
}

const STARTS: [&str; 4] =
    ["2026-11-23 15:00:00", "2026-11-23 15:05:00", "2026-11-23 15:10:00", "2026-11-23 15:15:00"];
const ENDS: [&str; 4] = ["2026-11-23 15:00:09", "2026-11-23 15:05:02", "NULL", "2026-11-23 15:15:01"];

#[test]
fn columns_without_a_telling_name_are_told_by_what_they_hold() {
    let found_in = proposal(
        Dialect::Postgres,
        vec![
            column("a", "bigint", &["1", "2", "3", "4"]),
            column("b", "timestamp without time zone", &ENDS),
            column("c", "timestamp without time zone", &STARTS),
            column("d", "text", &["sync", "bill", "sync", "sync"]),
            column("e", "text", &["ok", "ok", "busy", "kaputt"]),
        ],
    );
    let expected =
        [(Field::JobName, "d"), (Field::StartedAt, "c"), (Field::FinishedAt, "b"), (Field::Status, "e")];
    assert_eq!(found(&found_in), expected);
    assert!(found_in.query.is_none() && found_in.zoneless && found_in.is_plausible());
    let text = found_in.lines(ZoneHint::default());
    assert!(text.contains("time_zone = \"?\"  # the times have no zone"), "{text}");
    assert!(text.contains("\"kaputt\" = \"?\"  # 1 row: running, success"), "{text}");
    assert!(text.contains("\"ok\" = \"success\"  # 2 rows"), "{text}");
}

#[test]
fn a_flag_of_success_and_a_code_of_a_process_are_opposites() {
    let words = |name: &str| {
        let found = proposal(
            Dialect::MariaDb,
            vec![
                column("job", "varchar(20)", &["x", "y", "x", "y"]),
                column("von", "datetime", &STARTS),
                column("bis", "datetime", &ENDS),
                column(name, "tinyint(1)", &["1", "0", "NULL", "1"]),
            ],
        );
        found.lines(ZoneHint::default())
    };
    let flag = words("erfolg");
    assert!(flag.contains("\"1\" = \"success\"") && flag.contains("\"0\" = \"failed\""), "{flag}");
    assert!(flag.contains("null_status = \"running\""), "{flag}");
    let code = words("exit_code");
    assert!(code.contains("\"0\" = \"success\"") && code.contains("other_statuses = \"failed\""), "{code}");
    let unknown = words("x1");
    assert!(unknown.contains("\"1\" = \"?\"") && unknown.contains("\"0\" = \"?\""), "{unknown}");
}

#[test]
fn texts_are_read_as_they_are() {
    let local = ["23.11.2026 15:00:00", "23.11.2026 15:05:00", "24.11.2026 15:00:00", "NULL"];
    let found_in = proposal(
        Dialect::Sqlite,
        vec![
            column("wann", "TEXT", &local),
            column("dauer", "TEXT", &["00:00:31", "00:01:00", "01:00:00", "NULL"]),
            column("was", "TEXT", &["a", "b", "a", "a"]),
            column("wie", "TEXT", &["fertig", "fehler", "fertig", "wartend"]),
        ],
    );
    assert_eq!(found_in.query, None);
    assert_eq!(found_in.time_format.as_deref(), Some("%d.%m.%Y %H:%M:%S"));
    assert_eq!(found_in.duration_unit, DurationUnit::NotNeeded);
    assert!(found_in.lines(ZoneHint::default()).contains("columns.duration = \"dauer\""));
    assert!(found_in.lines(ZoneHint::default()).contains("\"wartend\" = \"open\""));
}

#[test]
fn numbers_since_1970_tell_their_unit_and_a_duration_without_one_is_not_decided() {
    let found_in = proposal(
        Dialect::Sqlite,
        vec![
            column("id", "INTEGER", &["1", "2", "3", "4"]),
            column("ts", "INTEGER", &["1774512000000", "1774512060000", "1774512120000", "1774512180000"]),
            column("took", "REAL", &["1.5", "2.5", "1.5", "3.0"]),
            column("job", "TEXT", &["a", "a", "b", "b"]),
            column("rc", "INTEGER", &["0", "0", "1", "137"]),
        ],
    );
    assert_eq!(found_in.time_unit, Some(EpochUnit::Milliseconds));
    assert!(!found_in.zoneless);
    assert_eq!(found_in.duration_unit, DurationUnit::Undecided);
    let text = found_in.lines(ZoneHint::default());
    assert!(text.contains("time_unit = \"ms\"") && text.contains("duration_unit = \"?\""), "{text}");
    assert!(text.contains("\"0\" = \"success\"  # 2 rows") && !text.contains("137"), "{text}");
}

#[test]
fn hostile_names_and_words_stay_strings() {
    let found_in = proposal(
        Dialect::Postgres,
        vec![
            column("jo\"b\n", "text", &["a", "b", "a", "b"]),
            column("start", "timestamptz", &STARTS),
            column("end", "timestamptz", &ENDS),
            column("state", "text", &["o\"k", "x\u{202e}", "x'''", "ok"]),
        ],
    );
    let document: Result<toml::Table, _> =
        format!("[source]\n{}", found_in.lines(ZoneHint::default())).parse();
    let document =
        document.unwrap_or_else(|error| panic!("{error}\n{}", found_in.lines(ZoneHint::default())));
    assert_eq!(document["source"]["columns"]["job_name"].as_str(), Some("jo\"b\n"));
    assert!(document["source"]["statuses"].get("x\u{202e}").is_some());
}
