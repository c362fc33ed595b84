//! What is wrong with an input, and where.

use std::fmt;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub place: ProblemPlace,
    /// What, and what to do.
    pub message: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProblemPlace {
    /// A line of a file, counted from 1.
    Line {
        file: String,
        line: usize,
    },
    Flag(&'static str),
    /// The inputs as a whole.
    Inputs,
}

impl Problem {
    pub fn on_line(file: &str, line: usize, message: impl Into<String>) -> Self {
        Self { place: ProblemPlace::Line { file: file.to_owned(), line }, message: message.into() }
    }

    pub fn with_flag(flag: &'static str, message: impl Into<String>) -> Self {
        Self { place: ProblemPlace::Flag(flag), message: message.into() }
    }

    pub fn with_inputs(message: impl Into<String>) -> Self {
        Self { place: ProblemPlace::Inputs, message: message.into() }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.place {
            ProblemPlace::Line { file, line } => write!(f, "{file}:{line}: {}", self.message),
            ProblemPlace::Flag(flag) => write!(f, "{flag}: {}", self.message),
            ProblemPlace::Inputs => f.write_str(&self.message),
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
    pub value: T,
    pub line: usize,
}
