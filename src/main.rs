//! The program: one expression.

fn main() -> std::process::ExitCode {
    hexapla::cli::run()
}
