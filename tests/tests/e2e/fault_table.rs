//! Every row of the vendor's catalogue of errors (`dashscope-api.md` §8.2), provoked once: what becomes of the job.

use futures_util::{StreamExt, stream};
use serde_json::{Value, json};
use studio_shared::error::Charged;
use studio_shared::fault;
use studio_shared::job::State;
use studio_shared::money::Money;
use studio_tests::jobs::error;
use studio_tests::{Studio, unique};

tests![every_row_of_the_catalogue_ends_as_it_should, a_creation_is_sent_again_after_429_and_503_only];

/// What becomes of a job whose creation is answered so.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Ends {
    /// It waits, is sent again, and is done: a 429 about speed, or a 503.
    Done,
    /// It fails with the vendor's code: sending again would not help, or may not be done by itself.
    Failed,
}
use Ends::{Done, Failed};

/// Status, code, and how the message begins, as the page has them; and what becomes of the job.
#[rustfmt::skip] // one row, one line
const ROWS: [(u16, &str, &str, Ends); 71] = [
    (400, "InvalidParameter", "num_images_per_prompt must be 1.", Failed),
    (400, "InvalidParameter", "Model not exist.", Failed),
    (400, "InvalidParameter", "url error, please check url！", Failed),
    (400, "InvalidParameter", "Request method 'GET' is not supported.", Failed),
    (400, "InvalidParameter", "Required body invalid, please check the request body format.", Failed),
    (400, "InvalidParameter.DataInspection", "Unable to download the media resource during the data inspection process.", Failed),
    (400, "InvalidParameter.FileDownload", "download for input_image error", Failed),
    (400, "InvalidParameter.NotSupportEnableThinking", "The model xxx does not support enable_thinking.", Failed),
    (400, "BadRequest.EmptyModel", "Required parameter \"model\" missing from request.", Failed),
    (400, "BadRequest.EmptyInput", "Required input parameter missing from request.", Failed),
    (400, "BadRequest.EmptyParameters", "Required parameter \"parameters\" missing from request.", Failed),
    (400, "BadRequest.IllegalInput", "The input parameter requires json format.", Failed),
    (400, "BadRequest.InputDownloadFailed", "Failed to download the input file: xxx.", Failed),
    (400, "BadRequest.UnsupportedFileFormat", "Input file format is not supported.", Failed),
    (400, "BadRequest.TooLarge", "Payload Too Large.", Failed),
    (400, "BadRequest.ResourceNotExist", "The Required resource not exist.", Failed),
    (400, "DataInspectionFailed", "Input data may contain inappropriate content.", Failed),
    (400, "data_inspection_failed", "Input data may contain inappropriate content.", Failed),
    (400, "IPInfringementSuspect", "Input data is suspected of being involved in IP infringement.", Failed),
    (400, "CustomRoleBlocked", "Input or output data may contain inappropriate content with custom rule.", Failed),
    (400, "FaqRuleBlocked", "Input or output data is blocked by faq rule.", Failed),
    (400, "Arrearage", "Access denied, please make sure your account is in good standing.", Failed),
    (400, "InvalidURL", "Invalid URL provided in your request.", Failed),
    (400, "InvalidURL.ConnectionRefused", "Connection to xxx refused, please provide available URL.", Failed),
    (400, "InvalidURL.Timeout", "Download xxx timeout, please check network connection.", Failed),
    (400, "InvalidFile.DownloadFailed", "The audio file cannot be downloaded.", Failed),
    (400, "InvalidFile.Format", "Invalid file format，the request file format is one of the following types: wav", Failed),
    (400, "InvalidFile.Size", "Invalid file size. The video/audio/image file size must be less than 10MB.", Failed),
    (400, "InvalidFile.Duration", "Invalid file duration. The file duration must be 1 s ~ 2 s.", Failed),
    (400, "UnsupportedOperation", "The operation is unsupported on the referee object.", Failed),
    (400, "ClientDisconnect", "Client disconnected before task finished!", Failed),
    (400, "ServiceUnavailableError", "Role must be user or assistant and Content length must be greater than 0.", Failed),
    (400, "Throttling.AllocationQuota", "Free allocated quota exceeded.", Failed),
    (401, "InvalidApiKey", "Invalid API-key provided.", Failed),
    (401, "invalid_api_key", "Incorrect API key provided.", Failed),
    (401, "NOT AUTHORIZED", "Access denied: Either you are not authorized to access this workspace, or the workspace does not exist.", Failed),
    (403, "AccessDenied", "current user api does not support synchronous calls.", Failed),
    (403, "AccessDenied", "Current user api does not support asynchronous calls.", Failed),
    (403, "AccessDenied", "Access denied.", Failed),
    (403, "AccessDenied.Unpurchased", "Access to model denied. Please make sure you are eligible for using the model.", Failed),
    (403, "Model.AccessDenied", "Model access denied.", Failed),
    (403, "App.AccessDenied", "App access denied.", Failed),
    (403, "Workspace.AccessDenied", "Workspace access denied.", Failed),
    (403, "Endpoint.AccessDenied", "Workspace endpoint access denied.", Failed),
    (403, "AllocationQuota.FreeTierOnly", "The free tier of the model has been exhausted.", Failed),
    (404, "ModelNotFound", "Model can not be found.", Failed),
    (404, "model_not_found", "The model xxx does not exist or you do not have access to it.", Failed),
    (404, "model_not_supported", "Unsupported model xxx for OpenAI compatibility mode.", Failed),
    (404, "WorkSpaceNotFound", "WorkSpace can not be found.", Failed),
    (404, "NotFound", "Not found!", Failed),
    (429, "Throttling", "Requests throttling triggered.", Done),
    (429, "Throttling.RateQuota", "Requests rate limit exceeded, please try again later.", Done),
    (429, "limit_requests", "You have exceeded your request limit.", Done),
    (429, "Throttling.BurstRate", "Request rate increased too quickly.", Done),
    (429, "Throttling.AllocationQuota", "Allocated quota exceeded, please increase your quota limit.", Done),
    (429, "Throttling.AllocationQuota", "Free allocated quota exceeded.", Failed),
    (429, "CommodityNotPurchased", "Commodity has not purchased yet.", Failed),
    (429, "PrepaidBillOverdue", "The prepaid bill is overdue.", Failed),
    (429, "PostpaidBillOverdue", "The postpaid bill is overdue.", Failed),
    (500, "InternalError", "An internal error has occured, please try again later or contact service support.", Failed),
    (500, "InternalError.Algo", "inference internal error.", Failed),
    (500, "InternalError.Timeout", "An internal timeout error has occured during execution, please try again later or contact service support.", Failed),
    (500, "InternalError.FileUpload", "oss upload error.", Failed),
    (500, "SystemError", "An system error has occured, please try again later.", Failed),
    (500, "ModelServiceFailed", "Failed to request model service.", Failed),
    (500, "RequestTimeOut", "Request timed out, please try again later.", Failed),
    (500, "InvokePluginFailed", "Failed to invoke plugin.", Failed),
    (500, "RetrivalFailed", "Failed to retrieve.", Failed),
    (500, "ModelServingError", "Too many requests. Your requests are being throttled due to system capacity limits.", Failed),
    (503, "ModelServingError", "Too many requests. Your requests are being throttled due to system capacity limits.", Done),
    (503, "ModelUnavailable", "Model is unavailable, please try again later.", Done),
];

