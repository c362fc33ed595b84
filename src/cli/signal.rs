//! Ctrl-C and its like: the running statement is ended first, then the program.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Duration;

use crate::cancellation::Cancellation;

/// How long a command may take to end. One that is blocked elsewhere, as by a file that nobody writes, does
/// not hear of a cancellation. The service gives requests four seconds to finish, and then ends their statements.
const PATIENCE: Duration = Duration::from_secs(10);

/// How long a server may take to end a statement that nobody waits for.
const PATIENCE_OF_TASKS: Duration = Duration::from_secs(2);

/// The number that the shell knows Ctrl-C by.
const INTERRUPT: u8 = 2;
#[cfg(unix)]
const HANG_UP: u8 = 1;
#[cfg(unix)]
const TERMINATE: u8 = 15;

/// The exit code of a program that a signal ended.
#[derive(Clone)]
pub struct SignalCode(Arc<AtomicU8>);

impl SignalCode {
    /// 128 and the signal's number.
    pub fn get(&self) -> u8 {
        128 + self.0.load(Ordering::Relaxed)
    }
}

/// Cancels `cancellation` at the first signal; ends the program at the second, or where the command goes on for
/// too long. Cancels `nobody_reads` once standard output has lost its reader. A thread of its own waits, so
/// that a blocked command can be ended as well.
pub fn watch(cancellation: &Cancellation, nobody_reads: &Cancellation) -> SignalCode {
    let code = SignalCode(Arc::new(AtomicU8::new(INTERRUPT)));
    let (seen, cancellation, nobody_reads) = (code.clone(), cancellation.clone(), nobody_reads.clone());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    // Without a runtime a signal ends the program as it always does.
    if let Ok(runtime) = runtime {
        std::thread::spawn(move || {
            runtime.block_on(async {
                let Ok(mut signals) = Signals::new() else { return };
                tokio::spawn(async move {
                    unread().await;
                    nobody_reads.cancel();
                });
                seen.0.store(signals.next().await, Ordering::Relaxed);
                cancellation.cancel();
                drop(tokio::time::timeout(PATIENCE, signals.next()).await);
                std::process::exit(seen.get().into());
            });
        });
    }
    code
}

/// Waits for the tasks that end the statements of a command that was dropped.
pub async fn last_tasks() {
    let metrics = tokio::runtime::Handle::current().metrics();
    let ended = async {
        while metrics.num_alive_tasks() > 0 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    // Where a server does not answer, its own limit ends the statement.
    drop(tokio::time::timeout(PATIENCE_OF_TASKS, ended).await);
}

#[cfg(unix)]
struct Signals([(u8, Option<tokio::signal::unix::Signal>); 3]);

#[cfg(unix)]
impl Signals {
    /// SIGHUP is not heard where the program was started to ignore it, as `nohup` does.
    fn new() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        let listen = |number: u8| {
            let heard = number != HANG_UP || !ignores_hang_up();
            let signal = heard.then(|| signal(SignalKind::from_raw(number.into()))).transpose()?;
            std::io::Result::Ok((number, signal))
        };
        let [hang_up, interrupt, terminate] = [HANG_UP, INTERRUPT, TERMINATE].map(listen);
        Ok(Self([hang_up?, interrupt?, terminate?]))
    }

    /// The number of the next.
    async fn next(&mut self) -> u8 {
        let arrived = |context: &mut std::task::Context<'_>| {
            let mut signals = self.0.iter_mut();
            let number = signals.find_map(|(number, signal)| {
                signal.as_mut().is_some_and(|signal| signal.poll_recv(context).is_ready()).then_some(*number)
            });
            number.map_or(std::task::Poll::Pending, std::task::Poll::Ready)
        };
        std::future::poll_fn(arrived).await
    }
}

/// Linux says so in its process table.
#[cfg(unix)]
fn ignores_hang_up() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).is_some_and(|mask| mask & 1 == 1)
}

/// Waits until nobody reads standard output any more. A file, which is always there, is waited for for ever.
#[cfg(unix)]
async fn unread() {
    use std::os::fd::AsFd;
    use tokio::io::Interest;
    use tokio::net::unix::pipe::Sender;
    let output = std::io::stdout().as_fd().try_clone_to_owned();
    // Unchecked: a socket serves as well, and nothing is written through it.
    if let Ok(output) = output.and_then(Sender::from_owned_fd_unchecked)
        && output.ready(Interest::ERROR).await.is_ok()
    {
        return;
    }
    std::future::pending::<()>().await;
}

#[cfg(not(unix))]
async fn unread() {
    std::future::pending::<()>().await;
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
