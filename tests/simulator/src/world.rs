//! Everything that changes while a simulator runs, behind one lock.

use crate::clock::Now;
use crate::cloudflare::Cloudflare;
use crate::fault::Faults;
use crate::figures::Figures;
use crate::ledger::Ledger;
use crate::limiter::Limiter;
use crate::result::made::MadeAtOnce;
use crate::settings::Settings;
use crate::task::Tasks;
use crate::upload::store::Store;
use crate::weather::Sky;

/// The service's state and the test's own.
#[derive(Debug)]
pub(crate) struct World {
    pub(crate) tasks: Tasks,
    pub(crate) limiter: Limiter,
    pub(crate) settings: Settings,
    pub(crate) figures: Figures,
    pub(crate) ledger: Ledger,
    pub(crate) faults: Faults,
    pub(crate) sky: Sky,
    pub(crate) store: Store,
    pub(crate) made: MadeAtOnce,
    pub(crate) cloudflare: Cloudflare,
    /// How far the simulated clock was moved forward by hand.
    pub(crate) advanced_ms: u64,
}

impl Default for World {
    fn default() -> Self {
        let settings = Settings::default();
        Self {
            tasks: Tasks::new(settings.running_cap),
            limiter: Limiter::default(),
            settings,
            figures: Figures::default(),
            ledger: Ledger::default(),
            faults: Faults::default(),
            sky: Sky::default(),
            store: Store::default(),
            made: MadeAtOnce::default(),
            cloudflare: Cloudflare::default(),
            advanced_ms: 0,
        }
    }
}

impl World {
    /// Forgets tasks, uploads, figures, faults, weather, rates and the moved clock. Settings stay.
    pub(crate) fn reset(&mut self) {
        self.tasks.clear();
        self.limiter = Limiter::default();
        self.figures = Figures::default();
        self.ledger = Ledger::default();
        self.faults = Faults::default();
        self.sky = Sky::default();
        self.store = Store::default();
        self.made = MadeAtOnce::default();
        self.advanced_ms = 0;
    }

    /// Puts settings into force.
    pub(crate) fn set(&mut self, settings: Settings, now: Now) {
        if settings.running_cap != self.settings.running_cap {
            self.tasks.set_places(settings.running_cap, now.sim_ms);
        }
        self.settings = settings;
    }
}
