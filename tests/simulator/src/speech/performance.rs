//! A text being spoken, piece by piece: audio and what is told about it, in the order of sending.

use serde_json::{Value, json};
use std::collections::VecDeque;

use super::parameters::Manner;
use super::sound::Encoder;
use super::synth::{self, Sentence, Unit};

/// What comes next.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Piece {
    /// Bytes of the file.
    Audio(Vec<u8>),
    /// A sentence, and the characters spoken so far.
    Sentence(Value, usize),
}

/// Bytes of audio in one piece, at most; a last piece may be shorter.
const CHUNK: usize = 8 * 1024;

/// A text on its way.
#[derive(Debug)]
pub(crate) struct Performance {
    manner: Manner,
    encoder: Encoder,
    sentences: VecDeque<Sentence>,
    ready: VecDeque<Piece>,
    at_ms: u64,
    characters: usize,
    finished: bool,
    late: bool,
}

impl Performance {
    /// `samples` when the length of the whole is known before.
    pub(crate) fn new(manner: Manner, samples: Option<u32>) -> Option<Self> {
        Some(Self {
            encoder: Encoder::new(manner.format, manner.sample_rate, samples)?,
            manner,
            sentences: VecDeque::new(),
            ready: VecDeque::new(),
            at_ms: 0,
            characters: 0,
            finished: false,
            late: false,
        })
    }

    /// From now on what is told of a sentence comes after all of its audio.
    pub(crate) fn tell_late(&mut self) {
        self.late = true;
    }

    /// More text.
    pub(crate) fn say(&mut self, text: &str) {
        self.sentences.extend(synth::read(text, self.manner.rate));
    }

    /// Characters spoken so far: each counts one (§5.2, `inf`).
    pub(crate) fn characters(&self) -> usize {
        self.characters
    }

    /// No more text: the encoder's last bytes follow.
    pub(crate) fn finish(&mut self) {
        if !std::mem::replace(&mut self.finished, true) {
            self.perform_all();
            let last = self.encoder.finish();
            self.queue(&last, None);
        }
    }

    fn perform_all(&mut self) {
        while let Some(sentence) = self.sentences.pop_front() {
            self.perform(&sentence);
        }
    }

    /// The next piece of what was said so far.
    pub(crate) fn next(&mut self) -> Option<Piece> {
        while self.ready.is_empty() {
            let sentence = self.sentences.pop_front()?;
            self.perform(&sentence);
        }
        self.ready.pop_front()
    }

    fn perform(&mut self, sentence: &[Unit]) {
        let begin_ms = self.at_ms;
        let (mut bytes, mut words) = (Vec::new(), Vec::new());
        for unit in sentence {
            let samples = synth::sing(unit, self.at_ms, &self.manner);
            bytes.extend(self.encoder.push(&samples));
            if self.manner.words && !unit.pause {
                words.push(self.word(unit));
            }
            self.at_ms += unit.ms;
            // A space is a pause without a mark.
            self.characters += unit.text.chars().count().max(1);
        }
        let told = json!({ "begin_time": begin_ms, "end_time": self.at_ms, "words": words });
        self.queue(&bytes, Some(Piece::Sentence(told, self.characters)));
    }

    /// Audio in chunks; what is told comes after the first of them.
    fn queue(&mut self, bytes: &[u8], mut told: Option<Piece>) {
        for chunk in bytes.chunks(CHUNK) {
            self.ready.push_back(Piece::Audio(chunk.to_vec()));
            if !self.late {
                self.ready.extend(told.take());
            }
        }
        self.ready.extend(told);
    }

    fn word(&self, unit: &Unit) -> Value {
        let (begin, end) = (self.at_ms, self.at_ms + unit.ms);
        if !self.manner.phonemes {
            return json!({ "text": unit.text, "begin_time": begin, "end_time": end });
        }
        let middle = begin + unit.ms * 2 / 5;
        let tone = (unit.text.len() + unit.text.bytes().map(usize::from).sum::<usize>()) % 4 + 1;
        let sound = |begin: u64, end: u64, text: &str| json!({ "begin_time": begin, "end_time": end, "text": text, "tone": tone.to_string() });
        let phonemes = [sound(begin, middle, "j_c"), sound(middle, end, "in_c")];
        json!({ "text": unit.text, "begin_time": begin, "end_time": end, "phonemes": phonemes })
    }
}

/// A whole file, and how many characters it speaks.
pub(crate) fn whole(text: &str, manner: Manner) -> Option<(Vec<u8>, usize)> {
    let units = synth::read(text, manner.rate);
    let ms: u64 = units.iter().flatten().map(|unit| unit.ms).sum();
    let samples = u32::try_from(ms * u64::from(manner.sample_rate) / 1000).ok();
    let mut performance = Performance::new(manner, samples)?;
    performance.say(text);
    performance.finish();
    let mut bytes = Vec::new();
    while let Some(piece) = performance.next() {
        if let Piece::Audio(audio) = piece {
            bytes.extend(audio);
        }
    }
    Some((bytes, performance.characters()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::speech::parameters::Format;
    use crate::upload::probe;
    use crate::upload::store::Stored;

    fn manner(format: Format) -> Manner {
        Manner {
            format,
            sample_rate: 16_000,
            volume: 50.0,
            rate: 1.0,
            pitch: 1.0,
            tone: 200.0,
            words: true,
            phonemes: true,
        }
    }

    #[test]
    fn audio_and_sentences_alternate_and_characters_add_up() {
        let mut performance = Performance::new(manner(Format::Pcm), None).unwrap();
        performance.say("今天天气怎么样？");
        performance.say("不错 ok。");
        performance.finish();
        let pieces: Vec<Piece> = std::iter::from_fn(|| performance.next()).collect();
        let told: Vec<_> = pieces
            .iter()
            .filter_map(|piece| match piece {
                Piece::Sentence(told, characters) => Some((told.clone(), *characters)),
                Piece::Audio(_) => None,
            })
            .collect();
        assert_eq!(told.iter().map(|(_, characters)| *characters).collect::<Vec<_>>(), [8, 14]);
        assert!(matches!(pieces[0], Piece::Audio(_)) && matches!(pieces[1], Piece::Sentence(..)));
        assert_eq!(told[1].0["begin_time"], told[0].0["end_time"]);
        assert_eq!(told[0].0["words"][0]["phonemes"].as_array().unwrap().len(), 2);
    }

    #[test]
    fn a_whole_file_knows_its_length() {
        for format in [Format::Wav, Format::Mp3] {
            let (bytes, characters) = whole("今天天气怎么样？", manner(format)).unwrap();
            assert_eq!(characters, 8);
            if format == Format::Wav {
                assert_eq!(u32::from_le_bytes(bytes[40..44].try_into().unwrap()) as usize, bytes.len() - 44);
            }
            let found =
                probe::sound(&Stored { size: bytes.len() as u64, head: bytes, ..Stored::default() }).unwrap();
            assert!(found.ms.abs_diff(7 * 190 + 350) < 100, "{format:?} {}", found.ms);
        }
    }
}
