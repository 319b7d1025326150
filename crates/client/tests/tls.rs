//! Over TLS: who is trusted, and what is known when a handshake fails.

use std::time::{Duration, Instant};

use onlyauth_client::{ConnectKind, Error, Operation};

use crate::support::calls::GOOD;
use crate::support::{Act, TlsStub, builder, call, refused};

#[tokio::test]
async fn an_unknown_authority_is_not_trusted() {
    let server = TlsStub::start(0, [Act::json(200, GOOD)]).await;
    let begun = Instant::now();
    let client = builder(&server.stub.base).build().unwrap();
    for operation in Operation::ALL {
        let error = refused(call(&client, operation).await);
        let Error::Connect(cause) = &error else { panic!("{error:?}") };
        assert_eq!(cause.kind(), ConnectKind::Tls, "{error}");
        assert!(error.to_string().contains("certificate"), "{error}");
        assert!(!error.may_have_taken_effect());
    }
    assert_eq!(server.stub.requests().len(), 0);
    // Another attempt would end likewise.
    assert_eq!(server.stub.connections(), Operation::ALL.len());
    assert!(begun.elapsed() < Duration::from_secs(20));
}

#[tokio::test]
async fn an_authority_of_ones_own_is_trusted_where_it_is_named() {
    let server = TlsStub::start(0, [Act::json(200, GOOD)]).await;
    let builder = builder(&server.stub.base).root_certificates_pem(server.authority.as_bytes());
    let client = builder.build().unwrap();
    for operation in Operation::ALL {
        call(&client, operation).await.unwrap();
    }
    assert_eq!(server.stub.connections(), 1);
}

#[tokio::test]
async fn a_certificate_of_another_host_is_not_trusted() {
    let server = TlsStub::start(0, [Act::json(200, GOOD)]).await;
    let other = server.stub.base.replace("localhost", "127.0.0.1");
    let builder = builder(&other).root_certificates_pem(server.authority.as_bytes());
    let error = refused(call(&builder.build().unwrap(), Operation::GetApps).await);
    let Error::Connect(cause) = &error else { panic!("{error:?}") };
    assert_eq!(cause.kind(), ConnectKind::Tls, "{error}");
    assert_eq!(server.stub.requests().len(), 0);
}

#[tokio::test]
async fn every_operation_tries_again_where_no_connection_came_about() {
    for operation in Operation::ALL {
        let server = TlsStub::start(2, [Act::json(200, GOOD)]).await;
        let builder = builder(&server.stub.base).root_certificates_pem(server.authority.as_bytes());
        call(&builder.build().unwrap(), operation).await.unwrap();
        assert_eq!(server.stub.requests().len(), 1, "{operation:?}");
        assert_eq!(server.stub.connections(), 3, "{operation:?}");
    }
}
