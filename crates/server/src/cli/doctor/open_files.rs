//! Does the system let the server have as many connections as it is configured for?

use super::Check;
use crate::config::Config;
use crate::open_files;

/// Judges by the limit of this process: a supervisor may give the server another one, which its log tells.
pub(super) fn check(config: &Config) -> Check {
    judge(config, open_files::most())
}

fn judge(config: &Config, limit: Option<u64>) -> Check {
    const NAME: &str = "open files";
    let wanted = config.server.max_connections;
    let had = open_files::connections(config, limit);
    let limit = limit.map_or_else(|| "any number of".to_owned(), |limit| limit.to_string());
    let message =
        format!("a server started from here may open {limit} files, so {had} connections at once");
    if had >= wanted {
        return Check::ok(NAME, message);
    }
    Check::warn(
        NAME,
        format!("{message}, not {wanted}"),
        "raise the hard limit on open files (LimitNOFILE= of systemd, `ulimit -n`), or lower \
         server.max_connections",
    )
}

#[cfg(test)]
mod tests {
    use super::super::Status;
    use super::*;

    #[test]
    fn too_few_files_are_told_with_what_they_come_to() {
        let config = Config::default();
        assert_eq!(judge(&config, None).status, Status::Ok);
        assert_eq!(judge(&config, Some(1_048_576)).status, Status::Ok);
        let check = judge(&config, Some(1_024));
        assert_eq!(check.status, Status::Warn);
        assert!(check.message.contains("954 connections at once, not 10000"), "{}", check.message);
    }
}
