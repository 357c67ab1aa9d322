//! Answers: JSON, and the one envelope for everything that goes wrong.

mod cloudflare;

use serde::{Deserialize, Serialize};
use studio_shared::batch::{Format, MOST_ENTRIES};
use studio_shared::error::{Charged, ErrorBody, ErrorReply, code};
use studio_shared::fault;
use studio_shared::file::ENDINGS;
use studio_shared::job::JobError;
use studio_shared::problem::Problem;
use studio_shared::words::{Language, Words};
use worker::{Headers, Response, ResponseBuilder, Result};

use crate::walls;

/// Why a call is refused: the status is decided here and nowhere else.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Refusal {
    /// The HTTP status.
    pub(crate) status: u16,
    /// One of [`code`].
    pub(crate) code: String,
    /// What happened.
    pub(crate) message: Words,
    /// What to do.
    pub(crate) advice: Words,
    /// Everything that is wrong with the request.
    pub(crate) problems: Vec<Problem>,
    /// The methods that the address takes, where it was called with another.
    pub(crate) allow: Vec<String>,
    /// Whether anything was billed.
    pub(crate) charged: Charged,
    /// When to try again, in milliseconds from now.
    pub(crate) retry_after_ms: Option<u64>,
    /// The member it is about, where that is known. For the log only: no answer says it.
    #[serde(skip)]
    pub(crate) about: Option<String>,
}

impl Refusal {
    fn new(status: u16, code: &str, message: Words, advice: Words) -> Self {
        Self {
            status,
            code: code.to_owned(),
            message,
            advice,
            problems: Vec::new(),
            allow: Vec::new(),
            charged: Charged::No,
            retry_after_ms: None,
            about: None,
        }
    }

    /// The same, for the log: about this member.
    pub(crate) fn about(self, member: String) -> Self {
        Self { about: Some(member), ..self }
    }

    /// The request is wrong.
    pub(crate) fn problems(problems: Vec<Problem>) -> Self {
        let message = match problems.as_slice() {
            [only] => only.message.clone(),
            [first, rest @ ..] => Words::of(
                format!("{}（另有 {} 处）", first.message.zh, rest.len()),
                format!("{} ({} more)", first.message.en, rest.len()),
            ),
            [] => Words::new("请求有误。", "The request is wrong."),
        };
        let advice = Words::new("按提示修改后再提交。", "Change what is named, then submit again.");
        Self { problems, ..Self::new(400, code::INVALID_PARAMETER, message, advice) }
    }

    /// The body is not JSON by its header.
    pub(crate) fn unsupported_media_type(given: &str) -> Self {
        Self::new(
            415,
            code::UNSUPPORTED_MEDIA_TYPE,
            Words::of(
                format!("不接受 {given:?} 类型的请求体。"),
                format!("A body of type {given:?} is not taken."),
            ),
            Words::new("请以 application/json 发送。", "Send it as application/json."),
        )
    }

    /// The body is too large.
    pub(crate) fn body_too_large(cap: usize) -> Self {
        Self::new(
            413,
            code::BODY_TOO_LARGE,
            Words::of(format!("请求体超过 {cap} 字节。"), format!("The body is larger than {cap} bytes.")),
            Words::new("请缩短后再提交。", "Shorten it, then submit again."),
        )
    }

    /// A batch in no format that is read.
    pub(crate) fn not_a_batch(given: &str) -> Self {
        let formats = Format::ALL.map(Format::media_type);
        Self::new(
            415,
            code::UNSUPPORTED_MEDIA_TYPE,
            Words::of(
                format!("不接受 {given:?} 类型的批量文件。"),
                format!("A batch of type {given:?} is not taken."),
            ),
            Words::of(
                format!("请以 {} 之一发送（JSON、CSV、每行一条）。", formats.join("、")),
                format!("Send it as one of {} (JSON, CSV, lines).", formats.join(", ")),
            ),
        )
    }

    /// A batch is longer than one is read.
    pub(crate) fn batch_too_large(cap: usize) -> Self {
        let kilobytes = cap / 1024;
        Self::new(
            413,
            code::BODY_TOO_LARGE,
            Words::of(
                format!("批量文件超过 {kilobytes} KiB，没有提交任何任务。"),
                format!("The batch is larger than {kilobytes} KiB; nothing of it was submitted."),
            ),
            Words::of(
                format!("请拆成几批，每批不超过 {kilobytes} KiB 和 {MOST_ENTRIES} 条。"),
                format!("Split it into batches of at most {kilobytes} KiB and {MOST_ENTRIES} entries each."),
            ),
        )
    }

