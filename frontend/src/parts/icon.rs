//! Icons: one path each on a grid of 16, drawn with the text's colour.

use leptos::prelude::*;

/// The icons there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // their names say it
pub enum IconName {
    Bars,
    Chat,
    Check,
    ChevronDown,
    ChevronLeft,
    ChevronRight,
    Clock,
    Close,
    Copy,
    Danger,
    Dark,
    Dice,
    Down,
    Download,
    Expand,
    External,
    Eye,
    EyeOff,
    Film,
    Image,
    Info,
    Key,
    Light,
    Link,
    LogOut,
    Microphone,
    Minus,
    Pause,
    Pencil,
    People,
    Play,
    Plus,
    Retry,
    Script,
    Search,
    Send,
    Share,
    Spark,
    Stack,
    Stop,
    Success,
    System,
    Trash,
    Tune,
    Turn,
    Upload,
    Voice,
    Warning,
}

impl IconName {
    /// All of them, for the page that shows them.
    pub const ALL: [Self; 48] = [
        Self::Bars,
        Self::Chat,
        Self::Check,
        Self::ChevronDown,
        Self::ChevronLeft,
        Self::ChevronRight,
        Self::Clock,
        Self::Close,
        Self::Copy,
        Self::Danger,
        Self::Dark,
        Self::Dice,
        Self::Down,
        Self::Download,
        Self::Expand,
        Self::External,
        Self::Eye,
        Self::EyeOff,
        Self::Film,
        Self::Image,
        Self::Info,
        Self::Key,
        Self::Light,
        Self::Link,
        Self::LogOut,
        Self::Microphone,
        Self::Minus,
        Self::Pause,
        Self::Pencil,
        Self::People,
        Self::Play,
        Self::Plus,
        Self::Retry,
        Self::Script,
        Self::Search,
        Self::Send,
        Self::Share,
        Self::Spark,
        Self::Stack,
        Self::Stop,
        Self::Success,
        Self::System,
        Self::Trash,
        Self::Tune,
        Self::Turn,
        Self::Upload,
        Self::Voice,
        Self::Warning,
    ];

