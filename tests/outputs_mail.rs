//! Mail: what `report -o report.eml` writes, and what `send` does with it, against a real SMTP server.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use jobdelta::demo::AS_OF;
use jobdelta::deployment::Email;
use jobdelta::render::email;
use serde_json::Value;
use support::{Finished, PYTHON, jobdelta_command, jobdelta_in, read_mail, sample};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn addressed() -> Email {
    Email {
        from: Some("Jobs Über <jobs@example.org>".to_owned()),
        to: vec!["ops@example.org".to_owned(), "\"Lead, On Call\" <lead@example.org>".to_owned()],
        subject: None,
    }
}

fn header(mail: &Value, name: &str) -> String {
    let found: Vec<&str> = mail["headers"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|pair| pair[0] == name)
        .map(|pair| pair[1].as_str().unwrap())
        .collect();
    assert_eq!(found.len(), 1, "{name} in {}", mail["headers"]);
    found[0].to_owned()
}

#[test]
fn a_mail_has_the_parts_that_it_should_have() {
    for name in ["demo", "empty", "adversarial"] {
        let report = sample(name);
        let bytes = email::message(&report, &addressed()).unwrap();
        assert_eq!(bytes, email::message(&report, &addressed()).unwrap(), "{name}: not the same twice");
        let mail = read_mail(&bytes);
        assert_eq!(mail["defects"], Value::Array(Vec::new()), "{name}");
        let body = &mail["body"];
        assert_eq!(body["type"], "multipart/mixed");
        let alternative = &body["parts"][0];
        assert_eq!(alternative["type"], "multipart/alternative");
        assert_eq!(alternative["parts"][0]["type"], "text/plain");
        let html = &alternative["parts"][1];
        assert_eq!(html["type"], "text/html");
        let html = html["text"].as_str().unwrap();
        assert!(html.len() < email::BODY_LIMIT, "{name}: {} bytes", html.len());
        for forbidden in ["<script", "<img", "<!--", "http://", "https://", "<link"] {
            assert!(!html.contains(forbidden), "{name}: {forbidden} in the body");
        }
        let markdown = &body["parts"][1];
        assert_eq!((&markdown["type"], &markdown["name"]), (&"text/markdown".into(), &"report.md".into()));
        assert_eq!(markdown["disposition"], "attachment");
        let page = &body["parts"][2];
        assert_eq!((&page["type"], &page["name"]), (&"text/html".into(), &"report.html".into()));
        assert_eq!(page["disposition"], "attachment");
        let charts = page["text"].as_str().unwrap().contains("<svg");
        assert_eq!(charts, name != "empty", "{name}: the page has its charts");
    }
}

#[test]
fn the_head_says_the_decision_and_cannot_be_added_to() {
    let mail = read_mail(&email::message(&sample("demo"), &addressed()).unwrap());
    assert_eq!(
        header(&mail, "Subject"),
        "✗ Fail: Stagger the minute jobs (production): 1 job got worse: Live Stats Sync misses runs: 23.7 % (was 0 of 4)"
    );
    assert_eq!(header(&mail, "From"), "Jobs Über <jobs@example.org>");
    assert_eq!(header(&mail, "To"), "ops@example.org, \"Lead, On Call\" <lead@example.org>");
    assert_eq!(mail["date"], sample("demo").generated_at.to_string().replace('Z', "+00:00").as_str());
    assert!(header(&mail, "Message-ID").ends_with("@example.org>"));

    let mut report = sample("demo");
    let attack = "x\r\nBcc: victim@example.org\r\n\r\n<script>alert(1)</script>";
    report.deployment.name = Some(attack.to_owned());
    report.deployment.environment = Some(attack.to_owned());
    let own = Email { subject: Some(attack.to_owned()), ..addressed() };
    for email in [addressed(), own] {
        let mail = read_mail(&email::message(&report, &email).unwrap());
        assert!(header(&mail, "Subject").contains("Bcc: victim@example.org"), "shown, not obeyed");
        let names: Vec<&str> =
            mail["headers"].as_array().unwrap().iter().map(|pair| pair[0].as_str().unwrap()).collect();
        assert!(!names.contains(&"Bcc"), "{names:?}");
    }
    let from = Email { from: Some("a@example.org\r\nBcc: v@example.org".to_owned()), ..addressed() };
    assert!(email::message(&report, &from).unwrap_err().to_string().contains("is not an address"));
}

