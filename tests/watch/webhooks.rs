//! Whoever is to hear of a watch hears of it, at least once, and nobody waits for those who do not listen.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStdout, Command, Stdio};

use jobdelta::clock::Stopwatch;
use serde_json::Value;

use crate::scene::{Scene, Watching, sqlite};
use crate::support::{PYTHON, jobdelta_in};

/// Met by the first rows already.
const PASSING: &str = "[targets]\ncompletion_rate = \">= 50%\"\n";

const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwAAAAAAAA";

/// A program that receives webhooks, or does not.
struct Webhook {
    process: Child,
    requests: BufReader<ChildStdout>,
    port: u16,
}

impl Webhook {
    /// `answers` are the statuses of the first requests; 0 is none ever.
    fn start(port: u16, answers: &[u16]) -> Self {
        Self::with_body(port, answers, 0)
    }

    /// Each answer has so many bytes.
    fn with_body(port: u16, answers: &[u16], bytes: usize) -> Self {
        let mut process = Command::new(PYTHON)
            .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/webhook_receiver.py"))
            .args(["--port", &port.to_string(), "--body", &bytes.to_string(), "--answer"])
            .args(answers.iter().map(ToString::to_string))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut requests = BufReader::new(process.stdout.take().unwrap());
        let mut line = String::new();
        requests.read_line(&mut line).unwrap();
        Self { process, requests, port: line.trim().parse().unwrap() }
    }

    fn url(&self) -> String {
        format!("http://127.0.0.1:{}/T0/let-me-in", self.port)
    }

    /// Waits for the next request: its status, its headers, its body.
    fn next(&mut self) -> (u64, BTreeMap<String, String>, Value) {
        let mut line = String::new();
        self.requests.read_line(&mut line).unwrap();
        let request: Value = serde_json::from_str(&line).unwrap();
        let headers = serde_json::from_value(request["headers"].clone()).unwrap();
        let body = request["body"].as_str().unwrap();
        assert!(is_signed(&headers, body), "{headers:?}");
        (request["status"].as_u64().unwrap(), headers, serde_json::from_str(body).unwrap())
    }

    /// How many requests there were that nobody looked at.
    fn left(mut self) -> usize {
        self.process.kill().unwrap();
        (&mut self.requests).lines().count()
    }

    fn next_id(&mut self) -> String {
        self.next().1["webhook-id"].clone()
    }
}

