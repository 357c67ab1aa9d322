//! A faithful DashScope on loopback.
