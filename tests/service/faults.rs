//! What goes wrong around the service: connections that never end, a disk that is full.

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

use crate::client::Service;
use crate::support::{FREED, on_a_disk};

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
