//! The parts that pages are made of. Each has its behaviour here and its looks in the `.css` beside it, shows
//! every state on the page `/parts` of development builds, and takes colours, sizes and times from `styles/tokens.css` only.
//!
//! Conventions: what a person reads is a [`Text`](crate::text::Text); what changes is a `Signal`, given with a
//! value, a signal or a closure alike; what happens is a `Callback`. Form controls are controlled: they show
//! `value` and report `on_input`/`on_change`, and the page decides. Inside a [`Field`] they find their label, help
//! and problem by themselves; outside one they take `label`.

pub mod announcer;
pub mod badge;
pub mod button;
pub mod card;
pub mod chip;
pub mod choice;
pub mod copy_button;
pub mod dialog;
pub mod elapsed;
pub mod empty;
pub mod field;
pub mod focus;
pub mod icon;
pub mod id;
pub mod key_list;
pub mod list;
pub mod markdown;
pub mod notice;
pub mod number;
pub mod page;
pub mod progress;
pub mod select;
pub mod several;
pub mod share_button;
pub mod shell;
pub mod show;
pub mod skeleton;
pub mod slider;
pub mod spinner;
pub mod switch;
pub mod text_area;
pub mod text_input;
pub mod toast;
pub mod tone;

pub use announcer::{Announcer, AnnouncerHandle, provide_announcer, use_announcer};
pub use badge::{Badge, StateBadge};
pub use button::{Button, ButtonKind, ButtonLink, ButtonSize, IconButton};
pub use card::Card;
pub use chip::Chip;
pub use choice::{Choice, ChoiceLook, ChoiceOption};
pub use copy_button::CopyButton;
pub use dialog::Dialog;
pub use elapsed::{Ago, Elapsed};
pub use empty::Empty;
pub use field::Field;
pub use focus::{focus_again, focus_list, focus_title, focused};
pub use icon::{Icon, IconName};
pub use id::unique_id;
pub use key_list::{KeyList, KeyValue};
pub use list::For;
pub use markdown::Markdown;
pub use notice::Notice;
pub use number::NumberInput;
pub use page::Page;
pub use progress::Progress;
pub use select::{Select, SelectOption};
pub use several::Several;
pub use share_button::ShareButton;
pub use shell::Shell;
pub use show::Show;
pub use skeleton::{Skeleton, SkeletonShape};
pub use slider::Slider;
pub use spinner::Spinner;
pub use switch::Switch;
pub use text_area::TextArea;
pub use text_input::{TextInput, TextInputKind};
pub use toast::{ToastRegion, ToastsHandle, provide_toasts, use_toasts};
pub use tone::Tone;
