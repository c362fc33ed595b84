//! The target language: `OP VALUE` about a metric.

/// A target as declared.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {}

/// A rollback trigger as declared.
#[derive(Clone, Debug, PartialEq)]
pub struct Trigger {}
