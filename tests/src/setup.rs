//! How a studio is set up.

/// A picture takes 8 to 20 s there; so many times faster, it is done when the worker first asks.
const CLOCK_SCALE: f64 = 100.0;

/// Settings of one deployment and of the simulator behind it. The default is a sound one.
#[derive(Clone, Debug)]
pub struct Setup {
    /// `OWNER_CODE`
    pub owner_code: &'static str,
    /// `SIGNING_KEY`
    pub signing_key: &'static str,
    /// `DASHSCOPE_API_KEY`
    pub api_key: &'static str,
    /// The only key that the simulator accepts.
    pub right_key: &'static str,
    /// `DASHSCOPE_REGION`
    pub region: &'static str,
    /// `DASHSCOPE_WORKSPACE`; empty for none.
    pub workspace: &'static str,
    /// The region that the simulator stands for.
    pub vendor_region: &'static str,
    /// Whether a bucket is bound.
    pub bucket: bool,
    /// Further settings of the deployment.
    pub vars: &'static [(&'static str, &'static str)],
    /// How much faster than the real service the simulator's tasks run.
    pub clock_scale: f64,
    /// What `/api/health` answers once the worker is up.
    pub health: u16,
}

impl Default for Setup {
    fn default() -> Self {
        Self {
            owner_code: "k7fq-m2xw-9dza-e2e",
            signing_key: "e2e-0f1e2d3c4b5a69788796a5b4c3d2e1f0",
            api_key: "sk-e2e-5c0ffee5",
            right_key: "sk-e2e-5c0ffee5",
            region: "cn-beijing",
            workspace: "",
            vendor_region: "cn-beijing",
            bucket: true,
            vars: &[],
            clock_scale: CLOCK_SCALE,
            health: 200,
        }
    }
}

impl Setup {
    /// A deployment that refuses to run.
    #[must_use]
    pub fn misconfigured() -> Self {
        Self { health: 503, ..Self::default() }
    }
}
