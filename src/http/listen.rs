//! Connections: how many, how long they may take to say what they want, and how they end.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::{Extension, Router};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use serde_json::Value;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::access::Peer;
use super::error::StartError;
use super::routes::router;
use super::service::Service;
use crate::cancellation::Cancellation;

/// Connections at once; further ones wait until one of them ends.
const CONNECTIONS: usize = 2_048;

/// For the head of a request, and for the next one on a connection.
const HEAD_TIME: Duration = Duration::from_secs(10);

/// Bytes of a request's head.
const HEAD_BYTES: usize = 16 * 1024;

const HEAD_LINES: usize = 64;

/// How long requests may take to end once the service is stopped. After that their statements are ended.
const LAST_REQUESTS: Duration = Duration::from_secs(4);

/// How long the answers to those may take.
const LAST_ANSWERS: Duration = Duration::from_millis(1_500);

/// A place where requests come in.
pub struct Listener(TcpListener);

impl Listener {
    /// # Errors
    /// When the address cannot be had.
    pub async fn bind(address: SocketAddr) -> Result<Self, StartError> {
        TcpListener::bind(address).await.map(Self).map_err(|source| StartError::Listen { address, source })
    }

    /// The address, with the port that was chosen where none was named.
    pub fn address(&self) -> Option<SocketAddr> {
        self.0.local_addr().ok()
    }
}

/// Serves until `cancellation`, and then until what is under way has ended.
pub async fn serve(listener: Listener, service: Arc<Service>, cancellation: &Cancellation) {
    let routes = router(Arc::clone(&service));
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    let ending = GracefulShutdown::new();
    loop {
        let (stream, peer, place) = tokio::select! {
            accepted = accept(&listener.0, &places) => match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    service.log.write("refused", &[("cause", Value::from(error.to_string()))]);
                    // Of file descriptors there are none left: each that is closed makes room.
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    continue;
                }
            },
            () = cancellation.cancelled() => break,
        };
        connect(stream, peer, place, &routes, &ending);
    }
    drop(listener);
    service.log.write("stopping", &[("reports", Value::from(service.flights.under_way()))]);
    let ended = ending.shutdown();
    tokio::pin!(ended);
    if tokio::time::timeout(LAST_REQUESTS, &mut ended).await.is_err() {
        service.flights.close();
        drop(tokio::time::timeout(LAST_ANSWERS, ended).await);
    }
    service.flights.close();
    service.log.write("stopped", &[]);
}

async fn accept(
    listener: &TcpListener,
    places: &Arc<Semaphore>,
) -> std::io::Result<(TcpStream, SocketAddr, OwnedSemaphorePermit)> {
    let place = Arc::clone(places).acquire_owned().await.map_err(std::io::Error::other)?;
    let (stream, peer) = listener.accept().await?;
    Ok((stream, peer, place))
}

fn connect(
    stream: TcpStream,
    peer: SocketAddr,
    place: OwnedSemaphorePermit,
    routes: &Router,
    ending: &GracefulShutdown,
) {
    // Where it cannot be set, answers are only later.
    drop(stream.set_nodelay(true));
    let service = TowerToHyperService::new(routes.clone().layer(Extension(Peer(peer))));
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIME)
        .max_buf_size(HEAD_BYTES)
        .max_headers(HEAD_LINES)
        .serve_connection(TokioIo::new(stream), service);
    let connection = ending.watch(connection);
    tokio::spawn(async move {
        // Whoever breaks off tells nobody why.
        drop(connection.await);
        drop(place);
    });
}
