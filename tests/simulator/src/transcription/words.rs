//! What people say in recordings: data only. A sentence is its words, each with the mark after it.

pub(super) const CHINESE: &[&str] = &[
    "大家|早上好|，|我们|开始|今天的|会议|。",
    "先|回顾|一下|上周的|进展|。",
    "设计稿|已经|完成|了|，|接下来|要|看|实现|。",
    "我|这边|还有|两个|问题|想|确认|。",
    "客户|希望|下个月|之前|看到|样品|。",
    "时间|有点|紧|，|不过|应该|来得及|。",
    "那|我们|把|测试|提前|一周|，|可以|吗|？",
    "可以|，|我|来|安排|人手|。",
    "预算|方面|，|目前|还|没有|变化|。",
    "上海的|同事|周四|会|过来|一起|讨论|。",
    "请|把|文档|发到|群里|。",
    "好的|，|会后|我|整理|一份|纪要|。",
    "最近|天气|不错|，|出差|也|方便|。",
    "还有|谁|要|补充|吗|？",
    "那|今天|就|到这里|，|谢谢|大家|。",
];

pub(super) const ENGLISH: &[&str] = &[
    "Good|morning|everyone|,|let|us|begin|.",
    "First|a|quick|look|at|last|week|.",
    "The|design|is|finished|,|so|we|can|start|building|.",
    "I|still|have|two|questions|to|settle|.",
    "The|client|would|like|a|sample|before|next|month|.",
    "Time|is|short|,|but|I|think|we|will|manage|.",
    "Could|we|move|the|tests|a|week|forward|?",
    "Yes|,|I|will|find|someone|for|that|.",
    "The|budget|has|not|changed|so|far|.",
    "Our|colleagues|from|Shanghai|join|us|on|Thursday|.",
    "Please|put|the|documents|into|the|shared|folder|.",
    "I|will|write|the|minutes|after|the|meeting|.",
    "Does|anyone|want|to|add|something|?",
    "That|is|all|for|today|,|thank|you|.",
];