    /// An upload does not say how long it is.
    pub(crate) fn length_required() -> Self {
        Self::new(
            411,
            code::LENGTH_REQUIRED,
            Words::new("上传缺少 Content-Length。", "The upload does not say its length."),
            Words::new("请带上 Content-Length 请求头。", "Send it with the header Content-Length."),
        )
    }

    /// An upload is larger than the vendor's store takes.
    pub(crate) fn file_too_large(cap: u64) -> Self {
        let megabytes = cap / (1024 * 1024);
        Self::new(
            413,
            code::BODY_TOO_LARGE,
            Words::of(
                format!("文件超过 {megabytes} MB。"),
                format!("The file is larger than {megabytes} MB."),
            ),
            Words::new("压缩或拆分后再上传。", "Compress or split it, then upload again."),
        )
    }

    /// An upload is no recording.
    pub(crate) fn not_a_recording() -> Self {
        Self::new(
            415,
            code::UNSUPPORTED_MEDIA_TYPE,
            Words::new("这不是音频或视频文件。", "This is no sound or video file."),
            Words::of(
                format!("请上传 {} 之一。", ENDINGS.join("、")),
                format!("Upload one of {}.", ENDINGS.join(", ")),
            ),
        )
    }

    /// An upload did not arrive whole.
    pub(crate) fn upload_cut() -> Self {
        Self::new(
            400,
            code::UPLOAD_CUT,
            Words::new("上传中断，没有保存任何内容。", "The upload broke off; nothing of it is kept."),
            Words::new("请重新上传。", "Upload it again."),
        )
    }

    /// The vendor did not take an upload.
    pub(crate) fn not_stored(message: &str, advice: Words) -> Self {
        Self::new(502, code::UPSTREAM_UNREACHABLE, Words::of(message, message), advice)
    }

    /// There is no such address or thing.
    pub(crate) fn not_found() -> Self {
        Self::new(
            404,
            code::NOT_FOUND,
            Words::new("没有这个地址或内容。", "There is no such address or thing."),
            Words::new("核对地址；内容可能已被删除。", "Check the address; the thing may have been deleted."),
        )
    }

    /// The address takes other methods.
    pub(crate) fn method_not_allowed(allowed: &[&str]) -> Self {
        let list = allowed.join(", ");
        let allow = allowed.iter().map(|method| (*method).to_owned()).collect();
        Self {
            allow,
            ..Self::new(
                405,
                code::METHOD_NOT_ALLOWED,
                Words::of(format!("这个地址只接受 {list}。"), format!("This address takes {list} only.")),
                Words::new("换用所列的方法。", "Use one of these methods."),
            )
        }
    }

    /// Nobody is logged in.
    pub(crate) fn not_logged_in() -> Self {
        Self::new(
            401,
            code::NOT_LOGGED_IN,
            Words::new("尚未登录，或登录已过期。", "Not logged in, or no longer."),
            Words::new("请用登录码登录。", "Log in with your code."),
        )
    }

    /// The session was taken back.
    pub(crate) fn session_revoked() -> Self {
        Self::new(
            401,
            code::SESSION_REVOKED,
            Words::new("这次登录已被收回。", "This session was taken back."),
            Words::new(
                "用新的登录码登录；没有的话请向所有者索取。",
                "Log in with a new code; ask the owner for one if you have none.",
            ),
        )
    }

    /// The code is wrong.
    pub(crate) fn wrong_code() -> Self {
        Self::new(
            401,
            code::WRONG_CODE,
            Words::new("登录码不对。", "The code is wrong."),
            Words::new(
                "核对登录码，注意首尾空格；忘记了请向所有者索取。",
                "Check the code and stray spaces; ask the owner for a new one if it is lost.",
            ),
        )
    }

    /// The code was handed out, but lets nobody in any more.
    pub(crate) fn code_shut() -> Self {
        Self::new(
            401,
            code::WRONG_CODE,
            Words::new(
                "这个登录码已停用或到期。",
                "This code lets nobody in any more: it was revoked, or its last day is over.",
            ),
            Words::new("请向所有者索取新的登录码。", "Ask the owner for a new one."),
        )
    }

