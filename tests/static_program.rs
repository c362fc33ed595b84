//! The program as it is released: static, and so at home where there is nothing but it. `tests/run` builds it from
//! the package that would be published.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::path::Path;
use std::process::Command;

use support::{Database, Engine, Finished, WINDOWS, measured_file, server};

/// A folder that holds the program alone, and is the root of all that it sees.
struct Root(tempfile::TempDir);

impl Root {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::copy(server("JOBDELTA_TEST_STATIC"), folder.path().join("jobdelta")).unwrap();
        Self(folder)
    }

    fn put(&self, name: &str, from: impl AsRef<Path>) {
        std::fs::copy(from, self.0.path().join(name)).unwrap();
    }

    /// Runs the program with nothing of the caller's environment.
    fn run<'a>(&self, arguments: impl IntoIterator<Item = &'a str>) -> String {
        let root = Command::new("id").arg("-u").output().unwrap().stdout == b"0\n";
        let mut command = Command::new(if root { "chroot" } else { "unshare" });
        if !root {
            command.args(["--map-root-user", "chroot"]);
        }
        command
            .arg(self.0.path())
            .arg("/jobdelta")
            .args(arguments)
            .env_clear()
            .env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
        Finished::of(command).succeeded()
    }
}

#[test]
fn it_makes_the_demo_and_reads_it() {
    let root = Root::new();
    let told = root.run(["demo", "--dir", "/demo"]);
    assert!(told.contains("FAIL"), "{told}");
    let page = std::fs::read_to_string(root.0.path().join("demo/report.html")).unwrap();
    assert!(page.contains("</html>"));
    let doctor =
        root.run(["doctor", "--deployment", "/demo/deployment.toml", "--db", "sqlite:///demo/runs.sqlite"]);
    assert!(doctor.contains("ok      file        SQLite finds no damage"), "{doctor}");
}

#[test]
fn it_reads_a_file_of_runs_in_a_zone_of_its_own() {
    let root = Root::new();
    root.put("runs.csv", measured_file("runs.csv"));
    let report = root.run(["report", "/runs.csv", "--format", "json"].into_iter().chain(WINDOWS));
    let report: serde_json::Value = serde_json::from_str(&report).unwrap();
    assert_eq!(report["totals"]["stagger"]["started"], 100);
}

#[test]
fn it_reads_servers_over_tls_with_the_authority_that_is_named() {
    for (engine, options) in [
        (Engine::Postgres, "sslmode=verify-full&sslrootcert=/authority.pem"),
        (Engine::MariaDb, "ssl-mode=VERIFY_IDENTITY&ssl-ca=/authority.pem"),
    ] {
        let database = Database::measured(engine);
        let root = Root::new();
        root.put("authority.pem", server("JOBDELTA_TEST_AUTHORITY"));
        let url = format!("{}?{options}", database.tls_url());
        let report = root.run(["report", "--db", &url, "--format", "json"].into_iter().chain(WINDOWS));
        let report: serde_json::Value = serde_json::from_str(&report).unwrap();
        assert_eq!(report["totals"]["stagger"]["started"], 100, "{engine:?}");
    }
}
