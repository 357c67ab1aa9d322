//! A voice made of tones: a syllable for every character, its length by the rate, its height by the pitch.
//!
//! Only operations that are exact on every machine are used, so the same words are the same bytes.

use super::parameters::Manner;

/// Something that is spoken, or a pause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// What; of a pause, the mark.
    pub text: String,
    /// Silent.
    pub pause: bool,
    /// Milliseconds.
    pub ms: u64,
}

/// A sentence.
pub type Sentence = Vec<Unit>;

/// Units in one breath, at most.
const BREATH: usize = 80;

/// Text as sentences of units: a Chinese character, or a word, or a mark.
pub fn read(text: &str, rate: f32) -> Vec<Sentence> {
    let (mut sentences, mut sentence, mut word) = (Vec::new(), Sentence::new(), String::new());
    for character in text.chars() {
        // Who writes without marks is heard in parts all the same.
        if sentence.len() >= BREATH {
            sentences.push(std::mem::take(&mut sentence));
        }
        if character.is_ascii_alphanumeric() || (character == '\'' && !word.is_empty()) {
            word.push(character);
            continue;
        }
        finish_word(&mut word, &mut sentence, rate);
        if character.is_alphanumeric() {
            sentence.push(unit(character.to_string(), false, 190.0, rate));
        } else if character == ' ' {
            sentence.push(unit(String::new(), true, 40.0, rate));
        } else {
            let ends = matches!(character, '。' | '！' | '？' | '；' | '.' | '!' | '?' | ';' | '\n');
            sentence.push(unit(character.to_string(), true, if ends { 350.0 } else { 180.0 }, rate));
            if ends {
                sentences.push(std::mem::take(&mut sentence));
            }
        }
    }
    finish_word(&mut word, &mut sentence, rate);
    if !sentence.is_empty() {
        sentences.push(sentence);
    }
    sentences
}

fn finish_word(word: &mut String, sentence: &mut Sentence, rate: f32) {
    if !word.is_empty() {
        let ms = 60.0 + 65.0 * word.len() as f32;
        sentence.push(unit(std::mem::take(word), false, ms, rate));
    }
}

fn unit(text: String, pause: bool, ms: f32, rate: f32) -> Unit {
    Unit { text, pause, ms: (ms / rate) as u64 }
}

/// The samples of a unit. `from_ms` is when it begins: lengths are rounded so that no time is lost.
pub fn sing(unit: &Unit, from_ms: u64, manner: &Manner) -> Vec<i16> {
    let rate = u64::from(manner.sample_rate);
    let samples = ((from_ms + unit.ms) * rate / 1000 - from_ms * rate / 1000) as usize;
    if unit.pause {
        return vec![0; samples];
    }
    let letter =
        unit.text.bytes().fold(17_u32, |sum, byte| sum.wrapping_mul(37).wrapping_add(u32::from(byte)));
    let tone = manner.tone * manner.pitch;
    // One of four tones, and a vowel: which overtones are strong.
    let rise = match letter % 4 {
        0 => 0.0,
        1 => 0.25,
        2 => -0.12,
        _ => -0.3,
    };
    let strengths: [f32; 4] = match letter / 4 % 3 {
        0 => [1.0, 0.5, 0.35, 0.12],
        1 => [1.0, 0.25, 0.5, 0.3],
        _ => [1.0, 0.7, 0.15, 0.08],
    };
    let (edge, loud) = (0.02 * manner.sample_rate as f32, manner.volume / 100.0 * 15_000.0);
    let mut phase = 0.0_f32;
    let sample = |number: usize| {
        let (at, left) = (number as f32, (samples - number) as f32);
        phase += tone * (1.0 + rise * at / samples as f32) / manner.sample_rate as f32;
        phase -= phase.floor();
        let wave: f32 = strengths
            .iter()
            .zip([1.0, 2.0, 3.0, 5.0])
            .map(|(strength, over)| strength * wave(phase * over))
            .sum();
        let envelope = (at / edge).min(left / (3.0 * edge)).min(1.0);
        (wave / 2.0 * envelope * loud) as i16
    };
    (0..samples).map(sample).collect()
}

/// A sine to the eye and ear: a parabola, smoothed. `phase` counts whole turns.
fn wave(phase: f32) -> f32 {
    let x = 2.0 * (phase - phase.floor()) - 1.0;
    let y = -4.0 * x * (1.0 - x.abs());
    0.225 * (y * y.abs() - y) + y
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::speech::parameters::Format;
    use proptest::prelude::*;

    fn manner() -> Manner {
        let (format, words) = (Format::Pcm, false);
        Manner {
            format,
            sample_rate: 16_000,
            volume: 50.0,
            rate: 1.0,
            pitch: 1.0,
            tone: 200.0,
            words,
            phonemes: false,
        }
    }

    fn crossings(samples: &[i16]) -> usize {
        samples.windows(2).filter(|pair| (pair[0] < 0) != (pair[1] < 0)).count()
    }

    #[test]
    fn text_is_cut_into_sentences_of_characters_words_and_marks() {
        let told: Vec<Vec<String>> = read("你好，world. 再见", 1.0)
            .iter()
            .map(|sentence| sentence.iter().map(|unit| unit.text.clone()).collect())
            .collect();
        assert_eq!(told, [vec!["你", "好", "，", "world", "."], vec!["", "再", "见"]]);
        assert!(read("", 1.0).is_empty());
        assert_eq!(read(&"字".repeat(200), 1.0).iter().map(Vec::len).collect::<Vec<_>>(), [80, 80, 40]);
    }

    #[test]
    fn rate_shortens_volume_strengthens_pitch_raises() {
        let word = |rate| read("hello", rate).remove(0).remove(0);
        assert_eq!((word(1.0).ms, word(2.0).ms, word(0.5).ms), (385, 192, 770));
        let loudest = |volume| {
            sing(&word(1.0), 0, &Manner { volume, ..manner() }).iter().map(|s| s.abs()).max().unwrap()
        };
        assert!(loudest(0.0) == 0 && loudest(50.0) > 2_000 && loudest(100.0) > loudest(50.0) / 10 * 19);
        let high = |pitch| crossings(&sing(&word(1.0), 0, &Manner { pitch, ..manner() }));
        assert!(high(2.0) > high(1.0) * 18 / 10 && high(1.0) > high(0.5) * 18 / 10);
    }

    proptest! {
        #[test]
        fn any_text_is_spoken_and_no_time_is_lost(text in "\\PC{0,30}", rate in 0.5_f32..2.0) {
            let (mut at_ms, mut samples) = (0, 0);
            for unit in read(&text, rate).iter().flatten() {
                samples += sing(unit, at_ms, &manner()).len() as u64;
                at_ms += unit.ms;
            }
            prop_assert_eq!(samples, at_ms * 16);
        }
    }
}
