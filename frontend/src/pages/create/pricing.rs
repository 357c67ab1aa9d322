//! What the settings in a form cost. Pure.

use serde_json::Value;
use studio_shared::catalogue::{Model, Price, Rule};
use studio_shared::kind::Kind;
use studio_shared::money::Money;
use studio_shared::request::Request;
use studio_shared::usage::Usage;

use super::recipe::{self, Fields};

/// What the settings in a form cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pricing {
    /// So much in all, if everything comes out.
    Total {
        /// In all.
        total: Money,
        /// A unit: a picture, a second, ten thousand characters.
        each: Money,
        /// Pictures, seconds, characters.
        quantity: u32,
    },
    /// Only known when the length is: so much a second.
    ByLength {
        /// A second.
        each: Money,
    },
    /// Not on the vendor's price page.
    Unlisted,
}

/// What the fields cost, also while the main text is still to be written; `None` where the settings are wrong.
pub(super) fn of(fields: &Fields, kind: Kind) -> Option<Pricing> {
    let model = recipe::model(fields, kind)?;
    let ten_thousand = match model.price {
        Price::Unlisted => return Some(Pricing::Unlisted),
        Price::AudioSecond { cny } => return Some(Pricing::ByLength { each: cny }),
        Price::TenThousandCharacters { cny } => Some(cny),
        _ => None,
    };
    let request = recipe::check(&without_texts(fields, model), kind).ok()?;
    let written = || {
        let text = fields.get("text").and_then(Value::as_str).unwrap_or_default();
        u32::try_from(text.chars().count()).unwrap_or(u32::MAX)
    };
    let quantity = match &request {
        Request::Image(image) => image.n,
        Request::Video(video) => video.seconds(model),
        Request::Speech(_) => written(),
        Request::Text(_) | Request::Transcription(_) => return None,
    };
    let price = |quantity| request.price_of(&usage(&request, quantity));
    let Some(total) = price(quantity) else { return Some(Pricing::Unlisted) };
    let each = ten_thousand.or_else(|| price(1)).unwrap_or(total);
    Some(Pricing::Total { total, each, quantity })
}

/// The fields with a stand-in for the main text, and without the others: they cost nothing, right or wrong.
fn without_texts(fields: &Fields, model: &Model) -> Fields {
    let mut rest = fields.clone();
    for parameter in model.parameters.iter().filter(|parameter| matches!(parameter.rule, Rule::Text { .. })) {
        if parameter.required {
            rest.insert(parameter.name.to_owned(), Value::from("."));
        } else {
            rest.remove(parameter.name);
        }
    }
    rest
}

fn usage(request: &Request, quantity: u32) -> Usage {
    let quantity = Some(quantity);
    match request {
        Request::Video(_) => Usage { video_seconds: quantity, ..Usage::default() },
        Request::Speech(_) => Usage { characters: quantity, ..Usage::default() },
        _ => Usage { image_count: quantity, ..Usage::default() },
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn price(value: &Value) -> Option<Pricing> {
        let fields = value.as_object().unwrap();
        of(fields, studio_shared::catalogue::model(value["model"].as_str().unwrap()).unwrap().kind)
    }

    fn total(fen: i64, each: i64, quantity: u32) -> Option<Pricing> {
        Some(Pricing::Total { total: Money::from_fen(fen), each: Money::from_fen(each), quantity })
    }

    #[test]
    fn the_price_does_not_wait_for_the_prompt() {
        assert_eq!(price(&json!({"model": "wan2.2-t2i-flash", "n": 2})), total(28, 14, 2));
        assert_eq!(price(&json!({"model": "wan2.2-t2i-flash", "n": 9})), None);
        assert_eq!(price(&json!({"model": "wan2.6-t2v", "duration": 10})), total(1000, 100, 10));
    }

    #[test]
    fn a_film_of_one_length_is_priced_by_that_length() {
        assert_eq!(price(&json!({"model": "wan2.1-t2v-plus", "duration": 10})), total(350, 70, 5));
    }

    #[test]
    fn speech_is_priced_by_its_characters() {
        assert_eq!(price(&json!({"model": "sambert-zhichu-v1"})), total(0, 100, 0));
        assert_eq!(
            price(&json!({"model": "sambert-zhichu-v1", "text": "字".repeat(10_000)})),
            total(100, 100, 10_000)
        );
        assert_eq!(price(&json!({"model": "cosyvoice-v3.5-plus", "text": "字"})), Some(Pricing::Unlisted));
    }

    #[test]
    fn a_recording_is_priced_when_its_length_is_known() {
        let each = Money::from_nano(80_000);
        assert_eq!(price(&json!({"model": "paraformer-v1"})), Some(Pricing::ByLength { each }));
    }
}
