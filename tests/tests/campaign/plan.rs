//! What is asked for: hundreds of orders of all kinds, with what the person does to each.

use serde_json::{Value, json};
use studio_tests::order::with;

use crate::chance::Chance;

/// One thing that the person wants made, or one batch of them.
#[derive(Clone, Debug)]
pub(crate) struct Order {
    /// Its number, which stands in its prompt. A batch has none of its own: its entries have.
    pub(crate) n: u32,
    pub(crate) what: What,
    pub(crate) habits: Habits,
}

impl Order {
    /// How many jobs it is.
    fn jobs(&self) -> u32 {
        match &self.what {
            What::Batch(entries, _) => u32::try_from(entries.len()).unwrap(),
            _ => 1,
        }
    }
}

/// How it is submitted.
#[derive(Clone, Debug)]
pub(crate) enum What {
    /// `POST /api/jobs`
    Job(Value),
    /// `POST /api/text`, read to the end or so many bytes.
    Text(Value, Option<usize>),
    /// `POST /api/speech`, heard to the end or so many bytes.
    Speech(Value, Option<usize>),
    /// `POST /api/files`, then `POST /api/jobs`.
    Recording {
        /// Milliseconds of sound.
        ms: u32,
        /// Its tone: no two are the same.
        pitch: u32,
    },
    /// `POST /api/batches`, and what is done to it. Its entries are those from `n` on, each with its list.
    Batch(Vec<(&'static str, Value)>, Handling),
}

/// What a person does to a job besides waiting.
#[derive(Clone, Debug, Default)]
pub(crate) struct Habits {
    /// Sends it twice at the same time.
    pub(crate) twice: bool,
    /// Sends it again after so many milliseconds.
    pub(crate) again_ms: Option<u64>,
    /// Sends something else under the same key.
    pub(crate) confuses: bool,
    /// Calls it back after so many milliseconds.
    pub(crate) cancel_ms: Option<u64>,
    /// Has it looked for where nobody knows, and sends it again where nothing came of it.
    pub(crate) persists: bool,
    pub(crate) deletes: Option<Deletion>,
}

/// What becomes of a deleted job.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Deletion {
    /// It stays deleted.
    Kept,
    /// It is brought back.
    Undone,
}

/// What is done to a batch.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Handling {
    /// Nothing.
    Waits,
    /// It is paused and resumed.
    Pauses,
    /// It is called back half way.
    Cancels,
    /// Its failed entries are sent again.
    Retries,
}

/// The number that stands in a text, or in the name of a recording.
pub(crate) fn number_in(text: &str) -> Option<u32> {
    let between = |open: &str, close: &str| text.split_once(open)?.1.split_once(close)?.0.parse().ok();
    between("〔", "〕").or_else(|| between("/k", "k.mp3"))
}

/// All orders, as many jobs as asked for or a few more.
pub(crate) fn orders(seed: u64, jobs: u32) -> Vec<Order> {
    let mut chance = Chance::new(seed, 1);
    let (mut all, mut n) = (Vec::new(), 0);
    // A batch somewhere in the first half of every stretch, so that single jobs run beside it.
    let stretch = jobs.clamp(80, 200);
    let mut next_batch = stretch / 4;
    while n < jobs {
        if n >= next_batch {
            next_batch += stretch;
            let batch = batch(&mut chance, n);
            n += batch.jobs();
            all.push(batch);
        } else {
            all.push(single(&mut chance, n));
            n += 1;
        }
    }
    all
}

fn single(chance: &mut Chance, n: u32) -> Order {
    let what = match chance.below(100) {
        0..30 => What::Job(picture(chance, n)),
        30..36 => What::Job(picture_at_once(chance, n)),
        36..54 => {
            let read = chance.percent(30).then(|| usize::try_from(chance.below(2_000)).unwrap());
            What::Text(text(chance, n), read)
        }
        54..70 => What::Job(text(chance, n)),
        70..77 => What::Job(film(chance, n)),
        77..86 => {
            let read = chance.percent(30).then(|| usize::try_from(chance.below(20_000)).unwrap());
            What::Speech(speech(chance, n), read)
        }
        86..90 => What::Job(speech(chance, n)),
        90..96 => What::Job(recording(chance, n)),
        _ => What::Recording { ms: 500 + u32::try_from(chance.below(4_000)).unwrap(), pitch: n },
    };
    let is_job = matches!(what, What::Job(_));
    let habits = Habits {
        twice: is_job && chance.percent(8),
        again_ms: (is_job && chance.percent(10)).then(|| chance.below(8_000)),
        confuses: is_job && chance.percent(3),
        cancel_ms: chance.percent(8).then(|| chance.below(4_000)),
        persists: chance.percent(50),
        deletes: (is_job && chance.percent(8)).then(|| *chance.of(&[Deletion::Kept, Deletion::Undone])),
    };
    Order { n, what, habits }
}

