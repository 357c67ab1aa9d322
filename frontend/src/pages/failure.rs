//! A call that brought no result, as people are told.

use leptos::prelude::*;

use crate::api::Failure;
use crate::parts::{Button, ButtonSize, IconName, Notice, Tone};
use crate::words::{Texts, use_words};

/// What happened and what to do, in one line.
pub(crate) fn line(failure: &Failure, texts: &Texts) -> String {
    match failure {
        Failure::Unreachable => texts.failure.unreachable.to_owned(),
        Failure::Strange { status } => (texts.failure.strange)(*status),
        Failure::Refused { reply, .. } => {
            let said = [&reply.error.message, &reply.error.advice];
            let mut said: Vec<&str> = said.map(|text| text.trim()).into();
            said.retain(|text| !text.is_empty());
            said.dedup();
            if said.is_empty() { reply.error.code.clone() } else { said.join(texts.failure.between) }
        }
    }
}

/// A call that brought no result, where its result would have been.
#[component]
pub(crate) fn FailureNotice(
    /// What went wrong.
    failure: Failure,
    /// Tries again.
    #[prop(into)]
    on_again: Callback<()>,
) -> impl IntoView {
    let words = use_words();
    let id = match &failure {
        Failure::Refused { reply, .. } => Some(reply.request_id.clone()),
        Failure::Unreachable | Failure::Strange { .. } => None,
    };
    let code = failure.code().to_owned();
    let actions = move || {
        view! {
            <Button size=ButtonSize::Small icon=IconName::Retry on_click=move |_| on_again.run(())>
                {words.text(|t| t.shell.again)}
            </Button>
        }
    };
    view! {
        <Notice tone=Tone::Danger live=true title=move || line(&failure, words.texts()) actions>
            {id.map(|id| view! { <p class="trouble__message"><code>{code}</code>" · "<code>{id}</code></p> })}
        </Notice>
    }
}

#[cfg(test)]
mod tests {
    use studio_shared::error::{ErrorBody, ErrorReply};
    use studio_shared::words::Language;

    use super::*;
    use crate::words::texts;

    #[test]
    fn the_workers_own_words_come_first_and_once() {
        let error = ErrorBody {
            code: "X".to_owned(),
            message: "Too late.".to_owned(),
            advice: "Too late.".to_owned(),
            ..ErrorBody::default()
        };
        let reply = Box::new(ErrorReply { request_id: String::new(), error });
        let failure = Failure::Refused { status: 409, reply };
        assert_eq!(line(&failure, texts(Language::En)), "Too late.");
        assert!(line(&Failure::Strange { status: 502 }, texts(Language::Zh)).contains("502"));
    }
}