    const fn path(self) -> &'static str {
        match self {
            Self::Bars => "M2.5 13.5h11M4.6 13.2V8.6m3.4 4.6V3m3.4 10.2V6.2",
            Self::Chat => {
                "M3 2.8h10a.7.7 0 0 1 .7.7v6.6a.7.7 0 0 1-.7.7H7.6L4.5 13.4v-2.6H3a.7.7 0 0 1-.7-.7V3.5a.7.7 0 0 1 .7-.7ZM5.2 5.6h5.6M5.2 8h3.4"
            }
            Self::Check => "m3 8.5 3.2 3.2L13 4.8",
            Self::ChevronDown => "m4 6 4 4 4-4",
            Self::ChevronLeft => "m10 4-4 4 4 4",
            Self::ChevronRight => "m6 4 4 4-4 4",
            Self::Clock => "M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0ZM8 4.8V8l2.2 1.6",
            Self::Close => "m4 4 8 8m0-8-8 8",
            Self::Copy => {
                "M6 5.5h6.5a.5.5 0 0 1 .5.5v7a.5.5 0 0 1-.5.5H6a.5.5 0 0 1-.5-.5V6a.5.5 0 0 1 .5-.5ZM3 10.5V3a.5.5 0 0 1 .5-.5h6.8"
            }
            Self::Danger => "M5.5 2h5L14 5.5v5L10.5 14h-5L2 10.5v-5ZM8 5v3.5m0 2.2v.1",
            Self::Dark => "M13.2 9.8A5.6 5.6 0 0 1 6.2 2.8a5.6 5.6 0 1 0 7 7Z",
            Self::Dice => {
                "M3.5 2.5h9a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1h-9a1 1 0 0 1-1-1v-9a1 1 0 0 1 1-1ZM5.4 5.3v.1m5.2 5.2v.1M10.6 5.3v.1M5.4 10.6v.1M8 7.95v.1"
            }
            Self::Down => "M8 2.8v10.4M3.8 9 8 13.2 12.2 9",
            Self::Download => "M8 2.5v7.2M4.8 6.8 8 10l3.2-3.2M2.8 13.2h10.4",
            Self::Expand => "M9.5 2.5h4v4m0-4L9 7M6.5 13.5h-4v-4m0 4L7 9",
            Self::External => {
                "M9.5 2.5h4v4m0-4-6 6M12 9.5v3a1 1 0 0 1-1 1H3.5a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1h3"
            }
            Self::Eye => {
                "M1.6 8S4 3.7 8 3.7 14.4 8 14.4 8 12 12.3 8 12.3 1.6 8 1.6 8ZM10 8a2 2 0 1 1-4 0 2 2 0 0 1 4 0Z"
            }
            Self::Film => {
                "M2.8 3h10.4a.6.6 0 0 1 .6.6v8.8a.6.6 0 0 1-.6.6H2.8a.6.6 0 0 1-.6-.6V3.6a.6.6 0 0 1 .6-.6ZM6.6 5.8v4.4L10.2 8Z"
            }
            Self::EyeOff => {
                "M6.4 4c.5-.2 1-.3 1.6-.3 4 0 6.4 4.3 6.4 4.3a11 11 0 0 1-1.6 2M10.6 11.7c-.8.4-1.7.6-2.6.6C4 12.3 1.6 8 1.6 8a11 11 0 0 1 3-3.2M6.7 6.6a2 2 0 0 0 2.7 2.7M2.5 2.5l11 11"
            }
            Self::Image => {
                "M3 2.5h10a.5.5 0 0 1 .5.5v10a.5.5 0 0 1-.5.5H3a.5.5 0 0 1-.5-.5V3a.5.5 0 0 1 .5-.5Zm0 9 3.4-3.6 2.5 2.5 1.4-1.3 2.9 2.7M10.4 5.5v.1"
            }
            Self::Info => "M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0ZM8 7.3v3.6m0-5.8v.1",
            Self::Key => "M8.2 8a2.8 2.8 0 1 1-5.6 0 2.8 2.8 0 0 1 5.6 0Zm0 0h5.6v2.6M11 8v2",
            Self::Light => {
                "M10.8 8a2.8 2.8 0 1 1-5.6 0 2.8 2.8 0 0 1 5.6 0ZM8 1.6v1m0 10.8v1M1.6 8h1m10.8 0h1M3.5 3.5l.7.7m7.6 7.6.7.7m0-9-.7.7m-7.6 7.6-.7.7"
            }
            Self::Link => {
                "M6.8 9.2a2.6 2.6 0 0 0 3.9.2l2.1-2.1a2.6 2.6 0 0 0-3.7-3.7l-1 1M9.2 6.8a2.6 2.6 0 0 0-3.9-.2L3.2 8.7a2.6 2.6 0 0 0 3.7 3.7l1-1"
            }
            Self::Microphone => {
                "M8 2a2 2 0 0 1 2 2v3.5a2 2 0 0 1-4 0V4a2 2 0 0 1 2-2ZM3.8 7.2v.3a4.2 4.2 0 0 0 8.4 0v-.3M8 11.8V14"
            }
            Self::LogOut => "M6.5 2.5h-3a1 1 0 0 0-1 1v9a1 1 0 0 0 1 1h3M10.3 4.8 13.5 8l-3.2 3.2M13.2 8H6.5",
            Self::Minus => "M3.5 8h9",
            Self::Pause => "M5.5 3.2v9.6M10.5 3.2v9.6",
            Self::Play => "M5 3.2v9.6L12.6 8Z",
            Self::People => {
                "M8.2 5.2a2.4 2.4 0 1 1-4.8 0 2.4 2.4 0 0 1 4.8 0ZM1.6 13.2c.2-2.5 2-4 4.2-4s4 1.5 4.2 4M10.2 3a2.3 2.3 0 0 1 .3 4.4M12 9.6c1.4.6 2.3 1.9 2.4 3.6"
            }
            Self::Pencil => "m10.6 3.2 2.2 2.2L5.6 12.6l-2.8.6.6-2.8ZM9.2 4.6l2.2 2.2",
            Self::Plus => "M8 3.5v9M3.5 8h9",
            Self::Script => {
                "M3.5 2.5h9a.5.5 0 0 1 .5.5v10a.5.5 0 0 1-.5.5h-9A.5.5 0 0 1 3 13V3a.5.5 0 0 1 .5-.5ZM5.4 5.6h5.2M5.4 8h5.2M5.4 10.4h3"
            }
            Self::Retry => "M13.3 8a5.3 5.3 0 1 1-1.6-3.8L13.4 6m.1-3.5V6H10",
            Self::Search => "M11.5 7a4.5 4.5 0 1 1-9 0 4.5 4.5 0 0 1 9 0Zm-1.3 3.2 3.5 3.5",
            Self::Send => "M8 13.2V2.8M3.8 7 8 2.8 12.2 7",
            Self::Share => "M8 9.6V2.4M5.2 5 8 2.2 10.8 5M5.2 7H3.4v6.5h9.2V7h-1.8",
            Self::Spark => {
                "M7 2.5 8.3 6 12 7.3 8.3 8.7 7 12.3 5.7 8.7 2 7.3 5.7 6ZM12.3 10.4l.6 1.6 1.6.6-1.6.6-.6 1.6-.6-1.6-1.6-.6 1.6-.6Z"
            }
            Self::Stack => "M8 2.5 13.8 5.4 8 8.3 2.2 5.4ZM2.6 8.2 8 10.9l5.4-2.7M2.6 10.9 8 13.6l5.4-2.7",
            Self::Stop => "M4 3.5h8a.5.5 0 0 1 .5.5v8a.5.5 0 0 1-.5.5H4a.5.5 0 0 1-.5-.5V4a.5.5 0 0 1 .5-.5Z",
            Self::Success => "M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0ZM5.3 8.3l1.9 1.8 3.4-3.7",
            Self::System => {
                "M3 2.8h10a.7.7 0 0 1 .7.7v6.3a.7.7 0 0 1-.7.7H3a.7.7 0 0 1-.7-.7V3.5a.7.7 0 0 1 .7-.7ZM5.5 13.3h5M8 10.6v2.6"
            }
            Self::Trash => {
                "M2.8 4.3h10.4M6 4.2V2.6h4v1.6M4.2 4.5l.6 8.4a.6.6 0 0 0 .6.6h5.2a.6.6 0 0 0 .6-.6l.6-8.4M6.7 6.8v4.2m2.6-4.2v4.2"
            }
            Self::Tune => {
                "M2.5 4.8h5.2m3.6 0h2.2M11.3 4.8a1.8 1.8 0 1 1-3.6 0 1.8 1.8 0 0 1 3.6 0ZM2.5 11.2h2.2m3.6 0h5.2M8.3 11.2a1.8 1.8 0 1 1-3.6 0 1.8 1.8 0 0 1 3.6 0Z"
            }
            Self::Voice => "M2.5 6.6v2.8M5.2 4.4v7.2M8 2.4v11.2M10.8 4.8v6.4M13.5 6.6v2.8",
            Self::Upload => "M8 10V2.8M4.8 5.7 8 2.5l3.2 3.2M2.8 13.2h10.4",
            Self::Turn => {
                "M2.5 5.5h10m0 0L9.8 2.8m2.7 2.7L9.8 8.2M13.5 10.5h-10m0 0 2.7-2.7m-2.7 2.7 2.7 2.7"
            }
            Self::Warning => "M8 2.3 14.3 13.3H1.7ZM8 6.3v3.3m0 1.7v.1",
        }
    }
}

/// An icon. It is never read aloud: the text beside it, or the label of its button, says the same.
#[component]
pub fn Icon(
    /// Which one.
    name: IconName,
) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
            <path d=name.path()></path>
        </svg>
    }
}
