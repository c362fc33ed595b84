//! Addresses that lie within a network of one's own. They are recognised after the name was looked up, so that no
//! name leads there.

use std::collections::BTreeSet;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ureq::config::Config;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;
use ureq::{Error, http};

/// Only such an address was found.
#[derive(Debug, thiserror::Error)]
#[error("{0} is a private address")]
pub(super) struct PrivateAddress(pub(super) IpAddr);

/// Looks names up, and leaves out private addresses that are not listed.
#[derive(Debug)]
pub(super) struct OnlyPublic {
    listed: BTreeSet<IpAddr>,
    names: DefaultResolver,
}

impl OnlyPublic {
    pub(super) fn new(listed: &[IpAddr]) -> Self {
        let listed = listed.iter().map(IpAddr::to_canonical).collect();
        Self { listed, names: DefaultResolver::default() }
    }
}

impl Resolver for OnlyPublic {
    fn resolve(
        &self,
        uri: &http::Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        let found = self.names.resolve(uri, config, timeout)?;
        let mut allowed = self.empty();
        let mut refused = None;
        for address in &found {
            let canonical = address.ip().to_canonical();
            if is_private(canonical) && !self.listed.contains(&canonical) {
                refused = Some(canonical);
            } else {
                allowed.push(*address);
            }
        }
        match refused {
            Some(address) if allowed.is_empty() => {
                Err(Error::Io(io::Error::new(io::ErrorKind::PermissionDenied, PrivateAddress(address))))
            }
            _ => Ok(allowed),
        }
    }
}

/// Whether an address is of no use on the public network, or leads to one that is not.
///
/// <https://www.iana.org/assignments/iana-ipv4-special-registry>,
/// <https://www.iana.org/assignments/iana-ipv6-special-registry>
fn is_private(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_private_v4(address),
        IpAddr::V6(address) => is_private_v6(address),
    }
}

fn is_private_v4(address: Ipv4Addr) -> bool {
    let [first, second, third, _] = address.octets();
    address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_documentation()
        || first == 0
        || first >= 224
        // Behind a provider's translation, for protocols, for benchmarks.
        || (first == 100 && second & 0xC0 == 64)
        || (first, second, third) == (192, 0, 0)
        || (first == 198 && second & 0xFE == 18)
}

fn is_private_v6(address: Ipv6Addr) -> bool {
    let [first, second, ..] = address.segments();
    // Only this part is given out; of it, some stand for addresses of version 4.
    first & 0xE000 != 0x2000 || first == 0x2002 || (first == 0x2001 && (second < 0x0200 || second == 0x0DB8))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_a_network_of_one_s_own_are_private() {
        let private = |text: &str| is_private(text.parse::<IpAddr>().unwrap().to_canonical());
        for text in [
            "10.1.2.3",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.0.1",
            "127.0.0.1",
            "0.0.0.0",
            "169.254.169.254",
            "100.64.0.1",
            "192.0.0.1",
            "198.19.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::1",
            "::",
            "fd00::1",
            "fe80::1",
            "ff02::1",
            "::ffff:10.0.0.1",
            "64:ff9b::a00:1",
            "2002:a00:1::1",
            "2001:db8::1",
            "2001::1",
        ] {
            assert!(private(text), "{text}");
        }
        for text in ["1.1.1.1", "100.63.0.1", "172.32.0.1", "198.20.0.1", "2606:4700::1111", "::ffff:8.8.8.8"]
        {
            assert!(!private(text), "{text}");
        }
    }
}
