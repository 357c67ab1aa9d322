//! Every model with its parameters, ranges, defaults and prices, as data.
//!
//! A model, a limit or a price is written here once; forms, checks and documentation read it. The
//! source is `bailian-reference.md` §1 to §4; prices and free quotas are `dashscope-api.md` §9.2.

mod common;
mod image;
mod limits;
mod parameter;
mod price;
mod protocol;
mod speech;
mod text;
mod transcription;
pub mod video;

pub use limits::Limits;
pub use parameter::{Default, Parameter, Rule, SizeRule};
pub use price::{FreeQuota, PRICES_AS_OF, Price, Tier};
pub use protocol::Protocol;

use serde::{Deserialize, Serialize};

use crate::kind::Kind;
use crate::words::Label;

/// A region of the vendor; a key belongs to one (`dashscope-api.md` §0.1).
#[derive(Clone, Copy, Debug, std::default::Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub enum Region {
    /// China North 2.
    #[default]
    #[serde(rename = "cn-beijing")]
    Beijing,
    /// International.
    #[serde(rename = "ap-southeast-1")]
    Singapore,
    /// United States.
    #[serde(rename = "us-east-1")]
    Virginia,
    /// Hong Kong.
    #[serde(rename = "cn-hongkong")]
    HongKong,
    /// Germany.
    #[serde(rename = "eu-central-1")]
    Frankfurt,
    /// Japan.
    #[serde(rename = "ap-northeast-1")]
    Tokyo,
}

impl Region {
    /// All regions.
    pub const ALL: [Self; 6] =
        [Self::Beijing, Self::Singapore, Self::Virginia, Self::HongKong, Self::Frankfurt, Self::Tokyo];

    /// The vendor's name for the region.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Beijing => "cn-beijing",
            Self::Singapore => "ap-southeast-1",
            Self::Virginia => "us-east-1",
            Self::HongKong => "cn-hongkong",
            Self::Frankfurt => "eu-central-1",
            Self::Tokyo => "ap-northeast-1",
        }
    }

    /// The region of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|region| region.as_str() == name)
    }
}

/// The groups that a kind's models are listed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Group {
    /// The reference page's own.
    Reference,
    /// What the vendor has brought out since (`dashscope-api.md` §1.6, §4.1, §5.5, §6.1).
    Newer,
}

/// What the regions call a model; `None` where a region does not offer it (`dashscope-api.md` §0.1, §10 rows 7, 8).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Names {
    beijing: Option<&'static str>,
    singapore: Option<&'static str>,
    virginia: Option<&'static str>,
}

impl Names {
    /// The same name everywhere.
    const fn everywhere(name: &'static str) -> Self {
        Self { beijing: Some(name), singapore: Some(name), virginia: Some(name) }
    }

    /// One name in Beijing, another abroad.
    const fn abroad(beijing: &'static str, abroad: &'static str) -> Self {
        Self { beijing: Some(beijing), singapore: Some(abroad), virginia: Some(abroad) }
    }

    /// Offered in Beijing only.
    const fn beijing(name: &'static str) -> Self {
        Self { beijing: Some(name), singapore: None, virginia: None }
    }

    /// Whether any region uses this name.
    fn include(self, name: &str) -> bool {
        [self.beijing, self.singapore, self.virginia].contains(&Some(name))
    }
}

/// One model.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Model {
    /// The name in the reference page, which people write and see.
    pub id: &'static str,
    /// What it makes.
    pub kind: Kind,
    /// The vendor's product name.
    pub name: Label,
    /// One line on when to choose it.
    pub note: Label,
    /// Where it stands in lists.
    pub group: Group,
    /// What the regions call it.
    #[serde(skip)]
    pub names: Names,
    /// How it is called at the vendor.
    #[serde(skip)]
    pub protocol: Protocol,
    /// What the vendor allows of it.
    #[serde(skip)]
    pub limits: Limits,
    /// What it takes beside its name, in the order of the form.
    pub parameters: &'static [Parameter],
    /// What it costs.
    pub price: Price,
    /// What the vendor gives for nothing.
    pub free: Option<FreeQuota>,
}

impl Model {
    /// The name that `region` knows the model by; `None` where it does not offer it. What the three younger regions
    /// offer is not documented: Singapore's names, the international ones, are taken for theirs, and the vendor's own
    /// answer decides.
    #[must_use]
    pub const fn live_name(&self, region: Region) -> Option<&'static str> {
        match region {
            Region::Beijing => self.names.beijing,
            Region::Singapore | Region::HongKong | Region::Frankfurt | Region::Tokyo => self.names.singapore,
            Region::Virginia => self.names.virginia,
        }
    }

    /// The parameter of that name.
    #[must_use]
    pub fn parameter(&self, name: &str) -> Option<&'static Parameter> {
        self.parameters.iter().find(|parameter| parameter.name == name)
    }
}

/// The models of a kind, in the order of the reference page, the newer ones after them.
#[must_use]
pub const fn models(kind: Kind) -> &'static [Model] {
    match kind {
        Kind::Image => image::MODELS,
        Kind::Text => text::MODELS,
        Kind::Video => video::MODELS,
        Kind::Speech => speech::MODELS,
        Kind::Transcription => transcription::MODELS,
    }
}

/// The model of that name: the reference page's own, or the name that one of the regions uses for it.
#[must_use]
pub fn model(name: &str) -> Option<&'static Model> {
    let all = || Kind::ALL.into_iter().flat_map(models);
    all().find(|model| model.id == name).or_else(|| all().find(|model| model.names.include(name)))
}

/// One kind of work in the reply of `GET /api/catalogue`.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct KindEntry {
    /// The kind.
    pub kind: Kind,
    /// Creating calls per second for the whole account.
    pub per_second: u32,
    /// The models that the region offers.
    pub models: Vec<&'static Model>,
}

/// The reply of `GET /api/catalogue`.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Catalogue {
    /// The region whose names and prices are meant.
    pub region: Region,
    /// The state of the vendor's price page that the prices were taken from.
    pub prices_as_of: &'static str,
    /// The currency of all prices.
    pub currency: &'static str,
    /// The five kinds.
    pub kinds: Vec<KindEntry>,
}

/// Everything there is to know before asking for work.
#[must_use]
pub fn catalogue(region: Region) -> Catalogue {
    Catalogue {
        region,
        prices_as_of: PRICES_AS_OF,
        currency: "CNY",
        kinds: Kind::ALL
            .into_iter()
            .map(|kind| KindEntry {
                kind,
                per_second: kind.per_second(),
                models: models(kind).iter().filter(|model| model.live_name(region).is_some()).collect(),
            })
            .collect(),
    }
}

#[cfg(test)]
mod tests;
