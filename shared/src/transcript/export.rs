//! A transcript as a file for other programs: plain text, SubRip and WebVTT subtitles.

use std::fmt::Write;

use super::{Sentence, Transcript};

/// One sentence on its way into a file.
struct Cue<'a> {
    begin_ms: u64,
    end_ms: u64,
    /// Who says it, in the transcript's own language; empty where nobody was told apart.
    who: String,
    sentence: &'a Sentence,
}

impl Transcript {
    /// Plain text: a sentence a line in order of time, with its speaker in front where speakers were told apart.
    #[must_use]
    pub fn to_txt(&self) -> String {
        let mut text = String::new();
        let colon = if self.is_chinese() { "：" } else { ": " };
        for cue in self.cues() {
            if !cue.who.is_empty() {
                text.push_str(&cue.who);
                text.push_str(colon);
            }
            text.push_str(&one_line(&cue.sentence.text));
            text.push('\n');
        }
        if text.is_empty() {
            // Tracks whose sentences are not told still say something.
            let whole = self.tracks.iter().map(|track| track.text.trim()).filter(|text| !text.is_empty());
            whole.for_each(|track| {
                text.push_str(track);
                text.push('\n');
            });
        }
        text
    }

    /// SubRip subtitles: numbered, times as `HH:MM:SS,mmm`.
    #[must_use]
    pub fn to_srt(&self) -> String {
        let mut text = String::new();
        for (number, cue) in (1_u32..).zip(self.cues()) {
            let (begin, end) = (time(cue.begin_ms, ','), time(cue.end_ms, ','));
            let said = one_line(&cue.sentence.text);
            let who = if cue.who.is_empty() { String::new() } else { format!("[{}] ", cue.who) };
            // Writing into a string does not fail.
            let _ = writeln!(text, "{number}\n{begin} --> {end}\n{who}{said}\n");
        }
        text
    }

    /// `WebVTT` subtitles: times as `HH:MM:SS.mmm`, speakers as voices, everything that could be markup escaped.
    #[must_use]
    pub fn to_vtt(&self) -> String {
        let mut text = "WEBVTT\n".to_owned();
        for cue in self.cues() {
            let (begin, end) = (time(cue.begin_ms, '.'), time(cue.end_ms, '.'));
            let said = escaped(&one_line(&cue.sentence.text));
            let voice = if cue.who.is_empty() { String::new() } else { format!("<v {}>", cue.who) };
            let _ = writeln!(text, "\n{begin} --> {end}\n{voice}{said}");
        }
        text
    }

    /// All sentences that say something, of all tracks, in order of time. None ends before it has begun, which
    /// players would take for a broken file.
    fn cues(&self) -> Vec<Cue<'_>> {
        let mut cues = Vec::new();
        let several = self.tracks.len() > 1;
        let chinese = self.is_chinese();
        for track in &self.tracks {
            for sentence in track.sentences.iter().filter(|sentence| !sentence.text.trim().is_empty()) {
                let mut who = Vec::new();
                if several {
                    let number = track.channel.saturating_add(1);
                    who.push(if chinese { format!("声道 {number}") } else { format!("Track {number}") });
                }
                if let Some(speaker) = sentence.speaker {
                    let number = speaker.saturating_add(1);
                    who.push(if chinese {
                        format!("说话人 {number}")
                    } else {
                        format!("Speaker {number}")
                    });
                }
                let begin_ms = sentence.begin_ms;
                let end_ms = sentence.end_ms.max(begin_ms.saturating_add(1));
                cues.push(Cue { begin_ms, end_ms, who: who.join(" · "), sentence });
            }
        }
        cues.sort_by_key(|cue| (cue.begin_ms, cue.end_ms)); // stable: of two at once the first track's comes first
        cues
    }

    /// Whether it is in Chinese, which its marks are to be in then.
    fn is_chinese(&self) -> bool {
        let han = |c: char| matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{323af}');
        self.tracks.iter().any(|track| track.text.chars().any(han))
    }
}

