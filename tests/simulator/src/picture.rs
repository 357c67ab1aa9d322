//! The pictures: a landscape of its own for every prompt and seed, with a caption plate that says what was
//! asked for. The same inputs give the same bytes (dashscope-api.md §11 item 9), on every machine: only
//! operations that are exact everywhere are used, no sines, no exponentials.

mod canvas;
mod caption;
pub(crate) mod chance;
mod palette;
mod scene;
mod text;

use sha2::{Digest, Sha256};

use crate::image::size::Size;
use canvas::Canvas;
use chance::Chance;

/// Everything that a picture depends on.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Spec {
    /// Without markers.
    pub prompt: String,
    /// Changes the picture, is not shown.
    pub negative: String,
    /// The model's name.
    pub model: String,
    /// Exact.
    pub size: Size,
    /// This picture's own: the call's seed plus its place.
    pub seed: u32,
    /// From 1.
    pub index: u32,
    /// The watermark's text, if one was asked for.
    pub mark: Option<&'static str>,
}

/// Draws and encodes.
pub fn png(spec: &Spec) -> Result<Vec<u8>, png::EncodingError> {
    let mut canvas = Canvas::new(spec.size.width, spec.size.height);
    scene::draw(&mut canvas, Chance::new(entropy(spec)));
    caption::draw(&mut canvas, spec);
    canvas.encode()
}

/// Where the composition starts from. Index and mark only add to the picture.
fn entropy(spec: &Spec) -> u64 {
    let Spec { prompt, negative, model, size, seed, index: _, mark: _ } = spec;
    let digest = Sha256::digest(format!("{prompt}\0{negative}\0{model}\0{size}\0{seed}"));
    digest.iter().take(8).fold(0, |number, byte| (number << 8) | u64::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spec() -> Spec {
        Spec {
            prompt: "可爱猫咪 a cute cat".into(),
            negative: String::new(),
            model: "wan2.2-t2i-flash".into(),
            size: Size::new(512, 640),
            seed: 7,
            index: 1,
            mark: None,
        }
    }

    #[test]
    fn a_picture_has_exactly_the_size_that_was_asked_for() {
        for size in [Size::new(512, 512), Size::new(1440, 513), Size::new(513, 1440)] {
            let bytes = png(&Spec { size, ..spec() }).unwrap();
            let reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().unwrap();
            assert_eq!((reader.info().width, reader.info().height), (size.width, size.height));
        }
    }

    #[test]
    fn the_same_inputs_give_the_same_bytes_and_each_input_matters() {
        let first = png(&spec()).unwrap();
        assert_eq!(first, png(&spec()).unwrap());
        let others = [
            Spec { prompt: "可爱狗".into(), ..spec() },
            Spec { negative: "模糊".into(), ..spec() },
            Spec { model: "qwen-image".into(), ..spec() },
            Spec { size: Size::new(640, 512), ..spec() },
            Spec { seed: 8, ..spec() },
            Spec { index: 2, ..spec() },
            Spec { mark: Some("AI生成"), ..spec() },
        ];
        for other in others {
            assert_ne!(first, png(&other).unwrap(), "{other:?}");
        }
    }

    #[test]
    fn hostile_prompts_are_drawn_too() {
        let prompts = ["", " ", "\0\u{202e}\u{feff}", "<script>", "😀👨‍👩‍👧", "word", "\n\n\n\t"];
        for prompt in prompts.into_iter().map(str::to_owned).chain(["宽".repeat(800), "w".repeat(800)]) {
            assert!(png(&Spec { prompt, ..spec() }).is_ok());
        }
    }
}
