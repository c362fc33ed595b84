//! What the service says of itself, held against what it does; badges and the feed.

use serde_json::Value;

use crate::client::Service;

#[test]
fn every_address_that_is_described_answers_as_described() {
    let service = Service::demo();
    let report = service.get("/deployments/demo/report.json").with(200);
    let id = report.header("content-location").split('/').nth(2).unwrap().to_owned();
    let document = service.get("/openapi.json").with(200).json();
    assert_eq!(document["openapi"], "3.1.0");
    let paths = document["paths"].as_object().unwrap();
    assert!(paths.len() > 20);
    let reference = service.page("/reference").with(200).unescaped();
    for (path, item) in paths {
        assert!(reference.contains(path), "{path}");
        let described = &item["get"]["responses"];
        let kinds: Vec<&String> = described["200"]["content"].as_object().unwrap().keys().collect();
        let place = path.replace("{name}", "demo").replace("{id}", &id);
        for kind in kinds {
            let answer = service.get_with(&place, &[("Accept", kind)]).with(200);
            let sent = answer.header("content-type").split(';').next().unwrap().to_owned();
            assert_eq!(&sent, kind, "{path}");
        }
        let unknown = path.replace("{name}", "nobody").replace("{id}", "0");
        let answer = service.get(&unknown);
        assert!(described.get(answer.status.to_string()).is_some(), "{path}: {}", answer.status);
    }
}

/// Whether `text` is well-formed XML.
fn is_xml(text: &str) -> bool {
    let python = "import sys, xml.dom.minidom; xml.dom.minidom.parseString(sys.stdin.buffer.read())";
    let mut child = std::process::Command::new("python3")
        .args(["-c", python])
        .stdin(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), text.as_bytes()).unwrap();
    child.wait().unwrap().success()
}

#[test]
fn a_badge_and_a_feed_have_the_decision() {
    let service = Service::demo();
    let picture = service.get("/deployments/demo/badge.svg").with(200);
    assert_eq!(picture.header("content-type"), "image/svg+xml");
    assert!(picture.text().contains("jobdelta: fail") && is_xml(&picture.text()), "{}", picture.text());
    let badge = service.get("/deployments/demo/badge.json").with(200).json();
    assert_eq!((&badge["schemaVersion"], &badge["message"]), (&Value::from(1), &Value::from("fail")));
    let feed = service.get("/deployments/demo/decisions.atom").with(200).text();
    assert!(feed.contains("Fail: demo") && feed.contains("2 required targets missed"), "{feed}");
    assert!(is_xml(&feed), "{feed}");
    service.get("/deployments/nobody/badge.svg").with(404);
}
