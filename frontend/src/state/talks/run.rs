//! Sends a turn and reads its answer, over every break of the connection.

use std::time::Duration;

use leptos::prelude::*;
use studio_shared::event::TextEvent;

use super::Talks;
use super::talk::Talk;
use super::turn::{Step, Turn};
use crate::api::{Failure, TextStream};
use crate::state::live::pause;
use crate::state::sleep;

/// So often something is sent by itself that does not arrive; then the person decides.
const SENDINGS: u32 = 4;

/// How reading a stream ended.
enum Heard {
    /// The answer has ended.
    End,
    /// The connection has; whether it brought something before.
    Break(bool),
}

pub(super) async fn run(talks: Talks, talk: Talk, turn: Turn) {
    let mut failures = 0_u32;
    while !talk.is_over() {
        let id = turn.id.get_untracked();
        let opened = match &id {
            Some(id) => talks.client().read_on(id, turn.seen()).await,
            None => talks.client().say(&talk.body(&turn), &turn.key).await,
        };
        let failure = match opened {
            Ok(stream) => match listen(talks, &talk, &turn, stream).await {
                Heard::End => return,
                Heard::Break(true) => {
                    failures = 0;
                    None
                }
                Heard::Break(false) => None,
            },
            Err(failure) => Some(failure),
        };
        failures = failures.saturating_add(1);
        let is_known = turn.id.with_untracked(Option::is_some);
        if let Some(failure) = &failure
            && (!failure.is_passing() || (!is_known && failures >= SENDINGS))
        {
            turn.step.set(Step::Refused(failure.clone()));
            return;
        }
        turn.step.set(if is_known { Step::Lost } else { Step::Unsent });
        let asked = failure.as_ref().and_then(Failure::retry_after_ms).map(Duration::from_millis);
        sleep(asked.unwrap_or_else(|| pause(failures, js_sys::Math::random()))).await;
        if !is_known {
            turn.step.set(Step::Sending);
        }
    }
}

async fn listen(talks: Talks, talk: &Talk, turn: &Turn, mut stream: TextStream) -> Heard {
    turn.pace.try_update(super::pace::Pace::restart);
    let mut brought = false;
    while let Ok(Some(event)) = stream.next().await {
        if talk.is_over() {
            return Heard::End;
        }
        brought = true;
        match event {
            TextEvent::Job { job } => {
                talks.named(talk, &job);
                turn.know(*job);
                turn.step.set(Step::Coming);
            }
            TextEvent::Piece { at, text, output_tokens } => {
                turn.count(output_tokens);
                if !turn.take(at, &text) {
                    return Heard::Break(true);
                }
            }
            TextEvent::End { job } => {
                talks.named(talk, &job);
                turn.end(*job);
                talks.moved();
                return Heard::End;
            }
        }
    }
    Heard::Break(brought)
}
