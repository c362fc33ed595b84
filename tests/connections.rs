//! Databases are reached as people know it: TLS with certificates, `.pgpass` and `PG*`, sockets, both
//! names of the MySQL protocol, a pooler.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;
use support::{
    Database, Desk, Engine, Finished, WINDOWS, jobdelta_command, measured_report, relay, report_of, server,
};

/// The report on `url`, over the measured runs.
#[track_caller]
fn report(url: &str) -> Value {
    let report = measured_report(["--db", url]);
    started(&report);
    report
}

/// Fails unless the report holds the measured runs.
#[track_caller]
fn started(report: &Value) {
    let started = ["baseline", "stagger"].map(|side| report["totals"][side]["started"].as_u64());
    assert_eq!(started, [Some(95), Some(100)]);
}

#[track_caller]
fn refused(url: &str) -> String {
    Desk::new().refusal(["report", "-o", "new.md", "--db", url].into_iter().chain(WINDOWS))
}

/// `host:port` of a URL.
fn place(url: &str) -> &str {
    url.rsplit_once('@').unwrap().1.split_once('/').unwrap().0
}

/// The certificate of an authority that signed nothing.
fn stranger(desk: &Desk) -> PathBuf {
    let certificate = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    desk.put("stranger.pem", certificate.cert.pem())
}

#[test]
fn tls_is_demanded_and_the_certificate_checked() {
    let (authority, desk) = (server("JOBDELTA_TEST_AUTHORITY"), Desk::new());
    let stranger = stranger(&desk);
    for engine in [Engine::Postgres, Engine::MariaDb] {
        let database = Database::measured(engine);
        let url = database.tls_url();
        let (mode, ca, verify, full, none) = match engine {
            Engine::Postgres => ("sslmode", "sslrootcert", "verify-ca", "verify-full", "disable"),
            _ => ("ssl-mode", "ssl-ca", "VERIFY_CA", "VERIFY_IDENTITY", "DISABLED"),
        };
        let with = |url: &str, level: &str, authority: &str| format!("{url}?{mode}={level}&{ca}={authority}");
        let by_name = url.replace("127.0.0.1", "localhost");
        for url in [&url, &by_name] {
            report(&with(url, full, &authority));
        }
        // The server insists.
        let message = refused(&format!("{url}?{mode}={none}"));
        assert!(message.contains("failed to connect to 127.0.0.1:"), "{message}");
        if engine == Engine::Postgres {
            assert!(message.contains("the server asks for TLS"), "{message}");
        }
        // An authority that did not sign, none at all, and a certificate for another name.
        let elsewhere = relay("127.0.0.2", place(&url), |_| {});
        let elsewhere = url.replace(place(&url), &elsewhere);
        for url in [
            with(&url, full, &stranger.display().to_string()),
            with(&url, verify, &stranger.display().to_string()),
            format!("{url}?{mode}={full}"),
            with(&elsewhere, full, &authority),
        ] {
            let message = refused(&url);
            assert!(message.contains("TLS: ") && message.contains("certificate"), "{url}\n{message}");
            assert!(message.contains("check sslmode and the certificates"), "{url}\n{message}");
        }
        let elsewhere = relay("127.0.0.2", place(&url), |_| {});
        report(&with(&url.replace(place(&url), &elsewhere), verify, &authority));
        for (wrong, part) in [
            (with(&url, "verify-ful", &authority), "verify-ful"),
            (with(&url, full, "/no/such/authority.pem"), "/no/such/authority.pem"),
        ] {
            let message = refused(&wrong);
            assert!(message.contains(part), "{part}: {message}");
        }
    }
}

#[test]
fn without_tls_where_it_is_not_demanded() {
    for (engine, none) in [(Engine::Postgres, "sslmode=disable"), (Engine::MariaDb, "ssl-mode=DISABLED")] {
        let database = Database::measured(engine);
        report(&format!("{}?{none}", database.reader_url()));
    }
}

/// `report` on `url` with the given variables.
fn with(url: &str, variables: &[(&str, &str)]) -> Command {
    let mut command = jobdelta_command();
    command.args(["report", "--format", "json", "--db", url]).args(WINDOWS);
    command.envs(variables.iter().copied());
    command
}

#[test]
fn the_password_comes_from_pgpass() {
    let database = Database::measured(Engine::Postgres);
    let url = database.url();
    let (credentials, place) = url.split_once("://").unwrap().1.rsplit_once('@').unwrap();
    let (user, password) = credentials.split_once(':').unwrap();
    let (place, name) = place.split_once('/').unwrap();
    let desk = Desk::new();
    let line = format!("# the tests' server\n*:1:*:*:wrong\n{place}:{name}:{user}:{password}\n");
    let file = desk.put(".pgpass", line);
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).unwrap();
    let without = format!("postgres://{user}@{place}/{name}");
    started(&report_of(with(&without, &[("HOME", &desk.path().display().to_string())])));
    let moved = desk.path().join("elsewhere");
    std::fs::rename(&file, &moved).unwrap();
    started(&report_of(with(&without, &[("PGPASSFILE", &moved.display().to_string())])));
    let message = Finished::of(with(&without, &[("HOME", &desk.path().display().to_string())])).refused();
    assert!(message.contains("check user name and password"), "{message}");
}

