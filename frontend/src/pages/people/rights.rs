//! What a member may use, and whether they are let in, in words.

use leptos::prelude::*;
use studio_shared::member::{Rights, Standing};

use crate::parts::{Badge, Tone};
use crate::words::{Texts, use_words};

/// Whether a member is let in.
#[component]
pub(super) fn StandingBadge(
    /// Whether they are.
    #[prop(into)]
    standing: Signal<Standing>,
) -> impl IntoView {
    let words = use_words();
    let tone = Signal::derive(move || match standing.get() {
        Standing::Active => Tone::Success,
        Standing::Ended => Tone::Neutral,
        Standing::Revoked => Tone::Danger,
    });
    view! { <Badge tone>{move || (words.texts().people.standing)(standing.get())}</Badge> }
}

/// What rights allow, in words.
pub(super) fn told(rights: &Rights, texts: &Texts) -> String {
    let kinds = rights.kinds.as_ref().map(|kinds| {
        let names: Vec<_> = kinds.iter().map(|kind| (texts.shell.kind)(*kind)).collect();
        names.join(texts.people.comma)
    });
    let kinds = match kinds {
        None => texts.people.may_all.to_owned(),
        Some(none) if none.is_empty() => return texts.people.may_nothing.to_owned(),
        Some(some) => some,
    };
    match &rights.models {
        Some(models) => (texts.people.of_models)(&kinds, models.len()),
        None => kinds,
    }
}

#[cfg(test)]
mod tests {
    use studio_shared::kind::Kind;
    use studio_shared::words::Language;

    use super::*;
    use crate::words::texts;

    #[test]
    fn rights_are_told_by_kinds_and_the_number_of_models() {
        let zh = texts(Language::Zh);
        let some = Some(vec![Kind::Image, Kind::Video]);
        assert_eq!(told(&Rights::default(), zh), "全部种类和模型");
        assert_eq!(told(&Rights { kinds: some.clone(), models: None }, zh), "图片、视频");
        let one = Rights { kinds: some, models: Some(vec!["qwen-image".to_owned()]) };
        assert_eq!(told(&one, texts(Language::En)), "Pictures, Films (1 model)");
        assert_eq!(told(&Rights { kinds: Some(Vec::new()), models: None }, zh), "无");
    }
}
