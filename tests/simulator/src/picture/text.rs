//! Text in a bitmap font that has every character of the basic plane: GNU Unifont, drawn larger by whole
//! numbers with its steps rounded off.

use unifont::Glyph;

use super::canvas::{Canvas, Colour};
use super::chance::smooth;

/// Height of a line at scale 1.
pub(super) const LINE: i32 = 16;

/// What is drawn for a character that the font lacks, such as an emoji: a box.
const BOX: char = '\u{25a1}';

/// The glyphs of a text; what has no shape of its own (controls, marks of direction, joiners) is left out.
fn glyphs(text: &str) -> impl Iterator<Item = &'static Glyph> {
    text.chars()
        .filter(|character| is_shown(*character))
        .filter_map(|character| unifont::get_glyph(character).or_else(|| unifont::get_glyph(BOX)))
}

fn is_shown(character: char) -> bool {
    let unseen = matches!(character,
        '\u{00ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}');
    !unseen && !character.is_control()
}

/// Pixels from left to right, at scale 1.
pub(super) fn width(text: &str) -> i32 {
    glyphs(text).map(|glyph| if glyph.is_fullwidth() { 16 } else { 8 }).sum()
}

/// Breaks a text into at most `most` lines of at most `room` pixels at scale 1; the last ends in … when there
/// is more. Western words stay whole where they can.
pub(super) fn wrap(text: &str, room: i32, most: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let text: String =
        text.chars().map(|character| if character.is_control() { ' ' } else { character }).collect();
    for word in words(&text) {
        let Some(line) = lines.last_mut() else { break };
        if width(line) + width(word.trim_end()) <= room {
            line.push_str(word);
            continue;
        }
        if width(word.trim_end()) <= room {
            lines.push(word.to_owned());
            continue;
        }
        for character in word.chars() {
            let Some(line) = lines.last_mut() else { break };
            if width(line) + width(character.encode_utf8(&mut [0; 4])) > room {
                lines.push(character.to_string());
            } else {
                line.push(character);
            }
        }
    }
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            while width(last) + 16 > room && last.pop().is_some() {}
            last.push('…');
        }
    }
    lines.iter().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
}

/// Pieces between which a line may break: after a space, around wide characters.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let (mut start, mut previous) = (0, None);
    for (at, character) in text.char_indices() {
        let wide = |character: char| character as u32 >= 0x2e80;
        // A line does not begin with a closing mark.
        let closing = "，。、；：！？）》」』”’…".contains(character);
        if previous.is_some_and(|before| before == ' ' || ((wide(before) || wide(character)) && !closing)) {
            words.extend(text.get(start..at));
            start = at;
        }
        previous = Some(character);
    }
    words.extend(text.get(start..));
    words
}

/// Draws one line with its upper left corner at this place.
pub(super) fn draw(
    canvas: &mut Canvas,
    text: &str,
    (x, y): (i32, i32),
    scale: i32,
    colour: Colour,
    share: f32,
) {
    let mut left = x;
    for glyph in glyphs(text) {
        let wide: i32 = if glyph.is_fullwidth() { 16 } else { 8 };
        for row in 0..LINE * scale {
            for column in 0..wide * scale {
                let covered = coverage(glyph, column, row, scale);
                canvas.blend(left + column, y + row, colour, share * covered);
            }
        }
        left += wide * scale;
    }
}

/// How much of an enlarged pixel is ink: sampled between the font's pixels, so that diagonals are not stairs.
fn coverage(glyph: &Glyph, column: i32, row: i32, scale: i32) -> f32 {
    let ink = |x: i32, y: i32| match (usize::try_from(x), usize::try_from(y)) {
        (Ok(x), Ok(y)) => f32::from(u8::from(glyph.get_pixel(x, y))),
        _ => 0.0,
    };
    if scale == 1 {
        return ink(column, row);
    }
    let place = |at: i32| (at as f32 + 0.5) / scale as f32 - 0.5;
    let (x, y) = (place(column), place(row));
    let (left, top) = (x.floor(), y.floor());
    let (across, down) = (x - left, y - top);
    let (left, top) = (left as i32, top as i32);
    let upper = ink(left, top) * (1.0 - across) + ink(left + 1, top) * across;
    let lower = ink(left, top + 1) * (1.0 - across) + ink(left + 1, top + 1) * across;
    smooth(((upper * (1.0 - down) + lower * down) - 0.25) / 0.4)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_counts_double_and_what_is_unseen_counts_nothing() {
        assert_eq!((width("ab"), width("猫"), width("\u{202e}\0\u{feff}"), width("😀")), (16, 16, 0, 8));
    }

    #[test]
    fn words_stay_whole_and_no_line_begins_with_a_comma() {
        assert_eq!(wrap("a cute cat", 8 * 6, 3), ["a cute", "cat"]);
        assert_eq!(wrap("可爱，猫咪", 32, 3), ["可", "爱，", "猫咪"]);
        assert_eq!(wrap("abcdefgh", 32, 3), ["abcd", "efgh"]);
    }

    #[test]
    fn a_long_text_ends_in_an_ellipsis_within_its_room() {
        let lines = wrap(&"雪夜里亮着灯的小书店".repeat(20), 160, 3);
        assert_eq!(lines.len(), 3);
        assert!(lines[2].ends_with('…') && lines.iter().all(|line| width(line) <= 160));
        assert_eq!(wrap(" \n ", 100, 3), Vec::<String>::new());
    }
}
