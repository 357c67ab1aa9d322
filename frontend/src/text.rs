//! [`Text`]: what parts take wherever a person will read something.

use leptos::oco::Oco;
use leptos::prelude::*;
use leptos::tachys::html::attribute::IntoAttributeValue;
use studio_shared::words::{Label, Language};

use crate::words::use_words;

/// A fixed text, or one that changes with what it is made from, the language above all. Props take it with
/// `#[prop(into)]`, so `"Wan"`, a `String`, `move || words.texts().shell.history` and `words.text(|t| …)` all do.
#[derive(Clone, Copy, Debug)]
pub enum Text {
    /// A text that never changes.
    Fixed(&'static str),
    /// A text that changes.
    Moving(Signal<Oco<'static, str>>),
}

impl Text {
    /// The text as it is now, followed.
    #[must_use]
    pub fn get(self) -> Oco<'static, str> {
        match self {
            Self::Fixed(text) => Oco::Borrowed(text),
            Self::Moving(text) => text.get(),
        }
    }

    /// The text as it is now, for use outside what is reactive.
    #[must_use]
    pub fn get_untracked(self) -> Oco<'static, str> {
        match self {
            Self::Fixed(text) => Oco::Borrowed(text),
            Self::Moving(text) => text.try_get_untracked().unwrap_or_default(),
        }
    }

    /// A label of the catalogue, in the language of the page.
    #[must_use]
    pub fn label(label: Label) -> Self {
        let words = use_words();
        Self::from(move || label.get(words.language()))
    }

    /// A text that is made anew for each language.
    #[must_use]
    pub fn by_language(make: impl Fn(Language) -> String + Send + Sync + 'static) -> Self {
        let words = use_words();
        Self::from(move || make(words.language()))
    }
}

impl Default for Text {
    fn default() -> Self {
        Self::Fixed("")
    }
}

impl From<&'static str> for Text {
    fn from(text: &'static str) -> Self {
        Self::Fixed(text)
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self::Moving(Signal::stored(Oco::from(text)))
    }
}

impl<F, S> From<F> for Text
where
    F: Fn() -> S + Send + Sync + 'static,
    S: Into<Oco<'static, str>>,
{
    fn from(make: F) -> Self {
        Self::Moving(Signal::derive(move || make().into()))
    }
}

impl From<Signal<String>> for Text {
    fn from(text: Signal<String>) -> Self {
        Self::Moving(Signal::derive(move || Oco::from(text.get())))
    }
}

impl From<RwSignal<String>> for Text {
    fn from(text: RwSignal<String>) -> Self {
        Self::Moving(Signal::derive(move || Oco::from(text.get())))
    }
}

/// What a [`Text`] becomes in a view.
type Reader = Box<dyn FnMut() -> Oco<'static, str> + Send>;
/// What a [`Text`] becomes in an attribute.
type AttributeReader = std::sync::Arc<dyn Fn() -> Oco<'static, str> + Send + Sync>;

impl IntoRender for Text {
    type Output = Reader;

    fn into_render(self) -> Reader {
        Box::new(move || self.get())
    }
}

impl IntoAttributeValue for Text {
    type Output = AttributeReader;

    fn into_attribute_value(self) -> AttributeReader {
        std::sync::Arc::new(move || self.get())
    }
}
