//! Logs become runs: of applications, of systemd, of Kubernetes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
// Lines are made with format!, which reads better than write! in a fold.
#![allow(clippy::format_collect, clippy::format_push_string)]

mod application;
mod journald;
mod kubernetes;
#[path = "../support/mod.rs"]
mod support;
