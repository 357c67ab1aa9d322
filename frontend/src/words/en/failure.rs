//! The texts of what did not work.

use crate::words::failure::Texts;

pub(super) const TEXTS: Texts = Texts {
    title: "Not available just now",
    unreachable: "The studio cannot be reached. Check the network and try again; jobs already submitted go on.",
    strange: |status| {
        format!("The studio gave a strange answer (HTTP {status}). Try again later, or reload the page.")
    },
    between: " ",
    cut_off: "Disconnected, reconnecting",
    cut_off_help: "Jobs go on; the page catches up by itself.",
    reconnect: "Reconnect now",
};
