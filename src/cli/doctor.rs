//! `jobdelta doctor`

use super::arguments::{AnalysisArguments, DoctorArguments};
use super::{Exit, Failure, Surroundings, settings};
use crate::pipeline::doctor::{Check, Health, examine};

pub(super) async fn run(
    arguments: DoctorArguments,
    surroundings: &mut Surroundings<'_>,
) -> Result<Exit, Failure> {
    let DoctorArguments { files, store, rows } = arguments;
    let analysis = AnalysisArguments { files, history: store, rows, ..AnalysisArguments::default() };
    let settings = settings::for_doctor(analysis, surroundings)?;
    let checks = examine(&settings, surroundings.clock, &surroundings.cancellation).await;
    let text: String = checks.iter().map(line).collect();
    surroundings.print(text.as_bytes())?;
    let broken = checks.iter().any(|check| check.health == Health::Broken);
    Ok(if broken { Exit::Error } else { Exit::Success })
}

fn line(check: &Check) -> String {
    let word = match check.health {
        Health::Good => "ok",
        Health::Warning => "warning",
        Health::Broken => "broken",
    };
    let advice =
        if check.advice.is_empty() { String::new() } else { format!("\n{:20}fix: {}", "", check.advice) };
    format!("{word:7} {:11} {}{advice}\n", check.name, check.found)
}
