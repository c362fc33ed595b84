//! What a server says of itself.

use crate::clock::Timestamp;
use crate::measurement::BuiltIn;

/// A measurement; without a value where this role may not see it.
pub(super) type Measured = (&'static BuiltIn, Option<f64>);

pub(super) struct ServerState {
    /// By its clock.
    pub(super) at: Timestamp,
    pub(super) values: Vec<Measured>,
}

/// Connections as a share of those that the server allows, %.
pub(super) fn utilization(connections: u64, allowed: u64) -> Option<f64> {
    (allowed > 0).then(|| 100.0 * connections as f64 / allowed as f64)
}