/// Rows that are waited for at once: each asks again and again how its job stands.
const AT_ONCE: usize = 8;

/// A request for a text: ten of them may be sent in a second.
fn text(prompt: &str) -> Value {
    json!({"kind": "text", "model": "qwen-turbo", "prompt": prompt, "max_tokens": 16})
}

async fn every_row_of_the_catalogue_ends_as_it_should() {
    let studio = Studio::shared().await;
    let rows = ROWS.iter().map(async |(status, code, message, ends)| {
        let prompt = unique("错误");
        let planted = json!({"status": status, "code": code, "message": message});
        studio.vendor.fault("text.generate", &prompt, planted).await;
        let job = studio.run(&text(&prompt)).await;
        let row = format!("{status} {code}: {message}");
        assert_eq!(studio.vendor.faults_left(&prompt).await, 0, "{row}");
        match ends {
            Done => assert_eq!((job.state, &job.error), (State::Done, &None), "{row}"),
            Failed => {
                assert_eq!(job.state, State::Failed, "{row}");
                let error = error(&job);
                assert_eq!((error.code.as_str(), error.message.as_str()), (*code, *message), "{row}");
                assert_eq!(error.charged, Charged::No, "{row}");
                assert_eq!(job.cost.actual, Some(Money::ZERO), "{row}");
                let known =
                    fault::find(code, *status, message).unwrap_or_else(|| panic!("not in the table: {row}"));
                assert_eq!(
                    (&*error.advice.zh, &*error.advice.en),
                    (known.advice.zh, known.advice.en),
                    "{row}"
                );
                assert!(job.request_id.is_some(), "{row}");
            }
        }
    });
    stream::iter(rows).buffer_unordered(AT_ONCE).collect::<()>().await;
}

async fn a_creation_is_sent_again_after_429_and_503_only() {
    let again: Vec<_> = ROWS.iter().filter(|row| row.3 == Done).map(|row| row.0).collect();
    assert!(again.iter().all(|status| matches!(status, 429 | 503)), "{again:?}");
    // A fault that strikes for ever is met once where sending again is not allowed, more than once where it is.
    let studio = Studio::shared().await;
    for (status, code, met_again) in [(429, "Throttling", true), (500, "InternalError", false)] {
        let prompt = unique("再来");
        studio.vendor.faults("text.generate", &prompt, 2, json!({"status": status, "code": code})).await;
        let job = studio.run(&text(&prompt)).await;
        assert_eq!(job.state == State::Done, met_again, "{code}");
        assert_eq!(studio.vendor.faults_left(&prompt).await, usize::from(!met_again), "{code}");
    }
}
