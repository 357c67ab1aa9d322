//! 历史。

use crate::words::history::Texts;

pub(super) const TEXTS: Texts = Texts {
    list: "任务列表",
    search: "搜索提示词",
    kind: "种类",
    all_kinds: "全部种类",
    state: "状态",
    model: "模型",
    all_states: "全部状态",
    all_models: "全部模型",
    clear: "清除筛选",
    more: "加载更多",
    nothing: "还没有历史",
    nothing_help: "做出来的都会留在这里，链接过期也不会丢。",
    no_match: "没有符合条件的任务",
    no_match_help: "换个关键词，或者清除筛选。",
};
