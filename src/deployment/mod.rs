//! The deployment file: what people write about a deployment.

pub mod facts;
