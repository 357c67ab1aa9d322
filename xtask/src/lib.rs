//! Set-up and daily commands.