impl Drop for Webhook {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Whether Python finds the signature that is there.
fn is_signed(headers: &BTreeMap<String, String>, body: &str) -> bool {
    let check = "import base64, hashlib, hmac, sys\n\
                 secret, said, signature = sys.argv[1:]\n\
                 key = base64.b64decode(secret.removeprefix('whsec_'))\n\
                 made = base64.b64encode(hmac.digest(key, said.encode(), hashlib.sha256)).decode()\n\
                 sys.exit(signature != 'v1,' + made)";
    let said = format!("{}.{}.{body}", headers["webhook-id"], headers["webhook-timestamp"]);
    let done =
        Command::new(PYTHON).args(["-c", check, SECRET, &said, &headers["webhook-signature"]]).status();
    done.unwrap().success()
}

fn told(url: &str, private: &str) -> String {
    format!(
        "[[monitoring.webhooks]]\nurl = \"{url}\"\nsecret = \"{SECRET}\"\nprivate_addresses = [{private}]\n"
    )
}

fn listed(url: &str) -> String {
    told(url, "\"127.0.0.1\"")
}

fn watch(scene: &Scene, length: &str) -> Watching {
    scene.watch(&["--for", length, "--every", "1s", "--store", "store.sqlite"])
}

#[test]
fn a_change_of_decision_and_the_end_are_told_and_signed() {
    let mut hook = Webhook::start(0, &[]);
    let scene = Scene::new(sqlite(), &format!("{PASSING}{}", listed(&hook.url())));
    let mut passing = watch(&scene, "3s");
    passing.wait_for("the decision so far: pass; before: undecided");
    let (_, first, changed) = hook.next();
    assert_eq!(passing.end().code, Some(0));
    let (_, second, ended) = hook.next();
    assert_ne!(first["webhook-id"], second["webhook-id"]);
    assert_eq!((&changed["type"], &ended["type"]), (&"watch.decision_changed".into(), &"watch.ended".into()));
    for body in [&changed, &ended] {
        assert_eq!(
            (&body["data"]["decision"], &body["data"]["deployment"]),
            (&"pass".into(), &"Moved jobs".into())
        );
    }
    let text = ended["text"].as_str().unwrap();
    assert!(text.starts_with("*Moved jobs*: pass: 1 passed, after "), "{text}");
    // One that fails is over at once, and says why.
    scene.add_runs("B", 1..60, "failed");
    assert_eq!(watch(&scene, "60s").end().code, Some(1));
    let (_, third, failed) = hook.next();
    assert!(first["webhook-id"] != third["webhook-id"] && second["webhook-id"] != third["webhook-id"]);
    assert_eq!(failed["data"]["decision"], "fail");
    assert_eq!(failed["data"]["open"][0]["criterion"], failed["data"]["failed"]);
    assert!(failed["text"].as_str().unwrap().contains("completion_rate &gt;= 50% failed"), "{failed}");
}

#[test]
fn who_hangs_refuses_or_answers_500_is_asked_again_and_holds_nobody_up() {
    let mut failing = Webhook::start(0, &[500, 503]);
    let mut hanging = Webhook::start(0, &[0; 50]);
    let mut unwanted = Webhook::start(0, &[410, 410]);
    let nobody = "http://127.0.0.1:9/";
    let hooks: String = [&failing.url(), &hanging.url(), &unwanted.url(), nobody].map(listed).concat();
    let scene = Scene::new(sqlite(), &format!("{PASSING}{hooks}"));
    let time = Stopwatch::start();
    let mut watching = watch(&scene, "8s");
    watching.wait_for("look 8: ");
    let looked = time.elapsed();
    let end = watching.end();
    assert_eq!(end.code, Some(0), "{end:?}");
    // Eight looks a second apart, while a receiver hangs for five at a time.
    assert!(looked.as_secs() < 14, "{looked:?}");
    assert!(time.elapsed().as_secs() < 40, "{:?}", time.elapsed());
    let ids: Vec<(u64, String)> = (0..3)
        .map(|_| failing.next())
        .map(|(status, headers, _)| (status, headers["webhook-id"].clone()))
        .collect();
    assert_eq!(ids.iter().map(|(status, _)| *status).collect::<Vec<_>>(), [500, 503, 200]);
    assert!(ids.iter().all(|(_, id)| *id == ids[0].1), "{ids:?}");
    let ended = failing.next();
    assert_eq!((ended.0, &ended.2["type"]), (200, &"watch.ended".into()));
    assert_eq!(hanging.next_id(), hanging.next_id());
    unwanted.next();
    let host = |hook: &Webhook| format!("127.0.0.1:{}", hook.port);
    for line in [
        format!("no message to {}: it answered with status 500", host(&failing)),
        format!("no message to {}: it did not answer within 5 s", host(&hanging)),
        format!("no message to {}: it wants no more messages (410)", host(&unwanted)),
        "no message to 127.0.0.1:9: it was not reached".to_owned(),
        "4 messages were not delivered; the next watch or checkpoint of this deployment tries again"
            .to_owned(),
    ] {
        assert!(end.stdout.contains(&line), "{line}\n{}", end.stdout);
    }
    assert!(!end.stdout.contains("let-me-in"), "{}", end.stdout);
}

#[test]
fn a_pause_is_a_pause_and_what_is_answered_beside_the_status_is_not_read() {
    let failing = Webhook::start(0, &[500; 90]);
    let mut talking = Webhook::with_body(0, &[], 4 << 20);
    let hooks = [listed(&failing.url()), listed(&talking.url())].concat();
    let scene = Scene::new(sqlite(), &format!("{PASSING}{hooks}"));
    let end = watch(&scene, "6s").end();
    assert!(end.code == Some(0) && !end.stdout.contains("too much"), "{end:?}");
    assert_ne!(talking.next_id(), talking.next_id());
    // After 0, 1 and 3 s, at the end, and once or twice in the ten seconds that it is waited for.
    let tries = failing.left();
    assert!((3..=6).contains(&tries), "{tries}");
}

#[test]
fn a_message_outlives_the_watch_that_made_it() {
    let mut hook = Webhook::start(0, &[500; 90]);
    let scene = Scene::new(sqlite(), &format!("{PASSING}{}", listed(&hook.url())));
    let mut killed = watch(&scene, "60s");
    killed.wait_for("it answered with status 500");
    killed.signal("KILL");
    assert_eq!(killed.end().code, None);
    let id = hook.next_id();
    let port = hook.port;
    drop(hook);
    let mut hook = Webhook::start(port, &[]);
    let mut resumed = watch(&scene, "60s");
    resumed.wait_for("the watch goes on");
    assert_eq!(hook.next_id(), id);
    resumed.signal("TERM");
    assert_eq!(resumed.end().code, Some(143));
}

#[test]
fn a_private_address_is_asked_only_where_it_is_listed() {
    let hook = Webhook::start(0, &[]);
    let named = hook.url().replace("127.0.0.1", "localhost");
    let hooks =
        [told(&hook.url(), ""), told(&named, "\"10.0.0.7\""), told("http://[::ffff:127.0.0.1]:9/", "")];
    let scene = Scene::new(sqlite(), &format!("{PASSING}{}", hooks.concat()));
    let end = scene.watch(&["--for", "2s", "--every", "1s"]).end();
    assert_eq!(end.code, Some(0), "{end:?}");
    let reason = "it lies at the private address";
    assert_eq!(end.stdout.matches(reason).count(), 3, "{}", end.stdout);
    assert!(end.stdout.contains("6 messages were not delivered; lost without --store"), "{}", end.stdout);
}

#[test]
fn a_receiver_that_cannot_be_is_said_with_its_line() {
    let wrong = "[[monitoring.webhooks]]\nurl = \"ftp://chat/\"\nsecret = \"let-me-in\"\n\
                 private_addresses = [\"10.0.0.0/8\"]\n[[monitoring.webhooks]]\nsecrets = \"\"\n\
                 [[monitoring.webhooks]]\nurl = \"http://a/\"\n[[monitoring.webhooks]]\nurl = \"http://a/\"\n";
    let scene = Scene::new(sqlite(), PASSING);
    let file = scene.folder().join("deployment.toml");
    let written = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, format!("{written}{wrong}")).unwrap();
    let said = scene.watch(&["--for", "2s"]).end().stderr;
    for problem in [
        "deployment.toml:8: 'url' in [[monitoring.webhooks]]: it must begin with http:// or https://",
        "deployment.toml:9: 'secret' in [[monitoring.webhooks]]: it must be whsec_ and 24 to 64 bytes in Base64",
        "deployment.toml:10: 'private_addresses",
        "deployment.toml:11: 'url' is missing in [[monitoring.webhooks]]",
        "deployment.toml:12: unknown key 'secrets' in [[monitoring.webhooks]]; did you mean 'secret'?",
        "deployment.toml:15: 'url' in [[monitoring.webhooks]]: this address is there twice",
    ] {
        assert!(said.contains(problem), "{problem}\n{said}");
    }
    assert!(!said.contains("let-me-in"), "{said}");
}

