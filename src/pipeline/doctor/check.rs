//! A finding, how bad it is, and what to do about it.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Health {
    /// Nothing to do.
    Good,
    /// A report works, but something is worth knowing.
    Warning,
    /// A report does not work.
    Broken,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    pub name: &'static str,
    pub health: Health,
    pub found: String,
    /// What to do about it; empty when there is nothing to do.
    pub advice: String,
}

impl Check {
    pub(super) fn good(name: &'static str, found: impl Into<String>) -> Self {
        Self { name, health: Health::Good, found: found.into(), advice: String::new() }
    }

    pub(super) fn warning(name: &'static str, found: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { name, health: Health::Warning, found: found.into(), advice: advice.into() }
    }

    pub(super) fn broken(name: &'static str, found: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { name, health: Health::Broken, found: found.into(), advice: advice.into() }
    }
}
