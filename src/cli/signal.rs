//! Ctrl-C and its like: the running statement is ended first, then the program.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Duration;

use crate::cancellation::Cancellation;

/// How long a command may take to end. One that is blocked elsewhere, as by a file that nobody writes, does
/// not hear of a cancellation.
const PATIENCE: Duration = Duration::from_secs(6);

/// The number that the shell knows Ctrl-C by.
const INTERRUPT: u8 = 2;

/// The exit code of a program that a signal ended.
#[derive(Clone)]
pub struct SignalCode(Arc<AtomicU8>);

impl SignalCode {
    /// 128 and the signal's number.
    pub fn get(&self) -> u8 {
        128 + self.0.load(Ordering::Relaxed)
    }
}

/// Cancels at the first signal; ends the program at the second, or where the command goes on for too long.
/// A thread of its own waits, so that a blocked command can be ended as well.
pub fn watch(cancellation: &Cancellation) -> SignalCode {
    let code = SignalCode(Arc::new(AtomicU8::new(INTERRUPT)));
    let (seen, cancellation) = (code.clone(), cancellation.clone());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    // Without a runtime a signal ends the program as it always does.
    if let Ok(runtime) = runtime {
        std::thread::spawn(move || {
            runtime.block_on(async {
                let Ok(mut signals) = Signals::new() else { return };
                seen.0.store(signals.next().await, Ordering::Relaxed);
                cancellation.cancel();
                drop(tokio::time::timeout(PATIENCE, signals.next()).await);
                std::process::exit(seen.get().into());
            });
        });
    }
    code
}

#[cfg(unix)]
struct Signals {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
    /// None under `nohup`.
    hang_up: Option<tokio::signal::unix::Signal>,
}

#[cfg(unix)]
impl Signals {
    fn new() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
            hang_up: if ignores_hang_up() { None } else { Some(signal(SignalKind::hangup())?) },
        })
    }

    /// The number of the next.
    async fn next(&mut self) -> u8 {
        tokio::select! {
            _ = self.interrupt.recv() => INTERRUPT,
            _ = self.terminate.recv() => 15,
            Some(()) = async { self.hang_up.as_mut()?.recv().await } => 1,
        }
    }
}

/// Whether the program was started with SIGHUP ignored, as `nohup` does; Linux says so in its process table.
#[cfg(unix)]
fn ignores_hang_up() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).is_some_and(|mask| mask & 1 == 1)
}

#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    #[allow(clippy::unnecessary_wraps)] // as on Unix
    fn new() -> std::io::Result<Self> {
        Ok(Self)
    }

    async fn next(&mut self) -> u8 {
        drop(tokio::signal::ctrl_c().await);
        INTERRUPT
    }
}
