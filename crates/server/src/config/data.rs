//! `[data]`: the data folder and how the database in it is used.

use std::path::PathBuf;

use super::section::section;

section! {
    /// The data folder and how the database in it is used.
    Data = "data";

    /// The folder that holds the database and the master key, unless they are elsewhere. It is made if it does
    /// not exist.
    dir: PathBuf = PathBuf::from("./data"),
        unit "path",
        why "Below the folder that the server is started in.";

    /// How many threads read from the database in the data folder.
    reader_threads: usize = 2, within 1..=64,
        unit "threads",
        why "Reads are short and mostly from memory; writes have a thread of their own.";

    /// How many write operations may wait to be committed, in whichever database; likewise reads. When it is full,
    /// further ones get 503 at once.
    writer_queue: usize = 1_024, within 1..=1_000_000,
        unit "operations",
        why "A fraction of a second of work: a longer queue would only turn refusals into timeouts.";
}
