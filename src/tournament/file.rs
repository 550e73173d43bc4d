//! Reads a tournament from TOML, with every mistake reported at once and in place.
