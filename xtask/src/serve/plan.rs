//! What a start will do, from flags, environment and `.dev.vars`; decided before anything is started.

use std::fmt;

/// The decisions of one start.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) upstream: Upstream,
    /// Where the person has chosen one.
    pub(super) owner_code: Option<String>,
    /// Where the person has chosen one.
    pub(super) signing_key: Option<String>,
    /// Everything else that `.dev.vars` and the environment set for the worker.
    pub(super) vars: Vec<(String, String)>,
}

/// Whom the worker talks to.
#[derive(Debug)]
pub(super) enum Upstream {
    Simulator,
    Live { api_key: Secret },
}

/// Shown to nobody.
pub(super) struct Secret(String);

impl Secret {
    pub(super) fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// What is passed on to the worker from the environment too, not from `.dev.vars` alone.
const PASSED_ON: [&str; 6] = [
    "DASHSCOPE_REGION",
    "DASHSCOPE_WORKSPACE",
    "TURNSTILE_SITE_KEY",
    "TURNSTILE_SECRET_KEY",
    "ACCESS_TEAM_DOMAIN",
    "ACCESS_AUD",
];

/// What is decided here, and so never passed on as it stands.
const DECIDED: [&str; 4] = ["DASHSCOPE_API_KEY", "OWNER_CODE", "SIGNING_KEY", "DASHSCOPE_BASE_URL"];

impl Plan {
    /// The environment wins over the file. Without a key, or where asked to, the simulator answers.
    pub(super) fn new(
        simulator: bool,
        environment: impl Fn(&str) -> Option<String>,
        dev_vars: &[(String, String)],
    ) -> Self {
        let in_file = |name: &str| dev_vars.iter().find(|(n, _)| n == name).map(|(_, value)| value.clone());
        let filled = |value: Option<String>| value.filter(|value| !value.trim().is_empty());
        let setting = |name: &str| filled(environment(name)).or_else(|| filled(in_file(name)));

        let upstream = match setting("DASHSCOPE_API_KEY") {
            Some(key) if !simulator => Upstream::Live { api_key: Secret(key.trim().to_owned()) },
            _ => Upstream::Simulator,
        };
        let mut vars: Vec<(String, String)> =
            dev_vars.iter().filter(|(name, _)| !DECIDED.contains(&name.as_str())).cloned().collect();
        for name in PASSED_ON {
            if let Some(value) = filled(environment(name)) {
                vars.retain(|(other, _)| other != name);
                vars.push((name.to_owned(), value));
            }
        }
        Self { upstream, owner_code: setting("OWNER_CODE"), signing_key: setting("SIGNING_KEY"), vars }
    }

    /// The region, where it is not the one that wrangler.jsonc names.
    pub(super) fn region(&self) -> &str {
        let set = self.vars.iter().find(|(name, _)| name == "DASHSCOPE_REGION");
        set.map_or("cn-beijing", |(_, region)| region)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(simulator: bool, environment: &[(&str, &str)], file: &[(&str, &str)]) -> Plan {
        let owned: Vec<_> = file.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
        let value = |name: &str| environment.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned());
        Plan::new(simulator, value, &owned)
    }

    fn key(plan: &Plan) -> Option<&str> {
        match &plan.upstream {
            Upstream::Simulator => None,
            Upstream::Live { api_key } => Some(api_key.reveal()),
        }
    }

    #[test]
    fn a_key_makes_it_live_unless_the_simulator_is_asked_for() {
        assert_eq!(key(&plan(false, &[], &[])), None);
        assert_eq!(key(&plan(false, &[("DASHSCOPE_API_KEY", " ")], &[])), None);
        assert_eq!(key(&plan(false, &[], &[("DASHSCOPE_API_KEY", "sk-file")])), Some("sk-file"));
        let both = (&[("DASHSCOPE_API_KEY", "sk-env\n")], &[("DASHSCOPE_API_KEY", "sk-file")]);
        assert_eq!(key(&plan(false, both.0, both.1)), Some("sk-env"));
        assert_eq!(key(&plan(true, both.0, both.1)), None);
    }

    #[test]
    fn the_key_is_not_shown() {
        let plan = plan(false, &[("DASHSCOPE_API_KEY", "sk-env")], &[("DASHSCOPE_API_KEY", "sk-file")]);
        assert!(!format!("{plan:?}").contains("sk-"));
    }

    #[test]
    fn other_settings_reach_the_worker() {
        let plan = plan(
            false,
            &[("DASHSCOPE_REGION", "us-east-1"), ("OWNER_CODE", "mine")],
            &[("DASHSCOPE_REGION", "ap-southeast-1"), ("OTHER", "1"), ("SIGNING_KEY", "s")],
        );
        assert_eq!(plan.region(), "us-east-1");
        assert_eq!(plan.owner_code.as_deref(), Some("mine"));
        assert_eq!(plan.signing_key.as_deref(), Some("s"));
        let names: Vec<&str> = plan.vars.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["OTHER", "DASHSCOPE_REGION"]);
    }
}
