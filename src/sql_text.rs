//! Looking at SQL that people wrote: what stands outside its quotes and comments.

/// If a quoted text or a comment begins at `at`, the position after it.
pub fn skip_quoted(bytes: &[u8], at: usize) -> Option<usize> {
    let closing: &[u8] = match bytes[at] {
        b'\'' => b"'",
        b'"' => b"\"",
        b'`' => b"`",
        b'-' if bytes.get(at + 1) == Some(&b'-') => b"\n",
        b'/' if bytes.get(at + 1) == Some(&b'*') => b"*/",
        _ => return None,
    };
    let mut end = at + if closing == b"*/" { 2 } else { 1 };
    while end < bytes.len() {
        if bytes[end..].starts_with(closing) {
            return Some(end + closing.len());
        }
        end += 1;
    }
    Some(bytes.len())
}

/// Whether `$$` and `$tag$` begin a quoted text, as in PostgreSQL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DollarQuotes {
    Known,
    Unknown,
}

/// If a text in dollar quotes begins at `at`, the position after it.
fn skip_dollar_quoted(bytes: &[u8], at: usize) -> Option<usize> {
    let is_letter = |byte: &u8| byte.is_ascii_alphabetic() || *byte == b'_' || !byte.is_ascii();
    let goes_on = |byte: &u8| is_letter(byte) || byte.is_ascii_digit();
    // Within a name it is a character like any other.
    if bytes[at] != b'$' || at.checked_sub(1).is_some_and(|before| goes_on(&bytes[before])) {
        return None;
    }
    let tag = bytes[at + 1..].iter().take_while(|byte| goes_on(byte)).count();
    let begins_as_a_name = tag == 0 || is_letter(&bytes[at + 1]);
    if !begins_as_a_name || bytes.get(at + 1 + tag) != Some(&b'$') {
        return None;
    }
    let (quote, text) = bytes[at..].split_at(tag + 2);
    let length = text.windows(quote.len()).position(|part| part == quote);
    Some(length.map_or(bytes.len(), |length| at + 2 * quote.len() + length))
}

/// The bytes outside quotes and comments, with their positions. A quoted text counts as one `'`, since
/// something stands there.
fn code(text: &str, dollars: DollarQuotes) -> Vec<(usize, u8)> {
    let bytes = text.as_bytes();
    let mut code = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let dollar_quoted =
            || (dollars == DollarQuotes::Known).then(|| skip_dollar_quoted(bytes, at)).flatten();
        match skip_quoted(bytes, at).or_else(dollar_quoted) {
            Some(end) => {
                if !matches!(bytes[at], b'-' | b'/') {
                    code.push((at, b'\''));
                }
                at = end;
            }
            None => {
                code.push((at, bytes[at]));
                at += 1;
            }
        }
    }
    code
}

/// The text of a query without what ends it, if it is one SELECT. Nobody knows yet which database reads it.
///
/// # Errors
/// What it is instead.
pub fn one_select(text: &str) -> Result<&str, String> {
    let code = code(text, DollarQuotes::Known);
    let mut words = code.iter().skip_while(|(_, byte)| byte.is_ascii_whitespace() || *byte == b'(');
    let first: String = words.by_ref().map_while(letter).collect();
    if !["select", "with"].contains(&first.to_ascii_lowercase().as_str()) {
        return Err("a query begins with SELECT or WITH".to_owned());
    }
    let mut depth: i32 = 0;
    for (_, byte) in &code {
        depth += i32::from(*byte == b'(') - i32::from(*byte == b')');
        if depth < 0 {
            return Err("a parenthesis is closed that was not opened".to_owned());
        }
    }
    if depth > 0 {
        return Err("a parenthesis is not closed".to_owned());
    }
    let Some(place) = code.iter().position(|(_, byte)| *byte == b';') else { return Ok(text) };
    if code[place + 1..].iter().any(|(_, byte)| !byte.is_ascii_whitespace()) {
        return Err("a query is one statement; another follows the semicolon".to_owned());
    }
    Ok(&text[..code[place].0])
}

fn letter((_, byte): &(usize, u8)) -> Option<char> {
    byte.is_ascii_alphabetic().then_some(char::from(*byte))
}

/// The first parameter that a database would look for in `text`: a `?`, or another of `marks` before a
/// character that `begins` a parameter's name.
pub fn stray_parameter(
    text: &str,
    marks: &[u8],
    dollars: DollarQuotes,
    begins: impl Fn(u8) -> bool,
) -> Option<String> {
    let code = code(text, dollars);
    let in_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    for (place, &(_, mark)) in code.iter().enumerate().filter(|(_, (_, byte))| marks.contains(byte)) {
        let after = &code[place + 1..];
        // `::` is a cast, and `$` may be part of a name.
        let goes_on = place > 0 && (in_name(code[place - 1].1) || code[place - 1].1 == mark);
        let named = after.first().is_some_and(|&(_, byte)| begins(byte)) && !goes_on;
        if mark == b'?' || named {
            let name = after.iter().map(|&(_, byte)| byte).take_while(|byte| in_name(*byte));
            return Some([mark].into_iter().chain(name).map(char::from).collect());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_select_and_nothing_else() {
        for text in ["SELECT 1", " -- why\n with x as (select ';' as y) select y from x", "(SELECT 1)"] {
            assert_eq!(one_select(text), Ok(text));
        }
        assert_eq!(one_select("select a -- ;\n; -- the end"), Ok("select a -- ;\n"));
        let dollars = "select $$a;b')$$, $x1$;$$$x1$, $ä$($ä$";
        assert_eq!(one_select(dollars), Ok(dollars));
        assert_eq!(one_select("select $q$ ; $q $q$;"), Ok("select $q$ ; $q $q$"));
        for text in [
            "select $$a$$; delete from runs",
            "select a$b$; delete from runs; select c$b$",
            "select $1$; delete from runs; select $1$",
            "",
            "DELETE FROM runs",
            "selected",
            "'select'",
            "SELECT 1; DROP TABLE runs",
            "SELECT 1) t, (x",
            "SELECT (1",
        ] {
            assert!(one_select(text).is_err(), "{text}");
        }
    }

    #[test]
    fn parameters_in_dollar_quotes_are_text() {
        let stray = |text, dollars| stray_parameter(text, b"$", dollars, |byte| byte.is_ascii_digit());
        assert_eq!(stray("a = $$ $1 $$ and b = $t$ $2 $$ $3 $t$", DollarQuotes::Known), None);
        assert_eq!(stray("a = $$ $1 $$ and b = $2", DollarQuotes::Known), Some("$2".to_owned()));
        assert_eq!(stray("a = $$ $1 $$", DollarQuotes::Unknown), Some("$1".to_owned()));
        assert_eq!(stray("a$1 = $t$ never closed $1", DollarQuotes::Known), None);
    }
}
