//! The bucket from below: what lies in it, and how it comes to refuse everything.

use std::fs;
use std::path::PathBuf;

use serde_json::Value;
use studio_shared::storage::Storage;

use crate::Studio;
use crate::client::{Answer, send};

impl Studio {
    /// Bytes and files in the bucket, counted on the disk.
    #[must_use]
    pub fn in_bucket(&self) -> (u64, u64) {
        let files = fs::read_dir(self.bucket_folder()).into_iter().flatten().flatten();
        // What the runtime takes away while it is being looked at is not there.
        let sizes: Vec<u64> = files.filter_map(|file| Some(file.metadata().ok()?.len())).collect();
        (sizes.iter().sum(), sizes.len().try_into().unwrap())
    }

    /// From now on the bucket takes nothing and gives nothing, as a disk does that is full or gone.
    pub fn obstruct_bucket(&self) {
        let (folder, aside) = self.bucket_and_aside();
        fs::create_dir_all(&folder).unwrap();
        fs::rename(&folder, aside).unwrap();
        fs::write(folder, "no folder").unwrap();
    }

    /// The bucket works again, with what was in it before.
    pub fn mend_bucket(&self) {
        let (folder, aside) = self.bucket_and_aside();
        fs::remove_file(&folder).unwrap();
        fs::rename(aside, folder).unwrap();
    }

    fn bucket_and_aside(&self) -> (PathBuf, PathBuf) {
        let folder = self.bucket_folder();
        let aside = folder.with_extension("aside");
        (folder, aside)
    }

    /// What the studio says of its storage.
    pub async fn storage(&self) -> Storage {
        serde_json::from_slice(&self.owner.get("/api/storage").await.with(200).bytes).unwrap()
    }

    /// Asks for another retention.
    pub async fn retain(&self, body: &Value) -> Answer {
        send(self.owner.request("PATCH", "/api/storage").json(body)).await
    }
}