fn batch(chance: &mut Chance, n: u32) -> Order {
    let size = 16 + u32::try_from(chance.below(16)).unwrap();
    let entries = (n..n + size).map(|n| match chance.below(10) {
        0..5 => ("image_tasks", picture(chance, n)),
        5..7 => ("text_tasks", text(chance, n)),
        7 => ("video_tasks", film(chance, n)),
        8 => ("speech_tasks", speech(chance, n)),
        _ => ("transcription_tasks", recording(chance, n)),
    });
    let entries = entries.map(|(list, mut entry)| {
        entry.as_object_mut().unwrap().remove("kind");
        (list, entry)
    });
    let handlings = [Handling::Waits, Handling::Pauses, Handling::Cancels, Handling::Retries];
    let entries = entries.collect();
    Order { n, what: What::Batch(entries, *chance.of(&handlings)), habits: Habits::default() }
}

/// Tasks are short, so that the pace decides; some fail, and some lose a picture.
fn picture(chance: &mut Chance, n: u32) -> Value {
    let model = chance.of(&["wan2.2-t2i-flash", "wan2.2-t2i-plus", "wanx2.1-t2i-turbo"]);
    let (count, fate) = match chance.below(20) {
        0 => (1, "[[sim:fail DataInspectionFailed]]"),
        1 => (2, "[[sim:partial 1]]"),
        2 | 3 => (2, ""),
        _ => (1, ""),
    };
    let run = 200 + chance.below(1_800);
    let prompt = format!("山水〔{n}〕[[sim:run {}.{:03}]]{fate}", run / 1000, run % 1000);
    json!({"kind": "image", "model": model, "prompt": prompt, "size": "512*512", "n": count})
}

fn picture_at_once(chance: &mut Chance, n: u32) -> Value {
    let run = chance.below(3);
    let prompt = format!("花鸟〔{n}〕[[sim:run {run}]]");
    json!({"kind": "image", "model": "qwen-image-2.0", "prompt": prompt, "size": "512*512"})
}

fn text(chance: &mut Chance, n: u32) -> Value {
    let fate = if chance.percent(4) { "[[sim:fail DataInspectionFailed]]" } else { "" };
    let prompt = format!("说说茶〔{n}〕[[sim:tokens {}]]{fate}", 20 + chance.below(150));
    let model = chance.of(&["qwen-turbo", "qwen-plus"]);
    json!({"kind": "text", "model": model, "prompt": prompt, "max_tokens": 300})
}

fn film(chance: &mut Chance, n: u32) -> Value {
    let model = chance.of(&["wan2.1-t2v-turbo", "wan2.2-t2v-plus"]);
    let prompt = format!("海上日出〔{n}〕[[sim:run {}]]", 1 + chance.below(2));
    json!({"kind": "video", "model": model, "prompt": prompt, "size": "832*480"})
}

fn speech(chance: &mut Chance, n: u32) -> Value {
    let said = *chance.of(&["今天天气怎么样？", "明月几时有，把酒问青天。不知天上宫阙，今夕是何年。"]);
    let text = format!("{said}〔{n}〕");
    let request = json!({"kind": "speech", "text": text});
    match chance.below(4) {
        0 => with(request, &json!({"model": "cosyvoice-v2"})),
        1 => with(request, &json!({"model": "sambert-zhichu-v1", "format": "wav"})),
        2 => with(request, &json!({"model": "sambert-zhichu-v1", "format": "pcm"})),
        _ => with(request, &json!({"model": "sambert-zhichu-v1", "format": "mp3"})),
    }
}

fn recording(chance: &mut Chance, n: u32) -> Value {
    let model = chance.of(&["paraformer-v2", "paraformer-v1"]);
    json!({"kind": "transcription", "model": model, "url": format!("https://example.com/k{n}k.mp3")})
}
