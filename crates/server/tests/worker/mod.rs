//! What happens beside requests.

mod notices;
mod retention;
