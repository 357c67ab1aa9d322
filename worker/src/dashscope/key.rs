//! The vendor's key, in a type that neither prints nor serialises.

use worker::{Env, Result};

/// The vendor's key.
pub(super) struct ApiKey(String);

impl ApiKey {
    /// Reads the secret.
    pub(super) fn read(env: &Env) -> Result<Self> {
        Ok(Self(env.secret("DASHSCOPE_API_KEY")?.to_string().trim().to_owned()))
    }

    /// Whether the secret is there but holds nothing.
    pub(super) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The `Authorization` header of a call to the vendor.
    pub(super) fn authorization(&self) -> String {
        format!("Bearer {}", self.0)
    }
}
