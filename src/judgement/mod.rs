//! From figures to verdicts: the target language, triggers, the one decision.

mod result;
mod target;

pub use result::{Accepted, Decision, DecisionVerdict, Severity, TargetResult, TargetVerdict, TriggerResult};
pub use target::{Target, Trigger};
