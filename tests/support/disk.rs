//! File systems that are full, or that nobody may write to. Where the machine lets nobody mount anything,
//! something else that the system refuses stands in, so that these tests are never passed over.

use std::path::Path;
use std::process::{Command, Stdio};

use super::Finished;

const PROGRAM: &str = env!("CARGO_BIN_EXE_jobdelta");

/// `unshare` with arguments that let it mount, if any do.
fn unshare(folder: &Path) -> Option<Command> {
    let with = |arguments: &[&str]| {
        let mut command = Command::new("unshare");
        command.args(arguments);
        command
    };
    let may = |arguments: &&[&str]| {
        let mut probe = with(arguments);
        probe.args(["sh", "-c", "mount -t tmpfs none \"$0\""]).arg(folder).stderr(Stdio::null());
        probe.status().is_ok_and(|status| status.success())
    };
    [&["--mount"][..], &["--mount", "--map-root-user"]].into_iter().find(may).map(with)
}

/// A file system at a folder, where the machine lets nobody have mounts of their own but lets root mount, as below a
/// root that was changed. It is taken away with this value.
struct Mounted<'a>(&'a Path);

impl<'a> Mounted<'a> {
    fn at(folder: &'a Path, kib: u32) -> Option<Self> {
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", &format!("size={kib}k"), "none"]).arg(folder).stderr(Stdio::null());
        mount.status().is_ok_and(|status| status.success()).then_some(Self(folder))
    }
}

impl Drop for Mounted<'_> {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("--lazy").arg(self.0).status();
    }
}

fn run(mut command: Command, script: &str, folder: &Path, program: &Path) -> Finished {
    command.args(["bash", "-c", &format!("set -e; {script}"), "bash"]).arg(folder).arg(program);
    command.env_remove("DATABASE_URL");
    Finished::of(command)
}

/// Runs `script` with `$1` an empty file system of 128 KiB, and the program as `$2`. In its stead no file
/// may grow beyond 128 KiB.
pub fn on_a_small_disk(script: &str) -> Finished {
    on_a_disk(128, script)
}

/// The same with so many KiB.
pub fn on_a_disk(kib: u32, script: &str) -> Finished {
    let folder = tempfile::tempdir().expect("a folder for temporary files");
    let own = unshare(folder.path());
    let mounted = if own.is_none() { Mounted::at(folder.path(), kib) } else { None };
    let (command, before) = match (own, &mounted) {
        (Some(command), _) => (command, format!("mount -t tmpfs -o size={kib}k none \"$1\"")),
        (None, Some(_)) => (Command::new("env"), ":".to_owned()),
        (None, None) => (Command::new("env"), format!("trap '' XFSZ; ulimit -S -f {kib}")),
    };
    run(command, &format!("{before}; cd \"$1\"; {script}"), folder.path(), Path::new(PROGRAM))
}

/// In such a script: from here on there is room, also for programs that it has started.
pub const FREED: &str = "mount -o remount,size=64m . 2>/dev/null || \
    for one in $$ $(jobs -p); do prlimit --pid $one --fsize=unlimited:; done";

/// Runs `script` in `folder`, to which nothing can be written, with the program as `$2`. In the stead of a
/// mount that is read-only, the script runs as somebody without the right to write.
pub fn where_nothing_can_be_written(folder: &Path, script: &str) -> Finished {
    if let Some(command) = unshare(folder) {
        let before = "mount --bind \"$1\" \"$1\"; mount -o remount,ro,bind \"$1\"";
        return run(command, &format!("{before}; cd \"$1\"; {script}"), folder, Path::new(PROGRAM));
    }
    let elsewhere = tempfile::tempdir().expect("a folder for temporary files");
    let program = elsewhere.path().join("jobdelta");
    std::fs::copy(PROGRAM, &program).expect("the program can be copied");
    let open = |path: &Path, mode: &str| Command::new("chmod").args(["-R", mode]).arg(path).status();
    open(elsewhere.path(), "a+rX").expect("chmod");
    open(folder, "a+rX,a-w").expect("chmod");
    let root = Command::new("id").arg("-u").output().expect("id").stdout == b"0\n";
    let mut command = Command::new(if root { "setpriv" } else { "env" });
    if root {
        command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]);
    }
    let finished = run(command, &format!("cd \"$1\"; {script}"), folder, &program);
    open(folder, "u+w").expect("chmod");
    finished
}
