//! What of an HTTP address may be shown.

/// The address without what may be secret: user, password and query.
pub fn place(url: &str) -> String {
    let (scheme, host, path) = parts(url);
    format!("{scheme}://{host}{path}")
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
        assert_eq!(host("https://u:p@hooks.example.org:8443/T0/secret"), "hooks.example.org:8443");
    }
}
