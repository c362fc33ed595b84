//! What goes wrong around the service: a server that ends, or ends a statement, connections that never end, a disk that is
//! full.

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

use crate::client::Service;
use crate::support::{Database, Engine, FREED, OwnServer, endless_view, jobdelta, measured_file, on_a_disk};

/// A report of the measured runs, which nobody has asked for at this minute.
fn asked(minute: u32) -> String {
    format!(
        "/deployments/jobs/report.json?baseline=2026-11-23T12:35:04Z/22m&stagger=2026-11-23T12:57:04Z/22m\
         &as_of=2026-11-23T15:{minute:02}:00Z"
    )
}

/// A service of one deployment whose rows are there.
fn service_of(source: &str) -> (Service, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("jobs.toml"), format!("[source]\n{source}\n")).unwrap();
    (Service::of(folder.path()), folder)
}

#[test]
fn a_server_that_is_stopped_and_started_again_is_served_from_again() {
    if !Engine::tested().contains(&Engine::Postgres) {
        return;
    }
    let mut server = OwnServer::start(Engine::Postgres);
    jobdelta(["migrate", "--db", &server.url()]).succeeded();
    jobdelta(["import", "--db", &server.url(), &measured_file("runs.csv").display().to_string()]).succeeded();
    let (service, _folder) = service_of(&format!("url = \"{}\"", server.url()));
    service.get(&asked(1)).with(200);
    server.end();
    let refused = service.get(&asked(2)).with(502);
    assert!(refused.json()["detail"].as_str().unwrap().contains("could not be read"), "{}", refused.text());
    service.get("/readyz").with(503);
    service.get("/healthz").with(200);
    service.get(&asked(1)).with(200); // kept
    server.start_again();
    service.get(&asked(2)).with(200);
    service.get("/readyz").with(200);
}

#[test]
fn a_statement_that_the_server_ends_is_an_answer_and_leaves_nothing_behind() {
    if !Engine::tested().contains(&Engine::Postgres) {
        return;
    }
    let database = Database::measured(Engine::Postgres);
    database.run(endless_view(Engine::Postgres));
    let source = format!("url = \"{}\"\ntable = \"job_history\"\ntime_unit = \"us\"", database.url());
    let (service, _folder) = service_of(&source);
    // As an administrator, or a limit of the server, ends one.
    let ending = "DO $$ BEGIN FOR nth IN 1..600 LOOP \
                  PERFORM pg_cancel_backend(pid) FROM pg_stat_activity WHERE datname = current_database() \
                  AND pid <> pg_backend_pid() AND state = 'active' \
                  AND clock_timestamp() - query_start > interval '0.5 s'; \
                  IF FOUND THEN RETURN; END IF; PERFORM pg_stat_clear_snapshot(), pg_sleep(0.1); \
                  END LOOP; END $$";
    std::thread::scope(|scope| {
        scope.spawn(|| database.run(ending));
        let refused = service.get(&asked(1));
        assert_eq!(refused.status, 502, "{}", refused.text());
        service.assert_logs("an administrator ended it");
    });
    assert_eq!(database.statements(), 0);
    service.get("/healthz").with(200);
    database.run("DROP VIEW job_history; CREATE VIEW job_history AS SELECT * FROM job_runs");
    service.get(&asked(2)).with(200);
}

/// Opens so many connections, sends the beginning of a request on each, says so, and counts at a word how many were cut
/// without an answer but for a time-out. A program of its own, since a test may not open that many files everywhere.
const SLOW: &str = r"
import resource, socket, sys
host, port = sys.argv[1].split(':')
hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
slow = [socket.create_connection((host, int(port))) for _ in range(int(sys.argv[2]))]
for one in slow:
    one.sendall(b'GET /healthz HTTP/1.1\r\nHost: lo')
print('open', flush=True)
sys.stdin.readline()
def is_cut(one):
    one.settimeout(60)
    try:
        said = one.recv(1000)
    except ConnectionError:
        return True
    return said == b'' or said.startswith(b'HTTP/1.1 408')
print(sum(map(is_cut, slow)))
";

#[test]
fn a_thousand_slow_connections_leave_room_for_others_and_are_cut() {
    let service = Service::demo();
    let mut slow = Command::new("python3");
    slow.args(["-c", SLOW, &service.address, "1000"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut slow = slow.spawn().unwrap();
    let mut said = BufReader::new(slow.stdout.take().unwrap()).lines();
    assert_eq!(said.next().unwrap().unwrap(), "open");
    service.get("/healthz").with(200);
    service.get("/deployments/demo/report.json").with(200);
    slow.stdin.take().unwrap().write_all(b"\n").unwrap();
    assert_eq!(said.next().unwrap().unwrap(), "1000");
    assert!(slow.wait().unwrap().success());
    service.get("/healthz").with(200);
}

#[test]
fn a_full_disk_under_the_store_costs_new_links_and_nothing_else() {
    let script = r#"
        "$2" serve --demo --listen 127.0.0.1:0 --store store.sqlite >said 2>/dev/null & service=$!
        trap 'kill $service' EXIT
        for _ in $(seq 200); do grep -q http said && break; sleep 0.05; done
        at=$(sed 's|.*\(http://[^/]*\).*|\1|' said)
        code() { curl -sS --noproxy '*' -o /dev/null -w '%{http_code}' "$@"; }
        answered=$(code -d days=7 "$at/deployments/demo/links")
        for _ in $(seq 100); do
            [ "$answered" = 201 ] || break
            answered=$(code -d days=7 "$at/deployments/demo/links")
        done
        echo "when it is full: $answered"
        echo "beside it: $(code "$at/healthz") $(code "$at/deployments/demo/report.md") $(code "$at/links")"
        FREED
        echo "freed: $(code -d days=7 "$at/deployments/demo/links")"
        "#;
    let said = on_a_disk(1_024, &script.replace("FREED", FREED)).succeeded();
    assert_eq!(said, "when it is full: 503\nbeside it: 200 200 200\nfreed: 201\n");
}
