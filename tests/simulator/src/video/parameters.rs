//! Check (9) of dashscope-api.md §11 for videos.

use serde_json::{Map, Value};

use super::models::{Lengths, Tier, Version, VideoModel};
use crate::gate::Admitted;
use crate::given::{flag, object, present, text, whole};
use crate::image::parameters::{NEGATIVE, cut};
use crate::image::size::Size;
use crate::refusal::Refusal;

/// A call's parameters, complete.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameters {
    /// As it came.
    pub prompt: String,
    /// Cut.
    pub negative: String,
    /// `None`: not a size of this model, for which the task fails and not the call (§4.2).
    pub size: Option<Size>,
    /// What will be made, not always what was asked for.
    pub seconds: u32,
    /// Rewrite the prompt.
    pub extend: bool,
    /// Taken, and not drawn.
    pub watermark: bool,
    /// `None`: the service picks one.
    pub seed: Option<u32>,
}

/// Reads them, or refuses the first that is wrong. `fps`, and before 2.7 `resolution`, are not known (§10 rows
/// 2 and 4).
pub fn read(admitted: &Admitted, model: &VideoModel) -> Result<Parameters, Refusal> {
    let empty = Map::new();
    let given = object(&admitted.parameters, &empty)?;
    let prompt = text(&admitted.input, "prompt")?.filter(|prompt| !prompt.is_empty());
    let prompt = prompt.ok_or_else(|| Refusal::parameter("Field required: input.prompt"))?.to_owned();
    let negative = cut(text(&admitted.input, "negative_prompt")?.unwrap_or_default(), NEGATIVE);
    text(&admitted.input, "audio_url")?;
    Ok(Parameters {
        prompt,
        negative,
        size: size(given, model)?,
        seconds: seconds(given, model.lengths)?,
        extend: flag(given, "prompt_extend")?.unwrap_or(true),
        watermark: flag(given, "watermark")?.unwrap_or(false),
        seed: whole(given, "seed", 0, 2_147_483_647)?,
    })
}

fn size(given: &Map<String, Value>, model: &VideoModel) -> Result<Option<Size>, Refusal> {
    if model.version == Version::V27 {
        let tier = match text(given, "resolution")?.unwrap_or("1080P") {
            "720P" => Some(Tier::P720),
            "1080P" => Some(Tier::P1080),
            _ => None,
        };
        let ratio = text(given, "ratio")?.unwrap_or("16:9");
        let sizes = tier.map(Tier::sizes).unwrap_or_default();
        return Ok(sizes.iter().find(|(known, _)| *known == ratio).map(|(_, size)| *size));
    }
    Ok(match text(given, "size")? {
        None => Some(model.default_size()),
        Some(asked) => Size::parse(asked).filter(|size| model.place(*size).is_some()),
    })
}

/// What 2.1 and 2.2 do with another length is not established (§12 item 3): here they make their five seconds.
fn seconds(given: &Map<String, Value>, lengths: Lengths) -> Result<u32, Refusal> {
    match lengths {
        Lengths::Five => Ok(5),
        Lengths::FiveOrTen => match present(given, "duration").map(Value::as_u64) {
            None | Some(Some(5)) => Ok(5),
            Some(Some(10)) => Ok(10),
            Some(_) => Err(Refusal::parameter("duration should be 5 or 10")),
        },
        Lengths::TwoToFifteen => Ok(whole(given, "duration", 2, 15)?.unwrap_or(5)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::region::Region;
    use crate::video::models::find;
    use serde_json::json;

    fn read_for(model: &str, parameters: Value) -> Result<Parameters, Refusal> {
        let Value::Object(input) = json!({"prompt": "海上日出"}) else { panic!("an object") };
        let admitted = Admitted { model: model.into(), input, parameters };
        read(&admitted, find(Region::Beijing, model).unwrap())
    }

    #[test]
    fn two_one_makes_five_seconds_whatever_is_asked_for() {
        let asked = json!({"duration": 10, "fps": 24, "resolution": "480*854"});
        let read = read_for("wanx2.1-t2v-plus", asked).unwrap();
        assert_eq!((read.seconds, read.size), (5, Some(Size::new(1280, 720))), "and reads no resolution");
        assert_eq!(read_for("wanx2.1-t2v-plus", json!({"size": "832*480"})).unwrap().size, None);
    }

    #[test]
    fn later_models_make_longer_ones() {
        let seconds =
            |model, asked: Value| read_for(model, json!({ "duration": asked })).map(|read| read.seconds);
        assert_eq!(seconds("wan2.5-t2v-preview", json!(10)), Ok(10));
        assert!(seconds("wan2.5-t2v-preview", json!(7)).is_err());
        assert_eq!(seconds("wan2.6-t2v", json!(15)), Ok(15));
        assert!(seconds("wan2.6-t2v", json!(16)).is_err() && seconds("wan2.7-t2v", json!("5")).is_err());
    }

    #[test]
    fn two_seven_takes_a_tier_and_a_ratio() {
        let size = |asked| read_for("wan2.7-t2v", asked).unwrap().size;
        assert_eq!(size(json!({"resolution": "720P", "ratio": "3:4"})), Some(Size::new(832, 1088)));
        assert_eq!(size(json!({"size": "832*480"})), Some(Size::new(1920, 1080)), "no size here");
        assert_eq!(size(json!({"resolution": "480P"})), None);
        assert_eq!(size(json!({"ratio": "2:1"})), None);
    }
}
