//! The client as its callers meet it.
