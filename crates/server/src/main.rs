//! The binary `onlyauth`.

fn main() -> std::process::ExitCode {
    onlyauth_server::cli::main()
}
