//! Tokens: who may come in, and for what. The file holds digests, never a token.

use std::collections::BTreeSet;
use std::path::Path;

use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use super::error::StartError;
use crate::nearest::did_you_mean;

/// What a token is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum TokenScope {
    /// Pages and reports.
    Read,
    /// Making and revoking links.
    Share,
}

impl TokenScope {
    pub(super) const ALL: [(&'static str, Self); 2] = [("read", Self::Read), ("share", Self::Share)];
}

/// Somebody who came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Visitor {
    /// The name of the token; empty where none is asked for.
    pub(super) name: String,
    pub(super) scopes: BTreeSet<TokenScope>,
}

impl Visitor {
    pub(super) fn may(&self, scope: TokenScope) -> bool {
        self.scopes.contains(&scope)
    }
}

struct Token {
    visitor: Visitor,
    digest: [u8; 32],
}

pub(super) struct Tokens(Vec<Token>);

impl Tokens {
    /// Reads lines of the form `NAME SCOPES SHA256`, scopes with commas between them. Empty lines and those
    /// that begin with `#` are skipped.
    ///
    /// # Errors
    /// For the first line that is wrong, and for a file without a token.
    pub(super) fn read(text: &str, file: &Path) -> Result<Self, StartError> {
        let wrong = |line: usize, message: String| StartError::Token { file: file.to_owned(), line, message };
        let mut tokens = Vec::new();
        for (nth, line) in text.lines().enumerate() {
            if line.trim().is_empty() || line.trim_start().starts_with('#') {
                continue;
            }
            tokens.push(token(line).map_err(|message| wrong(nth + 1, message))?);
        }
        if tokens.is_empty() {
            return Err(wrong(1, "there is no token in it; a line is NAME SCOPES SHA256".to_owned()));
        }
        Ok(Self(tokens))
    }

    /// Whose token it is. All are compared, each in constant time.
    pub(super) fn visitor(&self, secret: &[u8]) -> Option<&Visitor> {
        let digest = Sha256::digest(secret);
        let mut found = None;
        for token in &self.0 {
            if bool::from(token.digest.as_slice().ct_eq(digest.as_slice())) {
                found = Some(&token.visitor);
            }
        }
        found
    }
}

/// Scopes with commas between them.
///
/// # Errors
/// For the first word that is none.
pub(super) fn scopes(words: &str) -> Result<BTreeSet<TokenScope>, String> {
    let scope = |word: &str| {
        let found = TokenScope::ALL.into_iter().find(|(known, _)| *known == word);
        found.map(|(_, scope)| scope).ok_or_else(|| {
            format!("unknown scope '{word}'{}", did_you_mean(word, TokenScope::ALL.map(|(known, _)| known)))
        })
    };
    words.split(',').map(scope).collect()
}

fn token(line: &str) -> Result<Token, String> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let [name, words, digest] = words[..] else {
        return Err("a line is NAME SCOPES SHA256".to_owned());
    };
    let scopes = scopes(words)?;
    let digest = hexadecimal(digest.strip_prefix("sha256:").unwrap_or(digest)).ok_or_else(|| {
        "the digest is not 64 hexadecimal digits; make it by `printf %s \"$TOKEN\" | sha256sum`".to_owned()
    })?;
    Ok(Token { visitor: Visitor { name: name.to_owned(), scopes }, digest })
}

fn hexadecimal(text: &str) -> Option<[u8; 32]> {
    if text.len() != 64 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let mut bytes = [0; 32];
    for (place, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * place..2 * place + 2)?, 16).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    const DIGEST: &str = "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b"; // of "secret"

    #[test]
    fn a_token_is_known_by_its_digest() {
        let text = format!("# who\n\nalice read,share {DIGEST}\nbot read sha256:{}\n", "0".repeat(64));
        let tokens = Tokens::read(&text, Path::new("tokens")).unwrap();
        let alice = tokens.visitor(b"secret").unwrap();
        assert!(alice.name == "alice" && alice.may(TokenScope::Read) && alice.may(TokenScope::Share));
        assert_eq!(tokens.visitor(b"secret "), None);
        assert_eq!(tokens.visitor(b""), None);
    }

    #[test]
    fn a_wrong_line_is_named() {
        for (line, message) in [
            ("alice reed 00", "tokens:1: unknown scope 'reed'; did you mean 'read'?"),
            ("alice read 00", "tokens:1: the digest is not 64 hexadecimal digits"),
            ("alice read", "tokens:1: a line is NAME SCOPES SHA256"),
            ("# nobody", "tokens:1: there is no token in it"),
        ] {
            let error = Tokens::read(line, Path::new("tokens")).err().unwrap().to_string();
            assert!(error.starts_with(message), "{error}");
        }
    }
}
