//! `onlyauth demo`: a whole server, and beside it the small shop of a customer that uses it.
//!
//! The shop has an origin of its own and knows nothing of the server but its public API: what it does is what
//! a customer's backend would do.

mod backend;
mod choices;
mod factors;
mod lost;
mod pages;
mod sessions;
mod setup;
mod shop;
mod users;

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use onlyauth_core::ids::{AppId, ClientId};
use serde::Serialize;
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::cli::{CliError, Exit};
use crate::clock::Clock;
use crate::config::{Config, Server as ServerConfig};
use crate::entropy::Entropy;
use crate::http;
use crate::providers;
use crate::serve::{self, Server};
use shop::Shop;

/// More logins than anybody can click through in an hour.
const STARTS_PER_HOUR: u32 = 1_000_000;

/// What somebody needs to try the demo, and the API behind it. No Debug: it holds a secret in clear.
#[derive(Serialize)]
pub struct Invitation {
    /// The shop: open it in a browser.
    pub url: String,
    /// Logs into the shop.
    pub user_name: &'static str,
    /// The password of every user of the shop.
    pub password: &'static str,
    /// Where the API and the widget are.
    pub server_url: String,
    /// The shop's account.
    pub client_id: ClientId,
    /// The shop's app, in sandbox mode.
    pub app_id: AppId,
    /// The shop's secret; it ends when the demo starts again.
    pub api_secret: String,
}

/// Serves shop and server until the process is told to stop. `invite` is called once both answer.
///
/// # Errors
/// Whatever keeps the demo from starting, as one sentence with a hint.
pub fn run(
    config: Config,
    shop_listen: Option<SocketAddr>,
    invite: impl FnOnce(&Invitation) -> Result<(), CliError>,
) -> Result<(), CliError> {
    serve::runtime()?.block_on(async {
        let stop = serve::stop_signal()?;
        let demo = Demo::open(config, shop_listen, Clock::system(), Entropy::system()).await?;
        invite(&demo.invitation)?;
        demo.run(stop).await;
        Ok(())
    })
}

/// A demo that listens but does not answer yet.
struct Demo {
    invitation: Invitation,
    server: Server,
    shop: Shop,
    shop_listener: TcpListener,
}

impl Demo {
    async fn open(
        mut config: Config,
        shop_listen: Option<SocketAddr>,
        clock: Clock,
        entropy: Entropy,
    ) -> Result<Self, CliError> {
        let listen = config.server.listen;
        let host = shop_host(shop_listen.unwrap_or(listen).ip())?;
        shop_host(listen.ip())?;
        let listener = serve::listen(listen)?;
        let address = local_address(&listener)?;
        let shop_listener = bind_shop(shop_listen.unwrap_or_else(|| after(listen))).await?;
        let shop_url = format!("http://{host}:{}", local_address(&shop_listener)?.port());

        if config.server.base_url == ServerConfig::default().base_url {
            config.server.base_url = crate::config::BaseUrl::localhost(address.port());
        }
        config.limits.starts_per_ip_per_hour = STARTS_PER_HOUR;
        let routes = providers::routes(&config.providers)?;
        let server =
            Server::open_on(listener, config, clock, entropy, routes).await?.for_development();
        let account = setup::prepare(&server.service, &shop_url).await?;
        let invitation = Invitation {
            url: shop_url.clone(),
            user_name: users::ALL[0].login,
            password: users::PASSWORD,
            server_url: server.service.config.server.base_url.origin(),
            client_id: account.client_id,
            app_id: account.app_id,
            api_secret: account.secret.reveal().to_owned(),
        };
        let shop = Shop::new(&server.service, account, reachable(address), &shop_url);
        Ok(Self { invitation, server, shop, shop_listener })
    }

    async fn run(self, stop: impl Future<Output = ()>) {
        let config = &self.server.service.config.server;
        let limits = http::Limits {
            header_timeout: config.header_timeout,
            idle_timeout: config.idle_timeout,
            max_connections: self.server.max_connections,
            shutdown_grace: config.shutdown_grace,
        };
        let (end_server, shop_ended) = watch::channel(false);
        // The shop goes first: while it finishes what is in flight it still needs the API.
        let shop_side = async move {
            http::serve(self.shop_listener, shop::router(self.shop), limits, stop).await;
            end_server.send_replace(true);
        };
        let server_side = self.server.run(async move {
            let mut ended = shop_ended;
            // A sender that is gone means the same.
            let _ = ended.wait_for(|ended| *ended).await;
        });
        tokio::join!(shop_side, server_side);
    }
}

/// The port after the server's; any free one if that of the server was left to the system.
fn after(listen: SocketAddr) -> SocketAddr {
    let port = if listen.port() == 0 { 0 } else { listen.port().checked_add(1).unwrap_or(0) };
    SocketAddr::new(listen.ip(), port)
}

/// The host of the shop's address. Not the widget's name, so that the widget lives in a cross-site frame, as
/// it does at a customer's.
fn shop_host(listen: IpAddr) -> Result<&'static str, CliError> {
    match listen {
        IpAddr::V4(Ipv4Addr::LOCALHOST | Ipv4Addr::UNSPECIFIED) => Ok("127.0.0.1"),
        // No browser matches an IPv6 address in `frame-ancestors`.
        IpAddr::V6(Ipv6Addr::LOCALHOST | Ipv6Addr::UNSPECIFIED) => Ok("localhost"),
        other => Err(CliError::new(
            Exit::Usage,
            format!(
                "the demo is for this machine's own browser, which does not reach it at {other}"
            ),
        )
        .hint("use 127.0.0.1, [::1], or 0.0.0.0 where a container's port is published")),
    }
}

/// Where a program on this machine reaches a listener.
fn reachable(address: SocketAddr) -> SocketAddr {
    let ip = match address.ip() {
        IpAddr::V4(Ipv4Addr::UNSPECIFIED) => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(Ipv6Addr::UNSPECIFIED) => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, address.port())
}

async fn bind_shop(address: SocketAddr) -> Result<TcpListener, CliError> {
    TcpListener::bind(address).await.map_err(|error| {
        CliError::new(Exit::Listen, format!("the shop can't listen on {address}: {error}"))
            .hint("choose another address for the shop with --shop-listen, such as 127.0.0.1:8090")
    })
}

fn local_address(listener: &TcpListener) -> Result<SocketAddr, CliError> {
    listener.local_addr().map_err(|error| {
        CliError::new(Exit::Listen, format!("can't tell the address that was bound: {error}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shop_listens_beside_the_server() {
        for (listen, shop) in [
            ("127.0.0.1:8080", "127.0.0.1:8081"),
            ("127.0.0.1:0", "127.0.0.1:0"),
            ("[::1]:65535", "[::1]:0"),
        ] {
            assert_eq!(after(listen.parse().unwrap()), shop.parse().unwrap());
        }
    }

    #[test]
    fn the_shops_host_is_one_that_a_browser_here_reaches() {
        for (listen, host) in [
            ("127.0.0.1", Some("127.0.0.1")),
            ("0.0.0.0", Some("127.0.0.1")),
            ("::1", Some("localhost")),
            ("192.0.2.1", None),
        ] {
            assert_eq!(shop_host(listen.parse().unwrap()).ok(), host, "{listen}");
        }
        assert_eq!(reachable("0.0.0.0:80".parse().unwrap()), "127.0.0.1:80".parse().unwrap());
    }
}
