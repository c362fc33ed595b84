//! The service: a door like the command line. A request becomes settings, the pipeline is called once for all
//! who ask the same, and renderers make of the report what each of them wants. It computes nothing.

mod access;
mod asset;
mod badge;
mod catalogue;
mod counters;
mod delivery;
mod description;
mod entry;
mod error;
mod finished;
mod flight;
mod frame;
mod health;
mod list;
mod listen;
mod log;
mod negotiation;
mod offer;
mod options;
mod outer;
mod page;
mod parameters;
mod proxy;
mod queue;
mod report;
mod routes;
mod service;
mod share;
mod token;

pub use self::error::StartError;
pub use self::listen::{Listener, serve};
pub use self::log::{Log, LogForm};
pub use self::options::{ProxyOptions, ServiceOptions};
pub use self::routes::router;
pub use self::service::Service;
