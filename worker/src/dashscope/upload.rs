//! The vendor's temporary store (`dashscope-api.md` §7): a policy, a form with the file at its end, an `oss://` address.

use serde_json::Value;

use super::fault::Fault;

/// So long the store keeps a file, in milliseconds.
pub(crate) const STORE_KEEPS_MS: u64 = 48 * 60 * 60 * 1000;

/// What allows one upload, for 300 s.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Policy {
    policy: String,
    signature: String,
    key_id: String,
    acl: String,
    forbid_overwrite: String,
    folder: String,
    /// Where the form is to be sent; not checked yet.
    pub(super) host: String,
    /// Largest file, in bytes.
    pub(crate) most_bytes: u64,
}

/// A form whose file goes in between: everything before and after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Form {
    pub(super) before: Vec<u8>,
    pub(super) after: Vec<u8>,
    pub(super) content_type: String,
    /// What a call says to mean the file.
    pub(super) address: String,
}

impl Policy {
    /// Reads the answer to `getPolicy`; `None` where it is none, or holds what cannot stand in a form.
    pub(super) fn read(body: &Value) -> Option<Self> {
        let data = body.get("data")?;
        let text = |name: &str| {
            let text = data.get(name).and_then(Value::as_str)?;
            (!text.is_empty() && !text.contains(['\r', '\n'])).then(|| text.to_owned())
        };
        let megabytes = data.get("max_file_size_mb").and_then(Value::as_u64)?;
        Some(Self {
            policy: text("policy")?,
            signature: text("signature")?,
            key_id: text("oss_access_key_id")?,
            acl: text("x_oss_object_acl")?,
            forbid_overwrite: text("x_oss_forbid_overwrite")?,
            folder: text("upload_dir")?,
            host: text("upload_host")?,
            most_bytes: megabytes.saturating_mul(1024 * 1024),
        })
    }

    /// The form for a file, in the documented order: the file is last. `name` and `boundary` are our own: neither
    /// holds anything that would have to be escaped.
    pub(super) fn form(&self, name: &str, media_type: &str, boundary: &str) -> Form {
        let key = format!("{}/{name}", self.folder);
        let fields = [
            ("OSSAccessKeyId", self.key_id.as_str()),
            ("Signature", &self.signature),
            ("policy", &self.policy),
            ("x-oss-object-acl", &self.acl),
            ("x-oss-forbid-overwrite", &self.forbid_overwrite),
            ("key", &key),
            ("success_action_status", "200"),
            ("x-oss-content-type", media_type),
        ];
        let mut before = String::new();
        for (field, value) in fields {
            before.push_str(&format!(
                "--{boundary}\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n"
            ));
        }
        before.push_str(&format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
             Content-Type: {media_type}\r\n\r\n"
        ));
        Form {
            before: before.into_bytes(),
            after: format!("\r\n--{boundary}--\r\n").into_bytes(),
            content_type: format!("multipart/form-data; boundary={boundary}"),
            address: format!("oss://{key}"),
        }
    }
}

/// The store's own error, which is XML.
pub(super) fn store_fault(status: u16, body: &str) -> Option<Fault> {
    let element = |name: &str| {
        let (_, rest) = body.split_once(&format!("<{name}>"))?;
        rest.split_once(&format!("</{name}>")).map(|(text, _)| unescaped(text.trim()))
    };
    let code = element("Code").filter(|code| !code.is_empty())?;
    Some(Fault {
        status,
        code,
        message: element("Message").unwrap_or_default(),
        request_id: element("RequestId"),
    })
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

/// Why a file of so many bytes is not even tried.
pub(crate) fn too_large(most_bytes: u64) -> Fault {
    let megabytes = most_bytes / (1024 * 1024);
    Fault {
        status: 400,
        code: "BadRequest.TooLarge".to_owned(), // the vendor's own word for it (§8.2)
        message: format!("the vendor's store takes files of at most {megabytes} MB"),
        request_id: None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn answer() -> Value {
        json!({"data":{"policy":"eyJ=","signature":"sig=","upload_dir":"dashscope-instant/d/e",
            "upload_host":"https://dashscope-file-mgr.oss-cn-beijing.aliyuncs.com","expire_in_seconds":300,
            "max_file_size_mb":100,"capacity_limit_mb":999_999_999,"oss_access_key_id":"id",
            "x_oss_object_acl":"private","x_oss_forbid_overwrite":"true"},"request_id":"r"})
    }

    #[test]
    fn the_form_has_the_documented_order_and_its_file_last() {
        let policy = Policy::read(&answer()).unwrap();
        assert_eq!(policy.most_bytes, 104_857_600);
        let form = policy.form("a.mp3", "audio/mpeg", "B");
        let before = String::from_utf8(form.before).unwrap();
        let names: Vec<_> =
            before.split("name=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
        // The last one is of `filename`.
        assert_eq!(
            names,
            [
                "OSSAccessKeyId",
                "Signature",
                "policy",
                "x-oss-object-acl",
                "x-oss-forbid-overwrite",
                "key",
                "success_action_status",
                "x-oss-content-type",
                "file",
                "a.mp3"
            ]
        );
        assert!(before.ends_with("filename=\"a.mp3\"\r\nContent-Type: audio/mpeg\r\n\r\n"), "{before}");
        assert!(before.contains("name=\"key\"\r\n\r\ndashscope-instant/d/e/a.mp3\r\n"));
        assert_eq!(form.after, b"\r\n--B--\r\n");
        assert_eq!(form.address, "oss://dashscope-instant/d/e/a.mp3");
        assert_eq!(form.content_type, "multipart/form-data; boundary=B");
    }

    #[test]
    fn what_could_break_the_form_is_no_policy() {
        for (name, value) in [
            ("signature", json!("a\r\n--B")),
            ("upload_dir", json!("")),
            ("upload_host", json!(7)),
            ("max_file_size_mb", json!("100")),
            ("policy", Value::Null),
        ] {
            let mut broken = answer();
            broken["data"][name] = value;
            assert_eq!(Policy::read(&broken), None, "{name}");
        }
        assert_eq!(Policy::read(&json!({"output":{}})), None);
    }

    #[test]
    fn the_stores_errors_are_xml() {
        let xml = "<?xml version=\"1.0\"?>\n<Error>\n  <Code>AccessDenied</Code>\n  <Message>Invalid according to Policy: \
                   Policy Condition failed: [&quot;eq&quot;]</Message>\n<RequestId>r</RequestId></Error>";
        let fault = store_fault(403, xml).unwrap();
        assert_eq!((fault.status, fault.code.as_str()), (403, "AccessDenied"));
        assert!(fault.message.ends_with("[\"eq\"]"), "{fault:?}");
        for none in ["", "<html>", "<Error><Code></Code></Error>", "<Code>x"] {
            assert_eq!(store_fault(500, none), None, "{none}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_the_reader_panic(text in any::<String>()) {
            let _ = store_fault(400, &text);
        }
    }
}
