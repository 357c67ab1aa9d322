//! How loud it is.

use web_sys::{AnalyserNode, AudioContext, MediaStream};

/// Samples that are looked at.
const WINDOW: usize = 1024;

/// How loud a microphone is. It ends when dropped.
pub(super) struct Meter {
    context: AudioContext,
    analyser: AnalyserNode,
}

impl Meter {
    /// A meter of a microphone; `None` where the browser gives none.
    pub(super) fn of(stream: &MediaStream) -> Option<Self> {
        let context = AudioContext::new().ok()?;
        let analyser = context.create_analyser().ok()?;
        analyser.set_fft_size(u32::try_from(WINDOW).ok()?);
        context.create_media_stream_source(stream).ok()?.connect_with_audio_node(&analyser).ok()?;
        Some(Self { context, analyser })
    }

    /// Hundredths of the loudest there is, at this moment.
    pub(super) fn level(&self) -> u8 {
        let mut samples = [128_u8; WINDOW];
        self.analyser.get_byte_time_domain_data(&mut samples);
        let loudest = samples.iter().map(|sample| sample.abs_diff(128)).max().unwrap_or_default();
        u8::try_from(u16::from(loudest).saturating_mul(100) / 128).unwrap_or(100).min(100)
    }
}

impl Drop for Meter {
    fn drop(&mut self) {
        // A context that is closed already needs no closing.
        drop(self.context.close());
    }
}
