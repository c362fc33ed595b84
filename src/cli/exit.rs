//! Exit codes: documented, for scripts.

use crate::judgement::DecisionVerdict;

/// How the program ends. An error outranks a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// 0: done; of `check` and `report --exit-code`: every required target met, every trigger judged,
    /// none fired.
    Success,
    /// 1: a required target was missed, and no trigger fired.
    Fail,
    /// 2: usage, configuration, connection or output error; nothing is decided.
    Error,
    /// 3: nothing required was missed, but something required could not be judged.
    Undecided,
    /// 4: a rollback trigger fired.
    RollBack,
    /// 128 and the signal's number, 130 for Ctrl-C: somebody ended the program; nothing is decided.
    Interrupted,
}

impl Exit {
    pub const fn code(self) -> u8 {
        match self {
            Self::Success => 0,
            Self::Fail => 1,
            Self::Error => 2,
            Self::Undecided => 3,
            Self::RollBack => 4,
            Self::Interrupted => 130,
        }
    }
}

impl From<DecisionVerdict> for Exit {
    fn from(verdict: DecisionVerdict) -> Self {
        match verdict {
            DecisionVerdict::Pass => Self::Success,
            DecisionVerdict::Fail => Self::Fail,
            DecisionVerdict::Undecided => Self::Undecided,
            DecisionVerdict::RollBack => Self::RollBack,
        }
    }
}
