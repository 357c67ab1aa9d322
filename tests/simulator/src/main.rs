//! Starts the simulator and runs it until it is told to stop.

use clap::Parser;
use std::io::{self, Write};
use studio_simulator::{Options, Region, Simulator};
use tokio::signal::unix::{SignalKind, signal};

/// A faithful DashScope on 127.0.0.1.
#[derive(Parser)]
#[command(version, about)]
struct Arguments {
    /// Port on 127.0.0.1; 0 takes any that is free.
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// Port of the object store that takes uploads; 0 takes any that is free.
    #[arg(long, default_value_t = 0)]
    store_port: u16,
    /// Simulated seconds per real second, for tasks and links; rate limits are not scaled.
    #[arg(long, default_value_t = 1.0, value_parser = scale)]
    clock_scale: f64,
    /// The only key that is not wrong.
    #[arg(long, default_value = "sk-simulator")]
    api_key: String,
    /// Decides which model names exist.
    #[arg(long, value_enum, default_value_t)]
    region: Region,
    /// A line on stderr for every request.
    #[arg(long)]
    verbose: bool,
}

fn scale(text: &str) -> Result<f64, String> {
    let scale: f64 = text.parse().map_err(|_| "not a number".to_owned())?;
    if scale.is_finite() && scale > 0.0 { Ok(scale) } else { Err("must be above 0".to_owned()) }
}

#[tokio::main]
async fn main() -> io::Result<()> {
    let Arguments { port, store_port, clock_scale, api_key, region, verbose } = Arguments::parse();
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    let simulator =
        Simulator::start(Options { port, store_port, clock_scale, api_key, region, verbose }).await?;
    writeln!(io::stdout(), "studio-simulator listening on {}", simulator.origin())?;
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    Ok(())
}
