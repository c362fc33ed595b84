//! The service in a real browser: signed in, another window, a download, a link and its end; each page for readers
//! of all kinds.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::client::Service;
use crate::support::{jobdelta, server};

const TOKEN: &str = "the-long-and-random-token-of-alice";

#[test]
fn a_reader_signs_in_picks_a_window_downloads_shares_and_revokes() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let demo = path("demo").display().to_string();
    jobdelta(["demo", "--dir", &demo]).succeeded();
    fs::create_dir(path("deployments")).unwrap();
    let text = fs::read_to_string(path("demo/deployment.toml")).unwrap();
    let text = text.replace("sqlite://runs.sqlite", &format!("sqlite://{demo}/runs.sqlite"));
    fs::write(path("deployments/demo.toml"), &text).unwrap();
    fs::write(path("deployments/broken.toml"), text.replace("[windows]", "[window]")).unwrap();
    let source = format!("[source]\nurl = \"sqlite://{demo}/runs.sqlite\"\n");
    fs::write(path("deployments/source.toml"), source).unwrap();
    let digest: String = Sha256::digest(TOKEN).iter().map(|byte| format!("{byte:02x}")).collect();
    fs::write(path("tokens"), format!("alice read,share {digest}\n")).unwrap();
    let service = Service::start(|command| {
        command.arg("--deployments").arg(path("deployments")).arg("--token-file").arg(path("tokens"));
        command.arg("--store").arg(path("store.sqlite"))
    });
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/page/service.mjs");
    let output = Command::new("node")
        .arg(script)
        .arg(server("JOBDELTA_TEST_CHROMIUM"))
        .arg(format!("http://{}", service.address))
        .arg(TOKEN)
        .output()
        .unwrap_or_else(|error| panic!("node does not start ({error}); run ./tests/run"));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}\nmodules missing? ./tests/run installs them");
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(found["faults"], serde_json::json!([]), "{found:#}");
    let seen = &found["seen"];
    assert_eq!(
        (&seen["stranger"], &seen["shared"], &seen["revoked"]),
        (&401.into(), &200.into(), &404.into())
    );
    assert_eq!(
        seen["sentence"],
        "2 required targets missed; 1 undecided; 1 of 7 triggers could not be judged: pool_utilization_max > 70%."
    );
    for window in ["window", "shared_window", "plain_window"] {
        assert_eq!(seen[window], "2026-02-02 00:00–02:00 UTC", "{window}");
    }
    // The file is what the command line writes for the same windows.
    let printed = jobdelta([
        "report",
        "--deployment",
        &path("deployments/demo.toml").display().to_string(),
        "--format",
        "md",
        "--stagger",
        "2026-02-02T00:00:00Z/2026-02-02T02:00:00Z",
    ]);
    let lasting = |text: &str| -> Vec<String> {
        text.lines()
            .filter(|line| !line.contains(" ms") && !line.starts_with("- jobdelta "))
            .map(str::to_owned)
            .collect()
    };
    assert_eq!(lasting(seen["markdown"].as_str().unwrap()), lasting(&printed.succeeded()));
}
