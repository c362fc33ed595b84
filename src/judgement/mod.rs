//! From figures to verdicts: the target language, triggers, the one decision.

mod language;
mod metric;
mod result;
mod target;

pub use language::{LanguageError, Op, TargetValue};
pub use metric::{KpiDeclaration, KpiMetric, KpiStatistic, TargetMetric, UnknownMetric};
pub use result::{Accepted, Decision, DecisionVerdict, Severity, TargetResult, TargetVerdict, TriggerResult};
pub use target::{JobSelector, Target, TargetError, Trigger};
