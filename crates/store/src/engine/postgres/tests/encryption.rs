//! TLS to the database: what is encrypted, and who is believed.

use std::net::TcpListener;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use server::PostgresServer as Server;

use super::*;

/// A server that offers TLS with a certificate for `localhost`, its port, and the certificate to trust.
struct Encrypted {
    server: Server,
    port: u16,
    authority: String,
}

fn authority() -> CertifiedIssuer<'static, KeyPair> {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap()
}

fn encrypted() -> Encrypted {
    let authority = authority();
    let key = KeyPair::generate().unwrap();
    let certificate = CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
    let certificate = certificate.signed_by(&key, &authority).unwrap();
    // Free until the server takes it.
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let server = Server::start_with(
        &["ssl=on", "listen_addresses=127.0.0.1", &format!("port={port}")],
        &[("server.crt", &certificate.pem()), ("server.key", &key.serialize_pem())],
    );
    Encrypted { server, port, authority: authority.pem() }
}

fn try_open(url: &str) -> Result<Postgres, OpenError> {
    let server = options(url);
    let on_batch = None;
    Postgres::open(Options {
        server: &server,
        may: May::Migrate,
        now: NOW,
        queue_capacity: 10,
        on_batch,
    })
}

#[test]
fn each_mode_does_what_it_says() {
    let Encrypted { server, port, authority } = encrypted();
    let dir = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        let path = dir.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.display().to_string()
    };
    let (ours, other) = (file("ours", &authority), file("other", &self::authority().pem()));
    let (none, empty) = (dir.path().join("none").display().to_string(), file("empty", ""));
    for (host, query, expected) in [
        ("localhost", "sslmode=disable".to_owned(), Ok("f")),
        ("localhost", "sslmode=prefer".to_owned(), Ok("t")),
        ("localhost", String::new(), Ok("t")),
        ("127.0.0.1", "sslmode=require".to_owned(), Ok("t")),
        ("localhost", format!("sslmode=verify-full&sslrootcert={ours}"), Ok("t")),
        // Another name than the certificate's.
        ("127.0.0.1", format!("sslmode=verify-full&sslrootcert={ours}"), Err("certificate")),
        // Another authority; the system knows neither.
        ("localhost", format!("sslmode=verify-full&sslrootcert={other}"), Err("certificate")),
        ("localhost", "sslmode=verify-full".to_owned(), Err("certificate")),
        ("localhost", format!("sslrootcert={none}"), Err("can't read")),
        ("localhost", format!("sslrootcert={empty}"), Err("no certificate")),
    ] {
        let url = format!("postgres://postgres@{host}:{port}/postgres?{query}");
        match (try_open(&url), expected) {
            (Ok(database), Ok(encrypted)) => {
                assert_eq!(write(&database, vec![put(&url)]), done());
                let sessions = server.query(
                    "postgres",
                    "SELECT DISTINCT ssl::text FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)
                     WHERE application_name = 'onlyauth'",
                );
                assert_eq!(sessions, [[if encrypted == "t" { "true" } else { "false" }]], "{url}");
                drop(database);
                until("gone", || {
                    let count =
                        "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'onlyauth'";
                    server.query("postgres", count) == [["0"]]
                });
            }
            (Err(error), Err(what)) => {
                let text = error.to_string();
                assert!(text.contains(what), "{url}: {text}");
            }
            (Ok(_), Err(_)) => panic!("{url}: it was believed"),
            (Err(error), Ok(_)) => panic!("{url}: {error}"),
        }
    }
}

#[test]
fn a_server_without_tls_is_used_only_where_that_is_allowed() {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let _server = Server::start(&["listen_addresses=127.0.0.1", &format!("port={port}")]);
    let url = |query: &str| format!("postgres://postgres@localhost:{port}/postgres?{query}");
    for (query, allowed) in [
        ("sslmode=prefer", true),
        ("sslmode=disable", true),
        ("sslmode=require", false),
        ("sslmode=verify-full", false),
    ] {
        assert_eq!(try_open(&url(query)).is_ok(), allowed, "{query}");
    }
}