#[test]
fn a_body_with_very_many_targets_stays_below_the_limit() {
    let mut report = sample("adversarial");
    let targets = report.targets.clone();
    report.targets = targets.iter().cycle().take(3_000).cloned().collect();
    let mail = read_mail(&email::message(&report, &addressed()).unwrap());
    let html = mail["body"]["parts"][0]["parts"][1]["text"].as_str().unwrap().to_owned();
    assert!(html.len() < email::BODY_LIMIT, "{} bytes", html.len());
    assert!(html.contains("more in the attached report"));
}

/// The demo with its mail.
fn demo() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    jobdelta_in(folder.path(), ["demo", "--dir", "."]).succeeded();
    let addresses = ["--mail-from", "jobs@example.org", "--mail-to", "ops@example.org"];
    let report = ["report", "--as-of", AS_OF, "-o", "report.eml"].into_iter().chain(addresses);
    jobdelta_in(folder.path(), report).succeeded();
    folder
}

#[test]
fn an_address_that_is_none_is_refused_before_anything_is_read() {
    let folder = demo();
    std::fs::remove_file(folder.path().join("runs.sqlite")).unwrap();
    let refused = jobdelta_in(folder.path(), ["report", "-o", "report.eml", "--mail-to", "nobody"]).refused();
    assert!(refused.contains("--mail-to: 'nobody' is not an address"), "{refused}");
}

#[test]
fn a_mail_without_a_sender_or_a_recipient_is_a_draft() {
    let folder = tempfile::tempdir().unwrap();
    jobdelta_in(folder.path(), ["demo", "--dir", "."]).succeeded();
    let file = folder.path().join("deployment.toml");
    let text = std::fs::read_to_string(&file).unwrap();
    let unaddressed = text.split_once("[email]").unwrap().0.to_owned();
    let head = |email: &str| {
        std::fs::write(&file, format!("{unaddressed}{email}")).unwrap();
        jobdelta_in(folder.path(), ["report", "--as-of", AS_OF, "-o", "draft.eml"]).succeeded();
        let mail = std::fs::read_to_string(folder.path().join("draft.eml")).unwrap();
        mail.split_once("\r\n\r\n").unwrap().0.to_owned()
    };
    let draft = head("");
    assert!(draft.contains("X-Unsent: 1") && !draft.contains("From:") && !draft.contains("\nTo:"), "{draft}");
    let refused =
        jobdelta_in(folder.path(), ["send", "draft.eml", "--smtp", "smtp://mail.example.org"]).refused();
    assert!(refused.contains("it has no From"), "{refused}");
    let draft = head("[email]\nfrom = \"jobs@example.org\"\n");
    assert!(draft.contains("X-Unsent: 1") && draft.contains("From: jobs@example.org"), "{draft}");
    let whole = head("[email]\nfrom = \"jobs@example.org\"\nto = [\"ops@example.org\"]\n");
    assert!(!whole.contains("X-Unsent"), "{whole}");
}

/// A certificate for this machine, its key, and the authority that signed it.
struct Certificates {
    folder: tempfile::TempDir,
}

impl Certificates {
    fn new() -> Self {
        use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
        let folder = tempfile::tempdir().unwrap();
        let mut authority = CertificateParams::new(Vec::new()).unwrap();
        authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let authority_key = KeyPair::generate().unwrap();
        let authority_certificate = authority.self_signed(&authority_key).unwrap();
        let issuer = Issuer::new(authority, authority_key);
        let key = KeyPair::generate().unwrap();
        let server = CertificateParams::new(vec!["localhost".to_owned(), "127.0.0.1".to_owned()]).unwrap();
        let certificate = server.signed_by(&key, &issuer).unwrap();
        for (name, text) in [
            ("authority.pem", authority_certificate.pem()),
            ("server.pem", certificate.pem()),
            ("server.key", key.serialize_pem()),
        ] {
            std::fs::write(folder.path().join(name), text).unwrap();
        }
        Self { folder }
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }
}

