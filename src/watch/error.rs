//! Why nothing was assessed.

use crate::clock::Timestamp;
use crate::pipeline::PipelineError;
use crate::store::StoreError;

#[derive(Debug, thiserror::Error)]
pub enum WatchError {
    #[error(transparent)]
    Pipeline(#[from] PipelineError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("failed to say what is new: {0}")]
    Tell(#[from] std::io::Error),
    #[error("the window after the change starts at {start}, which has not come yet")]
    NotBegun { start: Timestamp },
}
