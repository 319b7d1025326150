//! The providers of live messages.

use super::Check;
use crate::config::Config;
use crate::providers;

/// Can each provider be opened, with its secret? None of them is called: a test message costs money.
pub(super) fn check(config: &Config) -> Check {
    const NAME: &str = "providers";
    match providers::routes(&config.providers) {
        Err(error) => Check::failed(NAME, error.into()),
        Ok(_) if config.providers.is_empty() => {
            Check::ok(NAME, "there are none: messages of live apps fail")
        }
        Ok(_) => {
            let names: Vec<&str> =
                config.providers.iter().map(|provider| provider.name.as_str()).collect();
            Check::ok(NAME, format!("{} can be used; none was called", names.join(", ")))
        }
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;
    use std::time::Duration;

    use onlyauth_core::channel::Channel;

    use super::super::Status;
    use super::*;
    use crate::config::{Provider, ProviderSettings};

    #[test]
    fn a_provider_needs_its_secret() {
        let folder = tempfile::tempdir().unwrap();
        let secret_file = folder.path().join("secret");
        let mut config = Config::default();
        assert_eq!(check(&config).status, Status::Ok);
        config.providers.push(Provider {
            name: "gateway".to_owned(),
            carries: vec![Channel::Sms],
            timeout: Duration::from_secs(1),
            settings: ProviderSettings::Webhook {
                url: "https://gateway.example.com/".parse().unwrap(),
                secret_file: secret_file.clone(),
            },
        });
        let missing = check(&config);
        assert_eq!((missing.status, missing.hint.is_some()), (Status::Fail, true));
        std::fs::write(&secret_file, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n").unwrap();
        std::fs::set_permissions(&secret_file, std::fs::Permissions::from_mode(0o600)).unwrap();
        let good = check(&config);
        assert_eq!(good.status, Status::Ok);
        assert!(good.message.contains("gateway"), "{}", good.message);
    }
}
