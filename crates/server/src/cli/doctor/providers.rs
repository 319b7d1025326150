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
