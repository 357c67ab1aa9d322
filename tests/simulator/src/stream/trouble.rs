//! What a stream suffers from: planted as `{"stream":{…}}`, or asked for by a marker.

use bytes::Bytes;
use serde::{Deserialize, Serialize};

/// All of it together; what is left out is as it should be.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Trouble {
    /// Packets end in the middle of a line and in the middle of a UTF-8 character.
    #[serde(skip_serializing_if = "is_false")]
    pub split: bool,
    /// No last frame: the text begins again and again.
    #[serde(skip_serializing_if = "is_false")]
    pub endless: bool,
    /// No empty line between events, as in some recordings (§3.3).
    #[serde(skip_serializing_if = "is_false")]
    pub no_blank_lines: bool,
    /// A comment before every event.
    #[serde(skip_serializing_if = "is_false")]
    pub heartbeat: bool,
    /// Real milliseconds before every frame.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slow_ms: Option<u64>,
    /// After so many frames and half of the next the connection closes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cut_after: Option<usize>,
    /// After so many frames nothing more comes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stall_after: Option<usize>,
    /// After so many frames an error frame, with HTTP status 200 (§3.3).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_after: Option<usize>,
    /// The error frame's code; `CODE#2` is its second text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
}

#[allow(clippy::trivially_copy_pass_by_ref)] // serde's signature
fn is_false(flag: &bool) -> bool {
    !flag
}

impl Trouble {
    /// This trouble and more.
    pub fn and(self, more: Self) -> Self {
        Self {
            split: self.split || more.split,
            endless: self.endless || more.endless,
            no_blank_lines: self.no_blank_lines || more.no_blank_lines,
            heartbeat: self.heartbeat || more.heartbeat,
            slow_ms: more.slow_ms.or(self.slow_ms),
            cut_after: more.cut_after.or(self.cut_after),
            stall_after: more.stall_after.or(self.stall_after),
            error_after: more.error_after.or(self.error_after),
            code: more.code.or(self.code),
        }
    }

    /// A frame as this trouble leaves it, still in one piece.
    pub(crate) fn dress(&self, frame: Bytes) -> Bytes {
        if !self.no_blank_lines && !self.heartbeat {
            return frame;
        }
        let mut dressed = if self.heartbeat { b":heartbeat\n".to_vec() } else { Vec::new() };
        dressed.extend_from_slice(&frame);
        if self.no_blank_lines && dressed.ends_with(b"\n\n") {
            dressed.pop();
        }
        dressed.into()
    }
}

/// A frame in packets: cut within its first line, and within its first character of several bytes or, where
/// there is none, in its middle.
pub(crate) fn split(frame: &Bytes) -> Vec<Bytes> {
    let line = frame.len().min(2);
    let inside = frame.iter().position(|byte| *byte >= 0xc0).map_or(frame.len() / 2, |start| start + 1);
    let inside = inside.clamp(line, frame.len());
    let parts = [frame.slice(..line), frame.slice(line..inside), frame.slice(inside..)];
    parts.into_iter().filter(|part| !part.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_frame_is_cut_within_a_line_and_within_a_character() {
        let parts = split(&Bytes::from("id:1\ndata:猫\n\n"));
        assert_eq!(parts[0], "id");
        assert!(std::str::from_utf8(&parts[1]).is_err() && std::str::from_utf8(&parts[2]).is_err());
        assert_eq!(split(&Bytes::from("ab")).len(), 1);
    }

    #[test]
    fn blank_lines_are_left_out_and_heartbeats_put_in() {
        let trouble = Trouble { no_blank_lines: true, heartbeat: true, ..Trouble::default() };
        assert_eq!(trouble.dress("id:1\n\n".into()), ":heartbeat\nid:1\n");
        assert_eq!(Trouble::default().dress("x\n\n".into()), "x\n\n");
    }

    proptest! {
        #[test]
        fn nothing_is_lost_in_packets(text in "\\PC{0,40}") {
            let frame = Bytes::from(text);
            let parts = split(&frame);
            prop_assert_eq!(parts.concat(), frame.to_vec());
        }
    }
}
