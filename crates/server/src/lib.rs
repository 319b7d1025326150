//! The OnlyAuth server: the API for customers' backends, the widget for their end users, and the command line.

pub mod api;
pub mod app_store;
pub mod app_view;
pub mod cli;
pub mod client_address;
pub mod clock;
pub mod config;
pub mod demo;
pub mod entropy;
pub mod error;
pub mod form;
pub mod http;
pub mod key_ring;
pub mod logging;
pub mod master_key;
pub mod metrics;
pub mod new_client;
pub mod open_files;
pub mod panics;
pub mod proxy_alarm;
pub mod sandbox;
pub mod serve;
pub mod service;
pub mod tenants;
pub mod widget;
pub mod worker;
