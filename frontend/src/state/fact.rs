//! One fact of something that changes as a whole: a job, a batch.

use leptos::prelude::*;

/// One fact of it; what reads it runs again only when that fact changes.
pub(crate) fn fact<W, T>(whole: RwSignal<W>, read: impl Fn(&W) -> T + Send + Sync + 'static) -> Memo<T>
where
    W: Send + Sync + 'static,
    T: PartialEq + Send + Sync + 'static,
{
    follow(whole, Box::new(read))
}

/// Apart from [`fact`] so that it is compiled once for each type of fact, not for each fact.
fn follow<W, T>(whole: RwSignal<W>, read: Box<dyn Fn(&W) -> T + Send + Sync>) -> Memo<T>
where
    W: Send + Sync + 'static,
    T: PartialEq + Send + Sync + 'static,
{
    Memo::new(move |_| whole.with(&*read))
}
