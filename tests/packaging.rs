//! How a release comes onto a machine: the install script, and the step of the action that calls it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const VERSION: &str = env!("CARGO_PKG_VERSION");

/// A folder of releases, as curl reads it, that holds one program of this machine's kind.
struct Releases {
    folder: tempfile::TempDir,
    archive: String,
}

fn here(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn run(command: &mut Command) -> Output {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    output
}

fn program(path: &Path, text: &str) {
    fs::write(path, text).unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
}

impl Releases {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let machine = std::env::consts::ARCH;
        let archive = format!("jobdelta-{machine}-unknown-linux-musl.tar.gz");
        let releases = Self { folder, archive };
        for place in ["latest/download".to_owned(), format!("download/v{VERSION}")] {
            let place = releases.folder.path().join(place);
            fs::create_dir_all(&place).unwrap();
            program(&place.join("jobdelta"), &format!("#!/bin/sh\necho jobdelta {VERSION}\n"));
            run(Command::new("tar").args(["-czf", &releases.archive, "jobdelta"]).current_dir(&place));
            let sums = run(Command::new("sha256sum").arg(&releases.archive).current_dir(&place)).stdout;
            fs::write(place.join("SHA256SUMS"), sums).unwrap();
        }
        releases
    }

    fn latest(&self, file: &str) -> PathBuf {
        self.folder.path().join("latest/download").join(file)
    }

    /// Runs the script; it installs into the folder `bin` of the releases.
    fn install(&self, version: Option<&str>) -> Output {
        let mut command = Command::new("sh");
        command.arg(here("install.sh")).env_remove("JOBDELTA_VERSION").env("JOBDELTA_DIR", self.bin());
        command.env("JOBDELTA_RELEASES", format!("file://{}", self.folder.path().display()));
        command.envs(version.map(|version| ("JOBDELTA_VERSION", version)));
        command.output().unwrap()
    }

    fn bin(&self) -> PathBuf {
        self.folder.path().join("bin")
    }

    #[track_caller]
    fn refused(&self, version: Option<&str>, words: &str) {
        let output = self.install(version);
        let message = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success() && message.contains(words), "{words:?} is missing in: {message}");
        assert!(!self.bin().exists(), "nothing was installed");
    }
}

#[test]
fn the_latest_release_and_one_that_is_named_are_installed() {
    for version in [None, Some(VERSION), Some(concat!("v", env!("CARGO_PKG_VERSION")))] {
        let releases = Releases::new();
        let output = releases.install(version);
        let printed = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        assert!(printed.starts_with(&format!("jobdelta {VERSION} is in ")), "{printed}");
        assert!(printed.contains("add it to PATH"), "{printed}");
        let installed = run(&mut Command::new(releases.bin().join("jobdelta"))).stdout;
        assert_eq!(installed, format!("jobdelta {VERSION}\n").into_bytes());
        assert_eq!(fs::read_dir(releases.bin()).unwrap().count(), 1, "and nothing beside it");
    }
}

#[test]
fn what_is_not_as_it_was_released_is_not_installed() {
    let releases = Releases::new();
    releases.refused(Some("9.9.9"), "could not fetch");
    let sums = fs::read_to_string(releases.latest("SHA256SUMS")).unwrap();
    fs::write(releases.latest("SHA256SUMS"), sums.replace(&releases.archive, "another.tar.gz")).unwrap();
    releases.refused(None, "SHA256SUMS does not name");
    fs::write(releases.latest("SHA256SUMS"), "").unwrap();
    releases.refused(None, "SHA256SUMS does not name");
    fs::write(releases.latest("SHA256SUMS"), &sums).unwrap();
    let mut bytes = fs::read(releases.latest(&releases.archive)).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    fs::write(releases.latest(&releases.archive), bytes).unwrap();
    releases.refused(None, "has another SHA-256");
}

#[test]
fn a_program_that_does_not_run_is_not_installed() {
    let releases = Releases::new();
    let place = releases.latest("");
    program(&place.join("jobdelta"), "#!/bin/sh\nexit 1\n");
    run(Command::new("tar").args(["-czf", &releases.archive, "jobdelta"]).current_dir(&place));
    let sums = run(Command::new("sha256sum").arg(&releases.archive).current_dir(&place)).stdout;
    fs::write(place.join("SHA256SUMS"), sums).unwrap();
    releases.refused(None, "does not run on this machine");
}

/// Every beginning of the script defines functions and calls none.
#[test]
fn a_script_that_arrived_in_part_does_nothing() {
    let script = fs::read_to_string(here("install.sh")).unwrap();
    let whole: Vec<&str> = script.lines().collect();
    assert_eq!(whole.last(), Some(&"main"));
    let releases = Releases::new();
    for lines in (1..whole.len()).step_by(7) {
        let part = releases.folder.path().join("part.sh");
        fs::write(&part, whole[..lines].join("\n")).unwrap();
        let mut command = Command::new("sh");
        command.arg(&part).env("JOBDELTA_DIR", releases.bin());
        command.env("JOBDELTA_RELEASES", format!("file://{}", releases.folder.path().display()));
        command.output().unwrap();
        assert!(!releases.bin().exists(), "{lines} lines");
    }
}

/// As GitHub runs the step, in a repository that asks for another toolchain.
#[test]
fn the_action_installs_its_own_version_whatever_the_caller_s_toolchain() {
    let releases = Releases::new();
    let caller = tempfile::tempdir().unwrap();
    fs::write(caller.path().join("rust-toolchain.toml"), "[toolchain]\nchannel = \"1.0.0\"\n").unwrap();
    let paths = caller.path().join("paths");
    let mut step = Command::new("bash");
    step.arg(here(".ci/install")).current_dir(caller.path()).env("PATH", "/usr/bin:/bin");
    step.env("RUNNER_TEMP", caller.path()).env("GITHUB_PATH", &paths);
    step.env("JOBDELTA_RELEASES", format!("file://{}", releases.folder.path().display()));
    // Only that version is there.
    fs::remove_dir_all(releases.folder.path().join("latest")).unwrap();
    run(&mut step);
    let added = fs::read_to_string(paths).unwrap();
    let installed = run(&mut Command::new(Path::new(added.trim()).join("jobdelta"))).stdout;
    assert_eq!(installed, format!("jobdelta {VERSION}\n").into_bytes());
}

/// A migration that no list names would never be applied.
#[test]
fn every_migration_is_embedded() {
    let lists = fs::read_to_string(here("src/database/migrate.rs")).unwrap();
    for database in ["sqlite", "postgres", "mysql"] {
        for file in fs::read_dir(here("migrations").join(database)).unwrap() {
            let name = format!("migrations/{database}/{}", file.unwrap().file_name().to_string_lossy());
            assert!(lists.contains(&name), "{name}");
        }
    }
}
