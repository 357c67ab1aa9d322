//! Draws some pictures into a folder, to look at: `cargo run -p studio-simulator --example gallery -- DIR`.

use std::time::Instant;
use std::{env, fs, io, path::PathBuf};
use studio_simulator::image::size::Size;
use studio_simulator::picture::{Spec, png};

fn main() -> io::Result<()> {
    let folder = PathBuf::from(env::args().nth(1).unwrap_or_else(|| "gallery".into()));
    fs::create_dir_all(&folder)?;
    let prompts =
        ["可爱猫咪", "雪夜里亮着灯的小书店，水彩", "A quiet harbour at dawn, watercolour, soft light"];
    let sizes = [(1024, 1024), (512, 512), (1440, 1440), (1664, 928), (928, 1664), (1440, 810)];
    for (number, (width, height)) in (0..).zip(sizes.into_iter().cycle().take(12)) {
        let prompt = prompts.get(number as usize % 3).copied().unwrap_or_default().to_owned();
        let (model, mark) =
            if number % 2 == 0 { ("wan2.2-t2i-flash", "AI生成") } else { ("qwen-image", "Qwen-Image") };
        let spec = Spec {
            prompt,
            negative: String::new(),
            model: model.into(),
            size: Size::new(width, height),
            seed: 20_250_813 + number,
            index: 1 + number % 4,
            mark: (number % 3 == 2).then_some(mark),
        };
        let begun = Instant::now();
        let bytes = png(&spec).map_err(io::Error::other)?;
        println!(
            "{number:02} {width}x{height}: {} ms, {} kB",
            begun.elapsed().as_millis(),
            bytes.len() / 1024
        );
        fs::write(folder.join(format!("{number:02}.png")), bytes)?;
    }
    Ok(())
}
