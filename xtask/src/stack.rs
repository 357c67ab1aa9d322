//! The running product: simulator and worker as child processes on 127.0.0.1, for `serve` and for tests.
//!
//! Both block until they answer, and end with their value.

mod again;
mod ports;
mod private;
mod simulator;
mod worker;

use std::time::Duration;

pub use self::ports::is_free;
pub(crate) use self::private::{private_folder, write_private};
pub use self::simulator::{Simulator, SimulatorOptions};
pub use self::worker::{WorkerOptions, WorkerRuntime};

/// How long a child may take until it answers. Generous: the machine may be compiling beside it.
const START_LIMIT: Duration = Duration::from_secs(60);
