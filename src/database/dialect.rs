//! What differs between the databases: quoting, placeholders, and the handful of macros that the
//! queries are written with.

use crate::sql_text::{DollarQuotes, stray_parameter};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// `SQLite` 3.28 or later.
    Sqlite,
    /// `PostgreSQL` 12 or later, and what speaks its protocol.
    Postgres,
    /// `MySQL` 8 or later.
    MySql,
    /// `MariaDB` 10.4 or later.
    MariaDb,
}

impl Dialect {
    pub const ALL: [Self; 4] = [Self::Sqlite, Self::Postgres, Self::MySql, Self::MariaDb];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
            Self::MySql => "mysql",
            Self::MariaDb => "mariadb",
        }
    }

    /// The name of the family in the JSON report.
    pub const fn family(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
            Self::MySql | Self::MariaDb => "mysql",
        }
    }

    pub const fn is_mysql(self) -> bool {
        matches!(self, Self::MySql | Self::MariaDb)
    }

    pub fn identifier(self, name: &str) -> String {
        if self.is_mysql() {
            format!("`{}`", name.replace('`', "``"))
        } else {
            format!("\"{}\"", name.replace('"', "\"\""))
        }
    }

    /// `text` as a string literal, whatever the server's setting for backslashes is.
    pub fn literal(self, text: &str) -> String {
        let quoted = text.replace('\'', "''");
        match self {
            Self::Postgres if text.contains('\\') => format!("E'{}'", quoted.replace('\\', "\\\\")),
            Self::Sqlite | Self::Postgres => format!("'{quoted}'"),
            Self::MySql | Self::MariaDb => format!("'{}'", quoted.replace('\\', "\\\\")),
        }
    }

    /// The placeholder of the `n`-th bound value (from 1).
    pub fn placeholder(self, n: usize) -> String {
        match self {
            Self::Sqlite => format!("?{n}"),
            Self::Postgres => format!("${n}"),
            Self::MySql | Self::MariaDb => "?".to_owned(),
        }
    }

    /// Whether a placeholder may stand for the same value twice.
    pub const fn reuses_placeholders(self) -> bool {
        !self.is_mysql()
    }

    /// The first parameter in `text` that a user wrote; `SQLite` would take it for NULL.
    pub fn stray_parameter(self, text: &str) -> Option<String> {
        let named = |byte: u8| byte.is_ascii_alphabetic() || byte == b'_';
        match self {
            Self::Sqlite => stray_parameter(text, b"?:@$", DollarQuotes::Unknown, |byte| {
                named(byte) || byte.is_ascii_digit()
            }),
            // A `?` is an operator on JSON.
            Self::Postgres => stray_parameter(text, b"$", DollarQuotes::Known, |byte| byte.is_ascii_digit()),
            Self::MySql | Self::MariaDb => stray_parameter(text, b"?", DollarQuotes::Unknown, named),
        }
    }

    /// `expression` compared byte by byte, whatever the column's own collation is.
    pub fn bytewise(self, expression: &str) -> String {
        match self {
            Self::Sqlite => format!("CAST({expression} AS TEXT) COLLATE BINARY"),
            Self::Postgres => format!("CAST({expression} AS text) COLLATE \"C\""),
            Self::MySql => format!("CONVERT({expression} USING utf8mb4) COLLATE utf8mb4_0900_bin"),
            Self::MariaDb => format!("CONVERT({expression} USING utf8mb4) COLLATE utf8mb4_nopad_bin"),
        }
    }

    /// `expression` as a 64-bit whole number.
    pub fn integer(self, expression: &str) -> String {
        match self {
            Self::Sqlite => format!("CAST({expression} AS INTEGER)"),
            Self::Postgres => format!("CAST({expression} AS bigint)"),
            Self::MySql | Self::MariaDb => format!("CAST({expression} AS SIGNED)"),
        }
    }

    /// The text under `keys` of a column that holds JSON; NULL where there is none. No key holds a
    /// character that is escaped in a path.
    pub fn json_text(self, column: &str, keys: &[String]) -> String {
        let column = self.identifier(column);
        let path: String = keys.iter().map(|key| format!(".\"{key}\"")).collect();
        let path = self.literal(&format!("${path}"));
        match self {
            Self::Postgres => {
                let keys: Vec<String> = keys.iter().map(|key| self.literal(key)).collect();
                format!("(CAST({column} AS jsonb) #>> ARRAY[{}])", keys.join(", "))
            }
            Self::Sqlite => format!("json_extract({column}, {path})"),
            Self::MySql | Self::MariaDb => format!("JSON_VALUE({column}, {path})"),
        }
    }

    /// The expansion of a macro of the queries; `None` for an unknown name or a wrong number of
    /// arguments.
    ///
    /// | macro | meaning |
    /// |---|---|
    /// | `@div(a, b)` | whole-number quotient, cut towards zero |
    /// | `@greatest(a, b)`, `@least(a, b)` | of two values that are not NULL |
    /// | `@sum(x)` | sum of whole numbers as a whole number; NULL over nothing |
    /// | `@integer(x)` | a whole number of 64 bits |
    /// | `@cell(d)` | duration rounded half up to three significant decimal digits |
    /// | `@cell_index(d)` | number of the cell of a duration, without gaps |
    /// | `@previous(v, w, place, earlier, k…)` | the last `v` that is not NULL, from 0 and below `w`, at a smaller `place` of the same keys `k…`; `earlier` is the window of all rows before |
    /// | `@first_line(t)` | text up to its first line break, at most 1,000 characters; NULL where that is empty |
    /// | `@latest(v, place, earlier, k…)` | the last `v` that is not NULL at a smaller `place` of the same keys, where no `v` is below an earlier one |
    /// | `@small(x)` | a whole number of 32 bits, whose sum a server adds up without decimals |
    /// | `@in_bytes(t)` | text in the order of its bytes |
    /// | `@each(a, b, p)` | `a` and `b` in two rows; FROM ends in `@twice(p)` |
    pub fn expand(self, name: &str, arguments: &[&str]) -> Option<String> {
        match (name, arguments) {
            ("div", [a, b]) if self.is_mysql() => Some(format!("(({a}) DIV ({b}))")),
            ("div", [a, b]) => Some(format!("(({a}) / ({b}))")),
            ("greatest", [a, b]) if self == Self::Sqlite => Some(format!("max({a}, {b})")),
            // What postgres_fdw lets another server work out.
            ("greatest", [a, b]) if self == Self::Postgres => {
                Some(format!("CASE WHEN {a} > {b} THEN {a} ELSE {b} END"))
            }
            ("greatest", [a, b]) => Some(format!("GREATEST({a}, {b})")),
            ("least", [a, b]) if self == Self::Sqlite => Some(format!("min({a}, {b})")),
            ("least", [a, b]) if self == Self::Postgres => {
                Some(format!("CASE WHEN {a} < {b} THEN {a} ELSE {b} END"))
            }
            ("least", [a, b]) => Some(format!("LEAST({a}, {b})")),
            ("sum", [x]) => Some(self.integer(&format!("SUM({x})"))),
            ("integer", [x]) => Some(self.integer(x)),
            ("cell", [d]) => Some(self.cell(d)),
            ("cell_index", [d]) => Some(self.cell_index(d)),
            ("previous", [value, width, place, earlier, keys @ ..]) => {
                Some(self.previous(value, width, place, earlier, &keys.join(", ")))
            }
            ("latest", [value, place, earlier, keys @ ..]) if self.is_mysql() => {
                Some(self.previous(value, "", place, earlier, &keys.join(", ")))
            }
            ("latest", [value, _, earlier, ..]) => Some(format!("MAX({value}) OVER {earlier}")),
            ("small", [x]) if self == Self::Postgres => Some(format!("CAST({x} AS integer)")),
            ("small", [x]) => Some((*x).to_owned()),
            ("in_bytes", [t]) if self == Self::Postgres => Some(format!("{t} COLLATE \"C\"")),
            ("in_bytes", [t]) => Some((*t).to_owned()),
            ("each", [a, b, _]) if self == Self::Postgres => Some(format!("unnest(ARRAY[{a}, {b}])")),
            ("each", [a, b, p]) => Some(format!("CASE {p}.part WHEN 0 THEN {a} ELSE {b} END")),
            ("twice", [_]) if self == Self::Postgres => Some(String::new()),
            ("twice", [p]) => Some(format!("CROSS JOIN (SELECT 0 AS part UNION ALL SELECT 1) {p}")),
            ("first_line", [t]) => Some(self.first_line(t)),
            _ => None,
        }
    }

    /// The representative of a duration in whole microseconds; the same as
    /// `observation::representative`.
    fn cell(self, duration: &str) -> String {
        let mut sql = format!("CASE WHEN {duration} < 1000 THEN {duration}");
        let mut width: i64 = 10;
        // Up to 10^18 µs (30,000 years): beyond what any calendar of the four can hold.
        while width <= 1_000_000_000_000_000 {
            let rounded = format!("({duration} + {})", width / 2);
            let quotient = self.expand("div", &[&rounded, &width.to_string()]).unwrap_or_default();
            let branch = format!("{quotient} * {width}");
            if width == 1_000_000_000_000_000 {
                sql.push_str(&format!(" ELSE {branch} END"));
            } else {
                sql.push_str(&format!(" WHEN {duration} < {} THEN {branch}", width * 1_000));
            }
            width *= 10;
        }
        sql
    }

    /// The number of the cell of a duration; the same as `observation::cell_index` of its representative. One that
    /// is rounded up to the next width has the same number by either.
    fn cell_index(self, duration: &str) -> String {
        let mut sql = format!("CASE WHEN {duration} < 1000 THEN {duration}");
        let (mut width, mut power): (i64, i64) = (10, 1);
        while width <= 1_000_000_000_000_000 {
            let rounded = format!("({duration} + {})", width / 2);
            let quotient = self.expand("div", &[&rounded, &width.to_string()]).unwrap_or_default();
            let branch = format!("{quotient} + {}", 900 * power);
            if width == 1_000_000_000_000_000 {
                sql.push_str(&format!(" ELSE {branch} END"));
            } else {
                sql.push_str(&format!(" WHEN {duration} < {} THEN {branch}", width * 1_000));
            }
            width *= 10;
            power += 1;
        }
        sql
    }

    /// One order serves several series where a running maximum costs one step a row. `MariaDB` computes it
    /// from the first row each time.
    fn previous(self, value: &str, width: &str, place: &str, earlier: &str, keys: &str) -> String {
        if self.is_mysql() {
            return format!(
                "LAG({value}) OVER (PARTITION BY {keys}, CASE WHEN {value} IS NULL THEN 0 ELSE 1 END \
                 ORDER BY {place})"
            );
        }
        let placed = format!("CASE WHEN {value} IS NOT NULL THEN {place} * {width} + {value} END");
        format!("MAX({placed}) OVER {earlier} % {width}")
    }

    fn first_line(self, text: &str) -> String {
        let line = match self {
            Self::Sqlite => {
                let to_lf = format!("substr({text}, 1, instr({text} || char(10), char(10)) - 1)");
                format!("substr(substr({to_lf}, 1, instr({to_lf} || char(13), char(13)) - 1), 1, 1000)")
            }
            Self::Postgres => {
                format!("substr(split_part(split_part({text}, chr(10), 1), chr(13), 1), 1, 1000)")
            }
            Self::MySql | Self::MariaDb => format!(
                "SUBSTRING(SUBSTRING_INDEX(SUBSTRING_INDEX({text}, CHAR(10 USING utf8mb4), 1), CHAR(13 USING utf8mb4), 1), 1, 1000)"
            ),
        };
        format!("NULLIF({line}, '')")
    }
}
