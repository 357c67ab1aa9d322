//! From where somebody tries a code: the address, and whether the browser is one that the owner has logged in with.

use std::net::IpAddr;

use uuid::Uuid;

use super::mac;

/// The address that a call comes from, as wrong codes are counted by: IPv6 by its first 64 bits, which are one network.
pub(super) fn address(header: &str) -> String {
    match header.trim().parse::<IpAddr>().map(|address| address.to_canonical()) {
        Ok(IpAddr::V4(address)) => address.to_string(),
        Ok(IpAddr::V6(address)) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
        Err(_) => "unknown".to_owned(),
    }
}

/// A token for a browser that the owner has logged in with.
pub(super) fn new_device(key: &str) -> String {
    let id = Uuid::new_v4().to_string();
    let hash = mac::of(key, &id);
    format!("{id}.{hash}")
}

/// The browser that a token was made for.
pub(super) fn device(token: &str, key: &str) -> Option<String> {
    let (id, hash) = token.split_once('.')?;
    mac::is(key, id, hash).then(|| id.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_of_ipv6_is_one_address() {
        for (header, expected) in [
            ("203.0.113.7", "203.0.113.7"),
            (" 2001:db8:0:1:aaaa::1 ", "2001:db8:0:1::/64"),
            ("2001:db8:0:1::2", "2001:db8:0:1::/64"),
            ("2001:db8:0:2::2", "2001:db8:0:2::/64"),
            ("::ffff:203.0.113.7", "203.0.113.7"),
            ("", "unknown"),
            ("203.0.113.7, 10.0.0.1", "unknown"),
        ] {
            assert_eq!(address(header), expected, "{header}");
        }
    }

    #[test]
    fn a_browser_is_known_by_its_own_token_only() {
        let token = new_device("key");
        let id = device(&token, "key").unwrap();
        assert!(token.starts_with(&id));
        assert_eq!(device(&token, "another key"), None);
        for wrong in ["", ".", "x", id.as_str(), &token.replace(&id[..4], "ffff-"), &format!("{token}0")] {
            assert_eq!(device(wrong, "key"), None, "{wrong}");
        }
    }
}
