//! Text that comes from a database or a file, made legible: what cannot be seen gets a mark, what is too
//! long is cut. Escaping for a format comes after this and is the format's own.

/// Characters of a job's name that a line of a report has room for.
pub const NAME_LENGTH: usize = 60;
/// Characters of a message that a line of a report has room for.
pub const MESSAGE_LENGTH: usize = 160;

/// Stands where a text is empty.
pub const EMPTY: &str = "⟨empty⟩";

/// `text` on one line with everything invisible marked: `␊` and its like for control characters, `·` for
/// spaces at the ends and for all of several spaces in a row, `⟨U+202E⟩` for the rest. Doing it twice
/// changes nothing.
pub fn visible(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let mut shown = String::with_capacity(text.len());
    for (place, &character) in characters.iter().enumerate() {
        let before = place.checked_sub(1).and_then(|p| characters.get(p)).copied();
        let after = characters.get(place + 1).copied();
        match character {
            ' ' if [before, after].iter().any(|n| matches!(n, None | Some(' '))) => shown.push('·'),
            '\u{0}'..='\u{1f}' => shown.push(picture(character)),
            '\u{7f}' => shown.push('␡'),
            '\u{200d}' if joins_emoji(before, after) => shown.push(character),
            _ if is_invisible(character) => {
                shown.push_str(&format!("⟨U+{:04X}⟩", u32::from(character)));
            }
            _ => shown.push(character),
        }
    }
    shown
}

/// A name in a sentence or a table: visible, not empty, at most [`NAME_LENGTH`] characters
/// with its end kept, because names often differ there.
pub fn name(text: &str) -> String {
    if text.is_empty() { EMPTY.to_owned() } else { cut_middle(&visible(text), NAME_LENGTH) }
}

/// Prose that people wrote over several lines, on one.
pub fn prose(text: &str) -> String {
    visible(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// At most `length` characters, the last an ellipsis where something is cut.
pub fn cut(text: &str, length: usize) -> String {
    if text.chars().count() <= length {
        return text.to_owned();
    }
    let head: String = text.chars().take(length.saturating_sub(1)).collect();
    format!("{}…", head.trim_end())
}

/// At most `length` characters, an ellipsis in place of what is cut out after two thirds.
pub fn cut_middle(text: &str, length: usize) -> String {
    let characters = text.chars().count();
    if characters <= length {
        return text.to_owned();
    }
    let tail = length / 3;
    let head = length.saturating_sub(tail + 1);
    let (start, end): (String, String) =
        (text.chars().take(head).collect(), text.chars().skip(characters - tail).collect());
    format!("{start}…{end}")
}

/// Names in a sentence: `A`, `A and B`, `A, B and 3 more`. At most `most` are named.
pub fn list<S: AsRef<str>>(names: &[S], most: usize) -> String {
    sentence_list(names.iter().map(|n| name(n.as_ref())).collect(), most)
}

/// Phrases in a sentence, as [`list`] does with names.
pub fn sentence_list(mut parts: Vec<String>, most: usize) -> String {
    if parts.len() > most {
        let more = parts.split_off(most).len();
        parts.push(format!("{} more", crate::figure::count(more as u64)));
    }
    match parts.as_slice() {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// `text` with its first letter in upper case.
pub fn capital(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

/// The Unicode picture of a control character below the space.
fn picture(control: char) -> char {
    char::from_u32(0x2400 + u32::from(control)).unwrap_or('␦')
}

/// A joiner between two pictographs makes one of them; anywhere else it only hides.
fn joins_emoji(before: Option<char>, after: Option<char>) -> bool {
    let pictograph = |c: Option<char>| c.is_some_and(|c| c >= '\u{2190}' && !is_invisible(c));
    pictograph(before) && pictograph(after)
}

/// Characters without a shape of their own: other spaces, C1 controls, bidirectional marks, joiners,
/// private and unassigned tags, line separators, and what is no character at all, such as U+FFFE, which XML
/// forbids.
fn is_invisible(character: char) -> bool {
    u32::from(character) & 0xfffe == 0xfffe
        || matches!(character,
        '\u{80}'..='\u{a0}' | '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{1680}'
        | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}' | '\u{2000}'..='\u{200f}' | '\u{2028}'..='\u{202f}'
        | '\u{205f}'..='\u{206f}' | '\u{2800}' | '\u{3000}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}'
        | '\u{fdd0}'..='\u{fdef}' | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_gets_a_mark() {
        for (text, shown) in [
            ("Live Stats Sync", "Live Stats Sync"),
            (" lead", "·lead"),
            ("trail ", "trail·"),
            ("two  spaces", "two··spaces"),
            ("a\r\nb\tc\0", "a␍␊b␉c␀"),
            ("\u{1b}[31m", "␛[31m"),
            ("\u{202e}evil", "⟨U+202E⟩evil"),
            ("no\u{a0}break", "no⟨U+00A0⟩break"),
            ("\u{fffe}a\u{ffff}", "⟨U+FFFE⟩a⟨U+FFFF⟩"),
            ("\u{10ffff}", "⟨U+10FFFF⟩"),
            ("👩\u{200d}💻", "👩\u{200d}💻"),
            ("a\u{200d}b", "a⟨U+200D⟩b"),
        ] {
            assert_eq!(visible(text), shown);
            assert_eq!(visible(&visible(text)), shown, "a second time");
        }
    }

    #[test]
    fn names_that_differ_by_white_space_look_different() {
        let names = ["job", " job", "job ", "job\t", "j ob", "j  ob", "j\u{a0}ob", "Job", ""];
        let shown: std::collections::BTreeSet<String> = names.iter().map(|n| name(n)).collect();
        assert_eq!(shown.len(), names.len());
    }

    #[test]
    fn long_text_is_cut_by_characters() {
        assert_eq!(cut("äöü", 3), "äöü");
        assert_eq!(cut("äöüß", 3), "äö…");
        assert_eq!(cut_middle("abcdefghij", 7), "abcd…ij");
        assert_eq!(name(&"x".repeat(1_000)).chars().count(), NAME_LENGTH);
        assert_ne!(name(&format!("{}1", "x".repeat(99))), name(&format!("{}2", "x".repeat(99))));
    }

    #[test]
    fn lists_read_as_sentences() {
        assert_eq!(list::<&str>(&[], 3), "");
        assert_eq!(list(&["A"], 3), "A");
        assert_eq!(list(&["A", "B"], 3), "A and B");
        assert_eq!(list(&["A", "B", "C", "D", "E"], 2), "A, B and 3 more");
    }
}
