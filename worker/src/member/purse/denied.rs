//! Why a budget does not allow it, in words: which one, what is left of it, what to do.

use studio_shared::error::code;
use studio_shared::money::Money;
use studio_shared::words::Words;

use crate::studio::{Denied, Period, Whose};

impl Denied {
    pub(super) const fn code(&self) -> &'static str {
        match self {
            Self::Exceeded { .. } => code::BUDGET_EXCEEDED,
            Self::Unpriced => code::PRICE_UNKNOWN,
        }
    }

    /// What happened, and what to do.
    pub(super) fn words(&self, model: &str) -> (Words, Words) {
        match *self {
            Self::Exceeded { whose, period, limit, taken, price } => {
                let message = exceeded(whose, period, limit, taken, price);
                let again = match period {
                    Period::Day => ("等北京时间零点", "wait for midnight in Beijing"),
                    Period::Month => ("等下个月", "wait for the next month"),
                };
                let advice = Words::of(
                    format!("没有提交，没有计费。请改用更便宜的设置、{}，或由所有者提高预算。", again.0),
                    format!(
                        "Nothing was sent, nothing was billed. Choose cheaper settings, {}, or have the owner raise the budget.",
                        again.1
                    ),
                );
                (message, advice)
            }
            Self::Unpriced => (
                Words::of(
                    format!("设有预算，而 {model} 的价格事先不知道。"),
                    format!("A budget is set, and what {model} costs is not known beforehand."),
                ),
                Words::new(
                    "没有提交，没有计费。请换一个标有价格的模型，或由所有者取消预算。",
                    "Nothing was sent, nothing was billed. Choose a model with a listed price, or have the owner lift the budgets.",
                ),
            ),
        }
    }
}

fn exceeded(whose: Whose, period: Period, limit: Money, taken: Money, price: Money) -> Words {
    let (zh, en) = match (whose, period) {
        (Whose::Code, Period::Day) => ("这个登录码今天的预算", "This code's budget for today"),
        (Whose::Code, Period::Month) => ("这个登录码本月的预算", "This code's budget for this month"),
        (Whose::Member, Period::Day) => ("你今天的预算", "Your budget for today"),
        (Whose::Member, Period::Month) => ("你本月的预算", "Your budget for this month"),
        (Whose::Studio, Period::Day) => ("整个工坊今天的预算", "The whole studio's budget for today"),
        (Whose::Studio, Period::Month) => ("整个工坊本月的预算", "The whole studio's budget for this month"),
    };
    Words::of(
        format!("{zh}不够：上限 {limit} 元，已用和预留 {taken} 元，这次最多要 {price} 元。"),
        format!(
            "{en} is not enough: the limit is CNY {limit}, {taken} are spent or held, this may cost {price}."
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_names_the_budget_what_is_left_of_it_and_what_to_do() {
        let fen = Money::from_fen;
        let denied = |whose, period| Denied::Exceeded {
            whose,
            period,
            limit: fen(140),
            taken: fen(126),
            price: fen(28),
        };
        let (message, advice) = denied(Whose::Member, Period::Day).words("m");
        assert_eq!(message.zh, "你今天的预算不够：上限 1.40 元，已用和预留 1.26 元，这次最多要 0.28 元。");
        assert_eq!(
            message.en,
            "Your budget for today is not enough: the limit is CNY 1.40, 1.26 are spent or held, this may cost 0.28."
        );
        assert!(advice.zh.contains("零点") && advice.en.contains("midnight in Beijing"));
        let (message, advice) = denied(Whose::Studio, Period::Month).words("m");
        assert!(
            message.zh.starts_with("整个工坊本月的预算")
                && message.en.contains("studio's budget for this month")
        );
        let (message, _) = denied(Whose::Code, Period::Day).words("m");
        assert!(
            message.zh.starts_with("这个登录码今天的预算") && message.en.starts_with("This code's budget")
        );
        assert!(advice.zh.contains("下个月") && advice.en.contains("the next month"));
        let (message, _) = Denied::Unpriced.words("qwen-long");
        assert!(message.zh.contains("qwen-long") && message.en.contains("qwen-long"));
        assert_eq!(Denied::Unpriced.code(), "PriceUnknown");
    }
}
