//! The plate that says what was asked for, and the watermark.

use super::Spec;
use super::canvas::{Area, Canvas, Colour};
use super::text::{self, LINE};

/// Draws both. The watermark is bottom right (dashscope-api.md §1.1); the plate keeps clear of it.
pub(super) fn draw(canvas: &mut Canvas, spec: &Spec) {
    let (width, height) = (whole(canvas.width), whole(canvas.height));
    let scale = (width.min(height) + 256) / 512;
    let small = (scale - 1).max(1);
    let (margin, padding) = (16 * scale, 10 * scale);
    let mut foot = height - margin;
    if let Some(mark) = spec.mark {
        let place = (width - margin / 2 - text::width(mark) * small, height - margin / 2 - LINE * small);
        let shadow = (place.0 + small, place.1 + small);
        text::draw(canvas, mark, shadow, small, Colour::hex(0), 0.45);
        text::draw(canvas, mark, place, small, Colour::WHITE, 0.85);
        foot = place.1 - margin / 2;
    }
    let room = width - 2 * (margin + padding);
    let Spec { prompt, model, size, seed, index, .. } = spec;
    let facts = format!("{model} · 种子 seed {seed} · 第{index}张 #{index} · {}×{}", size.width, size.height);
    let lines: Vec<(String, i32)> = text::wrap(prompt, room / scale, 3)
        .into_iter()
        .map(|line| (line, scale))
        .chain(text::wrap(&facts, room / small, 3).into_iter().map(|line| (line, small)))
        .collect();
    let gap = 4 * scale;
    let widest = lines.iter().map(|(line, scale)| text::width(line) * scale).max().unwrap_or(0);
    let tall: i32 = lines.iter().map(|(_, scale)| LINE * scale + gap).sum::<i32>() - gap;
    let plate = Area {
        x: margin,
        y: foot - tall - 2 * padding,
        width: widest + 2 * padding,
        height: tall + 2 * padding,
    };
    canvas.plate(plate, 8.0 * scale as f32, Colour::hex(0x0b1020), 0.56);
    let mut y = plate.y + padding;
    for (line, line_scale) in lines {
        let (colour, share) =
            if line_scale == scale { (Colour::WHITE, 0.98) } else { (Colour::hex(0xdfe6f2), 0.86) };
        text::draw(canvas, &line, (plate.x + padding, y), line_scale, colour, share);
        y += LINE * line_scale + gap;
    }
}

fn whole(length: u32) -> i32 {
    i32::try_from(length).unwrap_or(i32::MAX)
}
