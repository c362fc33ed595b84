//! Who may come in: tokens where there are any, and the name that the service is called by.

use std::collections::BTreeSet;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::http::header::{AUTHORIZATION, CONTENT_LENGTH, HOST, TRANSFER_ENCODING};
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use tokio::sync::Semaphore;

use super::entry::Stamp;
use super::error::{HttpError, StartError};
use super::options::ServiceOptions;
use super::proxy::TrustedProxies;
use super::token::Tokens;
pub(super) use super::token::{TokenScope, Visitor};
use crate::clock::Stopwatch;

/// What a wrong token waits for its answer.
const DELAY: Duration = Duration::from_millis(500);

/// Wrong tokens that wait at once; one more has no answer but to come again later.
const DELAYED: usize = 32;

/// How long the token file is taken for unchanged.
const TRUSTED_FOR: Duration = Duration::from_secs(1);

/// The longest `Authorization` that is looked at, in bytes.
const LONGEST: usize = 1_000;

/// Who is at the other end of a connection.
#[derive(Clone, Copy)]
pub(super) struct Peer(pub(super) SocketAddr);

pub(super) struct Admission {
    tokens: Option<TokenFile>,
    proxies: Option<TrustedProxies>,
    /// The only names that the service is called by; any where it is `None`.
    hosts: Option<BTreeSet<String>>,
    delayed: Semaphore,
}

struct TokenFile {
    path: PathBuf,
    read: Mutex<ReadTokens>,
}

struct ReadTokens {
    looked: Stopwatch,
    stamp: Option<Stamp>,
    tokens: Arc<Tokens>,
}

impl Admission {
    /// # Errors
    /// When other machines could come in without a token, or the token file is wrong.
    pub(super) fn new(options: &ServiceOptions) -> Result<Self, StartError> {
        let address = options.listen;
        let loopback = address.ip().is_loopback();
        options.check()?;
        let public = options.public_url.as_deref().map(host_of).transpose()?;
        let own = ["localhost".to_owned(), "127.0.0.1".to_owned(), "[::1]".to_owned()];
        let hosts = || own.into_iter().chain([ip_of(address.ip())]).chain(public).collect();
        Ok(Self {
            tokens: options.token_file.clone().map(TokenFile::open).transpose()?,
            proxies: options.proxies.as_ref().map(TrustedProxies::new).transpose()?,
            // A page of another site that a browser was made to take for this machine calls it by that
            // site's name.
            hosts: loopback.then(hosts),
            delayed: Semaphore::new(DELAYED),
        })
    }

    /// What is wrong with a request whoever sends it.
    pub(super) fn check_form(
        &self,
        method: &Method,
        uri: &Uri,
        headers: &HeaderMap,
    ) -> Result<(), HttpError> {
        let lengths = headers.get_all(CONTENT_LENGTH).iter().count();
        let chunked = headers.contains_key(TRANSFER_ENCODING);
        // Two readers of such a request could see different ends of it.
        if lengths > 1 || (lengths == 1 && chunked) {
            return Err(HttpError::bad_request("the length of the body is given twice"));
        }
        let empty = headers.get(CONTENT_LENGTH).is_none_or(|length| length.as_bytes() == b"0");
        if *method != Method::POST && (chunked || !empty) {
            return Err(HttpError::bad_request("a request of this method has no body"));
        }
        if headers.get_all(HOST).iter().count() > 1 {
            return Err(HttpError::bad_request("the host is given twice"));
        }
        let named = headers.get(HOST).and_then(|name| name.to_str().ok()).map(ToOwned::to_owned);
        let name = uri.authority().map(ToString::to_string).or(named);
        let Some(hosts) = &self.hosts else { return Ok(()) };
        match name {
            Some(name) if hosts.contains(&without_port(&name).to_ascii_lowercase()) => Ok(()),
            _ => Err(HttpError::new(
                StatusCode::MISDIRECTED_REQUEST,
                "the service is not called by this name; start it with --public-url for another",
            )),
        }
    }

