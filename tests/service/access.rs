//! Who comes in, and what attackers get.

use std::fs;
use std::path::PathBuf;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};

use crate::client::{Service, request};
use crate::support::jobdelta;

const TOKEN: &str = "6f1c0a52c5d94f0fb7c1d2a9";

const PATHS: [&str; 13] = [
    "/",
    "/deployments",
    "/deployments/demo",
    "/deployments/demo/report",
    "/deployments/demo/report.json",
    "/deployments/demo/deployment.toml",
    "/reports/0123456789abcdef0123456789abcdef/report.json",
    "/assets/service.css",
    "/readyz",
    "/metrics",
    "/nothing",
    "/healthz/",
    "//healthz",
];

fn line(name: &str, scopes: &str, token: &str) -> String {
    let digest: String = Sha256::digest(token).iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{name} {scopes} {digest}\n")
}

fn guarded() -> (Service, tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("tokens");
    fs::write(&file, line("alice", "read", TOKEN)).unwrap();
    let service = Service::start(|command| command.arg("--demo").arg("--token-file").arg(&file));
    (service, folder, file)
}

fn bearer(token: &str) -> String {
    format!("Bearer {token}")
}

#[test]
fn without_a_token_only_healthz_answers() {
    let (service, _folder, _) = guarded();
    service.get("/healthz").with(200);
    for path in PATHS {
        let answer = service.get(path).with(401);
        assert!(answer.header("www-authenticate").starts_with("Basic realm="), "{path}");
        assert!(!answer.text().contains("demo"), "{path}: {}", answer.text());
        // Headers that a proxy sets say nothing here.
        let spoofed = [
            ("X-Forwarded-User", "alice"),
            ("X-Forwarded-For", "127.0.0.1"),
            ("X-Auth-Request-User", "alice"),
            ("X-Original-URL", "/healthz"),
            ("X-Rewrite-URL", "/healthz"),
            ("Remote-User", "alice"),
        ];
        service.get_with(path, &spoofed).with(401);
    }
    for wrong in ["Bearer", "Bearer x", "Basic !!", "Basic YWxpY2U=", "Digest x", ""] {
        service.get_with("/deployments", &[("Authorization", wrong)]).with(401);
    }
    let twice = [("Authorization", &bearer(TOKEN)[..]), ("Authorization", "Bearer x")];
    service.get_with("/deployments", &twice).with(401);
    assert!(
        service.get_with("/metrics", &[("Authorization", &bearer(TOKEN))]).text().contains("refused_total")
    );
}

#[test]
fn a_token_lets_in_as_bearer_and_as_password_and_is_no_more_once_it_is_removed() {
    let (service, _folder, file) = guarded();
    let basic = format!("Basic {}", BASE64_STANDARD.encode(format!("whoever:{TOKEN}")));
    for value in [&bearer(TOKEN), &basic, &format!("bearer {TOKEN}")] {
        service.get_with("/deployments/demo/report.json", &[("Authorization", value)]).with(200);
    }
    assert!(!service.log().contains(TOKEN));
    fs::write(&file, line("bob", "read", "another-token-of-some-length")).unwrap();
    std::thread::sleep(std::time::Duration::from_millis(1_200));
    service.get_with("/deployments", &[("Authorization", &bearer(TOKEN))]).with(401);
    service.get_with("/deployments", &[("Authorization", &bearer("another-token-of-some-length"))]).with(200);
    fs::write(&file, line("bob", "share", "another-token-of-some-length")).unwrap();
    std::thread::sleep(std::time::Duration::from_millis(1_200));
    service.get_with("/deployments", &[("Authorization", &bearer("another-token-of-some-length"))]).with(403);
}

#[test]
fn what_is_wrong_at_the_start_is_said() {
    let refused = jobdelta(["serve", "--demo", "--listen", "0.0.0.0:0"]).refused();
    assert!(refused.contains("can be reached by other machines: give --token-file"), "{refused}");
    let refused = jobdelta(["serve"]).refused();
    assert!(refused.contains("give --deployments DIR, or --demo"), "{refused}");
    let refused = jobdelta(["serve", "--deployments", "no/such/folder", "--listen", "127.0.0.1:0"]).refused();
    assert!(refused.contains("failed to read the folder no/such/folder"), "{refused}");
    let refused = jobdelta(["serve", "--demo", "--listen", "127.0.0.1:0", "--token-file", "none"]).refused();
    assert!(refused.contains("failed to read none"), "{refused}");
    let url = "https://jobs.example.org/path";
    let refused = jobdelta(["serve", "--demo", "--listen", "127.0.0.1:0", "--public-url", url]).refused();
    assert!(refused.contains("is not an address such as"), "{refused}");
}

