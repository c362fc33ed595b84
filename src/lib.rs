//! jobdelta: what did this deployment change for our scheduled jobs, and how do we know?
//!
//! The way of the data, from top to bottom:
//!
//! | room | holds |
//! |---|---|
//! | [`clock`], [`nearest`], [`run`], [`window`] | the small words of the language |
//! | [`figure`], [`legible`] | how a number and a foreign text are written |
//! | [`observation`] | what was seen: counts, frequency tables, levels |
//! | [`analysis`] | figures and comparisons |
//! | [`judgement`] | targets, triggers, the decision |
//! | [`deployment`] | the deployment file |
//! | [`report`] | the model that every format is rendered from |
//! | [`render`] | formats: JSON, Markdown by templates, the terminal |

pub mod analysis;
pub mod clock;
pub mod database;
pub mod demo;
pub mod deployment;
pub mod figure;
pub mod judgement;
pub mod legible;
pub mod nearest;
pub mod observation;
pub mod observe;
pub mod render;
pub mod report;
pub mod run;
pub mod settings;
pub mod source;
pub mod window;
