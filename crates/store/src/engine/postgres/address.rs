//! `postgres://…`: where the database is, and how the way there is protected.

use std::fmt;
use std::net::IpAddr;
use std::path::PathBuf;
use std::str::FromStr;

use percent_encoding::percent_decode_str;
use tokio_postgres::Config;
use tokio_postgres::config::{Host, SslMode, TargetSessionAttrs};

/// The address of a PostgreSQL database, which may hold a password: Debug and Display leave that out.
///
/// Several hosts, separated by commas, are tried in turn until one takes writes. `sslmode` is one of
///
/// - `disable`: in clear
/// - `prefer`: encrypted if the server offers it, unverified
/// - `require`: encrypted or not at all, unverified
/// - `verify-full`: encrypted, by a server with a certificate for this host that the system trusts, or one of those in
///   the file `sslrootcert`
///
/// and `verify-full` where it is not given; on the same machine, `prefer`. A socket of the file system is never
/// encrypted.
#[derive(Clone)]
pub struct PostgresUrl {
    text: String,
    config: Box<Config>,
    protection: Protection,
}

/// How the connection is protected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Protection {
    /// Not at all, or against who listens only.
    Unverified,
    /// Against who is in between too. The certificates to trust; None: the system's.
    Verified { roots: Option<PathBuf> },
}

/// The text is no such address. Says what is wrong without repeating the text, which may hold a password.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NotAPostgresUrl(String);

impl PostgresUrl {
    pub(super) fn config(&self) -> &Config {
        &self.config
    }

    pub(super) fn protection(&self) -> &Protection {
        &self.protection
    }

    /// Whether the address itself holds a password.
    pub fn has_password(&self) -> bool {
        self.config.get_password().is_some()
    }

    /// Whether what is sent there can be read or changed on a network by somebody in between.
    pub fn is_exposed(&self) -> bool {
        self.protection == Protection::Unverified && !is_near(&self.config)
    }
}

impl PartialEq for PostgresUrl {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for PostgresUrl {}

/// Hosts and database, nothing else.
impl fmt::Display for PostgresUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hosts = self.config.get_hosts().iter().map(|host| match host {
            Host::Tcp(name) => name.clone(),
            Host::Unix(path) => path.display().to_string(),
        });
        let hosts: Vec<String> = hosts.collect();
        write!(f, "postgres://{}/{}", hosts.join(","), self.config.get_dbname().unwrap_or_default())
    }
}

impl fmt::Debug for PostgresUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PostgresUrl({self})")
    }
}

impl FromStr for PostgresUrl {
    type Err = NotAPostgresUrl;

    fn from_str(text: &str) -> Result<Self, NotAPostgresUrl> {
        let wrong = |what: &str| NotAPostgresUrl(what.to_owned());
        if !text.starts_with("postgres://") && !text.starts_with("postgresql://") {
            return Err(wrong("it does not begin with postgres://"));
        }
        let (address, query) = text.split_once('?').unwrap_or((text, ""));
        let (mut rest, mut mode, mut roots) = (Vec::new(), None, None);
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            match pair.split_once('=') {
                Some(("sslmode", value)) => mode = Some(value),
                Some(("sslrootcert", value)) => {
                    let path = percent_decode_str(value).decode_utf8();
                    roots = Some(PathBuf::from(
                        path.map_err(|_| wrong("sslrootcert is not UTF-8"))?.as_ref(),
                    ));
                }
                _ => rest.push(pair),
            }
        }
        let config = format!("{address}?{}", rest.join("&"));
        let mut config: Config = config.parse().map_err(|error| {
            NotAPostgresUrl(std::error::Error::source(&error).map_or_else(
                || "it can't be read".to_owned(),
                |cause| format!("it can't be read: {cause}"),
            ))
        })?;
        if config.get_hosts().is_empty() {
            return Err(wrong("it names no host"));
        }
        if config.get_dbname().is_none_or(str::is_empty) {
            return Err(wrong("it names no database: write postgres://HOST/DATABASE"));
        }
        let protection = protect(&mut config, mode, roots)?;
        // Whoever answers must take writes: after a failover the next host is tried.
        config.target_session_attrs(TargetSessionAttrs::ReadWrite);
        Ok(Self { text: text.to_owned(), config: Box::new(config), protection })
    }
}

