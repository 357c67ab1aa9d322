//! What is fixed for as long as a simulator runs.

use crate::clock::Clock;
use crate::region::Region;
use crate::signer::Signer;

/// What a simulator is started with.
#[derive(Clone, Debug)]
pub struct Options {
    /// The port on 127.0.0.1; 0 takes any that is free.
    pub port: u16,
    /// The object store's port, where files are uploaded to; 0 takes any that is free.
    pub store_port: u16,
    /// Simulated seconds per real second. Rate limits are not scaled.
    pub clock_scale: f64,
    /// The only key that is not wrong.
    pub api_key: String,
    /// Decides which model names exist.
    pub region: Region,
    /// A line on stderr for every request.
    pub verbose: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            port: 0,
            store_port: 0,
            clock_scale: 1.0,
            api_key: "sk-simulator".into(),
            region: Region::default(),
            verbose: false,
        }
    }
}

/// The same, once it runs.
#[derive(Debug)]
pub(crate) struct Config {
    pub(crate) api_key: String,
    pub(crate) region: Region,
    pub(crate) verbose: bool,
    pub(crate) clock: Clock,
    pub(crate) signer: Signer,
    /// For a caller who sends no usable `Host`.
    pub(crate) own_host: String,
    pub(crate) store_port: u16,
}

impl Config {
    pub(crate) fn new(options: Options, own_host: String, store_port: u16) -> Self {
        Self {
            clock: Clock::start(options.clock_scale),
            signer: Signer::new(&options.api_key),
            api_key: options.api_key,
            region: options.region,
            verbose: options.verbose,
            own_host,
            store_port,
        }
    }

    /// The object store, under the name by which the caller knows this service.
    pub(crate) fn store_origin(&self, origin: &str) -> String {
        let host = origin.trim_start_matches("http://");
        let name = host
            .rsplit_once(':')
            .filter(|(_, port)| port.parse::<u16>().is_ok())
            .map_or(host, |(name, _)| name);
        format!("http://{name}:{}", self.store_port)
    }
}
