//! What the vendor says of a creation or a task, as the job tells it.

use futures_util::future::join_all;
use serde_json::{Value, json};
use studio_shared::error::Charged;
use studio_shared::job::State;
use studio_shared::money::Money;
use studio_tests::jobs::error;
use studio_tests::order::with;
use studio_tests::{Studio, picture, png, unique};

tests![
    a_refused_creation_fails_with_the_vendors_code_and_advice,
    a_failed_task_fails_with_the_vendors_code_and_advice,
    lost_pictures_keep_their_places_and_cost_nothing,
    a_picture_that_fails_the_content_check_keeps_its_place,
    a_task_whose_pictures_are_all_lost_fails,
    a_task_that_the_vendor_has_lost_may_have_been_billed,
];

/// Runs a job for each marker; it fails with this code and advice, uncharged.
async fn fails(rows: &[(&str, &str, &str, &str)], creations: usize) {
    let studio = Studio::shared().await;
    join_all(rows.iter().map(async |(marker, code, zh, en)| {
        let prompt = unique(marker);
        let job = studio.run(&picture(&prompt)).await;
        assert_eq!(job.state, State::Failed, "{marker}");
        let error = error(&job);
        assert_eq!((error.code.as_str(), error.charged), (*code, Charged::No), "{marker}");
        assert_eq!((&*error.advice.zh, &*error.advice.en), (*zh, *en), "{marker}");
        assert!(!error.message.is_empty());
        assert_eq!((job.cost.actual, job.outputs.len()), (Some(Money::ZERO), 0), "{marker}");
        assert_eq!(job.request_id.as_ref().map(String::len), Some(36), "{marker}");
        studio.vendor.settled(&prompt, creations).await;
    }))
    .await;
}

async fn a_refused_creation_fails_with_the_vendors_code_and_advice() {
    let rows = [
        (
            "[[sim:refuse InvalidParameter]]",
            "InvalidParameter",
            "按提示核对参数名、类型和取值范围",
            "Check the named parameter's name, type and range.",
        ),
        (
            "[[sim:refuse InvalidApiKey]]",
            "InvalidApiKey",
            "检查密钥、首尾空格，以及密钥的地域与 DASHSCOPE_REGION 是否一致",
            "Check the key, stray spaces, and that DASHSCOPE_REGION is the key's own region.",
        ),
        (
            "[[sim:refuse Arrearage]]",
            "Arrearage",
            "账号欠费，充值后稍等再试",
            "Account in arrears; top up, wait some minutes, then call again.",
        ),
        (
            "[[sim:refuse PrepaidBillOverdue]]", // a 429 that no waiting mends
            "PrepaidBillOverdue",
            "续费后再试",
            "Renew or pay the bill.",
        ),
        (
            "[[sim:refuse AccessDenied.Unpurchased]]",
            "AccessDenied.Unpurchased",
            "先用主账号开通百炼",
            "Activate Model Studio with the main account.",
        ),
        (
            "[[sim:refuse InternalError]]", // a 500 in the vendor's own words: no task was made
            "InternalError",
            "服务内部错误，稍后重试",
            "Service fault; retry later.",
        ),
    ];
    fails(&rows, 0).await;
}

async fn a_failed_task_fails_with_the_vendors_code_and_advice() {
    let rows = [
        (
            "[[sim:fail DataInspectionFailed]]",
            "DataInspectionFailed",
            "内容未过审，修改提示词或素材后再提交",
            "Content check refused it; change the prompt or the media.",
        ),
        (
            "[[sim:fail InternalError.Algo]]",
            "InternalError.Algo",
            "推理异常，重试；反复出现则检查输入",
            "Inference fault; retry, then suspect the input.",
        ),
        (
            "[[sim:moderate-output]]",
            "DataInspectionFailed",
            "内容未过审，修改提示词或素材后再提交",
            "Content check refused it; change the prompt or the media.",
        ),
    ];
    fails(&rows, 1).await;
}

/// Runs a job for three pictures of which the last is lost, with this code.
async fn keeps_its_place(marker: &str, code: &str) {
    let studio = Studio::shared().await;
    let job = studio.run(&with(picture(&unique(marker)), &json!({"n": 3}))).await;
    assert_eq!((job.state, job.outputs.len()), (State::Done, 3), "{job:?}");
    for n in 0..2 {
        assert_eq!(png::size(&studio.output(&job.id, n).await.with(200).bytes), (512, 512));
    }
    let lost = job.outputs[2].error.as_ref().unwrap();
    assert_eq!((lost.code.as_str(), lost.charged), (code, Charged::No));
    assert!(!lost.advice.zh.is_empty() && !lost.advice.en.is_empty());
    assert_eq!((job.outputs[2].n, &job.outputs[2].media_type, job.outputs[2].bytes), (2, &None, None));
    studio.output(&job.id, 2).await.refused(404, "NotFound");
    assert_eq!(job.cost.estimate.unwrap().to_string(), "0.42");
    assert_eq!(job.cost.actual.unwrap().to_string(), "0.28");
}

async fn lost_pictures_keep_their_places_and_cost_nothing() {
    keeps_its_place("[[sim:partial 1]]", "InternalError.Timeout").await;
}

async fn a_picture_that_fails_the_content_check_keeps_its_place() {
    keeps_its_place("[[sim:moderate-output 1]]", "DataInspectionFailed").await;
}

async fn a_task_whose_pictures_are_all_lost_fails() {
    let studio = Studio::shared().await;
    let job = studio.run(&with(picture(&unique("[[sim:partial 2]]")), &json!({"n": 2}))).await;
    assert_eq!((job.state, error(&job).charged), (State::Failed, Charged::No));
    assert_eq!(error(&job).code, "InternalError.Timeout");
    assert_eq!(job.cost.actual, Some(Money::ZERO));
}

async fn a_task_that_the_vendor_has_lost_may_have_been_billed() {
    let studio = Studio::shared().await;
    let prompt = unique("[[sim:lose]]");
    let job = studio.run(&picture(&prompt)).await;
    assert_eq!(job.state, State::Failed);
    assert_eq!((error(&job).code.as_str(), error(&job).charged), ("TaskUnknown", Charged::Unknown));
    assert!(error(&job).advice.zh.contains("24 小时") && error(&job).advice.en.contains("24 hours"));
    assert_eq!(job.cost.actual, None);
    let told = studio.owner.get(format!("/api/jobs/{}", job.id)).await.json();
    assert_eq!(told["error"].get("charged"), Some(&Value::Null));
    studio.vendor.settled(&prompt, 1).await;
}
