//! What makes a line of a file the same run when the file is imported again.
//!
//! With a run id it is the SHA-256 digest of the byte 1, the id's length in bytes and the id; otherwise of
//! the byte 2, the length in bytes of the job name, the job name, the start in microseconds since the
//! epoch, and the ordinal. Numbers have 64 bits, big-endian. Lengths come first so that no two identities
//! have the same bytes.

use sha2::{Digest, Sha256};

use crate::run::{Run, RunIdentity};

/// The identity of a run that has an id of its own.
pub(super) fn of_run_id(run_id: &str) -> RunIdentity {
    let mut digest = Sha256::new_with_prefix([1]);
    add_text(&mut digest, run_id);
    RunIdentity(digest.finalize().into())
}

/// The identity of `run`, which has no id, as the `ordinal`th (from 0) of the runs of its file with the
/// same job name and start.
pub(super) fn of_ordinal(run: &Run, ordinal: u64) -> RunIdentity {
    let mut digest = Sha256::new_with_prefix([2]);
    add_text(&mut digest, &run.job_name);
    digest.update(run.started_at.us().to_be_bytes());
    digest.update(ordinal.to_be_bytes());
    RunIdentity(digest.finalize().into())
}

fn add_text(digest: &mut Sha256, text: &str) {
    let length = u64::try_from(text.len()).unwrap_or(u64::MAX);
    digest.update(length.to_be_bytes());
    digest.update(text.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The digest is what `printf '\001\000\000\000\000\000\000\000\002r1' | sha256sum` prints: rows of an
    /// earlier version must be known again.
    #[test]
    fn identities_do_not_change() {
        let RunIdentity(digest) = of_run_id("r1");
        let printed = "d02f1ca52ca94ded424c8ac55be314919b32080ba50865a18c6bc79f287b4f45";
        for (byte, hex) in digest.iter().zip(printed.as_bytes().chunks(2)) {
            assert_eq!(format!("{byte:02x}").as_bytes(), hex);
        }
    }
}
