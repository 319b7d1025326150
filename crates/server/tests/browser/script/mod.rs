//! The widget's script on a stage: the very file that is served, on pages of the real ones' shape, with a server
//! behind them that answers as each test says.

mod code;
mod focus;
mod home;
mod messages;
mod offline;
mod origins;
mod poll;
mod scene;
mod stage;
mod time;
mod web_otp;
mod weight;
