//! Times in files: RFC 3339, or whole numbers since the epoch whose size tells their unit.

use super::fault::Fault;
use crate::clock::Timestamp;
use crate::mapping::EpochUnit;
use crate::run::Field;

/// 1000-01-01T00:00:00Z, the first instant that a `DATETIME` of `MariaDB` is certain to hold.
const FIRST_US: i64 = -30_610_224_000_000_000;
/// 10000-01-01T00:00:00Z, the first that it does not hold.
const END_US: i64 = 253_402_300_800_000_000;

/// A time of a file. A whole number counts seconds when its size is below 10¹¹, milliseconds when it is
/// below 10¹⁴, else microseconds; the sign does not matter for that.
///
/// # Errors
/// When `text` is neither, or lies outside the years 1000 to 9999, which every database can hold.
pub(super) fn instant(column: Field, text: &str) -> Result<Timestamp, Fault> {
    let wrong = || Fault::Time { column, text: text.to_owned() };
    let at = if looks_whole(text) {
        since_epoch(text)
    } else {
        Some(text.parse::<Timestamp>().map_err(|_| wrong())?)
    };
    at.filter(|at| is_storable(*at)).ok_or_else(|| Fault::Year { column, text: text.to_owned() })
}

/// The same for a time that is in no run; `None` where it is none.
pub fn moment(text: &str) -> Option<Timestamp> {
    let at = if looks_whole(text) { since_epoch(text) } else { text.parse().ok() };
    at.filter(|at| is_storable(*at))
}

/// Whether every database can hold it.
pub(super) fn is_storable(at: Timestamp) -> bool {
    (FIRST_US..END_US).contains(&at.us())
}

/// An optional minus sign and digits.
fn looks_whole(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())
}

/// `None` when the number is beyond every calendar.
pub(super) fn since_epoch(text: &str) -> Option<Timestamp> {
    let number: i64 = text.parse().ok()?;
    let unit = EpochUnit::by_size(number.unsigned_abs());
    number.checked_mul(unit.us()).map(Timestamp)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<String, String> {
        instant(Field::StartedAt, text).map(|at| at.to_string()).map_err(|fault| fault.to_string())
    }

    #[test]
    fn the_size_of_a_number_tells_its_unit() {
        for (text, at) in [
            ("0", "1970-01-01T00:00:00Z"),
            ("-1", "1969-12-31T23:59:59Z"),
            ("1769982000", "2026-02-01T21:40:00Z"),
            ("99999999999", "5138-11-16T09:46:39Z"),
            ("100000000000", "1973-03-03T09:46:40Z"),
            ("1769982000123", "2026-02-01T21:40:00.123Z"),
            ("99999999999999", "5138-11-16T09:46:39.999Z"),
            ("100000000000000", "1973-03-03T09:46:40Z"),
            ("1769982000123456", "2026-02-01T21:40:00.123456Z"),
        ] {
            assert_eq!(read(text).as_deref(), Ok(at), "{text}");
        }
    }

    #[test]
    fn rfc_3339_needs_its_offset() {
        assert_eq!(read("2026-02-01 23:40:00.1234567+02:00").as_deref(), Ok("2026-02-01T21:40:00.123456Z"));
        for text in ["2026-02-01T21:40:00", "2026-02-01", "1.5", "1e9", "+5", "-", "now", " 5"] {
            let message = read(text).unwrap_err();
            assert!(message.starts_with(&format!("started_at '{text}' is not a time; write RFC 3339")));
        }
    }

    #[test]
    fn years_that_some_database_cannot_hold_are_refused() {
        assert_eq!(read("1000-01-01T00:00:00Z").as_deref(), Ok("1000-01-01T00:00:00Z"));
        assert_eq!(read("9999-12-31T23:59:59.999999Z").as_deref(), Ok("9999-12-31T23:59:59.999999Z"));
        for text in [
            "0999-12-31T23:59:59Z",
            "9999-12-31T23:59:59-01:00",
            "9223372036854775807",
            "99999999999999999999",
        ] {
            let message = read(text).unwrap_err();
            assert_eq!(message, format!("started_at '{text}' lies outside the years 1000 to 9999"));
        }
    }
}
