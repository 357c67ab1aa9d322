//! What a request costs: before, by what it asks for; afterwards, by what the vendor says was used.

use super::Request;
use crate::catalogue::{self, Model, Price, Tier};
use crate::live;
use crate::money::Money;
use crate::usage::Usage;

/// Tokens and characters are priced by the million and by ten thousand.
const MILLION: u32 = 1_000_000;
const TEN_THOUSAND: u32 = 10_000;

impl Request {
    /// What the request costs if everything comes out; `None` where that is not known beforehand: the price is not
    /// listed, or it depends on the length of a recording that nobody has opened yet.
    #[must_use]
    pub fn price(&self) -> Option<Money> {
        self.price_of(&self.most()?)
    }

    /// What it costs if as little comes out as can be billed.
    #[must_use]
    pub fn least_price(&self) -> Option<Money> {
        self.price_of(&self.least())
    }

    /// What so much of the request costs; `None` where the price is not listed, or the count is missing.
    #[must_use]
    pub fn price_of(&self, usage: &Usage) -> Option<Money> {
        let model = catalogue::model(self.model())?;
        match model.price {
            Price::Image { cny } => usage.image_count.map(|count| cny.times(count)),
            Price::VideoSecond { cny } => usage.video_seconds.map(|seconds| cny.times(seconds)),
            Price::VideoSecondByTier { p480, p720, p1080 } => {
                let cny = match self.tier(model)? {
                    Tier::P480 => p480,
                    Tier::P720 => p720,
                    Tier::P1080 => p1080,
                };
                Some(cny?.times(usage.video_seconds?))
            }
            Price::MillionTokens { input_cny, output_cny } => {
                let (input, output) = (usage.input_tokens?, usage.output_tokens?);
                let input = input_cny.times(input).divided_by(MILLION);
                Some(input.plus(output_cny.times(output).divided_by(MILLION)))
            }
            Price::TenThousandCharacters { cny } => {
                usage.characters.map(|count| cny.times(count).divided_by(TEN_THOUSAND))
            }
            Price::AudioSecond { cny } => usage.audio_seconds.map(|seconds| cny.times(seconds)),
            Price::Unlisted => None,
        }
    }

    fn tier(&self, model: &Model) -> Option<Tier> {
        match self {
            Self::Video(video) => {
                video.tier().or_else(|| live::film_size(video, model).and_then(catalogue::video::tier))
            }
            _ => None,
        }
    }

    /// What is used if everything comes out.
    fn most(&self) -> Option<Usage> {
        let none = Usage::default();
        Some(match self {
            Self::Image(image) => Usage { image_count: Some(image.n), ..none },
            // A Chinese character is about one token, a Latin one less: no text has more tokens than characters
            // by more than what the frames of its messages cost.
            Self::Text(text) => Usage {
                input_tokens: Some(count(text.characters()).saturating_add(frames(text.messages.len()))),
                output_tokens: Some(text.max_tokens),
                ..none
            },
            Self::Video(video) => {
                Usage { video_seconds: Some(video.seconds(catalogue::model(&video.model)?)), ..none }
            }
            Self::Speech(speech) => Usage { characters: Some(count(speech.text.chars().count())), ..none },
            Self::Transcription(_) => return None,
        })
    }

    /// What is used if as little comes out as can be billed.
    fn least(&self) -> Usage {
        let none = Usage::default();
        match self {
            Self::Image(_) => Usage { image_count: Some(1), ..none },
            Self::Text(text) => Usage {
                input_tokens: Some(count(text.characters().div_ceil(6))),
                output_tokens: Some(1),
                ..none
            },
            Self::Transcription(_) => Usage { audio_seconds: Some(1), ..none },
            Self::Video(_) | Self::Speech(_) => self.most().unwrap_or_default(),
        }
    }
}

/// Tokens that the frames of so many messages and the system's cost at most.
fn frames(messages: usize) -> u32 {
    count(messages).saturating_mul(8).max(32)
}

fn count(characters: usize) -> u32 {
    u32::try_from(characters).unwrap_or(u32::MAX)
}
