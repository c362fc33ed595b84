//! What is wrong with an input, and where.

use std::fmt;

/// Something wrong with the deployment file or a flag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where.
    pub place: Place,
    /// What, and what to do.
    pub message: String,
}

/// Where a problem lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A line of a file, counted from 1.
    Line {
        /// The file's name, as given.
        file: String,
        /// The line.
        line: usize,
    },
    /// A flag, with its dashes.
    Flag(&'static str),
    /// The inputs as a whole.
    Inputs,
}

impl Problem {
    /// A problem on a line of a file.
    pub fn on_line(file: &str, line: usize, message: impl Into<String>) -> Self {
        Self { place: Place::Line { file: file.to_owned(), line }, message: message.into() }
    }

    /// A problem with a flag.
    pub fn with_flag(flag: &'static str, message: impl Into<String>) -> Self {
        Self { place: Place::Flag(flag), message: message.into() }
    }

    /// A problem with the inputs as a whole.
    pub fn with_inputs(message: impl Into<String>) -> Self {
        Self { place: Place::Inputs, message: message.into() }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.place {
            Place::Line { file, line } => write!(f, "{file}:{line}: {}", self.message),
            Place::Flag(flag) => write!(f, "{flag}: {}", self.message),
            Place::Inputs => f.write_str(&self.message),
        }
    }
}

/// Everything that is wrong with the inputs, a line each; never empty.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct Problems(pub Vec<Problem>);

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, problem) in self.0.iter().enumerate() {
            if number > 0 {
                f.write_str("\n")?;
            }
            problem.fmt(f)?;
        }
        Ok(())
    }
}

/// A value with the line that it stands on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Its line, counted from 1.
    pub line: usize,
}
