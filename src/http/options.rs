//! How the service is started.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use super::error::StartError;
use super::log::Log;
use crate::clock::Clock;

pub struct ServiceOptions {
    pub listen: SocketAddr,
    /// The folder of the deployment files.
    pub deployments: PathBuf,
    pub token_file: Option<PathBuf>,
    /// The file of the links.
    pub store: Option<PathBuf>,
    /// Proxies that say whom they let in.
    pub proxies: Option<ProxyOptions>,
    /// Whether other machines may come in without a token.
    pub insecure: bool,
    /// Where people reach it, if not at the address that it listens on.
    pub public_url: Option<String>,
    pub environment: BTreeMap<String, String>,
    pub clock: Clock,
    pub log: Log,
}

/// Proxies that say whom they let in.
#[derive(Clone, Debug)]
pub struct ProxyOptions {
    /// Where they call from.
    pub addresses: Vec<IpAddr>,
    /// The header that has the name.
    pub header: String,
    /// What those may do whom they let in: scopes with commas between them.
    pub scopes: String,
}

impl ServiceOptions {
    /// # Errors
    /// When other machines could come in without a token.
    pub fn check(&self) -> Result<(), StartError> {
        let is_guarded = self.token_file.is_some() || self.proxies.is_some();
        if self.listen.ip().is_loopback() || is_guarded || self.insecure {
            return Ok(());
        }
        Err(StartError::OpenToAll { address: self.listen })
    }
}
