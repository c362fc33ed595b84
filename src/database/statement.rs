//! A statement on its way to a database: text with named parameters and macros, and the values.

use std::collections::BTreeMap;

use super::dialect::Dialect;
use crate::sql_text::skip_quoted;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BoundValue {
    Int(i64),
    Text(String),
}

/// SQL text with parameters `:name` and macros `@name(…)`, and the values of the parameters.
///
/// `fragments` are texts of the user (a condition on a table) that take the place of `:name` as they
/// are, in parentheses, without being read for parameters or macros.
#[derive(Clone, Debug, Default)]
pub struct Statement {
    pub text: String,
    pub values: BTreeMap<String, BoundValue>,
    /// Texts of the user by name.
    pub fragments: BTreeMap<String, String>,
}

/// A statement of ours is malformed: a mistake in `queries/`, found by the test that prepares them all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StatementError {
    #[error("parameter :{0} has no value")]
    Parameter(String),
    #[error("macro @{0} is unknown or has a wrong number of arguments")]
    Macro(String),
    #[error("'{parameter}' in the SQL of [source] or of a window is a parameter without a value: {fragment}")]
    Stray { fragment: String, parameter: String },
    #[error("macro @{0} does not end")]
    Open(String),
}

impl Statement {
    /// The text for `dialect` with placeholders, and the values in the order of the placeholders.
    pub fn bind(&self, dialect: Dialect) -> Result<(String, Vec<BoundValue>), StatementError> {
        let mut values: Vec<BoundValue> = Vec::new();
        let mut places: BTreeMap<String, usize> = BTreeMap::new();
        let sql = self.write(dialect, &mut |name, value| {
            if dialect.reuses_placeholders()
                && let Some(place) = places.get(name)
            {
                return dialect.placeholder(*place);
            }
            values.push(value.clone());
            places.insert(name.to_owned(), values.len());
            dialect.placeholder(values.len())
        })?;
        Ok((sql, values))
    }

    /// The text for `dialect` with every value written out, to be shown and pasted into a client.
    pub fn inline(&self, dialect: Dialect) -> Result<String, StatementError> {
        self.write(dialect, &mut |_, value| match value {
            // As wide as the bound value: PostgreSQL takes a small literal for 32 bits and its product too.
            BoundValue::Int(number) if dialect == Dialect::Postgres => format!("({number})::bigint"),
            BoundValue::Int(number) => number.to_string(),
            BoundValue::Text(text) => dialect.literal(text),
        })
    }

    fn write(
        &self,
        dialect: Dialect,
        place: &mut dyn FnMut(&str, &BoundValue) -> String,
    ) -> Result<String, StatementError> {
        // Macros first, since they may repeat an argument that holds a parameter.
        let expanded = expand_macros(&self.text, dialect)?;
        let mut sql = String::with_capacity(expanded.len());
        let mut rest = expanded.as_str();
        while let Some((before, name, after)) = next_token(rest, ':') {
            sql.push_str(before);
            if let Some(fragment) = self.fragments.get(name) {
                if let Some(parameter) = dialect.stray_parameter(fragment) {
                    return Err(StatementError::Stray { fragment: fragment.clone(), parameter });
                }
                // A line break, since the fragment may end in a comment.
                sql.push_str(&format!("({fragment}\n)"));
            } else {
                let value =
                    self.values.get(name).ok_or_else(|| StatementError::Parameter(name.to_owned()))?;
                sql.push_str(&place(name, value));
            }
            rest = after;
        }
        sql.push_str(rest);
        Ok(sql)
    }
}

/// Replaces every `@name(arguments)`, inner ones first.
fn expand_macros(text: &str, dialect: Dialect) -> Result<String, StatementError> {
    let mut sql = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, name, after)) = next_token(rest, '@') {
        sql.push_str(before);
        let open = || StatementError::Open(name.to_owned());
        let inside = after.strip_prefix('(').ok_or_else(open)?;
        let (arguments, length) = split_arguments(inside).ok_or_else(open)?;
        let arguments: Vec<String> = arguments
            .into_iter()
            .map(|argument| expand_macros(argument.trim(), dialect))
            .collect::<Result<_, _>>()?;
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let expansion =
            dialect.expand(name, &arguments).ok_or_else(|| StatementError::Macro(name.to_owned()))?;
        sql.push_str(&expansion);
        rest = &inside[length..];
    }
    sql.push_str(rest);
    Ok(sql)
}

/// The next `mark` followed by a name, outside quotes and comments: the text before it, the name, and
/// the text after it.
fn next_token(text: &str, mark: char) -> Option<(&str, &str, &str)> {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if let Some(end) = skip_quoted(bytes, at) {
            at = end;
            continue;
        }
        if bytes[at] == mark as u8 {
            let start = at + 1;
            let length = bytes[start..]
                .iter()
                .take_while(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || **b == b'_')
                .count();
            if length > 0 {
                return Some((&text[..at], &text[start..start + length], &text[start + length..]));
            }
        }
        at += 1;
    }
    None
}

/// The arguments up to the closing parenthesis, and how many bytes they take with it.
fn split_arguments(text: &str) -> Option<(Vec<&str>, usize)> {
    let bytes = text.as_bytes();
    let (mut arguments, mut from, mut at, mut depth) = (Vec::new(), 0, 0, 0_u32);
    while at < bytes.len() {
        if let Some(end) = skip_quoted(bytes, at) {
            at = end;
            continue;
        }
        match bytes[at] {
            b'(' => depth += 1,
            b')' if depth == 0 => {
                arguments.push(&text[from..at]);
                return Some((arguments, at + 1));
            }
            b')' => depth -= 1,
            b',' if depth == 0 => {
                arguments.push(&text[from..at]);
                from = at + 1;
            }
            _ => {}
        }
        at += 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn statement(text: &str) -> Statement {
        let values =
            [("a".to_owned(), BoundValue::Int(7)), ("b".to_owned(), BoundValue::Text("it's".to_owned()))];
        let fragments = [("c".to_owned(), "x = ':a' -- @sum(".to_owned())];
        Statement { text: text.to_owned(), values: values.into(), fragments: fragments.into() }
    }

    #[test]
    fn parameters_become_placeholders() {
        let query = statement("SELECT :a, ':a', \"@sum\", :b, :a -- :nothing\n/* :x */ WHERE :c");
        let (sql, values) = query.bind(Dialect::Postgres).unwrap();
        assert_eq!(
            sql,
            "SELECT $1, ':a', \"@sum\", $2, $1 -- :nothing\n/* :x */ WHERE (x = ':a' -- @sum(\n)"
        );
        assert_eq!(values.len(), 2);
        let (sql, values) = query.bind(Dialect::MySql).unwrap();
        assert!(sql.starts_with("SELECT ?, ':a', \"@sum\", ?, ?"));
        assert_eq!(values.len(), 3);
    }

    #[test]
    fn macros_nest_and_values_are_written_out() {
        let query = statement("@sum(@div(x, (:a, 1))) = :b");
        assert_eq!(
            query.inline(Dialect::MariaDb).unwrap(),
            "CAST(SUM(((x) DIV ((7, 1)))) AS SIGNED) = 'it''s'"
        );
        assert!(matches!(statement("@nope(1)").bind(Dialect::Sqlite), Err(StatementError::Macro(_))));
        assert!(matches!(statement("@sum(1").bind(Dialect::Sqlite), Err(StatementError::Open(_))));
        assert!(matches!(statement(":z").bind(Dialect::Sqlite), Err(StatementError::Parameter(_))));
    }
}
