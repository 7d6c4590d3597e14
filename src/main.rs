//! The `sumika` program: hands the command line over and returns its exit status.

fn main() -> std::process::ExitCode {
    sumika::cli::run()
}
