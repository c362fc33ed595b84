//! What a client reads: `Accept` and `Accept-Encoding` (RFC 9110, 12.5).

use axum::http::header::{ACCEPT, ACCEPT_ENCODING};
use axum::http::{HeaderMap, HeaderName};

/// The offer that a client likes best, the first of equal ones; `None` when it takes none of them. Without
/// `Accept` the first.
pub(super) fn preferred<'a, T>(headers: &HeaderMap, offers: &'a [(&str, T)]) -> Option<&'a T> {
    let accepted = listed(headers, &ACCEPT);
    if accepted.is_empty() {
        return offers.first().map(|(_, offer)| offer);
    }
    let weighed = offers.iter().map(|(kind, offer)| (weight_of(kind, &accepted), offer));
    let mut best: Option<(u32, &T)> = None;
    for (weight, offer) in weighed.filter(|(weight, _)| *weight > 0) {
        if best.is_none_or(|(most, _)| weight > most) {
            best = Some((weight, offer));
        }
    }
    best.map(|(_, offer)| offer)
}

/// Whether a person looks at the answer: HTML is asked for by name, and not less than JSON.
pub(super) fn reads_pages(headers: &HeaderMap) -> bool {
    let accepted = listed(headers, &ACCEPT);
    let named = accepted.iter().any(|(kind, weight)| kind == "text/html" && *weight > 0);
    named && weight_of("text/html", &accepted) >= weight_of("application/json", &accepted)
}

pub(super) fn takes_gzip(headers: &HeaderMap) -> bool {
    listed(headers, &ACCEPT_ENCODING).iter().any(|(coding, weight)| coding == "gzip" && *weight > 0)
}

/// The weight of `kind`, in thousandths: that of the narrowest range that holds it.
fn weight_of(kind: &str, accepted: &[(String, u32)]) -> u32 {
    let family = format!("{}/*", kind.split('/').next().unwrap_or_default());
    [kind, &family, "*/*"]
        .into_iter()
        .find_map(|range| accepted.iter().find(|(accepted, _)| accepted == range))
        .map_or(0, |(_, weight)| *weight)
}

/// The elements of a header with their weights in thousandths.
fn listed(headers: &HeaderMap, name: &HeaderName) -> Vec<(String, u32)> {
    let values = headers.get_all(name).iter().filter_map(|value| value.to_str().ok());
    let elements = values.flat_map(|value| value.split(','));
    let read = elements.filter_map(|element| {
        let mut parts = element.split(';').map(str::trim);
        let range = parts.next().filter(|range| !range.is_empty())?.to_ascii_lowercase();
        let quality = parts.find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q=")));
        Some((range, quality.map_or(1000, thousandths)))
    });
    read.take(50).collect()
}

fn thousandths(quality: &str) -> u32 {
    let (whole, fraction) = quality.split_once('.').unwrap_or((quality, ""));
    let digits: String = fraction.chars().chain("000".chars()).take(3).collect();
    match (whole.parse::<u32>(), digits.parse::<u32>()) {
        (Ok(whole), Ok(digits)) => (whole * 1000).saturating_add(digits).min(1000),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(accept: &str) -> HeaderMap {
        HeaderMap::from_iter([(ACCEPT, accept.parse().unwrap())])
    }

    #[test]
    fn the_best_offer_is_chosen() {
        let offers = [("application/json", 'j'), ("text/html", 'h'), ("text/markdown", 'm')];
        for (accept, chosen) in [
            ("*/*", Some('j')),
            ("text/html,application/xhtml+xml,*/*;q=0.8", Some('h')),
            ("text/*;q=0.5, text/markdown;q=0.1, application/json;q=0.2", Some('h')),
            ("text/markdown, application/json;q=0.999", Some('m')),
            ("image/png", None),
            ("application/json;q=0", None),
            ("text/html;q=x", None),
            ("", Some('j')),
        ] {
            assert_eq!(preferred(&headers(accept), &offers).copied(), chosen, "{accept}");
        }
        assert!(reads_pages(&headers("text/html,*/*;q=0.8")));
        assert!(!reads_pages(&headers("*/*")) && !reads_pages(&headers("application/json, text/html;q=0.9")));
    }
}
