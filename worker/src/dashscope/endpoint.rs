//! Where the service is (`dashscope-api.md` §0.1), and from where its results may be fetched (§1.5).

use studio_shared::catalogue::Region;
use worker::Url;

/// The addresses of one region, or of a simulator.
pub(super) struct Endpoint {
    host: String,
    simulated: bool,
}

impl Endpoint {
    /// The endpoint of a region; `base_url` is the simulator's, already checked to be on loopback.
    pub(super) fn new(region: Region, base_url: Option<&str>) -> Self {
        let host = match (base_url, region) {
            (Some(url), _) => url,
            (None, Region::Beijing) => "https://dashscope.aliyuncs.com",
            (None, Region::Singapore) => "https://dashscope-intl.aliyuncs.com",
            (None, Region::Virginia) => "https://dashscope-us.aliyuncs.com",
        };
        Self { host: host.to_owned(), simulated: base_url.is_some() }
    }

    /// A call of the native protocol (§0.5).
    pub(super) fn native(&self, path: &str) -> String {
        format!("{}/api/v1/{path}", self.host)
    }

    /// One task (§2.1).
    pub(super) fn task(&self, id: &str) -> String {
        format!("{}/api/v1/tasks/{}", self.host, segment(id))
    }

    /// Cancelling one task (§2.1).
    pub(super) fn cancel(&self, id: &str) -> String {
        format!("{}/api/v1/tasks/{}/cancel", self.host, segment(id))
    }

    /// The address to fetch a result from, where it is the vendor's: `https`, host ends in `.aliyuncs.com`, its
    /// first label begins `dashscope-`, no user, no port of its own. Some results come with an `http` address,
    /// which is asked for as `https` (§5.5). A simulator's results come from the simulator.
    pub(super) fn result(&self, address: &str) -> Option<String> {
        let mut url = Url::parse(address).ok()?;
        if self.simulated {
            let own = Url::parse(&self.host).ok()?;
            return (url.origin() == own.origin()).then(|| url.to_string());
        }
        if url.scheme() == "http" && url.port().is_none() {
            url.set_scheme("https").ok()?;
        }
        let host = url.host_str()?;
        let vendor = host.ends_with(".aliyuncs.com") && host.starts_with("dashscope-");
        let plain = url.username().is_empty() && url.password().is_none() && url.port().is_none();
        (url.scheme() == "https" && vendor && plain).then(|| url.to_string())
    }
}

/// An id from the vendor as one path segment.
fn segment(id: &str) -> String {
    id.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_fetched_from_the_vendor_only() {
        let live = Endpoint::new(Region::Beijing, None);
        for good in [
            "https://dashscope-result-wlcb.oss-cn-wulanchabu.aliyuncs.com/1d/a.png?Expires=1&Signature=x%3D",
            "https://dashscope-a1b2.oss-cn-beijing.aliyuncs.com/a.png",
        ] {
            assert_eq!(live.result(good).as_deref(), Some(good));
        }
        assert_eq!(
            live.result("http://dashscope-result-bj.oss-cn-beijing.aliyuncs.com/a.mp3").as_deref(),
            Some("https://dashscope-result-bj.oss-cn-beijing.aliyuncs.com/a.mp3")
        );
        for bad in [
            "https://evil.example/a.png",
            "https://dashscope-result.evil.example/a.png",
            "https://aliyuncs.com/a.png",
            "https://dashscope-x.aliyuncs.com.evil.example/",
            "https://evil-dashscope-x.aliyuncs.com/",
            "https://user@dashscope-x.oss.aliyuncs.com/",
            "https://dashscope-x.oss.aliyuncs.com:8443/",
            "http://dashscope-x.oss.aliyuncs.com:80800/",
            "http://127.0.0.1/",
            "http://169.254.169.254/latest",
            "http://[::1]/",
            "file:///etc/passwd",
            "data:text/html,x",
            "//dashscope-x.oss.aliyuncs.com/a",
            "",
        ] {
            assert_eq!(live.result(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_simulators_results_come_from_the_simulator_only() {
        let simulator = Endpoint::new(Region::Beijing, Some("http://127.0.0.1:9000"));
        assert!(simulator.result("http://127.0.0.1:9000/result/a.png?x=1").is_some());
        for bad in ["http://127.0.0.1:9001/", "https://dashscope-result-bj.oss-cn-beijing.aliyuncs.com/a.png"]
        {
            assert_eq!(simulator.result(bad), None, "{bad}");
        }
    }

    #[test]
    fn an_id_cannot_leave_its_segment() {
        let live = Endpoint::new(Region::Singapore, None);
        assert_eq!(live.task("../x?y#z"), "https://dashscope-intl.aliyuncs.com/api/v1/tasks/xyz");
    }
}
