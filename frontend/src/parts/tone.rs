//! What a message or mark means.

use super::icon::IconName;

/// What a message or mark means; never told by colour alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Nothing in particular.
    #[default]
    Neutral,
    /// Good to know, or going on.
    Info,
    /// It worked.
    Success,
    /// Look before you go on.
    Warning,
    /// It went wrong.
    Danger,
}

impl Tone {
    /// The name in class names.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Neutral => "neutral",
            Self::Info => "info",
            Self::Success => "success",
            Self::Warning => "warning",
            Self::Danger => "danger",
        }
    }

    /// Its icon.
    #[must_use]
    pub const fn icon(self) -> IconName {
        match self {
            Self::Neutral | Self::Info => IconName::Info,
            Self::Success => IconName::Success,
            Self::Warning => IconName::Warning,
            Self::Danger => IconName::Danger,
        }
    }
}
