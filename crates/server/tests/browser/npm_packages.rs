//! What the tests use of npm's packages.

use std::path::PathBuf;

/// A file of an installed package.
///
/// # Panics
/// Where it is not installed, with what to do about it.
pub(super) fn file(path: &str) -> PathBuf {
    let file = folder().join(path);
    assert!(file.exists(), "{} is missing: run 'scripts/test javascript' once", file.display());
    file
}

/// Where `require` finds the packages.
pub(super) fn folder() -> PathBuf {
    // Cargo's folder for tests is in the target folder, wherever that is.
    let target = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    target.parent().unwrap().join("test-node/node_modules")
}