    /// Too many wrong codes: the one that was given was not looked at.
    pub(crate) fn too_many_attempts(wait_ms: u64) -> Self {
        let seconds = wait_ms.div_ceil(1000);
        let refusal = Self::new(
            429,
            code::TOO_MANY_ATTEMPTS,
            Words::of(
                format!("错误的登录码太多，这一次没有核对；{seconds} 秒后再试。"),
                format!("Too many wrong codes: this one was not looked at. Try again in {seconds} s."),
            ),
            Words::new(
                "等到所说的时间再试一次即可；提前再试不会更快。",
                "Wait as long as it says, then try once more; trying earlier is of no use.",
            ),
        );
        Self { retry_after_ms: Some(wait_ms), ..refusal }
    }

    /// The kind or the model is not allowed to this member.
    pub(crate) fn not_allowed(problems: Vec<Problem>) -> Self {
        let message = Self::problems(problems.clone()).message;
        let advice = Words::new(
            "没有提交，没有计费。请改用允许的模型，或请所有者放开。",
            "Nothing was sent, nothing was billed. Use what is allowed, or ask the owner for more.",
        );
        Self { problems, ..Self::new(403, code::NOT_ALLOWED, message, advice) }
    }

    /// There are as many of something as there may be.
    pub(crate) fn too_many(
        most: usize,
        what: (&'static str, &'static str),
        advice: (&'static str, &'static str),
    ) -> Self {
        Self::new(
            409,
            code::TOO_MANY,
            Words::of(
                format!("最多只能有 {most} {}。", what.0),
                format!("There may be at most {most} {}.", what.1),
            ),
            Words::new(advice.0, advice.1),
        )
    }

    /// Everything of the member is being deleted.
    pub(crate) fn wiping() -> Self {
        Self::wrong_state(
            Words::new("数据正在删除。", "The data is being deleted."),
            Words::new("过一会儿再试。", "Try again in a moment."),
        )
    }

    /// The call comes from another site.
    pub(crate) fn cross_site() -> Self {
        Self::new(
            403,
            code::CROSS_SITE,
            Words::new("拒绝来自其他网站的请求。", "Calls from another site's page are refused."),
            Words::new("请在本站页面中操作。", "Use this studio's own page."),
        )
    }

    /// The idempotency key belongs to another request.
    pub(crate) fn idempotency_conflict() -> Self {
        Self::new(
            409,
            code::IDEMPOTENCY_CONFLICT,
            Words::new(
                "这个 Idempotency-Key 已用于另一个内容不同的请求。",
                "This Idempotency-Key was used for a request with another body.",
            ),
            Words::new("换一个新的 Idempotency-Key。", "Use a new Idempotency-Key."),
        )
    }

    /// There is no money for it, or nobody knows how much it needs.
    pub(crate) fn not_paid_for(code: &str, message: Words, advice: Words) -> Self {
        Self::new(402, code, message, advice)
    }

    /// Only the owner may do this.
    pub(crate) fn owner_only() -> Self {
        Self::new(
            403,
            code::OWNER_ONLY,
            Words::new("只有所有者可以这样做。", "Only the owner may do this."),
            Words::new("请联系所有者。", "Ask the owner."),
        )
    }

    /// The job is in another state.
    pub(crate) fn wrong_state(message: Words, advice: Words) -> Self {
        Self::new(409, code::WRONG_STATE, message, advice)
    }

    /// The vendor deleted the result before it was copied.
    pub(crate) fn result_expired() -> Self {
        Self::new(
            410,
            code::RESULT_EXPIRED,
            Words::new("结果已过期，无法再取得。", "The result has expired and cannot be had any more."),
            Words::new("用相同的设置重新生成。", "Make it again with the same settings."),
        )
    }

    /// The result was deleted here.
    pub(crate) fn gone(why: &JobError) -> Self {
        let message = Words::of(why.message.clone(), why.message.clone());
        Self::new(410, &why.code, message, why.advice.clone())
    }

    /// The asked part lies outside the result.
    pub(crate) fn range_not_satisfiable() -> Self {
        Self::new(
            416,
            code::RANGE_NOT_SATISFIABLE,
            Words::new("请求的范围超出文件长度。", "The asked range lies outside the file."),
            Words::new(
                "去掉 Range 请求头，或改用文件内的范围。",
                "Leave Range out, or ask for a part inside the file.",
            ),
        )
    }

