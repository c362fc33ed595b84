//! Which windows are asked for, by flags and file.

use super::windows::OVERLAP_ADVICE;
use super::{Overrides, WindowRequest};
use crate::clock::{Span, Timestamp};
use crate::deployment::{DeploymentFile, Located, Problem, RequestedPeriod, WindowSection, check};
use crate::window::{PerSide, Period, Side};

/// Time after the change that belongs to neither window, unless `--settle` says otherwise.
const SETTLE: Span = Span::seconds(300);

/// The request of flags and file; `None` when no windows are asked for, or after a problem.
pub(super) fn request(
    file: Option<&DeploymentFile>,
    overrides: &Overrides,
    problems: &mut Vec<Problem>,
) -> Option<WindowRequest> {
    if overrides.at.is_some() {
        return at(file, overrides, problems);
    }
    let unused = [("--settle", &overrides.settle), ("--until", &overrides.until)];
    for (flag, _) in unused.iter().filter(|(_, value)| value.is_some()) {
        problems.push(Problem::with_flag(flag, "it has a meaning only beside --at"));
    }
    if overrides.baseline_report.is_some() {
        return stagger(file, overrides, problems);
    }
    given(file, overrides, problems)
}

/// The window after alone, where an earlier report is the window before.
fn stagger(
    file: Option<&DeploymentFile>,
    overrides: &Overrides,
    problems: &mut Vec<Problem>,
) -> Option<WindowRequest> {
    if overrides.baseline.is_some() {
        problems.push(Problem::with_flag("--baseline", "the baseline is that of --baseline-report"));
        return None;
    }
    let written = file.and_then(|file| file.windows.of(Side::Stagger));
    let stagger = match &overrides.stagger {
        Some(text) => flag::<RequestedPeriod>("--stagger", Some(text), problems)?,
        None => written?.value.period,
    };
    Some(WindowRequest::Stagger { stagger, condition: written.and_then(|w| w.value.condition.clone()) })
}

/// Reads a flag, noting what is wrong with it.
pub(super) fn flag<T: std::str::FromStr<Err: std::fmt::Display>>(
    name: &'static str,
    text: Option<&String>,
    problems: &mut Vec<Problem>,
) -> Option<T> {
    let wrong = |error: T::Err| problems.push(Problem::with_flag(name, error.to_string()));
    text?.trim().parse().map_err(wrong).ok()
}

fn at(
    file: Option<&DeploymentFile>,
    overrides: &Overrides,
    problems: &mut Vec<Problem>,
) -> Option<WindowRequest> {
    let before = problems.len();
    if overrides.baseline.is_some() || overrides.stagger.is_some() {
        problems.push(Problem::with_flag("--at", "give either --at, or --baseline and --stagger"));
    }
    if let Some(conditioned) = file.and_then(conditioned) {
        let message = format!(
            "the windows of the deployment file carry conditions (line {}), which the windows that follow from \
             --at would lose; give --baseline and --stagger instead",
            conditioned.line
        );
        problems.push(Problem::with_flag("--at", message));
    }
    let at = flag::<Timestamp>("--at", overrides.at.as_ref(), problems);
    let settle = flag("--settle", overrides.settle.as_ref(), problems).unwrap_or(SETTLE);
    let until = overrides.until.as_ref().filter(|until| until.trim() != "now");
    let until = flag::<Timestamp>("--until", until, problems);
    let at = at?;
    if at.us() < 0 {
        problems.push(Problem::with_flag("--at", format!("{at} lies before 1970-01-01")));
    }
    if let Some(end) = until
        && let Err(error) = check(Period { start: at.plus(settle), end })
    {
        problems
            .push(Problem::with_flag("--until", format!("after the change and {settle} to settle, {error}")));
    }
    (problems.len() == before).then_some(WindowRequest::At { at, settle, until })
}

/// A window of the file that carries a condition.
fn conditioned(file: &DeploymentFile) -> Option<&Located<WindowSection>> {
    let windows = [file.windows.baseline.as_ref(), file.windows.stagger.as_ref()];
    windows.into_iter().flatten().find(|window| window.value.condition.is_some())
}

fn given(
    file: Option<&DeploymentFile>,
    overrides: &Overrides,
    problems: &mut Vec<Problem>,
) -> Option<WindowRequest> {
    let before = problems.len();
    let written = |side: Side| file.and_then(|file| file.windows.of(side));
    let periods = PerSide::of(|side| {
        let (name, text) = match side {
            Side::Baseline => ("--baseline", overrides.baseline.as_ref()),
            Side::Stagger => ("--stagger", overrides.stagger.as_ref()),
        };
        match text {
            Some(text) => flag::<RequestedPeriod>(name, Some(text), problems),
            None => written(side).map(|window| window.value.period),
        }
    });
    let conditions = PerSide::of(|side| written(side)?.value.condition.clone());
    let damaged = file.is_some_and(|file| file.windows.damaged);
    if problems.len() > before {
        return None;
    }
    let (baseline, stagger) = match (periods.baseline, periods.stagger) {
        (Some(baseline), Some(stagger)) => (baseline, stagger),
        (None, None) => return None,
        _ if damaged => return None,
        (Some(_), None) => return lone(file, Side::Baseline, problems),
        (None, Some(_)) => return lone(file, Side::Stagger, problems),
    };
    let both_conditioned = conditions.iter().all(Option::is_some);
    if let (Some(first), Some(second)) = (baseline.fixed(), stagger.fixed())
        && first.overlaps(&second)
        && !both_conditioned
        && overrides.baseline_db.is_none()
    {
        let message = format!(
            "the windows overlap: baseline {} to {}, stagger {} to {}; {OVERLAP_ADVICE}",
            first.start, first.end, second.start, second.end
        );
        let side = if overrides.stagger.is_some() { Side::Baseline } else { Side::Stagger };
        problems.push(place(file.filter(|_| overrides.stagger.is_none()), side, "--stagger", message));
        return None;
    }
    Some(WindowRequest::Given { baseline, stagger, conditions })
}

/// One window without the other.
fn lone(file: Option<&DeploymentFile>, side: Side, problems: &mut Vec<Problem>) -> Option<WindowRequest> {
    let (given, other, flag) = match side {
        Side::Baseline => ("baseline", "stagger", "--baseline"),
        Side::Stagger => ("stagger", "baseline", "--stagger"),
    };
    let message = format!("only the {given} window is given; the {other} window is missing");
    problems.push(place(file, side, flag, message));
    None
}

/// The line of a window where the file has it, else the flag.
fn place(file: Option<&DeploymentFile>, side: Side, flag: &'static str, message: String) -> Problem {
    match file.and_then(|file| Some((file, file.windows.of(side)?))) {
        Some((file, window)) => Problem::on_line(&file.file, window.line, message),
        None => Problem::with_flag(flag, message),
    }
}
