//! What went wrong at the vendor, in any of its three shapes (`dashscope-api.md` §0.4).

use serde_json::Value;
use studio_shared::error::{Charged, code};
use studio_shared::fault;
use studio_shared::job::JobError;
use studio_shared::words::Words;

/// An error of the vendor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    /// The HTTP status; 0 inside a task or a socket.
    pub(crate) status: u16,
    /// Its code.
    pub(crate) code: String,
    /// Its words.
    pub(crate) message: String,
    /// The id its support asks for.
    pub(crate) request_id: Option<String>,
}

impl Fault {
    /// Reads an error answer: flat, nested as on OpenAI-style paths and in the reference page, or inside the
    /// `output` of a task. `None` where the body is no error of the vendor: an empty code is none.
    pub(super) fn read(status: u16, body: &Value) -> Option<Self> {
        let text = |value: &Value, name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
        let holders = [Some(body), body.get("error"), body.get("output")];
        let coded = |holder| text(holder, "code").filter(|code| !code.is_empty()).map(|code| (holder, code));
        let (holder, code) = holders.into_iter().flatten().find_map(coded)?;
        Some(Self {
            status,
            code,
            message: text(holder, "message").unwrap_or_default(),
            request_id: text(body, "request_id"),
        })
    }

    /// Whether it means "too fast": wait and send again.
    pub(crate) fn is_throttling(&self) -> bool {
        fault::is_throttling(self.status, &self.code, &self.message)
    }

    /// The error as a job shows it.
    pub(crate) fn job_error(&self, charged: Charged) -> JobError {
        JobError {
            code: self.code.clone(),
            message: self.message.clone(),
            advice: fault::advice(&self.code, self.status, &self.message),
            charged,
        }
    }
}

/// What answered was not the vendor: a gateway's page, half a body, nothing.
pub(super) fn unreadable(status: u16) -> Fault {
    Fault {
        status,
        code: code::UPSTREAM_UNREACHABLE.to_owned(),
        message: format!("HTTP {status} without an answer of the service"),
        request_id: None,
    }
}

/// The error of a job whose creation may or may not have arrived.
pub(crate) fn answer_lost(why: &str) -> JobError {
    JobError {
        code: code::ANSWER_LOST.to_owned(),
        message: why.to_owned(),
        advice: Words::new(
            "提交后没有收到答复，任务可能已在百炼运行并计费。不会自动重发；确认后可手动重试。",
            "The creation was sent, but its answer was lost: the task may be running at the vendor and be billed. \
             It is not sent again by itself; retry by hand once you are sure.",
        ),
        charged: Charged::Unknown,
    }
}

/// The error of an answer that broke off after some of it had come.
pub(crate) fn answer_cut(why: &str, charged: Charged) -> JobError {
    JobError {
        code: code::ANSWER_CUT.to_owned(),
        message: why.to_owned(),
        advice: Words::new(
            "回答中途断开，已收到的文字已保留。可以让模型接着说，或重试。",
            "The answer broke off; what had come is kept. Ask the model to go on, or retry.",
        ),
        charged,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn row_12_all_three_shapes_are_read() {
        for body in [
            json!({"code":"InvalidParameter","message":"m","request_id":"r"}),
            json!({"request_id":"r","error":{"code":"InvalidParameter","message":"m"}}),
            json!({"request_id":"r","output":{"task_status":"FAILED","code":"InvalidParameter","message":"m"}}),
        ] {
            let fault = Fault::read(400, &body).unwrap();
            assert_eq!((fault.code.as_str(), fault.message.as_str()), ("InvalidParameter", "m"));
            assert_eq!(fault.request_id.as_deref(), Some("r"));
        }
        for body in
            [json!({}), json!([]), json!("x"), json!({"code":7}), json!({"code":""}), json!({"error":"x"})]
        {
            assert_eq!(Fault::read(400, &body), None, "{body}");
        }
    }

    #[test]
    fn the_references_three_errors_have_their_advice() {
        for (code, zh) in [
            ("InvalidParameter", "按提示核对参数名、类型和取值范围"),
            ("DataInspectionFailed", "内容未过审，修改提示词或素材后再提交"),
            ("TaskFailed", "任务执行失败，重试或联系技术支持"),
        ] {
            let fault = Fault { status: 0, code: code.to_owned(), message: String::new(), request_id: None };
            assert_eq!(fault.job_error(Charged::No).advice.zh, zh);
        }
    }
}