#[test]
fn the_place_comes_from_pg_variables() {
    let database = Database::measured(Engine::Postgres);
    let url = database.url();
    let (credentials, place) = url.split_once("://").unwrap().1.rsplit_once('@').unwrap();
    let (user, password) = credentials.split_once(':').unwrap();
    let (host, port) = place.split_once('/').unwrap().0.split_once(':').unwrap();
    let socket = server("JOBDELTA_TEST_POSTGRES_SOCKET");
    let authority = server("JOBDELTA_TEST_AUTHORITY");
    let who = [("PGPORT", port), ("PGUSER", user), ("PGPASSWORD", password), ("PGDATABASE", &database.name)];
    for host in [[("PGHOST", host)], [("PGHOST", socket.as_str())]] {
        for url in ["postgres://", "postgresql:///", &format!("postgres:///{}", database.name)] {
            started(&report_of(with(url, &[&who[..], &host].concat())));
        }
    }
    // The URL outranks the variables.
    started(&report_of(with(&url, &[("PGPORT", "1"), ("PGUSER", "nobody"), ("PGDATABASE", "none")])));
    let tls = [("PGSSLMODE", "verify-full"), ("PGSSLROOTCERT", authority.as_str())];
    started(&report_of(with(&database.tls_url(), &tls)));
    let message = Finished::of(with(&database.tls_url(), &[("PGSSLMODE", "verify-full")])).refused();
    assert!(message.contains("check sslmode and the certificates"), "{message}");
}

#[test]
fn sockets_are_as_good_as_ports() {
    let database = Database::measured(Engine::Postgres);
    let url = database.url();
    let port = place(&url).split_once(':').unwrap().1;
    let credentials = url.split_once("://").unwrap().1.rsplit_once('@').unwrap().0;
    let folder = server("JOBDELTA_TEST_POSTGRES_SOCKET");
    let name = &database.name;
    for url in [
        format!("postgres://{credentials}@localhost:{port}/{name}?host={folder}"),
        format!("postgres://{credentials}@{}:{port}/{name}", folder.replace('/', "%2F")),
    ] {
        let identity = report(&url)["source"]["identity"].as_str().unwrap().to_owned();
        assert_eq!(identity, format!("{folder}/{name}"), "{url}");
    }
    let database = Database::measured(Engine::MariaDb);
    let url = database.url();
    let credentials = url.split_once("://").unwrap().1.rsplit_once('@').unwrap().0;
    let (socket, name) = (server("JOBDELTA_TEST_MARIADB_SOCKET"), &database.name);
    let through = format!("mysql://{credentials}@localhost/{name}?socket={socket}");
    assert_eq!(report(&through)["source"]["identity"], format!("{socket}/{name}"));
}

#[test]
fn both_names_of_the_protocol_lead_to_the_same_report() {
    let database = Database::measured(Engine::MariaDb);
    let url = database.url();
    let other = url.replacen("mysql://", "mariadb://", 1);
    let (one, two) = (report(&url), report(&other));
    assert_eq!(one["source"], two["source"]);
    assert_eq!(one["totals"], two["totals"]);
    assert_eq!(one["source"]["database"], "mysql");
    // A password with everything that a URL gives a meaning to.
    let (reader, password) = (format!("{}_reader", database.name), "p@ss:w/o?rd#%é");
    database
        .run(&format!("CREATE USER {reader} IDENTIFIED BY '{password}'; GRANT SELECT ON *.* TO {reader}"));
    report(&database.url_as(&reader, "p%40ss%3Aw%2Fo%3Frd%23%25%C3%A9"));
}

/// What a report says apart from where and when it was made.
fn findings(mut report: Value) -> Value {
    for key in ["generated_at", "source", "provenance"] {
        report.as_object_mut().unwrap().remove(key).unwrap();
    }
    report
}

#[test]
fn a_pooler_in_transaction_mode_serves() {
    let database = Database::measured(Engine::Postgres);
    let direct = findings(report(&database.url()));
    // Twice, because the second meets the server's session of the first.
    for _ in 0..2 {
        assert_eq!(findings(report(&database.pooler_url())), direct);
    }
    // Nothing of the first reader's session is left to the next.
    let pooled = database.pooler_url();
    let ask = |sql: &str| Command::new("psql").args(["-XqAt", &pooled, "-c", sql]).output().unwrap().stdout;
    assert_eq!(ask("SHOW statement_timeout"), b"0\n");
    assert_eq!(ask("SHOW transaction_read_only"), b"off\n");
    assert_eq!(ask("SELECT COUNT(*) FROM pg_prepared_statements"), b"0\n");
}
