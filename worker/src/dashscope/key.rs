//! The vendor's key, in a type that neither prints nor serialises.

use worker::{Env, Result};

/// The vendor's key.
pub(super) struct ApiKey(String);

impl ApiKey {
    /// Reads the secret.
    pub(super) fn read(env: &Env) -> Result<Self> {
        Ok(Self(env.secret("DASHSCOPE_API_KEY")?.to_string().trim().to_owned()))
    }

    /// The `Authorization` header of a call to the vendor.
    pub(super) fn authorization(&self) -> String {
        format!("Bearer {}", self.0)
    }
}
