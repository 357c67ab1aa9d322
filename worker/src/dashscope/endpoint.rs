//! Where the service is (`dashscope-api.md` §0.1), and from where its results may be fetched (§1.5).

use studio_shared::catalogue::Region;
use worker::Url;

/// The addresses of one region, or of a simulator.
pub(super) struct Endpoint {
    host: String,
    simulated: bool,
}

/// The host of a region, or of one workspace in it; `None` where the region has none of its own and is reached by a
/// workspace's only.
pub(super) fn host(region: Region, workspace: Option<&str>) -> Option<String> {
    if let Some(workspace) = workspace {
        return Some(format!("https://{workspace}.{}.maas.aliyuncs.com", region.as_str()));
    }
    let host = match region {
        Region::Beijing => "https://dashscope.aliyuncs.com",
        Region::Singapore => "https://dashscope-intl.aliyuncs.com",
        Region::Virginia => "https://dashscope-us.aliyuncs.com",
        Region::HongKong => "https://cn-hongkong.dashscope.aliyuncs.com",
        Region::Frankfurt | Region::Tokyo => return None,
    };
    Some(host.to_owned())
}

/// Whether a workspace's id is one: `[A-Za-z0-9][A-Za-z0-9_-]{0,63}`. It becomes a part of a host's name.
pub(super) fn is_workspace(id: &str) -> bool {
    id.starts_with(|c: char| c.is_ascii_alphanumeric())
        && id.len() <= 64
        && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

impl Endpoint {
    /// The endpoint of a region or workspace; `base_url` is the simulator's, already checked to be on loopback.
    pub(super) fn new(region: Region, workspace: Option<&str>, base_url: Option<&str>) -> Self {
        // A region without a host of its own is refused with the settings, before anything is sent.
        let live = || host(region, workspace).unwrap_or_default();
        Self { host: base_url.map_or_else(live, str::to_owned), simulated: base_url.is_some() }
    }

    /// A call of the native protocol (§0.5).
    pub(super) fn native(&self, path: &str) -> String {
        format!("{}/api/v1/{path}", self.host)
    }

    /// The speech socket (§5.1), in the form a fetch takes.
    pub(super) fn speech_socket(&self) -> String {
        format!("{}/api-ws/v1/inference/", self.host)
    }

    /// One task (§2.1).
    pub(super) fn task(&self, id: &str) -> String {
        format!("{}/api/v1/tasks/{}", self.host, segment(id))
    }

    /// Cancelling one task (§2.1).
    pub(super) fn cancel(&self, id: &str) -> String {
        format!("{}/api/v1/tasks/{}/cancel", self.host, segment(id))
    }

    /// What allows an upload for a model (§7 step 1).
    pub(super) fn policy(&self, model: &str) -> String {
        let plain = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        let model: String = model.chars().filter(plain).collect();
        format!("{}?action=getPolicy&model={model}", self.native("uploads"))
    }

    /// The address to upload to, where it is the vendor's: `https`, the store's own host, nothing else in it. A
    /// simulator's store is on loopback, on any port.
    pub(super) fn upload_host(&self, address: &str) -> Option<String> {
        let url = Url::parse(address).ok()?;
        let host = url.host_str()?;
        let plain = url.username().is_empty() && url.password().is_none() && url.query().is_none();
        let bare = plain && url.path() == "/" && url.fragment().is_none();
        let vendors = if self.simulated {
            url.scheme() == "http" && matches!(host, "127.0.0.1" | "localhost")
        } else {
            url.scheme() == "https" && is_vendors(host, "dashscope-file-mgr") && url.port().is_none()
        };
        (bare && vendors).then(|| url.to_string())
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
        let vendor = is_vendors(host, "dashscope-");
        let plain = url.username().is_empty() && url.password().is_none() && url.port().is_none();
        (url.scheme() == "https" && vendor && plain).then(|| url.to_string())
    }
}

/// Whether a host is the vendor's, its first label beginning so: letters, digits and hyphens between single dots. What
/// one reader of addresses takes for a part of the name, another may take for its end.
fn is_vendors(host: &str, beginning: &str) -> bool {
    let plain =
        |label: &str| !label.is_empty() && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    host.starts_with(beginning) && host.ends_with(".aliyuncs.com") && host.split('.').all(plain)
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
        let live = Endpoint::new(Region::Beijing, None, None);
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
            "https://dashscope-{x.oss.aliyuncs.com/",
            "https://dashscope-x..aliyuncs.com/",
            "https://dashscope-.evil.example\\.aliyuncs.com/",
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
        let simulator = Endpoint::new(Region::Beijing, None, Some("http://127.0.0.1:9000"));
        assert!(simulator.result("http://127.0.0.1:9000/result/a.png?x=1").is_some());
        for bad in ["http://127.0.0.1:9001/", "https://dashscope-result-bj.oss-cn-beijing.aliyuncs.com/a.png"]
        {
            assert_eq!(simulator.result(bad), None, "{bad}");
        }
    }

    #[test]
    fn files_are_uploaded_to_the_vendors_store_only() {
        let live = Endpoint::new(Region::Beijing, None, None);
        for good in [
            "https://dashscope-file-mgr.oss-cn-beijing.aliyuncs.com",
            "https://dashscope-file-mgr-sg.oss-ap-southeast-1.aliyuncs.com/",
        ] {
            assert!(live.upload_host(good).is_some(), "{good}");
        }
        for bad in [
            "http://dashscope-file-mgr.oss-cn-beijing.aliyuncs.com",
            "https://dashscope-file-mgr.oss-cn-beijing.aliyuncs.com:8443",
            "https://dashscope-file-mgr.oss-cn-beijing.aliyuncs.com/x?y",
            "https://user@dashscope-file-mgr.oss-cn-beijing.aliyuncs.com",
            "https://dashscope-file-mgr.evil.example",
            "https://dashscope-result-bj.oss-cn-beijing.aliyuncs.com",
            "http://127.0.0.1:9000",
            "",
        ] {
            assert_eq!(live.upload_host(bad), None, "{bad}");
        }
        let simulator = Endpoint::new(Region::Beijing, None, Some("http://127.0.0.1:9000"));
        assert!(simulator.upload_host("http://127.0.0.1:9001").is_some());
        assert_eq!(simulator.upload_host("https://dashscope-file-mgr.oss-cn-beijing.aliyuncs.com"), None);
        assert_eq!(
            live.policy("paraformer-v2"),
            "https://dashscope.aliyuncs.com/api/v1/uploads?action=getPolicy&model=paraformer-v2"
        );
    }

    #[test]
    fn every_region_has_a_host_or_asks_for_a_workspace() {
        let alone: Vec<_> = Region::ALL.into_iter().map(|region| host(region, None)).collect();
        assert_eq!(
            alone.iter().map(Option::as_deref).collect::<Vec<_>>(),
            [
                Some("https://dashscope.aliyuncs.com"),
                Some("https://dashscope-intl.aliyuncs.com"),
                Some("https://dashscope-us.aliyuncs.com"),
                Some("https://cn-hongkong.dashscope.aliyuncs.com"),
                None,
                None,
            ]
        );
        for region in Region::ALL {
            let endpoint = Endpoint::new(region, Some("llm-a1"), None);
            let host = format!("https://llm-a1.{}.maas.aliyuncs.com", region.as_str());
            assert_eq!(endpoint.task("t"), format!("{host}/api/v1/tasks/t"));
        }
    }

    #[test]
    fn a_workspace_is_one_label_of_a_host() {
        for good in ["llm-a1b2", "A", "0_x", &"a".repeat(64)] {
            assert!(is_workspace(good), "{good}");
        }
        for bad in ["", "-a", "_a", "a.b", "a/b", "a@b", "a:1", "空间", " a", &"a".repeat(65)] {
            assert!(!is_workspace(bad), "{bad}");
        }
    }

    #[test]
    fn an_id_cannot_leave_its_segment() {
        let live = Endpoint::new(Region::Singapore, None, None);
        assert_eq!(live.task("../x?y#z"), "https://dashscope-intl.aliyuncs.com/api/v1/tasks/xyz");
    }
}
