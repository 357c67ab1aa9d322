//! An order for tests: two images, one second queued, ten at work.

use super::{End, Order, Work};
use crate::image::parameters::Parameters;
use crate::image::size::Size;
use crate::image::work::ImageWork;

pub(crate) fn order(task_id: &str, end: End) -> Order {
    let asked = Parameters {
        prompt: "猫".into(),
        longest: 800,
        negative: String::new(),
        size: Size::new(512, 512),
        n: 2,
        extend: false,
        watermark: false,
        seed: Some(1),
    };
    Order {
        task_id: task_id.into(),
        real_ms: 1_768_874_400_000,
        request_id: "creation".into(),
        model: "wan2.2-t2i-flash".into(),
        pending_ms: 1_000,
        run_ms: 10_000,
        end,
        forgotten: false,
        work: Work::Image(Box::new(ImageWork::new("wan2.2-t2i-flash", "AI生成", &asked, 0))),
    }
}
