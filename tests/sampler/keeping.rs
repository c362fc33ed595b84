//! How long samples are kept.

use std::path::Path;
use std::process::Command;

use jobdelta::clock::{Clock, DAY_US};

use crate::endpoint;
use crate::support::{Desk, Finished};

/// What `sqlite3` prints.
pub(crate) fn asked(store: &Path, sql: &str) -> String {
    let output = Command::new("sqlite3").arg(store).arg(sql).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

fn sample(desk: &Desk, keep: &[&str]) -> Finished {
    desk.run(["sample", "--store", "store.sqlite"].iter().chain(keep).copied())
}

#[test]
fn samples_are_deleted_once_they_are_older_than_is_asked_and_nothing_else_is() {
    let (address, serving) = endpoint(&["200 well"; 3]);
    let desk = Desk::new();
    desk.put(
        "deployment.toml",
        format!(
            "[source]\nurl = \"sqlite::memory:\"\n[monitoring]\nhealth = {{ url = \"http://{address}/\" }}\n"
        ),
    );
    sample(&desk, &[]).succeeded();
    let store = desk.path().join("store.sqlite");
    let days_ago = |days: i64| Clock::System.now().us() - days * DAY_US;
    // More of another source than one statement deletes; one series that goes on, and one of which nothing is left.
    asked(
        &store,
        &format!(
            "INSERT INTO sample_series (id, source, measurement) VALUES (71, 'a', 'ends'), (72, 'a', 'goes on');
             WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 59999)
             INSERT INTO samples SELECT 71, {old} - i, 1 FROM n;
             INSERT INTO samples VALUES (72, {old}, 1), (72, {young}, 1);
             INSERT INTO watches VALUES ('d', 'e', {old}, '1h', '{{}}');
             INSERT INTO links VALUES ('x', 'x', 'd', 'me', {old}, {old}, NULL, 't', 'p', 'c')",
            old = days_ago(91),
            young = days_ago(89)
        ),
    );
    let samples = "SELECT COUNT(*) FROM samples";
    let said = sample(&desk, &[]);
    assert!(!said.stderr.contains("deleted"), "{said:?}");
    assert_eq!(asked(&store, samples), "60006");
    let said = sample(&desk, &["--keep", "90d"]);
    assert!(said.stderr.contains("2 measurements sampled; 60,001 older samples were deleted"), "{said:?}");
    assert_eq!(asked(&store, samples), "7");
    assert_eq!(asked(&store, "SELECT COUNT(*), MAX(id) FROM sample_series"), "3|72");
    assert_eq!(asked(&store, "SELECT COUNT(*) FROM watches"), "1");
    assert_eq!(asked(&store, "SELECT COUNT(*) FROM links"), "1");
    // Nobody listens any more: the endpoint is down, which is a sample too.
    serving.join().unwrap();
    let said = sample(&desk, &["--keep", "90d"]);
    assert!(said.stderr.contains("1 measurement sampled") && !said.stderr.contains("deleted"), "{said:?}");
    for wrong in ["0d", "soon", "-3d"] {
        let said = sample(&desk, &[&format!("--keep={wrong}")]);
        assert!(said.code == Some(2) && said.stderr.contains("--keep: "), "{said:?}");
    }
}
