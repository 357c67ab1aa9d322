//! Light, dark, or as the system has it.

use leptos::prelude::*;

use crate::prefer;

/// How the page is coloured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system says, and changing with it.
    #[default]
    System,
    /// Paper.
    Light,
    /// Ink stone.
    Dark,
}

impl Theme {
    /// All of them, in the order of the switch.
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// The name in storage and in the attribute.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The theme of that name; the system's where it is none.
    #[must_use]
    pub fn from_name(name: &str) -> Self {
        Self::ALL.into_iter().find(|theme| theme.as_str() == name).unwrap_or_default()
    }
}

/// The chosen theme; a copy of the handle is as good as the handle.
#[derive(Clone, Copy, Debug)]
pub struct ThemeHandle(RwSignal<Theme>);

impl ThemeHandle {
    /// The chosen theme, followed.
    #[must_use]
    pub fn get(self) -> Theme {
        self.0.get()
    }

    /// Chooses, keeps and shows a theme.
    pub fn set(self, theme: Theme) {
        prefer::write(prefer::THEME, theme.as_str());
        show(theme);
        self.0.set(theme);
    }
}

/// `<html data-theme>` drives `color-scheme`, see `styles/tokens.css`.
fn show(theme: Theme) {
    prefer::mark_root("data-theme", (theme != Theme::System).then(|| theme.as_str()));
}

/// Makes the theme known to everything below.
pub fn provide_theme() {
    let kept = prefer::read(prefer::THEME).map(|name| Theme::from_name(&name)).unwrap_or_default();
    show(kept);
    provide_context(ThemeHandle(RwSignal::new(kept)));
}

/// The chosen theme.
#[must_use]
pub fn use_theme() -> ThemeHandle {
    use_context().unwrap_or_else(|| ThemeHandle(RwSignal::new(Theme::System)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_theme_reads_back_from_its_name_and_strangers_mean_the_system() {
        for theme in Theme::ALL {
            assert_eq!(Theme::from_name(theme.as_str()), theme);
        }
        assert_eq!(Theme::from_name("<script>"), Theme::System);
    }
}
