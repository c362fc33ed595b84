//! The zone of the times, rows after the clock, starts that cannot be read.

use super::check::Check;
use crate::figure;
use crate::legible;
use crate::source::mapping::ZoneBasis;

/// Local times that are taken for UTC move every window.
pub(super) fn zone(basis: ZoneBasis, zoneless: u64) -> Check {
    let found = match basis {
        ZoneBasis::Instants => "the times are instants".to_owned(),
        ZoneBasis::Declared(zone) => format!("times without a zone are in {zone}, as declared"),
        ZoneBasis::OffsetOrAssumed if zoneless == 0 => {
            "times have their offset from UTC; one without it would be read as UTC".to_owned()
        }
        ZoneBasis::OffsetOrAssumed | ZoneBasis::Assumed => {
            let found = "no time zone is known: the times are read as UTC";
            let advice =
                "give time_zone in [source]: the zone that the times are in, \"UTC\" where they are in UTC";
            return Check::warning("time zone", found, advice);
        }
    };
    Check::good("time zone", found)
}

pub(super) fn ahead(rows: u64) -> Check {
    if rows == 0 {
        return Check::good("future", "no row starts after the server's clock");
    }
    Check::warning(
        "future",
        format!("{} after the server's clock", figure::counted(rows, "row starts", "rows start")),
        "the times may be those of another zone; give it as time_zone in [source]",
    )
}

/// Rows without a start that can be read, or anything in its place, are in no figure.
pub(super) fn starts(unplaced: u64, shown: &[String]) -> Check {
    if unplaced == 0 {
        return Check::good("starts", "every row has a start, or another time that places it");
    }
    let rows = figure::counted(unplaced, "row has", "rows have");
    let why = if shown.is_empty() { ": it is NULL".to_owned() } else { format!(", {}", such_as(shown)) };
    Check::broken(
        "starts",
        format!("{rows} no start that can be read{why}; they are in no figure"),
        "read the start by a query in [source] that makes it a time, map scheduled_at, or map statuses of what \
         has not started to \"open\"",
    )
}

/// Rows of which only a duration says when they ended.
pub(super) fn durations(shown: &[String]) -> Option<Check> {
    if shown.is_empty() {
        return None;
    }
    let found = format!("durations cannot be read, {}; these runs have no end", such_as(shown));
    let advice = "write them as numbers or HH:MM:SS, by a query in [source]";
    Some(Check::broken("durations", found, advice))
}

fn such_as(texts: &[String]) -> String {
    let shown: Vec<String> = texts.iter().map(|text| legible::name(text)).collect();
    format!("such as '{}'", shown.join("', '"))
}
