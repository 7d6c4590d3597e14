//! The `sumika` program: hands the command line over and returns its exit status.

/// Half of the system's cost for the small pieces that pages are made of; every thread has its own.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    sumika::cli::run()
}