    /// Whoever sends these headers from `peer`.
    ///
    /// # Errors
    /// When a token is needed and none of those known is there. A wrong one waits first.
    pub(super) async fn visitor(
        &self,
        peer: Option<IpAddr>,
        headers: &HeaderMap,
    ) -> Result<Visitor, HttpError> {
        let unknown = || HttpError::new(StatusCode::UNAUTHORIZED, "a token is needed to come in");
        let let_in = self.proxies.as_ref().map(|proxies| proxies.visitor(peer, headers)).transpose()?;
        if let Some(visitor) = let_in.flatten() {
            return Ok(visitor);
        }
        let Some(file) = &self.tokens else {
            let scopes = TokenScope::ALL.into_iter().map(|(_, scope)| scope).collect();
            let anybody = Visitor { name: String::new(), scopes };
            return if self.proxies.is_none() { Ok(anybody) } else { Err(unknown()) };
        };
        let secret = secret(headers).ok_or_else(unknown)?;
        if let Some(visitor) = file.current().visitor(&secret) {
            return Ok(visitor.clone());
        }
        let Ok(_place) = self.delayed.try_acquire() else {
            let many = "too many wrong tokens; come again later";
            return Err(HttpError::new(StatusCode::TOO_MANY_REQUESTS, many).retry_after(10));
        };
        tokio::time::sleep(DELAY).await;
        Err(HttpError {
            cause: Some("wrong token".to_owned()),
            ..HttpError::new(StatusCode::UNAUTHORIZED, "this token is not known")
        })
    }
}

impl TokenFile {
    fn open(path: PathBuf) -> Result<Self, StartError> {
        let unreadable = |source| StartError::TokenFile { file: path.clone(), source };
        let text = std::fs::read_to_string(&path).map_err(unreadable)?;
        let tokens = Arc::new(Tokens::read(&text, &path)?);
        let stamp = std::fs::metadata(&path).ok().map(|metadata| Stamp::of(&metadata));
        let read = Mutex::new(ReadTokens { looked: Stopwatch::start(), stamp, tokens });
        Ok(Self { path, read })
    }

    /// The tokens as they are in the file now; those of before where the file is wrong.
    fn current(&self) -> Arc<Tokens> {
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        if read.looked.elapsed() >= TRUSTED_FOR {
            read.looked = Stopwatch::start();
            let stamp = std::fs::metadata(&self.path).ok().map(|metadata| Stamp::of(&metadata));
            if stamp != read.stamp
                && let Ok(text) = std::fs::read_to_string(&self.path)
                && let Ok(tokens) = Tokens::read(&text, &self.path)
            {
                read.stamp = stamp;
                read.tokens = Arc::new(tokens);
            }
        }
        Arc::clone(&read.tokens)
    }
}

/// The token of a request: after `Bearer`, or as the password of `Basic`.
fn secret(headers: &HeaderMap) -> Option<Vec<u8>> {
    let mut values = headers.get_all(AUTHORIZATION).iter();
    let value = values.next().filter(|value| value.len() <= LONGEST)?.to_str().ok()?;
    if values.next().is_some() {
        return None;
    }
    let (scheme, rest) = value.split_once(' ')?;
    if scheme.eq_ignore_ascii_case("bearer") {
        return Some(rest.trim().as_bytes().to_vec());
    }
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let decoded = BASE64_STANDARD.decode(rest.trim()).ok()?;
    let colon = decoded.iter().position(|byte| *byte == b':')?;
    Some(decoded[colon + 1..].to_vec())
}

/// As a `Host` names it.
fn ip_of(ip: std::net::IpAddr) -> String {
    if ip.is_ipv6() { format!("[{ip}]") } else { ip.to_string() }
}

fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    }
}

/// The host of an `http` or `https` address without a path.
fn host_of(url: &str) -> Result<String, StartError> {
    let wrong = || StartError::PublicUrl(url.to_owned());
    let uri: Uri = url.parse().map_err(|_| wrong())?;
    let fits = ["http", "https"].contains(&uri.scheme_str().unwrap_or_default());
    let authority = uri.authority().filter(|_| fits && uri.path() == "/" && uri.query().is_none());
    let host = authority.filter(|authority| !authority.as_str().contains('@')).ok_or_else(wrong)?;
    Ok(without_port(host.as_str()).to_ascii_lowercase())
}