struct Server {
    child: Child,
    folder: tempfile::TempDir,
    port: u16,
}

impl Server {
    fn start(arguments: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut child = Command::new(PYTHON)
            .arg(format!("{ROOT}/tests/support/smtp_server.py"))
            .arg(folder.path())
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let port = line.trim().parse().expect("the server's port; ./tests/run installs aiosmtpd");
        Self { child, folder, port }
    }

    fn with_tls(certificates: &Certificates, arguments: &[&str]) -> Self {
        let (certificate, key) = (certificates.path("server.pem"), certificates.path("server.key"));
        let tls = ["--certificate", certificate.as_str(), "--key", key.as_str()];
        Self::start(&tls.into_iter().chain(arguments.iter().copied()).collect::<Vec<_>>())
    }

    fn plain(&self) -> String {
        format!("smtp+plain://127.0.0.1:{}", self.port)
    }

    /// The only mail that was taken, and what is known of it.
    fn taken(&self) -> (Vec<u8>, Value) {
        assert!(!self.path("2.eml").exists(), "more than one mail arrived");
        let about = std::fs::read(self.path("1.json")).unwrap();
        (std::fs::read(self.path("1.eml")).unwrap(), serde_json::from_slice(&about).unwrap())
    }

    fn took_nothing(&self) -> bool {
        !self.path("1.eml").exists()
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // The server ends when its input does; killing it is for one that does not.
        drop(self.child.stdin.take());
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn send(folder: &Path, arguments: &[&str], environment: &[(&str, &str)]) -> Finished {
    let mut command = jobdelta_command();
    command.current_dir(folder).args(["send", "report.eml", "--retry-wait", "1ms"]).args(arguments);
    command.envs(environment.iter().copied());
    Finished::of(command)
}

#[test]
fn a_mail_arrives_as_it_was_written() {
    let folder = demo();
    let server = Server::start(&[]);
    let said = send(folder.path(), &["--smtp", &server.plain()], &[]).succeeded();
    assert!(said.contains("from jobs@example.org to ops@example.org through 127.0.0.1:"), "{said}");
    let (bytes, about) = server.taken();
    assert_eq!((&about["from"], &about["to"][0]), (&"jobs@example.org".into(), &"ops@example.org".into()));
    assert_eq!(bytes, std::fs::read(folder.path().join("report.eml")).unwrap());
    assert_eq!(read_mail(&bytes)["defects"], Value::Array(Vec::new()));
}

#[test]
fn tls_and_credentials_are_used() {
    let (folder, certificates) = (demo(), Certificates::new());
    let authority = certificates.path("authority.pem");
    let account = [("JOBDELTA_SMTP_USER", "me"), ("JOBDELTA_SMTP_PASSWORD", "let-me-in")];
    for (scheme, implicit) in [("smtp", None), ("smtps", Some("--implicit"))] {
        let arguments = ["--user", "me", "--password", "let-me-in"].into_iter().chain(implicit);
        let server = Server::with_tls(&certificates, &arguments.collect::<Vec<_>>());
        let url = format!("{scheme}://localhost:{}", server.port);
        let arguments = ["--smtp", &url, "--smtp-authority", &authority];
        send(folder.path(), &arguments, &account).succeeded();
        let (_, about) = server.taken();
        assert_eq!((&about["tls"], &about["user"]), (&true.into(), &"me".into()), "{scheme}");
    }
}

#[test]
fn a_server_that_is_not_trusted_is_told_nothing() {
    let (folder, certificates) = (demo(), Certificates::new());
    let server = Server::with_tls(&certificates, &[]);
    let account = [("JOBDELTA_SMTP_USER", "me"), ("JOBDELTA_SMTP_PASSWORD", "let-me-in")];
    let url = format!("smtp://localhost:{}", server.port);
    let refused = send(folder.path(), &["--smtp", &url], &account).refused();
    assert!(refused.contains("certificate") && refused.contains("after 1 attempt:"), "{refused}");
    assert!(refused.contains("--smtp-authority"), "what to do about it: {refused}");
    assert!(server.took_nothing());
    // A server that offers no TLS gets neither name nor mail.
    let plain = Server::start(&[]);
    let url = format!("smtp://localhost:{}", plain.port);
    let refused = send(folder.path(), &["--smtp", &url], &account).refused();
    assert!(refused.contains("STARTTLS"), "{refused}");
    assert!(plain.took_nothing());
}

#[test]
fn refusals_are_reported_once_and_leave_the_message() {
    let (folder, certificates) = (demo(), Certificates::new());
    let authority = certificates.path("authority.pem");
    let picky = Server::start(&["--refuse", "ops@example.org"]);
    let refused = send(folder.path(), &["--smtp", &picky.plain()], &[]).refused();
    assert!(refused.contains("after 1 attempt: "), "{refused}");
    assert!(refused.contains("<ops@example.org>: nobody of that name"), "{refused}");
    assert!(refused.contains("the message is still in report.eml"), "{refused}");
    let strict = Server::with_tls(&certificates, &["--user", "me", "--password", "right"]);
    let url = format!("smtp://localhost:{}", strict.port);
    let account = [("JOBDELTA_SMTP_USER", "me"), ("JOBDELTA_SMTP_PASSWORD", "wrong-secret")];
    let arguments = ["--smtp", &url, "--smtp-authority", &authority];
    let refused = send(folder.path(), &arguments, &account).refused();
    assert!(refused.contains("after 1 attempt: ") && refused.contains("535"), "{refused}");
    assert!(!refused.contains("wrong-secret"), "{refused}");
    assert!(picky.took_nothing() && strict.took_nothing());
    assert!(folder.path().join("report.eml").exists());
}

#[test]
fn what_may_pass_is_tried_again() {
    let folder = demo();
    for failure in ["--busy", "--drop"] {
        let server = Server::start(&[failure, "2"]);
        let sent = send(folder.path(), &["--smtp", &server.plain()], &[]);
        assert_eq!(sent.stderr, "it took 3 attempts\n", "{failure}");
        sent.succeeded();
        assert_eq!(server.taken().1["attempts"], 3, "{failure}");
        let server = Server::start(&[failure, "9"]);
        let refused = send(folder.path(), &["--smtp", &server.plain(), "--retries", "1"], &[]).refused();
        assert!(refused.contains("did not take the mail after 2 attempts: "), "{failure}: {refused}");
        assert!(refused.contains("the message is still in report.eml"), "{refused}");
    }
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let url = format!("smtp+plain://{nobody}");
    let refused = send(folder.path(), &["--smtp", &url, "--retries", "0"], &[]).refused();
    assert!(refused.contains("after 1 attempt: "), "{refused}");
}

#[test]
fn a_dry_run_sends_nothing() {
    let folder = demo();
    let server = Server::start(&[]);
    let said = send(folder.path(), &["--dry-run"], &[("JOBDELTA_SMTP", &server.plain())]).succeeded();
    assert!(said.starts_with("would send report.eml ("), "{said}");
    assert!(server.took_nothing());
    let refused = send(folder.path(), &[], &[]).refused();
    assert_eq!(refused, "error: no mail server: give --smtp URL, or set JOBDELTA_SMTP\n");
    let account = [("JOBDELTA_SMTP_USER", "me"), ("JOBDELTA_SMTP", "smtp://localhost")];
    assert!(send(folder.path(), &[], &account).refused().contains("without JOBDELTA_SMTP_PASSWORD"));
}