#[test]
fn a_checkpoint_that_decides_otherwise_is_told_once() {
    let mut hook = Webhook::start(0, &[500]);
    let folder = tempfile::tempdir().unwrap();
    jobdelta_in(folder.path(), ["demo", "--dir", "demo"]).succeeded();
    let file = folder.path().join("demo/deployment.toml");
    let text = std::fs::read_to_string(&file).unwrap();
    // The demo looks at 05:34: its first six hours ended at 03:37.
    std::fs::write(&file, format!("{text}\n{}", listed(&hook.url()))).unwrap();
    let checkpoint = || {
        let arguments = [
            "checkpoint",
            "--deployment",
            "demo/deployment.toml",
            "--db",
            "demo/runs.sqlite",
            "--store",
            "s.sqlite",
        ];
        jobdelta_in(folder.path(), arguments)
    };
    let said = checkpoint();
    assert!(said.stderr.contains("1 checkpoint was taken") && said.stderr.contains("status 500"), "{said:?}");
    let (first, again) = (hook.next(), hook.next());
    assert_eq!((first.0, again.0, &first.1["webhook-id"]), (500, 200, &again.1["webhook-id"]));
    let body = again.2;
    assert_eq!(
        (&body["type"], &body["data"]["decision"]),
        (&"checkpoint.decision_changed".into(), &"fail".into())
    );
    assert!(body["text"].as_str().unwrap().contains(": fail (undecided before): "), "{body}");
    // It was said; nobody is asked again, though nobody is there.
    drop(hook);
    let said = checkpoint();
    assert!(said.code == Some(0) && !said.stderr.contains("127.0.0.1"), "{said:?}");
}

#[test]
fn a_message_of_another_window_is_told_by_the_next_watch() {
    // A port that nobody listens on until the second watch.
    let port = Webhook::start(0, &[]).port;
    let url = format!("http://127.0.0.1:{port}/");
    let scene = Scene::new(sqlite(), &format!("{PASSING}{}", listed(&url)));
    let now = ["--at", "now", "--settle", "0s", "--for", "2s", "--every", "1s", "--store", "store.sqlite"];
    let first = scene.watch(&now).end();
    assert!(first.stdout.contains("1 message was not delivered"), "{first:?}");
    let mut hook = Webhook::start(port, &[]);
    let second = scene.watch(&now).end();
    assert!(!second.stdout.contains("not delivered"), "{second:?}");
    let [old, new] = [hook.next().2, hook.next().2].map(|body| body["data"]["window_start"].clone());
    assert_ne!(old, new);
}

#[test]
fn the_last_checkpoint_is_told_however_late_it_is_taken() {
    let mut hook = Webhook::start(0, &[]);
    let folder = tempfile::tempdir().unwrap();
    jobdelta_in(folder.path(), ["demo", "--dir", "demo"]).succeeded();
    let file = folder.path().join("demo/deployment.toml");
    let text = std::fs::read_to_string(&file).unwrap();
    let open = text.replace("end = \"2026-02-02T05:34:00Z\" }", "end = \"now\" }");
    assert_ne!(open, text);
    std::fs::write(&file, format!("{open}\n{}", listed(&hook.url()))).unwrap();
    for as_of in ["2026-02-02T04:00:00Z", "2026-02-06T00:00:00Z"] {
        let arguments =
            ["--deployment", "demo/deployment.toml", "--db", "demo/runs.sqlite", "--store", "s.sqlite"];
        let command = ["checkpoint", "--as-of", as_of].into_iter().chain(arguments);
        jobdelta_in(folder.path(), command).succeeded();
    }
    let types = [hook.next().2, hook.next().2].map(|body| body["type"].as_str().unwrap().to_owned());
    assert_eq!(types, ["checkpoint.decision_changed", "checkpoint.last"]);
}
