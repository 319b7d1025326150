//! The API for customers' backends.

mod access_tokens;
mod actions;
mod apps;
mod audit;
mod documents;
mod factor_links;
mod sandbox;
mod success_tokens;
mod tenants;
mod users;