fn protect(
    config: &mut Config,
    mode: Option<&str>,
    roots: Option<PathBuf>,
) -> Result<Protection, NotAPostgresUrl> {
    let wrong = |what: &str| Err(NotAPostgresUrl(what.to_owned()));
    let mode = match mode {
        Some(mode) => mode,
        None if roots.is_none() && is_near(config) => "prefer",
        None => "verify-full",
    };
    let (ssl_mode, verified) = match mode {
        "disable" => (SslMode::Disable, false),
        "prefer" => (SslMode::Prefer, false),
        "require" => (SslMode::Require, false),
        "verify-full" => (SslMode::Require, true),
        _ => return wrong("sslmode is none of disable, prefer, require, verify-full"),
    };
    if roots.is_some() && !verified {
        return wrong("sslrootcert is given, but only sslmode=verify-full looks at it");
    }
    let sockets = config.get_hosts().iter().all(|host| matches!(host, Host::Unix(_)));
    config.ssl_mode(if sockets { SslMode::Disable } else { ssl_mode });
    Ok(if verified { Protection::Verified { roots } } else { Protection::Unverified })
}

/// Whether all hosts are this machine.
fn is_near(config: &Config) -> bool {
    let addresses = config.get_hostaddrs();
    let near = config.get_hosts().iter().all(|host| match host {
        Host::Unix(_) => true,
        Host::Tcp(name) => {
            name == "localhost" || name.parse().is_ok_and(|ip: IpAddr| ip.is_loopback())
        }
    });
    near && addresses.iter().all(IpAddr::is_loopback)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PASSWORD: &str = "correct-horse";

    fn url(rest: &str) -> Result<PostgresUrl, NotAPostgresUrl> {
        format!("postgres://auth:{PASSWORD}@{rest}").parse()
    }

    #[test]
    fn the_way_is_verified_unless_it_is_said_otherwise_or_short() {
        let roots = |path: &str| Protection::Verified { roots: Some(PathBuf::from(path)) };
        let system = Protection::Verified { roots: None };
        for (rest, mode, protection, exposed) in [
            ("db.example.com/o", SslMode::Require, system.clone(), false),
            ("db.example.com/o?sslmode=verify-full", SslMode::Require, system.clone(), false),
            ("db.example.com/o?sslrootcert=/a%20b", SslMode::Require, roots("/a b"), false),
            ("localhost/o?sslrootcert=/ca", SslMode::Require, roots("/ca"), false),
            ("a,b:5433/o?connect_timeout=3", SslMode::Require, system, false),
            ("db/o?sslmode=require", SslMode::Require, Protection::Unverified, true),
            ("db/o?sslmode=prefer", SslMode::Prefer, Protection::Unverified, true),
            ("db/o?sslmode=disable", SslMode::Disable, Protection::Unverified, true),
            ("localhost/o", SslMode::Prefer, Protection::Unverified, false),
            ("127.0.0.1:5433,[::1]/o", SslMode::Prefer, Protection::Unverified, false),
            ("localhost,db/o?sslmode=prefer", SslMode::Prefer, Protection::Unverified, true),
            ("%2Frun%2Fpostgresql/o", SslMode::Disable, Protection::Unverified, false),
        ] {
            let url = url(rest).unwrap_or_else(|error| panic!("{rest}: {error}"));
            let found = (url.config.get_ssl_mode(), url.protection.clone(), url.is_exposed());
            assert_eq!(found, (mode, protection, exposed), "{rest}");
        }
    }

    #[test]
    fn what_is_wrong_is_said_without_the_password() {
        for (rest, what) in [
            ("", "no host"),
            ("db.example.com", "no database"),
            ("db.example.com/", "no database"),
            ("db.example.com/o?sslmode=verify-ca", "sslmode"),
            ("db.example.com/o?sslmode=require&sslrootcert=/ca", "sslrootcert"),
            ("db.example.com/o?colour=blue", "colour"),
            ("db.example.com:port/o", "port"),
        ] {
            let error = url(rest).unwrap_err().to_string();
            assert!(error.contains(what) && !error.contains(PASSWORD), "{rest}: {error}");
        }
        assert!("mysql://db/o".parse::<PostgresUrl>().is_err());
        assert!("host=db dbname=o".parse::<PostgresUrl>().is_err());
    }

    #[test]
    fn nothing_prints_the_password() {
        let url = url("db1,db2:5433/onlyauth?sslmode=require").unwrap();
        assert_eq!(url.to_string(), "postgres://db1,db2/onlyauth");
        assert_eq!(format!("{url:?}"), "PostgresUrl(postgres://db1,db2/onlyauth)");
    }
}