/// Without line breaks: an empty line would end a cue.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `&`, `<` and `>` mean something in a cue, `-->` most of all.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// `HH:MM:SS`, the separator, and milliseconds.
fn time(ms: u64, separator: char) -> String {
    let seconds = ms / 1000;
    let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
    format!("{hours:02}:{minutes:02}:{:02}{separator}{:03}", seconds % 60, ms % 1000)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::Track;
    use super::*;

    fn sentence(begin_ms: u64, end_ms: u64, text: &str, speaker: Option<u32>) -> Sentence {
        Sentence { begin_ms, end_ms, text: text.to_owned(), speaker, words: Vec::new() }
    }

    fn of(tracks: Vec<Vec<Sentence>>) -> Transcript {
        let track = |(channel, sentences): (u32, Vec<Sentence>)| {
            let text = sentences.iter().map(|sentence| sentence.text.clone()).collect();
            Track { channel, text, sentences }
        };
        Transcript { duration_ms: None, tracks: (0..).zip(tracks).map(track).collect() }
    }

    #[test]
    fn a_meeting_of_two() {
        let meeting = of(vec![vec![
            sentence(100, 3_820, "你好，这里是会议记录。", Some(0)),
            sentence(3_661_001, 3_662_000, "好的。", Some(1)),
        ]]);
        assert_eq!(meeting.to_txt(), "说话人 1：你好，这里是会议记录。\n说话人 2：好的。\n");
        assert_eq!(
            meeting.to_srt(),
            "1\n00:00:00,100 --> 00:00:03,820\n[说话人 1] 你好，这里是会议记录。\n\n\
             2\n01:01:01,001 --> 01:01:02,000\n[说话人 2] 好的。\n\n"
        );
        assert_eq!(
            meeting.to_vtt(),
            "WEBVTT\n\n00:00:00.100 --> 00:00:03.820\n<v 说话人 1>你好，这里是会议记录。\n\n\
             01:01:01.001 --> 01:01:02.000\n<v 说话人 2>好的。\n"
        );
    }

    #[test]
    fn what_could_be_markup_is_escaped_and_stays_on_one_line() {
        let odd = of(vec![vec![sentence(0, 5, "a --> b <i>&\n\nc\r\n", None)]]);
        assert_eq!(odd.to_vtt(), "WEBVTT\n\n00:00:00.000 --> 00:00:00.005\na --&gt; b &lt;i&gt;&amp; c\n");
        assert_eq!(odd.to_srt(), "1\n00:00:00,000 --> 00:00:00,005\na --> b <i>& c\n\n");
        assert_eq!(odd.to_txt(), "a --> b <i>& c\n");
    }

    #[test]
    fn several_tracks_are_told_in_order_of_time() {
        let call = of(vec![
            vec![sentence(0, 900, "Hello.", None), sentence(2_000, 2_900, "Fine.", None)],
            vec![sentence(1_000, 1_900, "How are you?", None)],
        ]);
        assert_eq!(call.to_txt(), "Track 1: Hello.\nTrack 2: How are you?\nTrack 1: Fine.\n");
        assert!(call.to_vtt().contains("00:00:01.000 --> 00:00:01.900\n<v Track 2>How are you?\n"));
    }

    #[test]
    fn nothing_said_is_no_cue() {
        let silent = of(vec![vec![sentence(0, 900, " \n", None), sentence(9, 5, "a", None)]]);
        assert_eq!(silent.to_srt(), "1\n00:00:00,009 --> 00:00:00,010\na\n\n");
        assert_eq!((of(vec![]).to_txt(), of(vec![]).to_srt()), (String::new(), String::new()));
        assert_eq!(of(vec![]).to_vtt(), "WEBVTT\n");
        let mut untold = of(vec![vec![]]);
        untold.tracks[0].text = "words without times".to_owned();
        assert_eq!(untold.to_txt(), "words without times\n");
    }

    proptest! {
        #[test]
        fn every_cue_of_every_text_has_one_arrow_line_and_no_empty_text(
            texts in proptest::collection::vec((any::<String>(), any::<u64>(), any::<u64>()), 0..8),
        ) {
            let sentences = texts.iter().map(|(text, begin, end)| sentence(*begin, *end, text, Some(0)));
            let transcript = of(vec![sentences.collect()]);
            let said = texts.iter().filter(|(text, ..)| !text.trim().is_empty()).count();
            let vtt = transcript.to_vtt();
            prop_assert_eq!(vtt.lines().filter(|line| line.contains("-->")).count(), said);
            let cues: Vec<_> = vtt.trim_end().split("\n\n").skip(1).collect();
            prop_assert_eq!(cues.len(), said);
            let _ = (transcript.to_srt(), transcript.to_txt());
        }
    }
}
