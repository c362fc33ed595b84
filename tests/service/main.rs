//! `jobdelta serve` as browsers, programs and attackers meet it: the built program on a port of its own.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod access;
mod browser;
mod client;
mod computation;
mod contract;
mod deployments;
mod faults;
mod links;
mod offered;
mod proxy;
mod reports;
#[path = "../support/mod.rs"]
mod support;
