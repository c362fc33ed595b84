//! A place between the program and its server.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};

/// Passes one connection on to `server` and back. `watch` sees what the program sends before the server
/// does. Gives the address to connect to, on `host`.
pub fn relay(host: &str, server: &str, mut watch: impl FnMut(&[u8]) + Send + 'static) -> String {
    let listener = TcpListener::bind((host, 0)).expect("a port of our own");
    let address = listener.local_addr().expect("its address").to_string();
    let server = server.to_owned();
    std::thread::spawn(move || {
        let (mut client, _) = listener.accept().expect("the program connects");
        let mut server = TcpStream::connect(server).expect("the server answers");
        let (mut answers, mut answered) =
            (server.try_clone().expect("a handle"), client.try_clone().expect("a handle"));
        std::thread::spawn(move || {
            // What the server said last, and that it says no more, reach the program too.
            let _ = std::io::copy(&mut answers, &mut answered);
            let _ = answered.shutdown(Shutdown::Both);
        });
        let mut buffer = vec![0; 1 << 16];
        while let Ok(length @ 1..) = client.read(&mut buffer) {
            watch(&buffer[..length]);
            if server.write_all(&buffer[..length]).is_err() {
                break;
            }
        }
        let _ = server.shutdown(Shutdown::Both);
    });
    address
}
