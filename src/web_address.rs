//! An HTTP address: whether it can be one, and what of it may be shown.

/// The address without what may be secret: user, password and query.
pub fn place(url: &str) -> String {
    let (scheme, host, path) = parts(url);
    format!("{scheme}://{host}{path}")
}

/// Whether there is a host, and after it a port or nothing: whatever else stands there may be a part of a password.
pub fn is_usable(url: &str) -> bool {
    let host = host(url);
    let (name, port) = match host.strip_prefix('[') {
        Some(rest) => match rest.split_once(']') {
            Some((name, rest)) => (name, rest.strip_prefix(':').or(rest.is_empty().then_some("0"))),
            None => return false,
        },
        None => match host.split_once(':') {
            Some((name, port)) => (name, Some(port)),
            None => (host, Some("0")),
        },
    };
    let is_port = port.is_some_and(|port| port.parse::<u16>().is_ok());
    is_port && !name.is_empty() && !host.contains(char::is_whitespace)
}

/// The host with its port.
pub fn host(url: &str) -> &str {
    parts(url).1
}

fn parts(url: &str) -> (&str, &str, &str) {
    let bare = url.split(['?', '#']).next().unwrap_or_default();
    let (scheme, rest) = bare.split_once("://").unwrap_or(("", bare));
    let (host, path) = rest.find('/').map_or((rest, ""), |slash| rest.split_at(slash));
    (scheme, host.rsplit_once('@').map_or(host, |(_, host)| host), path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_secret_is_left_out() {
        assert_eq!(place("http://user:pw@app:3000/health?key=s@t#x"), "http://app:3000/health");
        assert_eq!(place("https://app"), "https://app");
        for url in ["http://a", "https://u:p@a:1/x?y", "http://[::1]:80/", "http://[::1]"] {
            assert!(is_usable(url), "{url}");
        }
        for url in [
            "http://user:pa/ss@a/",
            "http://user:se?cret@a",
            "http://tok:sec#ret@a",
            "http://a:1:secret/",
            "http:///x",
            "http://a b/",
            "http://",
            "http://[::1/",
        ] {
            assert!(!is_usable(url), "{url}");
        }
        assert_eq!(host("https://u:p@hooks.example.org:8443/T0/secret"), "hooks.example.org:8443");
    }
}
