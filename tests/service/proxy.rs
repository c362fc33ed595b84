//! Behind a proxy that lets people in: nginx with the configuration of `deploy/`, and those who are no proxy.

use std::fs;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use crate::client::Service;
use crate::support::{Finished, jobdelta, server};

const HOST: &str = "jobs.example.org";

/// What the reader's browser holds once oauth2-proxy has signed it in.
const COOKIE: &str = "signed-in=yes";

fn free_port() -> u16 {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port()
}

/// The service as it stands behind a proxy on this machine.
fn behind_a_proxy() -> Service {
    let public = format!("https://{HOST}");
    Service::start(|command| {
        command.args(["--demo", "--trusted-proxy", "127.0.0.1", "--public-url", &public])
    })
}

/// nginx with the file of `deploy/`, in front of `service`; and beside it what stands for oauth2-proxy: it knows whoever
/// has the cookie.
struct Proxy {
    child: Child,
    port: u16,
    folder: tempfile::TempDir,
}

impl Proxy {
    fn before(service: &Service) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (port, oauth) = (free_port(), free_port());
        let tls = Path::new(server("JOBDELTA_TEST_AUTHORITY").as_str()).with_file_name("server");
        let deployed = Path::new(env!("CARGO_MANIFEST_DIR")).join("deploy/nginx.conf");
        let mut text = fs::read_to_string(deployed).unwrap();
        for (from, to) in [
            ("443 ssl", format!("127.0.0.1:{port} ssl")),
            ("/etc/ssl/jobs.example.org.pem", format!("{}.pem", tls.display())),
            ("/etc/ssl/jobs.example.org.key", format!("{}.key", tls.display())),
            ("127.0.0.1:7327", service.address.clone()),
            ("127.0.0.1:4180", format!("127.0.0.1:{oauth}")),
        ] {
            assert!(text.contains(from), "{from}");
            text = text.replace(from, &to);
        }
        let here = folder.path().display();
        let whole = format!(
            "daemon off; master_process off; pid {here}/pid; error_log {here}/errors;\nevents {{}}\nhttp {{\n\
             access_log off; client_body_temp_path {here}/b; proxy_temp_path {here}/p; fastcgi_temp_path {here}/f; \
             uwsgi_temp_path {here}/u; scgi_temp_path {here}/s;\n\
             server {{ listen 127.0.0.1:{oauth}; location / {{\n\
             if ($http_cookie != \"{COOKIE}\") {{ return 401; }}\n\
             add_header X-Auth-Request-User alice always; return 202; }} }}\n{text}\n}}\n"
        );
        let file = folder.path().join("nginx.conf");
        fs::write(&file, whole).unwrap();
        let mut nginx = Command::new("nginx");
        nginx.arg("-p").arg(folder.path()).args(["-e", "errors", "-c"]).arg(&file);
        let child = nginx.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let proxy = Self { child, port, folder };
        proxy.wait();
        proxy
    }

    fn wait(&self) {
        for _ in 0..200 {
            if TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).is_ok() {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        panic!("nginx does not answer: {:?}", fs::read_to_string(self.folder.path().join("errors")));
    }

    /// The status, a line break, and the body.
    fn get(&self, path: &str, headers: &[&str]) -> String {
        let mut command = Command::new("curl");
        command.args([
            "-sS",
            "--noproxy",
            "*",
            "--insecure",
            "--resolve",
            &format!("{HOST}:{}:127.0.0.1", self.port),
        ]);
        for header in headers {
            command.args(["-H", header]);
        }
        command.args(["-w", "\n%{http_code}"]).arg(format!("https://{HOST}:{}{path}", self.port));
        let said = Finished::of(command).succeeded();
        let (body, status) = said.rsplit_once('\n').unwrap();
        format!("{status}\n{body}")
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

#[test]
fn nginx_lets_in_whom_the_sign_in_knows_and_the_log_has_the_name() {
    let service = behind_a_proxy();
    let proxy = Proxy::before(&service);
    let cookie = format!("Cookie: {COOKIE}");
    let report = proxy.get("/deployments/demo/report.md", &[&cookie]);
    assert!(report.starts_with("200\n") && report.contains("targets not met"), "{report}");
    service.assert_logs("\"who\":\"alice\"");
    // A stranger is sent to sign in, whatever he calls himself.
    for headers in [&[][..], &["X-Forwarded-User: alice"], &["X-Auth-Request-User: alice"]] {
        let refused = proxy.get("/deployments", headers);
        assert!(refused.starts_with("302\n") && !refused.contains("demo"), "{refused}");
    }
    // Nor is a reader whom he says he is.
    let twice = proxy.get("/deployments", &[&cookie, "X-Forwarded-User: root"]);
    assert!(twice.starts_with("200\n") && !service.log().contains("root"), "{twice}");
    assert!(proxy.get("/healthz", &[]).starts_with("200\n"));
}

#[test]
fn a_proxy_s_word_counts_only_from_where_it_is_expected() {
    let alice = [("X-Forwarded-User", "alice")];
    let service = Service::start(|command| command.args(["--demo", "--trusted-proxy", "10.9.8.7"]));
    service.get_with("/deployments", &alice).with(401);
    service.get("/healthz").with(200);
    let service = behind_a_proxy();
    service.get("/deployments").with(401);
    service.get_with("/deployments", &alice).with(200);
    service.get_with("/deployments", &[("X-Auth-Request-User", "alice")]).with(401);
    service
        .get_with("/deployments", &[("X-Forwarded-User", "alice"), ("X-Forwarded-User", "root")])
        .with(400);
    service.get_with("/deployments", &[("X-Forwarded-User", "")]).with(400);
    let options = ["--trusted-proxy", "127.0.0.1", "--identity-header", "Remote-User"];
    let service = Service::start(|command| command.arg("--demo").args(options));
    service.get_with("/deployments", &alice).with(401);
    service.get_with("/deployments", &[("Remote-User", "bob")]).with(200);
}

#[test]
fn whom_a_proxy_lets_in_may_do_what_was_said() {
    let folder = tempfile::tempdir().unwrap();
    for (scopes, status) in [("read", 403), ("read,share", 201)] {
        let store = folder.path().join(format!("{status}.sqlite"));
        let service = Service::start(|command| {
            command
                .args(["--demo", "--trusted-proxy", "127.0.0.1", "--proxy-scopes", scopes])
                .arg("--store")
                .arg(&store)
        });
        let head = "POST /deployments/demo/links HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-User: alice\r\n";
        let form = "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 6\r\nConnection: close\r\n\r\ndays=7";
        service.raw(&format!("{head}{form}")).with(status);
    }
    let refused = |flags: &[&str]| jobdelta([&["serve", "--demo"], flags].concat()).refused();
    assert!(
        refused(&["--trusted-proxy", "127.0.0.1", "--proxy-scopes", "reed"]).contains("did you mean 'read'?")
    );
    assert!(
        refused(&["--trusted-proxy", "127.0.0.1", "--identity-header", "X Y"])
            .contains("is not the name of a header")
    );
    assert!(refused(&["--identity-header", "X-User"]).contains("--trusted-proxy"));
}
