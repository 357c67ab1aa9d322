//! The running product: simulator and worker as child processes on 127.0.0.1, for `serve` and for tests.
//!
//! Both block until they answer, and end with their value.

mod private;
mod simulator;
mod worker;

use std::net::TcpListener;
use std::time::Duration;

use anyhow::{Context, Result};

pub(crate) use self::private::{private_folder, write_private};
pub use self::simulator::{Simulator, SimulatorOptions};
pub use self::worker::{WorkerOptions, WorkerRuntime};

/// How long a child may take until it answers. Generous: the machine may be compiling beside it.
const START_LIMIT: Duration = Duration::from_secs(60);

/// A port that nobody listens on at this moment.
pub fn free_port() -> Result<u16> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).context("no free port on 127.0.0.1")?;
    Ok(listener.local_addr()?.port())
}

/// Whether a server could listen there.
pub fn is_free(port: u16) -> bool {
    TcpListener::bind(("127.0.0.1", port)).is_ok()
}
