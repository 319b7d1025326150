//! The binary `onlyauth`.
fn main() {}