    /// The deployment is not set up; `what` says what to set.
    pub(crate) fn misconfigured(what: &str) -> Self {
        Self::new(
            503,
            code::MISCONFIGURED,
            Words::of(format!("部署尚未配置好：{what}"), format!("The deployment is not set up: {what}")),
            Words::new("请所有者按提示设置后重新部署。", "The owner has to set it, then deploy again."),
        )
    }

    /// The job that was asked for failed before there was anything to answer with. What the vendor holds against the
    /// request is the caller's to change (400); everything else is between the studio and the vendor (502).
    pub(crate) fn job(error: &JobError) -> Self {
        let is_callers = fault::find(&error.code, 400, &error.message).is_some_and(|row| row.status == 400);
        let message = Words::of(error.message.clone(), error.message.clone());
        let status = if is_callers { 400 } else { 502 };
        Self { charged: error.charged, ..Self::new(status, &error.code, message, error.advice.clone()) }
    }

    /// The job that was asked for was called back before there was anything to answer with.
    pub(crate) fn canceled() -> Self {
        Self::wrong_state(
            Words::new("任务已被取消。", "The job was cancelled."),
            Words::new("需要时请重新提交。", "Submit it again if you need it."),
        )
    }

    /// The vendor could not be reached; nothing was spent.
    pub(crate) fn upstream_unreachable() -> Self {
        Self::new(
            502,
            code::UPSTREAM_UNREACHABLE,
            Words::new("暂时连不上百炼服务。", "The service cannot be reached at the moment."),
            Words::new("稍后重试。", "Try again later."),
        )
    }

    /// Something here is at fault.
    pub(crate) fn internal() -> Self {
        Self::new(
            500,
            code::INTERNAL,
            Words::new("工坊内部出错。", "Something in the studio is at fault."),
            Words::new(
                "稍后重试；反复出现请联系所有者。",
                "Try again later; tell the owner if it keeps happening.",
            ),
        )
    }

    fn body(&self, language: Language) -> ErrorBody {
        ErrorBody {
            code: self.code.clone(),
            message: self.message.get(language).to_owned(),
            advice: self.advice.get(language).to_owned(),
            field: self.problems.first().map(|problem| problem.field.clone()),
            retry_after_ms: self.retry_after_ms,
            charged: self.charged,
            problems: self.problems.clone(),
        }
    }

    /// The refusal as an answer.
    pub(crate) fn response(&self, request_id: &str, language: Language) -> Result<Response> {
        let reply = ErrorReply { request_id: request_id.to_owned(), error: self.body(language) };
        let headers = Headers::new();
        if !self.allow.is_empty() {
            headers.set("allow", &self.allow.join(", "))?;
        }
        if let Some(ms) = self.retry_after_ms {
            headers.set("retry-after", &ms.div_ceil(1000).to_string())?;
        }
        ResponseBuilder::new().with_status(self.status).with_headers(headers).from_json(&reply)
    }
}

impl From<worker::Error> for Refusal {
    /// A fault of the platform: logged here, shown as ours without its cause.
    fn from(error: worker::Error) -> Self {
        crate::log::event("platform_error", &error.to_string());
        Self::internal()
    }
}

/// A JSON answer.
pub(crate) fn json<T: Serialize>(status: u16, value: &T) -> Result<Response> {
    ResponseBuilder::new().with_status(status).from_json(value)
}

/// The headers that every answer of `/api` has.
pub(crate) fn finish(mut response: Response, request_id: &str) -> Result<Response> {
    let headers = response.headers_mut();
    headers.set("x-request-id", request_id)?;
    walls::set(headers)?;
    if !headers.has("cache-control")? {
        headers.set("cache-control", "no-store")?;
    }
    Ok(response)
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    #[test]
    fn several_problems_are_counted_in_the_message() {
        let problem = |field| Problem::new(field, &Value::Null, Words::new("", ""), Words::new("坏", "bad"));
        let refusal = Refusal::problems(vec![problem("size"), problem("n")]);
        let body = refusal.body(Language::En);
        assert_eq!((body.message.as_str(), body.field.as_deref()), ("bad (1 more)", Some("size")));
        assert_eq!(body.problems.len(), 2);
    }

    #[test]
    fn a_refusal_on_the_wire() {
        insta::assert_json_snapshot!(Refusal::wrong_code().body(Language::Zh));
    }
}
