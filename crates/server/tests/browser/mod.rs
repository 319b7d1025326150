//! The widget and the demo in headless Chromium.

mod accessibility;
mod address;
mod catalogue;
mod demo;
mod demo_login;
mod driver;
mod embed;
mod embedding;
mod emulation;
mod enrolments;
mod factors;
mod framing;
mod instruments;
mod languages;
mod look;
mod network;
mod npm_packages;
mod passkeys;
mod schema;
mod script;
mod site;
mod states;
mod theme;
mod trust;
mod vitals;
mod weight;
