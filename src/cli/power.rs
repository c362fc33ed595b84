//! `jobdelta power`

use super::arguments::{AnalysisArguments, ListFormat, PowerArguments, RowsArguments};
use super::jobs::reach;
use super::{Exit, Failure, Surroundings, settings};
use crate::analysis::power::PowerQuestion;
use crate::clock::Span;
use crate::pipeline::power;
use crate::render::power::ShownPower;

#[derive(Debug, thiserror::Error)]
#[error("{flag}: '{text}' is {wanted}")]
struct WrongNumber {
    flag: &'static str,
    text: String,
    wanted: &'static str,
}

pub(super) async fn run(
    arguments: PowerArguments,
    surroundings: &mut Surroundings<'_>,
) -> Result<Exit, Failure> {
    let PowerArguments { files, source, time_zone, window, snapshot, limits, placebo_days, .. } = arguments;
    let asked = PowerQuestion {
        change: percent("--change", &arguments.change, "no rise such as +20%", |rise| rise > 0.0)?,
        power: percent("--power", &arguments.power, "no probability from 50% to 99.9%", |power| {
            (0.5..=0.999).contains(&power)
        })?,
    };
    let window = reach(&window)?.to_string();
    let settle = Some(Span::default().to_string());
    let rows =
        RowsArguments { source, time_zone, at: Some(window), settle, snapshot, limits, ..Default::default() };
    let analysis = AnalysisArguments { files, rows, placebo_days, ..AnalysisArguments::default() };
    let settings = settings::for_looking(analysis, surroundings, true)?;
    let found = Box::pin(power::power(&settings, asked, &surroundings.cancellation)).await?;
    let shown = ShownPower::new(&found.table, asked, &found.identity, found.window, found.as_of);
    match arguments.format {
        ListFormat::Text => surroundings.print(shown.text().as_bytes())?,
        ListFormat::Json => surroundings.print_exactly(&shown.json()?)?,
    }
    Ok(Exit::Success)
}

/// A percentage as a fraction.
fn percent(
    flag: &'static str,
    text: &str,
    wanted: &'static str,
    fits: impl Fn(f64) -> bool,
) -> Result<f64, WrongNumber> {
    let number =
        text.trim().trim_start_matches('+').strip_suffix('%').and_then(|text| text.trim().parse().ok());
    number
        .map(|hundredths: f64| hundredths / 100.0)
        .filter(|fraction| fraction.is_finite() && fits(*fraction))
        .ok_or_else(|| WrongNumber { flag, text: text.to_owned(), wanted })
}
