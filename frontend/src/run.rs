//! Long work of a component: one run at a time, given up when another begins or the component goes.

use leptos::prelude::*;

/// The runs of a component, by number.
#[derive(Clone, Copy, Debug, Default)]
pub struct Runs(StoredValue<u32>);

/// One of them. It has to ask after each wait whether it is still on.
#[derive(Clone, Copy, Debug)]
pub struct Run {
    runs: Runs,
    own: u32,
}

impl Runs {
    /// To be made in a component: its runs are given up with it.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Gives up what is going on, and begins anew.
    #[must_use]
    pub fn begin(self) -> Run {
        self.give_up();
        Run { runs: self, own: self.0.try_get_value().unwrap_or_default() }
    }

    /// Gives up what is going on.
    pub fn give_up(self) {
        self.0.try_update_value(|run| *run = run.wrapping_add(1));
    }
}

impl Run {
    /// Whether nothing has begun since, and the component is there.
    #[must_use]
    pub fn is_on(self) -> bool {
        self.runs.0.try_get_value() == Some(self.own)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_is_on_until_the_next_begins_or_the_component_goes() {
        let owner = Owner::new();
        let runs = owner.with(Runs::new);
        let first = runs.begin();
        assert!(first.is_on());
        let second = runs.begin();
        assert!(!first.is_on() && second.is_on());
        runs.give_up();
        assert!(!second.is_on());
        let third = runs.begin();
        owner.cleanup();
        assert!(!third.is_on());
        assert!(!runs.begin().is_on(), "there is nobody it could be for");
    }
}
