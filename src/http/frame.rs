//! What stands around a report on its page: the windows to ask for next, and the same report elsewhere.

use super::offer::OFFERED;
use super::parameters::QueryParameters;
use crate::clock::{DAY_US, Span};
use crate::render::page::{Frame, Link, Picker};
use crate::report::model::Report;
use crate::window::{Chosen, Side};

/// The frame of `report`, which was asked for by `asked` of the deployment called `name`. `base` is where people
/// reach the service.
pub(super) fn frame(
    base: &str,
    name: &str,
    asked: &QueryParameters,
    report: &Report,
    may_share: bool,
) -> Frame {
    let path = format!("/deployments/{name}");
    let same = fixed(asked, report);
    let query = same.to_query();
    let of = |file: &str| format!("{path}/{file}?{query}");
    Frame {
        name: name.to_owned(),
        picker: picker(name, &same, report),
        downloads: OFFERED
            .iter()
            .filter(|format| format.file != "report.eml")
            .map(|format| Link { label: format.label.to_owned(), href: of(format.file) })
            .collect(),
        mail: of("report.eml"),
        json: format!("{base}{}", of("report.json")),
        file: format!("{path}/deployment.toml"),
        latest: format!("{path}?{}", QueryParameters { as_of: None, ..asked.clone() }.to_query()),
        share: may_share.then(|| format!("{path}/links")),
    }
}

/// What asks for the very same report, also later. A baseline that another database or an earlier report
/// gave cannot be asked for by its time.
pub(super) fn fixed(asked: &QueryParameters, report: &Report) -> QueryParameters {
    let as_of = Some(report.as_of.to_string());
    let redact = asked.redact.clone();
    if matches!(report.windows.baseline.chosen, Chosen::FromReport { .. } | Chosen::ReadFrom { .. }) {
        return QueryParameters { as_of, ..asked.clone() };
    }
    let period = |side| {
        let window = report.windows.get(side);
        Some(format!("{}/{}", window.start, window.end))
    };
    QueryParameters {
        baseline: period(Side::Baseline),
        stagger: period(Side::Stagger),
        as_of,
        redact,
        ..QueryParameters::default()
    }
}

fn picker(name: &str, same: &QueryParameters, report: &Report) -> Picker {
    let path = format!("/deployments/{name}");
    let window = &report.windows.stagger;
    let earlier = [("The same hours a day earlier", 1), ("The same hours a week earlier", 7)];
    let earlier = earlier.into_iter().filter_map(|(label, days)| {
        let back = Span(-days * DAY_US);
        let (start, end) = (window.start.plus(back), window.end.plus(back));
        let asked = QueryParameters { baseline: Some(format!("{start}/{end}")), ..same.clone() };
        // A window that is longer than that would overlap itself.
        (end <= window.start)
            .then(|| Link { label: label.to_owned(), href: format!("{path}?{}", asked.to_query()) })
    });
    Picker { earlier: earlier.collect(), ..filled(&path, same) }
}

/// The form as it was filled in.
pub(super) fn filled(path: &str, asked: &QueryParameters) -> Picker {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    Picker {
        action: path.to_owned(),
        baseline: text(&asked.baseline),
        stagger: text(&asked.stagger),
        as_of: text(&asked.as_of),
        redact: text(&asked.redact),
        earlier: Vec::new(),
    }
}
