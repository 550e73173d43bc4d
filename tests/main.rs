//! The one integration binary: each module tests the program from outside, as a user or a library caller.

mod any_cup;
mod any_cup_mistakes;
mod ask;
mod backtest;
mod bad_files;
mod before_draw;
#[cfg(feature = "serve")]
mod browser;
mod certainty;
mod cli_errors;
mod cli_forecast;
mod command;
mod cup_models;
mod cup_pages;
mod cup_questions;
mod cup_scenarios;
mod cups;
mod deductions;
mod draw;
mod engine;
mod exact;
mod floors;
mod goal_model;
mod goal_model_command;
mod goal_model_files;
mod learned;
mod leverage;
mod models;
mod one_way;
#[cfg(unix)]
mod output;
#[cfg(unix)]
mod pages;
mod parameters;
mod paths;
mod pictures;
mod precision;
mod ranges;
mod rates_and_ratings;
mod results;
mod rules;
mod rules_consistency;
mod rules_simulated;
mod rules_table;
mod saved_model;
mod scenarios;
mod schema;
#[cfg(feature = "serve")]
mod serve;
mod timeline;
mod what_if;
mod what_if_command;
mod wrong_files;
