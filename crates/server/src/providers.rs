//! From the configuration to routes that carry live messages, with the secrets out of their files.

use std::fs::File;
use std::io::{self, Read};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use onlyauth_delivery::twilio::{self, Account, AuthToken, Twilio};
use onlyauth_delivery::webhook::{SigningKey, Webhook};
use onlyauth_delivery::{ClientError, Provider, Route, Routes};
use url::Url;
use zeroize::Zeroizing;

use crate::cli::{CliError, Exit};
use crate::config::{self, BaseUrl, ProviderSettings};

/// Longest secret, in bytes; more is not even read.
const LONGEST: u64 = 4096;

/// Why a provider can't be used.
#[derive(Debug, thiserror::Error)]
pub enum ProviderError {
    /// The file can't be read.
    #[error("provider {name}: can't read the secret in {path}: {source}")]
    Unreadable {
        /// The provider.
        name: String,
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Others could put a secret of theirs into the file.
    #[error("provider {name}: other users may write to {path} (mode {mode:04o})")]
    Exposed {
        /// The provider.
        name: String,
        /// The file.
        path: PathBuf,
        /// Its mode.
        mode: u32,
    },
    /// The file holds something else.
    #[error("provider {name}: {path} holds no secret: {expected}")]
    Malformed {
        /// The provider.
        name: String,
        /// The file.
        path: PathBuf,
        /// What it should hold.
        expected: String,
    },
    /// TLS can't be used.
    #[error("provider {name}: {source}")]
    Client {
        /// The provider.
        name: String,
        /// Why.
        source: ClientError,
    },
}

impl From<ProviderError> for CliError {
    fn from(error: ProviderError) -> Self {
        let hint = match &error {
            ProviderError::Exposed { path, .. } => format!("run `chmod 600 {}`", path.display()),
            ProviderError::Client { .. } => {
                "install the system's root certificates (ca-certificates)".to_owned()
            }
            ProviderError::Unreadable { .. } | ProviderError::Malformed { .. } => {
                "put the provider's secret, and nothing else, into that file".to_owned()
            }
        };
        Self::new(Exit::Config, error.to_string()).hint(hint)
    }
}

/// The route of every channel that a provider carries.
///
/// # Errors
/// The first provider whose secret is missing, malformed or writable for others.
pub fn routes(providers: &[config::Provider]) -> Result<Routes, ProviderError> {
    let mut routes = Vec::new();
    for provider in providers {
        let route = Route::new(&provider.name, open(provider)?);
        routes.extend(provider.carries.iter().map(|channel| (*channel, route.clone())));
    }
    Ok(Routes::new(routes))
}

fn open(provider: &config::Provider) -> Result<Arc<dyn Provider>, ProviderError> {
    let (name, timeout) = (provider.name.as_str(), provider.timeout);
    match &provider.settings {
        ProviderSettings::Webhook { url, secret_file } => {
            webhook(name, timeout, url.url(), secret_file)
        }
        ProviderSettings::Twilio { account_sid, auth_token_file, sender, base_url } => {
            let account = Account {
                sid: account_sid.clone(),
                auth_token: AuthToken::new(read_secret(name, auth_token_file)?.to_string()),
                sender: sender.clone(),
                base_url: api(base_url.as_ref()),
            };
            let opened = Twilio::new(account, timeout);
            Ok(Arc::new(opened.map_err(|source| client_error(name, source))?))
        }
    }
}

fn webhook(
    name: &str,
    timeout: Duration,
    url: &Url,
    secret_file: &Path,
) -> Result<Arc<dyn Provider>, ProviderError> {
    let secret = read_secret(name, secret_file)?;
    let key = SigningKey::parse(&secret).map_err(|error| ProviderError::Malformed {
        name: name.to_owned(),
        path: secret_file.to_owned(),
        expected: error.to_string(),
    })?;
    let opened = Webhook::new(url.clone(), key, timeout);
    Ok(Arc::new(opened.map_err(|source| client_error(name, source))?))
}

fn client_error(name: &str, source: ClientError) -> ProviderError {
    ProviderError::Client { name: name.to_owned(), source }
}

fn api(base_url: Option<&BaseUrl>) -> Url {
    match base_url {
        Some(base_url) => base_url.url().clone(),
        None => twilio::public_api(),
    }
}

/// One line of printable text. The file may be readable by others, as a secret that a container platform mounts
/// often is, but not writable.
fn read_secret(name: &str, path: &Path) -> Result<Zeroizing<String>, ProviderError> {
    let (name, path) = (name.to_owned(), path.to_owned());
    let unreadable =
        |source| ProviderError::Unreadable { name: name.clone(), path: path.clone(), source };
    let file = File::open(&path).map_err(unreadable)?;
    // Asked of the open file, so that nobody can swap it between the check and the reading.
    let metadata = file.metadata().map_err(unreadable)?;
    if !metadata.is_file() {
        return Err(unreadable(io::Error::other("it is not a plain file")));
    }
    let mode = metadata.mode() & 0o7777;
    if mode & 0o022 != 0 {
        return Err(ProviderError::Exposed { name, path, mode });
    }
    let mut text = Zeroizing::new(String::new());
    file.take(LONGEST).read_to_string(&mut text).map_err(unreadable)?;
    let secret = text.trim_end();
    if secret.is_empty() || !secret.bytes().all(|byte| byte.is_ascii_graphic()) {
        let expected = "expected one line of letters, digits and signs".to_owned();
        return Err(ProviderError::Malformed { name, path, expected });
    }
    Ok(Zeroizing::new(secret.to_owned()))
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    use onlyauth_core::channel::Channel;

    use super::*;

    fn hook(secret_file: &Path) -> config::Provider {
        config::Provider {
            name: "gateway".to_owned(),
            carries: vec![Channel::Sms],
            timeout: Duration::from_secs(1),
            settings: ProviderSettings::Webhook {
                url: "http://localhost:1/".parse().unwrap(),
                secret_file: secret_file.to_owned(),
            },
        }
    }

    #[test]
    fn a_secret_comes_from_its_file_and_from_nowhere_else() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("secret");
        let open = || routes(&[hook(&file)]);
        assert!(matches!(open(), Err(ProviderError::Unreadable { .. })));
        let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
        for (text, mode, good) in [
            (format!("{secret}\n"), 0o600, true),
            (secret.to_owned(), 0o444, true),
            (format!("{secret}\n"), 0o622, false),
            (format!("{secret}\n{secret}\n"), 0o600, false),
            (format!("\n{secret}"), 0o600, false),
            ("\n".to_owned(), 0o600, false),
            ("hush".to_owned(), 0o600, false),
        ] {
            fs::write(&file, &text).unwrap();
            fs::set_permissions(&file, fs::Permissions::from_mode(mode)).unwrap();
            match open() {
                Ok(routes) => {
                    assert!(good, "{text:?} {mode:o}");
                    assert_eq!(routes.of(Channel::Sms).map(Route::name), Some("gateway"));
                    assert!(routes.of(Channel::Voice).is_none());
                }
                Err(error) => {
                    assert!(!good, "{text:?} {mode:o}: {error}");
                    assert!(!error.to_string().contains("hush"), "{error}");
                }
            }
            fs::remove_file(&file).unwrap();
        }
    }
}
