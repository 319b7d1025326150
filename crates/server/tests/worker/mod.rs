//! What happens beside requests.

mod retention;