#[test]
fn another_site_cannot_take_the_service_for_its_own() {
    let service =
        Service::start(|command| command.args(["--demo", "--public-url", "https://jobs.example.org"]));
    let host = |host: &str| service.raw(&request(host, "GET", "/deployments", &[]));
    let port = service.address.split(':').nth(1).unwrap();
    for good in ["localhost", "127.0.0.1", "LOCALHOST:7327", "[::1]:80", "jobs.example.org"] {
        host(good).with(200);
    }
    host(&format!("localhost:{port}")).with(200);
    for bad in ["evil.example", "evil.example:7327", "127.0.0.1.evil.example", "jobs.example.org.evil", ""] {
        host(bad).with(421);
    }
    let twice =
        "GET /deployments HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n";
    service.raw(twice).with(400);
    let absolute =
        "GET http://evil.example/deployments HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    service.raw(absolute).with(421);
    assert_eq!(service.raw("GET /deployments HTTP/1.0\r\n\r\n").status, 421, "no host at all");
    // What a proxy's cache could keep for others does not follow these.
    let poisoned =
        service.get_with("/", &[("X-Forwarded-Host", "evil.example"), ("Forwarded", "host=evil.example")]);
    assert!(
        !poisoned.text().contains("evil.example") && poisoned.header("cache-control").contains("private")
    );
}

#[test]
fn nothing_but_what_is_served_can_be_reached() {
    let service = Service::demo();
    for path in [
        "/deployments/../../etc/passwd",
        "/deployments/..%2f..%2fetc%2fpasswd/deployment.toml",
        "/deployments/%2e%2e/deployment.toml",
        "/deployments/demo%00/deployment.toml",
        "/deployments/demo.toml",
        "/assets/..%2fservice.css",
        "/assets/../Cargo.toml",
        "/deployments/%F0%9F%92%A9",
        "/deployments/%ff",
        "/reports/..%2f..%2fdemo/report.json",
        "/deployments/demo/report.exe",
    ] {
        let answer = service.get(path);
        assert!((400..500).contains(&answer.status), "{path}: {answer:?}");
        assert!(!answer.text().contains("root:") && !answer.text().contains("[source]"), "{path}");
    }
    for method in ["POST", "PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "X"] {
        let answer = service.raw(&request(&service.address, method, "/deployments/demo", &[]));
        assert!([400, 404, 405, 421].contains(&answer.status), "{method}: {answer:?}");
    }
    let head =
        service.raw(&request(&service.address, "HEAD", "/deployments/demo/report.json", &[])).with(200);
    assert!(head.body.is_empty() && head.header("content-length").parse::<u64>().unwrap() > 1_000);
}

#[test]
fn a_request_with_two_ends_or_no_end_is_refused() {
    let service = Service::demo();
    let host = &service.address;
    let smuggled = "GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n";
    for lengths in [
        "Content-Length: 0\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
        "Content-Length: 0\r\nContent-Length: 44\r\n",
        "Transfer-Encoding: chunked, identity\r\n",
        "Transfer-Encoding: xchunked\r\n",
        "Content-Length: +3\r\n",
        "Content-Length: 44\r\n",
    ] {
        let text = format!(
            "GET /healthz HTTP/1.1\r\nHost: {host}\r\n{lengths}Connection: close\r\n\r\n0\r\n\r\n{smuggled}"
        );
        let answer = service.raw(&text);
        assert!([0, 400].contains(&answer.status), "{lengths}: {answer:?}");
        assert!(!answer.text().contains("jobdelta_requests_total"), "{lengths}");
    }
    let long = "x".repeat(40_000);
    let answer = service.get_with("/healthz", &[("X-Long", &long)]);
    assert!([0, 400, 431].contains(&answer.status), "{}", answer.status);
    let answer = service.get(&format!("/{long}"));
    assert!([0, 400, 414, 431].contains(&answer.status), "{}", answer.status);
    let many: Vec<(String, String)> = (0..200).map(|nth| (format!("X-{nth}"), "1".to_owned())).collect();
    let many: Vec<(&str, &str)> = many.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let answer = service.get_with("/healthz", &many);
    assert!([0, 400, 431].contains(&answer.status), "{}", answer.status);
    service.get("/healthz").with(200);
}
