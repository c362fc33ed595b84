//! Text made inert in GitHub-flavoured Markdown and in HTML: whatever a database or a file holds, it is
//! shown and does nothing. In Markdown only what could act is escaped, so that the file also reads well
//! as plain text.

use minijinja::HtmlEscape;

use crate::legible;

/// Breaks mentions (`@name`), mail addresses and issue numbers (`#12`): what GitHub makes links of after
/// the Markdown is parsed, where a backslash is too late. It has no width.
const WORD_JOINER: char = '\u{2060}';

/// `text` on one line, inert anywhere in a paragraph, a heading, a list item or the cell of a table.
pub(super) fn inline(text: &str) -> String {
    let characters: Vec<char> = legible::visible(text).chars().collect();
    let start = marker_length(&characters);
    let mut escaped = String::with_capacity(text.len() + 8);
    for (place, &character) in characters.iter().enumerate() {
        let before = place.checked_sub(1).and_then(|p| characters.get(p)).copied();
        let after = characters.get(place + 1).copied();
        let host = character == '.'
            && place >= 3
            && characters[place - 3..place].iter().all(|c| matches!(c, 'w' | 'W'));
        if host || start.is_some_and(|marker| marker == place) || acts(character, before, after) {
            escaped.push('\\');
        }
        escaped.push(character);
        if breaks_link(character, after) {
            escaped.push(WORD_JOINER);
        }
    }
    escaped
}

/// `text` as inline code. A text with a pipe stays ordinary text, because inside a table and outside of
/// one a pipe in code is written differently.
pub(super) fn code(text: &str) -> String {
    let text = legible::visible(text);
    if text.is_empty() || text.contains('|') {
        return inline(&text);
    }
    let fence = "`".repeat(longest_run_of_backticks(&text) + 1);
    let pad = if text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']) { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// `text` in HTML, between tags or in a quoted attribute.
pub(super) fn html(text: &str) -> String {
    HtmlEscape(&legible::visible(text)).to_string()
}

/// `text` as inline code in HTML.
pub(super) fn html_code(text: &str) -> String {
    format!("<code>{}</code>", html(text))
}

/// Lines in HTML, shown as they are; a reader who uses the keyboard can scroll them.
pub(super) fn html_block(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(|line| HtmlEscape(&line_in_block(line)).to_string()).collect();
    format!("<pre tabindex=\"0\">{}</pre>", lines.join("\n"))
}

/// Lines in a block of their own, shown as they are.
pub(super) fn fenced(text: &str) -> String {
    let fence = "`".repeat((longest_run_of_backticks(text) + 1).max(3));
    let lines: Vec<String> = text.lines().map(line_in_block).collect();
    format!("{fence}text\n{}\n{fence}", lines.join("\n"))
}

/// Invisible characters get their marks; spaces stay, for a block is where they are seen.
fn line_in_block(line: &str) -> String {
    let parts: Vec<String> = line
        .split(' ')
        .map(|part| if part.is_empty() { String::new() } else { legible::visible(part) })
        .collect();
    parts.join(" ").trim_end().to_owned()
}

fn longest_run_of_backticks(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

/// Characters that act wherever they stand.
fn acts(character: char, before: Option<char>, after: Option<char>) -> bool {
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    match character {
        '\\' | '`' | '*' | '[' | ']' | '|' | '~' | '$' => true,
        // a tag, a comment, an automatic link
        '<' => after.is_some_and(|c| c.is_ascii_alphabetic() || "/!?".contains(c)),
        '&' => after.is_some_and(|c| c == '#' || c.is_ascii_alphabetic()),
        // emphasis only where it is not inside a word
        '_' => !(letter(before) && letter(after)),
        // a protocol, which GitHub links by itself, as it does hosts that begin with www
        ':' => after == Some('/'),
        // a heading's closing marks
        '#' => after.is_none(),
        _ => false,
    }
}

fn breaks_link(character: char, after: Option<char>) -> bool {
    match character {
        '@' => after.is_some_and(char::is_alphanumeric),
        '#' => after.is_some_and(|c| c.is_ascii_digit()),
        _ => false,
    }
}

/// Where the character is that makes the start of a text into a list, a heading, a quotation or a rule.
fn marker_length(characters: &[char]) -> Option<usize> {
    let ends = |place: usize| characters.get(place).is_none_or(|c| *c == ' ' || *c == '·');
    match characters.first()? {
        '#' | '>' => Some(0),
        '=' if matches!(characters.get(1), None | Some('=')) => Some(0),
        '-' | '+' if ends(1) || characters.get(1) == Some(&'-') => Some(0),
        first if first.is_ascii_digit() => {
            let digits = characters.iter().take_while(|c| c.is_ascii_digit()).count();
            let marks = matches!(characters.get(digits), Some('.' | ')')) && ends(digits + 1);
            marks.then_some(digits)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_text_stays_as_it_is() {
        for text in [
            "Live Stats Sync",
            "98.99 %",
            "completion_rate",
            "a-b",
            "34.5 ms → 30 ms",
            "2026-02-01 20:56–21:00 UTC",
        ] {
            assert_eq!(inline(text), text);
        }
    }

    #[test]
    fn what_could_act_is_escaped() {
        for (text, inert) in [
            ("a|b", "a\\|b"),
            ("<b>", "\\<b>"),
            ("< 50 %", "< 50 %"),
            ("> x", "\\> x"),
            ("# x", "\\# x"),
            ("- x", "\\- x"),
            ("12. x", "12\\. x"),
            ("1.5 ms", "1.5 ms"),
            ("_x_", "\\_x\\_"),
            ("&lt;", "\\&lt;"),
            ("a & b", "a & b"),
            ("https://x", "https\\://x"),
            ("www.x", "www\\.x"),
            ("@team", "@\u{2060}team"),
            ("#12", "\\#\u{2060}12"),
            ("C:\\dir", "C:\\\\dir"),
            ("$1", "\\$1"),
            ("a\nb", "a␊b"),
        ] {
            assert_eq!(inline(text), inert);
        }
    }

    #[test]
    fn code_holds_backticks() {
        assert_eq!(code("*/5 * * * *"), "`*/5 * * * *`");
        assert_eq!(code("a`b"), "``a`b``");
        assert_eq!(code("`"), "`` ` ``");
        assert_eq!(code("a|b"), "a\\|b");
        assert_eq!(fenced("a\n```\nb  c\u{1b}"), "````text\na\n```\nb  c␛\n````");
    }
}
