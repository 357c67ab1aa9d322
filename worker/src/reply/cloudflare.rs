//! Refusals of the walls of Cloudflare's that a deployment has switched on.

use studio_shared::error::code;
use studio_shared::words::Words;

use super::Refusal;

impl Refusal {
    /// A login without a token of Turnstile.
    pub(crate) fn turnstile_needed() -> Self {
        Self::new(
            403,
            code::TURNSTILE_NEEDED,
            Words::new(
                "登录前需要完成人机验证（字段 turnstile）。",
                "Logging in needs a check that you are a person (the field turnstile).",
            ),
            Words::new(
                "请在本站的 /login 页面登录；程序请把登录码作为 Bearer 令牌直接调用。",
                "Log in on this studio's page at /login; programs send the code as a bearer token instead.",
            ),
        )
    }

    /// A token of Turnstile that does not hold.
    pub(crate) fn turnstile_refused() -> Self {
        Self::new(
            403,
            code::TURNSTILE_REFUSED,
            Words::new(
                "人机验证没有通过：已用过、超过五分钟，或不是为这里登录而做的。登录码没有核对，不计为错误。",
                "The check that you are a person does not hold: it was used before, is older than five minutes, or was not made for logging in here. The code was not looked at, and counts as no wrong one.",
            ),
            Words::new(
                "请在 /login 页面再验证一次，然后登录。",
                "Do the check at /login once more, then log in.",
            ),
        )
    }

    /// Cloudflare does not say whether a token of Turnstile holds.
    pub(crate) fn turnstile_unreachable() -> Self {
        Self::new(
            503,
            code::TURNSTILE_UNREACHABLE,
            Words::new(
                "暂时无法向 Cloudflare 核实人机验证，因此没有登录。登录码没有核对，不计为错误。",
                "Cloudflare cannot be asked about the check that you are a person, so nobody is logged in. The code was not looked at, and counts as no wrong one.",
            ),
            Words::new("过一会儿再验证、再登录。", "Do the check and log in again in a moment."),
        )
    }

    /// A call that has not come through Cloudflare Access, or whose leave is over.
    pub(crate) fn access_needed() -> Self {
        Self::new(
            403,
            code::ACCESS_NEEDED,
            Words::new(
                "这个工坊在 Cloudflare Access 之后：请求没有带有效的通行证明（Cf-Access-Jwt-Assertion），或已过期。",
                "This studio stands behind Cloudflare Access: the call brings no assertion of it that holds (Cf-Access-Jwt-Assertion), or no longer.",
            ),
            Words::new(
                "请从受 Access 保护的地址打开并登录 Access，然后重试；程序请使用 Access 的服务令牌。",
                "Open the address that Access protects, log in there, and try again; programs use a service token of Access.",
            ),
        )
    }

    /// The keys of Cloudflare Access cannot be had.
    pub(crate) fn access_unreachable() -> Self {
        Self::new(
            503,
            code::ACCESS_UNREACHABLE,
            Words::new(
                "暂时取不到 Cloudflare Access 的公钥，无法核对通行证明，因此拒绝。",
                "The keys of Cloudflare Access cannot be had at the moment, so the assertion cannot be checked and is refused.",
            ),
            Words::new(
                "过一会儿再试；反复出现请所有者核对 ACCESS_TEAM_DOMAIN。",
                "Try again in a moment; if it keeps happening, the owner has to check ACCESS_TEAM_DOMAIN.",
            ),
        )
    }
}
