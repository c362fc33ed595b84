//! Proxies that let people in and say whom.

use std::collections::BTreeSet;
use std::net::IpAddr;

use axum::http::{HeaderMap, HeaderName};

use super::error::{HttpError, StartError};
use super::options::ProxyOptions;
use super::token::{TokenScope, Visitor, scopes};

/// The longest name that is believed, in bytes.
const LONGEST: usize = 200;

/// The proxies whose word is believed.
pub(super) struct TrustedProxies {
    addresses: BTreeSet<IpAddr>,
    header: HeaderName,
    scopes: BTreeSet<TokenScope>,
}

impl TrustedProxies {
    /// # Errors
    /// When a header cannot have this name, or a scope is not known.
    pub(super) fn new(options: &ProxyOptions) -> Result<Self, StartError> {
        let header =
            options.header.parse().map_err(|_| StartError::IdentityHeader(options.header.clone()))?;
        Ok(Self {
            addresses: options.addresses.iter().map(IpAddr::to_canonical).collect(),
            header,
            scopes: scopes(&options.scopes).map_err(StartError::ProxyScopes)?,
        })
    }

    /// Whom a proxy says it let in; `None` where it says nothing, or is none of those listed.
    ///
    /// # Errors
    /// When it names two, or nobody in particular.
    pub(super) fn visitor(
        &self,
        peer: Option<IpAddr>,
        headers: &HeaderMap,
    ) -> Result<Option<Visitor>, HttpError> {
        if !peer.is_some_and(|peer| self.addresses.contains(&peer.to_canonical())) {
            return Ok(None);
        }
        let mut named = headers.get_all(&self.header).iter();
        let Some(name) = named.next() else { return Ok(None) };
        // Of two, one may be what a client sent and the proxy handed on.
        if named.next().is_some() {
            return Err(HttpError::bad_request("the proxy names its visitor twice"));
        }
        let name = name.to_str().unwrap_or_default().trim();
        if name.is_empty() || name.len() > LONGEST {
            return Err(HttpError::bad_request("the proxy does not name its visitor"));
        }
        Ok(Some(Visitor { name: name.to_owned(), scopes: self.scopes.clone() }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proxies(header: &str, scopes: &str) -> Result<TrustedProxies, StartError> {
        let addresses = vec!["10.0.0.7".parse().unwrap(), "::1".parse().unwrap()];
        TrustedProxies::new(&ProxyOptions { addresses, header: header.to_owned(), scopes: scopes.to_owned() })
    }

    fn said(peer: &str, values: &[&str]) -> Result<Option<String>, String> {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append("x-forwarded-user", value.parse().unwrap());
        }
        let found = proxies("X-Forwarded-User", "read").unwrap().visitor(peer.parse().ok(), &headers);
        found.map(|visitor| visitor.map(|visitor| visitor.name)).map_err(|error| error.detail)
    }

    #[test]
    fn only_listed_addresses_are_believed() {
        assert_eq!(said("10.0.0.7", &["alice"]), Ok(Some("alice".to_owned())));
        assert_eq!(said("::ffff:10.0.0.7", &["alice"]), Ok(Some("alice".to_owned())));
        assert_eq!(said("::1", &[]), Ok(None));
        for stranger in ["10.0.0.8", "127.0.0.1", ""] {
            assert_eq!(said(stranger, &["alice"]), Ok(None), "{stranger}");
        }
    }

    #[test]
    fn a_name_is_one_name() {
        assert_eq!(said("::1", &["alice", "bob"]), Err("the proxy names its visitor twice".to_owned()));
        for nobody in ["", "  ", "é", &"a".repeat(201)] {
            assert_eq!(said("::1", &[nobody]), Err("the proxy does not name its visitor".to_owned()));
        }
    }

    #[test]
    fn a_header_and_scopes_that_cannot_be_are_refused() {
        assert!(proxies("X Y", "read").is_err() && proxies("X-User", "reed").is_err());
        assert!(proxies("X-User", "read,share").is_ok());
    }
}
