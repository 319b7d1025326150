//! The widget and the demo in headless Chromium.

mod address;
mod demo;
mod demo_login;
mod driver;
mod embed;
mod framing;
mod languages;
mod look;
mod site;
mod states;
mod theme;
