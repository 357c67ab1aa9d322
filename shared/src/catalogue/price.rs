//! Prices and free quotas (`dashscope-api.md` §9.2): Beijing, in CNY.

use serde::Serialize;

use crate::money::Money;

/// The state of the vendor's price page that all prices here were taken from. Prices move: they are shown
/// with this date, and the vendor's bill decides.
pub const PRICES_AS_OF: &str = "2026-06";

/// What a model costs. Only what succeeded is billed.
#[derive(Clone, Copy, Debug, Serialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(tag = "per", rename_all = "snake_case")]
pub enum Price {
    /// For each picture that came out.
    Image {
        /// CNY.
        cny: Money,
    },
    /// For each second of film.
    VideoSecond {
        /// CNY.
        cny: Money,
    },
    /// For each second of film, by its lines.
    VideoSecondByTier {
        /// CNY at 480P, where the model makes it.
        p480: Option<Money>,
        /// CNY at 720P, where the model makes it.
        p720: Option<Money>,
        /// CNY at 1080P, where the model makes it.
        p1080: Option<Money>,
    },
    /// For a million tokens.
    MillionTokens {
        /// CNY for what goes in.
        input_cny: Money,
        /// CNY for what comes out.
        output_cny: Money,
    },
    /// For ten thousand characters of speech.
    TenThousandCharacters {
        /// CNY.
        cny: Money,
    },
    /// For each second of recorded sound.
    AudioSecond {
        /// CNY.
        cny: Money,
    },
    /// Not on the price page that the others were taken from: what it costs is only known from the vendor's bill.
    Unlisted,
}

/// How many lines a film has (`dashscope-api.md` §4.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tier {
    /// 480P.
    P480,
    /// 720P.
    P720,
    /// 1080P.
    P1080,
}

impl Tier {
    /// The tier of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "480P" => Some(Self::P480),
            "720P" => Some(Self::P720),
            "1080P" => Some(Self::P1080),
            _ => None,
        }
    }
}

/// What the vendor gives for nothing, once an account and model, in Beijing only.
#[derive(Clone, Copy, Debug, Serialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct FreeQuota {
    /// So many of the price's unit: pictures, seconds, tokens, characters.
    pub amount: u32,
    /// Days it lasts for accounts opened from 2025-09-08; `None` where it comes anew each month.
    pub days: Option<u32>,
    /// Days it lasts for accounts opened before (the reference page's figure).
    pub days_before_2025_09: Option<u32>,
}

impl FreeQuota {
    /// A quota given once: 90 days now, 180 for accounts opened before 2025-09-08
    /// (`dashscope-api.md` §10 row 31).
    pub(super) const fn once(amount: u32) -> Option<Self> {
        Some(Self { amount, days: Some(90), days_before_2025_09: Some(180) })
    }

    /// A quota given anew each month.
    pub(super) const fn monthly(amount: u32) -> Option<Self> {
        Some(Self { amount, days: None, days_before_2025_09: None })
    }
}
