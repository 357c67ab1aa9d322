//! Ports on 127.0.0.1.

use std::net::TcpListener;
use std::ops::Range;

use anyhow::{Context, Result};

/// Below those that the system lends to outgoing connections (from 32768 on Linux, 49152 elsewhere): a port that is free
/// now is then not taken by somebody's connection before a server listens there, or while one is started again.
const RANGE: Range<u16> = 20_000..32_000;

/// Whether a server could listen there.
pub fn is_free(port: u16) -> bool {
    TcpListener::bind(("127.0.0.1", port)).is_ok()
}

/// A port that nobody listens on at this moment. Drawn by lot: others on this machine may be looking too.
pub(super) fn free_port() -> Result<u16> {
    for _ in 0..50 {
        let mut lot = [0; 4];
        getrandom::fill(&mut lot).ok().context("the system gives no random numbers")?;
        let port = drawn(u32::from_ne_bytes(lot));
        if is_free(port) {
            return Ok(port);
        }
    }
    let listener = TcpListener::bind(("127.0.0.1", 0)).context("no free port on 127.0.0.1")?;
    Ok(listener.local_addr()?.port())
}

fn drawn(lot: u32) -> u16 {
    let offset = lot % u32::from(RANGE.end - RANGE.start);
    u16::try_from(offset).map_or(RANGE.start, |offset| RANGE.start + offset)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_lot_is_a_port_of_the_range() {
        for lot in [0, 1, 11_999, 12_000, u32::MAX] {
            assert!(RANGE.contains(&drawn(lot)), "{lot}");
        }
    }

    #[test]
    fn a_port_that_somebody_listens_on_is_not_free() {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        assert!(!is_free(listener.local_addr().unwrap().port()));
        assert!(RANGE.contains(&free_port().unwrap()));
    }
}
