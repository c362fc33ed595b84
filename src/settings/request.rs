//! Which windows are asked for, by flags and file.

use chrono_tz::Tz;

use super::windows::OVERLAP_ADVICE;
use super::{Overrides, WindowRequest};
use crate::clock::Span;
use crate::deployment::{
    DeploymentFile, Located, Problem, ProblemPlace, RequestedMoment, RequestedPeriod, WindowSection, check,
    time_zone,
};
use crate::window::{PerSide, Period, Side};

/// Time after the change that belongs to neither window, unless `--settle` says otherwise.
const SETTLE: Span = Span::seconds(300);

/// The request of flags and file; `None` when no windows are asked for, or after a problem.
pub(super) fn request(
    file: Option<&DeploymentFile>,
    overrides: &Overrides,
    problems: &mut Vec<Problem>,
) -> Option<WindowRequest> {
    let given = overrides.baseline.is_some() || overrides.stagger.is_some();
    let in_file = file.filter(|file| file.windows.at.is_some() && !given);
    if overrides.at.is_some() || in_file.is_some() {
        return at(file, overrides, problems);
    }
    let unused = [("--settle", &overrides.settle), ("--until", &overrides.until)];
    for (flag, _) in unused.iter().filter(|(_, value)| value.is_some()) {
        problems.push(Problem::with_flag(flag, "it has a meaning only beside --at"));
    }
    if overrides.baseline_report.is_some() {
        return stagger(file, overrides, problems);
    }
    self::given(file, overrides, problems)
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

/// A text with the place that it was given in.
type Placed<'a> = (&'a str, ProblemPlace);

/// What the flag says, else the file.
fn placed<'a>(
    name: &'static str,
    text: Option<&'a String>,
    file: Option<(&DeploymentFile, &'a Located<String>)>,
) -> Option<Placed<'a>> {
    let flag = text.map(|text| (text.as_str(), ProblemPlace::Flag(name)));
    let line = |(file, text): (&DeploymentFile, &'a Located<String>)| {
        (text.value.as_str(), ProblemPlace::Line { file: file.file.clone(), line: text.line })
    };
    flag.or_else(|| file.map(line))
}

fn at(
    file: Option<&DeploymentFile>,
    overrides: &Overrides,
    problems: &mut Vec<Problem>,
) -> Option<WindowRequest> {
    let before = problems.len();
    let zone = zone(file, overrides, problems);
    let windows = file.map(|file| (file, &file.windows));
    let in_file = windows.and_then(|(file, windows)| Some((file, windows.at.as_ref()?)));
    let (text, place) = placed("--at", overrides.at.as_ref(), in_file)?;
    let wrong = |place: &ProblemPlace, message: String| Problem { place: place.clone(), message };
    if overrides.baseline.is_some() || overrides.stagger.is_some() {
        problems.push(Problem::with_flag("--at", "give either --at, or --baseline and --stagger"));
    }
    if let (None, Some(window)) = (&overrides.at, file.and_then(a_window)) {
        let message = format!("give either 'at', or the window of line {}", window.line);
        problems.push(wrong(&place, message));
    }
    if let Some(conditioned) = file.and_then(conditioned) {
        let message = format!(
            "the windows of the deployment file carry conditions (line {}), which the windows that follow from \
             --at would lose; give --baseline and --stagger instead",
            conditioned.line
        );
        problems.push(wrong(&place, message));
    }
    let at =
        RequestedMoment::read(text, zone).map_err(|error| problems.push(wrong(&place, error.to_string())));
    // What the file says beside its own moment is not said of another.
    let own = windows.filter(|_| overrides.at.is_none());
    let settle = flag("--settle", overrides.settle.as_ref(), problems);
    let settle = settle.or_else(|| own.and_then(|(_, windows)| windows.settle)).unwrap_or(SETTLE);
    let in_file = own.and_then(|(file, windows)| Some((file, windows.until.as_ref()?)));
    let until = placed("--until", overrides.until.as_ref(), in_file).and_then(|(text, place)| {
        let moment = RequestedMoment::read(text, zone);
        moment
            .map(|moment| (moment, place.clone()))
            .map_err(|error| problems.push(wrong(&place, error.to_string())))
            .ok()
    });
    let at = at.ok()?;
    if let (Some(at), Some((Some(end), place))) =
        (at.fixed(), until.as_ref().map(|(until, place)| (until.fixed(), place)))
        && let Err(error) = check(Period { start: at.plus(settle), end })
    {
        problems.push(wrong(place, format!("after the change and {settle} to settle, {error}")));
    }
    let until = until.map(|(until, _)| until).filter(|until| *until != RequestedMoment::Ago(Span(0)));
    (problems.len() == before).then_some(WindowRequest::At { at, settle, until })
}

/// The zone of times without one: that of the flag, else of the file's source, else of its readers.
pub(super) fn zone(
    file: Option<&DeploymentFile>,
    overrides: &Overrides,
    problems: &mut Vec<Problem>,
) -> Option<Tz> {
    if let Some(name) = &overrides.time_zone {
        return time_zone(name).map_err(|error| problems.push(Problem::with_flag("--time-zone", error))).ok();
    }
    let file = file?;
    file.source.mapping.time_zone().or_else(|| file.facts.display_time_zone.as_ref()?.parse().ok())
}

fn a_window(file: &DeploymentFile) -> Option<&Located<WindowSection>> {
    file.windows.baseline.as_ref().or(file.windows.stagger.as_ref())
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
