//! Jobs that came, went or changed their schedule.

use serde::{Deserialize, Serialize};

/// Jobs that came, went or changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Population {
    /// Seen only after.
    pub new: Vec<String>,
    /// Seen only before.
    pub vanished: Vec<String>,
    /// With another recorded schedule or offset.
    pub rescheduled: Vec<String>,
    /// Declared and never seen.
    pub absent: Vec<String>,
    /// Declared as switched off.
    pub disabled: Vec<String>,
}
