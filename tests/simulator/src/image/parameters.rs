//! Check (9) of dashscope-api.md §11 for images: parameters, with the live defaults.

use serde_json::{Map, Value};

use crate::gate::Admitted;
use crate::given::{flag, object, present, text, whole};
use crate::image::models::ImageModel;
use crate::image::size::Size;
use crate::refusal::{Refusal, known};

/// Longest negative prompt; the rest is cut off silently (§1.1).
pub const NEGATIVE: usize = 500;

/// A call's parameters, complete.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameters {
    /// As it came.
    pub prompt: String,
    /// So many of its characters are read; the rest is cut off silently (§1.1).
    pub longest: usize,
    /// Cut.
    pub negative: String,
    /// Checked against the model.
    pub size: Size,
    /// How many; 4 when absent (§11 item 10), except where a model makes one only.
    pub n: u32,
    /// Rewrite the prompt; true when absent.
    pub extend: bool,
    /// Draw a mark; false when absent.
    pub watermark: bool,
    /// `None`: the service picks one.
    pub seed: Option<u32>,
}

/// Reads them, or refuses the first that is wrong. Texts for a bad size, n or seed of wan are not
/// established (§12 item 3); unknown parameters are ignored (§12 item 4).
pub fn read(admitted: &Admitted, model: &ImageModel, accept_1140: bool) -> Result<Parameters, Refusal> {
    let empty = Map::new();
    let given = object(&admitted.parameters, &empty)?;
    let prompt = text(&admitted.input, "prompt")?.filter(|prompt| !prompt.is_empty());
    let prompt = prompt.ok_or_else(|| Refusal::parameter("Field required: input.prompt"))?.to_owned();
    let negative = cut(text(&admitted.input, "negative_prompt")?.unwrap_or_default(), NEGATIVE);
    let size = match text(given, "size")? {
        None => model.default_size,
        Some(text) => Size::parse(text)
            .filter(|size| model.makes(*size, accept_1140))
            .ok_or_else(|| Refusal::parameter("The size is not match the allowed size"))?,
    };
    let n = match whole(given, "n", 1, model.most) {
        _ if model.most == 1 && !matches!(present(given, "n").and_then(Value::as_u64), None | Some(1)) => {
            return Err(known::ONE_IMAGE);
        }
        n => n?.unwrap_or(model.usual()),
    };
    Ok(Parameters {
        prompt,
        longest: model.prompt,
        negative,
        size,
        n,
        extend: flag(given, "prompt_extend")?.unwrap_or(true),
        watermark: flag(given, "watermark")?.unwrap_or(false),
        seed: whole(given, "seed", 0, 2_147_483_647)?,
    })
}

/// The first so many characters: one Chinese character, letter or mark counts 1 (§1.1).
pub fn cut(text: &str, characters: usize) -> String {
    text.chars().take(characters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::image::models::find;
    use crate::region::Region;
    use serde_json::json;

    fn read_for(model: &str, input: Value, parameters: Value) -> Result<Parameters, Refusal> {
        let Value::Object(input) = input else { panic!("input is an object") };
        let admitted = Admitted { model: model.into(), input, parameters };
        read(&admitted, find(Region::Beijing, model).unwrap(), false)
    }

    fn wan(parameters: Value) -> Result<Parameters, Refusal> {
        read_for("wan2.2-t2i-flash", json!({"prompt": "猫"}), parameters)
    }

    #[test]
    fn what_is_absent_takes_the_live_default() {
        let all = wan(Value::Null).unwrap();
        assert_eq!((all.n, all.size, all.extend, all.watermark), (4, Size::new(1024, 1024), true, false));
        assert_eq!((all.seed, all.negative.as_str()), (None, ""));
        assert_eq!(
            wan(json!({"n": null, "size": null, "fps": 24})).unwrap(),
            all,
            "null and unknown change nothing"
        );
        let qwen = read_for("qwen-image", json!({"prompt": "猫"}), json!({})).unwrap();
        assert_eq!((qwen.n, qwen.size), (1, Size::new(1664, 928)));
    }

    #[test]
    fn each_wrong_parameter_is_refused_with_its_text() {
        let size = "The size is not match the allowed size";
        let cases = [
            (json!([]), "parameters must be an object."),
            (json!({"size": "1024x1024"}), size),
            (json!({"size": "511*512"}), size),
            (json!({"size": 1024}), "size must be a string."),
            (json!({"n": 0}), "Range of n should be [1, 4]"),
            (json!({"n": 5}), "Range of n should be [1, 4]"),
            (json!({"n": "2"}), "Range of n should be [1, 4]"),
            (json!({"n": 1.5}), "Range of n should be [1, 4]"),
            (json!({"seed": -1}), "Range of seed should be [0, 2147483647]"),
            (json!({"seed": 2_147_483_648_u64}), "Range of seed should be [0, 2147483647]"),
            (json!({"prompt_extend": "yes"}), "prompt_extend must be a boolean."),
            (json!({"watermark": 1}), "watermark must be a boolean."),
        ];
        for (parameters, message) in cases {
            let refusal = wan(parameters.clone()).unwrap_err();
            assert_eq!((refusal.status, refusal.message.as_ref()), (400, message), "{parameters}");
        }
        assert!(wan(json!({"seed": 2_147_483_647, "n": 4, "size": "1440*1440"})).is_ok());
    }

    #[test]
    fn qwen_image_makes_one_only() {
        for (n, expected) in
            [(json!(2), Some(known::ONE_IMAGE)), (json!(0), Some(known::ONE_IMAGE)), (json!(1), None)]
        {
            let read = read_for("qwen-image", json!({"prompt": "猫"}), json!({ "n": n }));
            assert_eq!(read.err(), expected);
        }
    }

    #[test]
    fn a_prompt_is_required_and_a_long_negative_prompt_is_cut() {
        for input in [json!({}), json!({"prompt": ""}), json!({"prompt": null})] {
            let refusal = read_for("qwen-image", input, Value::Null).unwrap_err();
            assert_eq!(refusal.message, "Field required: input.prompt");
        }
        let input = json!({"prompt": "猫", "negative_prompt": "丑".repeat(501)});
        assert_eq!(read_for("qwen-image", input, Value::Null).unwrap().negative.chars().count(), 500);
    }
}
