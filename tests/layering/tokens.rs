//! Rust source as words and signs.

/// A word or a sign of the source, with its line.
pub(crate) struct Token {
    pub(crate) text: String,
    pub(crate) line: usize,
}

pub(crate) fn text(tokens: &[Token], i: usize) -> &str {
    tokens.get(i).map_or("", |token| token.text.as_str())
}

/// Words and signs of Rust source without comments, strings and characters.
pub(crate) fn tokens(source: &str) -> Vec<Token> {
    let chars: Vec<char> = source.chars().collect();
    let (mut found, mut i, mut line) = (Vec::new(), 0, 1);
    while i < chars.len() {
        let after = skipped(&chars, i).min(chars.len());
        if after > i {
            line += chars[i..after].iter().filter(|c| **c == '\n').count();
            i = after;
            continue;
        }
        let mut end = i + 1;
        if is_word(chars[i]) {
            while end < chars.len() && is_word(chars[end]) {
                end += 1;
            }
        } else if chars[i] == ':' && chars.get(i + 1) == Some(&':') {
            end += 1;
        }
        found.push(Token { text: chars[i..end].iter().collect(), line });
        i = end;
    }
    found
}

pub(crate) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The place after the white space, comment, string, character or lifetime that begins at `i`; `i`
/// itself where none does.
fn skipped(chars: &[char], i: usize) -> usize {
    let find = |from: usize, what: &str| {
        let what: Vec<char> = what.chars().collect();
        (from..chars.len())
            .find(|&at| chars[at..].starts_with(&what))
            .map_or(chars.len(), |at| at + what.len())
    };
    let next = chars.get(i + 1).copied().unwrap_or(' ');
    match chars[i] {
        c if c.is_whitespace() => i + 1,
        '/' if next == '/' => find(i, "\n"),
        '/' if next == '*' => {
            let (mut depth, mut at) = (1, i + 2);
            while depth > 0 && at < chars.len() {
                match (chars[at], chars.get(at + 1)) {
                    ('/', Some('*')) => (depth, at) = (depth + 1, at + 2),
                    ('*', Some('/')) => (depth, at) = (depth - 1, at + 2),
                    _ => at += 1,
                }
            }
            at
        }
        'r' if (next == '"' || next == '#') && (i == 0 || !is_word(chars[i - 1])) => {
            let hashes = chars[i + 1..].iter().take_while(|c| **c == '#').count();
            if chars.get(i + 1 + hashes) == Some(&'"') {
                find(i + 2 + hashes, &format!("\"{}", "#".repeat(hashes)))
            } else {
                i
            }
        }
        '"' => closing(chars, i + 1, '"'),
        '\'' if next == '\\' || chars.get(i + 2) == Some(&'\'') => closing(chars, i + 1, '\''),
        '\'' => i + 1 + chars[i + 1..].iter().take_while(|c| is_word(**c)).count(),
        _ => i,
    }
}

/// The place after the next `quote` that no backslash precedes.
fn closing(chars: &[char], mut i: usize, quote: char) -> usize {
    while i < chars.len() && chars[i] != quote {
        i += if chars[i] == '\\' { 2 } else { 1 };
    }
    i + 1
}
