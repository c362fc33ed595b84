//! What makes a line of a file the same run when the file is imported again.

use sha2::{Digest, Sha256};

use crate::run::Run;

/// SHA-256 of a run's identity, the column `identity` of `job_runs`.
///
/// With a run id it is the digest of the byte 1, the id's length in bytes (64 bits, big-endian) and the
/// id; otherwise of the byte 2, the length and bytes of the job name, the start in microseconds and the
/// ordinal (64 bits each, big-endian). Lengths come first so that no two identities have the same bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RunIdentity(pub [u8; 32]);

impl RunIdentity {
    /// The identity of a run that has an id of its own.
    pub fn of_run_id(run_id: &str) -> Self {
        let mut digest = Sha256::new_with_prefix([1]);
        add_text(&mut digest, run_id);
        Self(digest.finalize().into())
    }

    /// The identity of `run`, which has no id, as the `ordinal`th (from 0) of the runs of its file with
    /// the same job name and start.
    pub fn of_ordinal(run: &Run, ordinal: u64) -> Self {
        let mut digest = Sha256::new_with_prefix([2]);
        add_text(&mut digest, &run.job_name);
        digest.update(run.started_at.us().to_be_bytes());
        digest.update(ordinal.to_be_bytes());
        Self(digest.finalize().into())
    }
}

fn add_text(digest: &mut Sha256, text: &str) {
    let length = u64::try_from(text.len()).unwrap_or(u64::MAX);
    digest.update(length.to_be_bytes());
    digest.update(text.as_bytes());
}

/// A run of a file with its identity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdentifiedRun {
    /// Unique in the table.
    pub identity: RunIdentity,
    /// What the line says.
    pub run: Run,
}
