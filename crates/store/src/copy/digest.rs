//! What a table holds, as one number: equal on two databases if, and as good as only if, their rows are.

use aws_lc_rs::digest::{Context, SHA256};

use crate::value::{Row, Value};

/// SHA-256 over the rows of a table in the order of its key, each value with its kind and length before it.
pub(super) struct Digest {
    context: Context,
    rows: u64,
}

impl Digest {
    pub(super) fn new() -> Self {
        Self { context: Context::new(&SHA256), rows: 0 }
    }

    pub(super) fn add(&mut self, rows: &[Row]) {
        for row in rows {
            self.rows += 1;
            for value in row {
                self.value(value);
            }
        }
    }

    fn value(&mut self, value: &Value) {
        match value {
            Value::Null => self.context.update(&[0]),
            Value::Int(number) => {
                self.context.update(&[1]);
                self.context.update(&number.to_be_bytes());
            }
            Value::Text(text) => self.bytes(2, text.as_bytes()),
            Value::Blob(bytes) => self.bytes(3, bytes),
        }
    }

    fn bytes(&mut self, kind: u8, bytes: &[u8]) {
        self.context.update(&[kind]);
        self.context.update(&(bytes.len() as u64).to_be_bytes());
        self.context.update(bytes);
    }

    pub(super) fn finish(self) -> (u64, [u8; 32]) {
        let mut digest = [0; 32];
        digest.copy_from_slice(self.context.finish().as_ref());
        (self.rows, digest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::params;

    fn of(rows: &[Row]) -> (u64, [u8; 32]) {
        let mut digest = Digest::new();
        digest.add(rows);
        digest.finish()
    }

    #[test]
    fn every_difference_shows() {
        let whole = [params!["ab", 7_i64], params!["c", None::<i64>]];
        assert_eq!(of(&whole), of(&whole));
        for other in [
            vec![params!["ab", 7_i64]],
            vec![params!["c", None::<i64>], params!["ab", 7_i64]],
            vec![params!["a", 7_i64], params!["bc", None::<i64>]],
            vec![params!["ab", 8_i64], params!["c", None::<i64>]],
            vec![params!["ab", 7_i64], params!["c", 0_i64]],
            vec![params!["ab", 7_i64], params!["c", ""]],
            vec![params![&b"ab"[..], 7_i64], params!["c", None::<i64>]],
        ] {
            assert_ne!(of(&whole), of(&other), "{other:?}");
        }
    }
}
