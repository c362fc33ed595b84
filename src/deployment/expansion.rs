//! `${NAME}` in the strings of a deployment file.

use std::collections::BTreeMap;

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EnvironmentError {
    #[error("the environment variable {0} is not set")]
    Unset(String),
    #[error("'${{' is not followed by the name of an environment variable and '}}'")]
    Form,
}

/// `text` with every `${NAME}` replaced. A replacement is not looked through again.
pub fn expand(text: &str, environment: &BTreeMap<String, String>) -> Result<String, EnvironmentError> {
    let mut expanded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("${") {
        expanded.push_str(&rest[..start]);
        let (name, after) = rest[start + 2..].split_once('}').ok_or(EnvironmentError::Form)?;
        if name.is_empty() || !name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') {
            return Err(EnvironmentError::Form);
        }
        let value = environment.get(name).ok_or_else(|| EnvironmentError::Unset(name.to_owned()))?;
        expanded.push_str(value);
        rest = after;
    }
    expanded.push_str(rest);
    Ok(expanded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_replaced_once_and_unset_ones_refused() {
        let environment =
            BTreeMap::from([("USER".to_owned(), "me".to_owned()), ("LOOP".to_owned(), "${USER}".to_owned())]);
        assert_eq!(expand("${USER}@$HOME/${LOOP}", &environment), Ok("me@$HOME/${USER}".to_owned()));
        assert_eq!(expand("${NO}", &environment), Err(EnvironmentError::Unset("NO".to_owned())));
        for text in ["${", "${}", "${a b}", "${USER"] {
            assert_eq!(expand(text, &environment), Err(EnvironmentError::Form), "{text}");
        }
        assert_eq!(
            EnvironmentError::Form.to_string(),
            "'${' is not followed by the name of an environment variable and '}'"
        );
    }
}
