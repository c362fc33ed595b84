//! Links: for people without a token, until they expire or are revoked.

use std::fs;
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::client::{Answer, Service, request};

const SHARE: &str = "a-long-random-token-that-may-share";
const READ: &str = "a-long-random-token-that-may-read";

fn started(folder: &Path) -> Service {
    let line = |name: &str, scopes: &str, token: &str| {
        let digest: String = Sha256::digest(token).iter().map(|byte| format!("{byte:02x}")).collect();
        format!("{name} {scopes} {digest}\n")
    };
    let tokens = folder.join("tokens");
    fs::write(&tokens, line("alice", "read,share", SHARE) + &line("bob", "read", READ)).unwrap();
    let store = folder.join("store.sqlite");
    Service::start(|command| command.arg("--demo").arg("--token-file").arg(tokens).arg("--store").arg(store))
}

fn post(service: &Service, path: &str, token: &str, body: &str, more: &[(&str, &str)]) -> Answer {
    let (bearer, length) = (format!("Bearer {token}"), body.len().to_string());
    let mut headers = vec![
        ("Authorization", bearer.as_str()),
        ("Content-Length", length.as_str()),
        ("Content-Type", "application/x-www-form-urlencoded"),
    ];
    headers.extend(more);
    service.raw(&format!("{}{body}", request(&service.address, "POST", path, &headers)))
}

fn path_of(answer: &Answer) -> String {
    let url = answer.json()["url"].as_str().unwrap().to_owned();
    format!("/s/{}", url.rsplit('/').next().unwrap())
}

fn authorized(token: &str) -> String {
    format!("Bearer {token}")
}

#[test]
fn a_link_shows_the_redacted_report_without_a_token_until_it_is_revoked() {
    let folder = tempfile::tempdir().unwrap();
    let service = started(folder.path());
    let made = post(&service, "/deployments/demo/links", SHARE, "days=2", &[]).with(201);
    let (path, id) = (path_of(&made), made.json()["id"].as_str().unwrap().to_owned());
    assert!(path.len() > 20 && made.header("cache-control") == "no-store");
    let page = service.get(&path).with(200);
    let text = page.text();
    assert!(text.contains("2 required targets missed") && !text.contains("Live Stats Sync"));
    assert!(
        text.contains("property=\"og:title\" content=\"✗ Fail: Stagger the minute jobs\""),
        "{text:.2000}"
    );
    assert!(text.contains(&format!("{path}/card.svg")) && !text.contains("link.invalid"));
    assert!(!text.contains("/deployments/"), "a way into the service");
    let card = service.get(&format!("{path}/card.svg")).with(200);
    assert!(card.header("content-type") == "image/svg+xml" && card.text().contains("✗ Fail"));
    assert!(!card.text().contains("Live Stats Sync"));
    // Nothing else opens with it.
    service.get(&format!("{path}/../../deployments")).with(404);
    service.get("/deployments/demo").with(401);
    assert_eq!(service.raw(&request(&service.address, "POST", &path, &[])).status, 401);
    let list = service.get_with("/links", &[("Authorization", &authorized(SHARE))]).with(200).json();
    assert_eq!((&list[0]["id"], &list[0]["made_by"]), (&id.clone().into(), &"alice".into()), "{list}");

    let secret = path.trim_start_matches("/s/");
    assert!(!service.log().contains(secret), "the log opens the report");
    let bytes = fs::read(folder.path().join("store.sqlite")).unwrap();
    assert!(!bytes.windows(secret.len()).any(|part| part == secret.as_bytes()), "the file opens the report");

    drop(service);
    let service = started(folder.path());
    assert_eq!(
        service.get(&path).with(200).text().lines().count(),
        text.lines().count(),
        "it does not change"
    );
    post(&service, &format!("/links/{id}/revoke"), READ, "", &[]).with(403);
    service.get(&path).with(200);
    post(&service, &format!("/links/{id}/revoke"), SHARE, "", &[]).with(204);
    let gone = service.page(&path).with(404);
    assert!(gone.text().contains("does not work") && !gone.text().contains("/assets/"), "{}", gone.text());
    service.get(&format!("{path}/card.svg")).with(404);
    post(&service, &format!("/links/{id}/revoke"), SHARE, "", &[]).with(404);
}

#[test]
fn links_are_made_by_those_who_may_and_by_no_other_site() {
    let folder = tempfile::tempdir().unwrap();
    let service = started(folder.path());
    let make = |token: &str, body: &str, headers: &[(&str, &str)]| {
        post(&service, "/deployments/demo/links", token, body, headers)
    };
    make(READ, "", &[]).with(403);
    make("wrong", "", &[]).with(401);
    make(SHARE, "", &[("Origin", "https://evil.example")]).with(403);
    make(SHARE, "", &[("Sec-Fetch-Site", "cross-site")]).with(403);
    make(SHARE, "", &[("Origin", "null")]).with(403);
    make(SHARE, "", &[("Origin", "null"), ("Sec-Fetch-Site", "cross-site")]).with(403);
    make(SHARE, "", &[("Origin", "null"), ("Sec-Fetch-Site", "same-site")]).with(403);
    make(SHARE, "", &[("Origin", "null"), ("Sec-Fetch-Site", "same-origin")]).with(201);
    make(SHARE, "", &[("Origin", &format!("http://{}", service.address))]).with(201);
    for body in ["days=0", "days=366", "days=x", "days=1&days=2", "db=x", "redact=names"] {
        make(SHARE, body, &[]).with(400);
    }
    make(SHARE, &"x".repeat(40_000), &[]).with(413);
    let whole = make(SHARE, "redact=none", &[]).with(201);
    assert!(service.get(&path_of(&whole)).with(200).text().contains("Live Stats Sync"));
    let page = make(SHARE, "", &[("Accept", "text/html")]).with(201);
    assert!(page.header("content-type").starts_with("text/html") && page.unescaped().contains("/s/"));
    service.get_with("/links", &[("Authorization", &authorized(READ))]).with(403);
    for guess in ["/s/", "/s/x", "/s/AAAAAAAAAAAAAAAAAAAAAA", "/s/%00", "/s/..%2fdeployments"] {
        assert!([401, 404].contains(&service.get(guess).status), "{guess}");
    }
}

#[test]
fn a_link_expires() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("store.sqlite");
    let at = |second: &str| {
        let (store, second) = (store.clone(), second.to_owned());
        Service::start(move |command| {
            command.arg("--demo").arg("--store").arg(store).env("SOURCE_DATE_EPOCH", second)
        })
    };
    let service = at("1800000000");
    let path = path_of(&post(&service, "/deployments/demo/links", "none", "days=1", &[]).with(201));
    drop(service);
    at("1800086399").get(&path).with(200);
    at("1800086400").get(&path).with(404);
}

#[test]
fn a_store_that_cannot_be_opened_is_said_at_the_start() {
    let arguments = ["serve", "--demo", "--listen", "127.0.0.1:0", "--store", "no/such/store.sqlite"];
    let refused = crate::support::jobdelta(arguments);
    assert!(refused.refused().contains("failed to connect to no/such/store.sqlite"));
    let service = Service::demo();
    let refused = post(&service, "/deployments/demo/links", "none", "", &[]).with(404);
    assert!(refused.text().contains("--store FILE"), "{}", refused.text());
}
