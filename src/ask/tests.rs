//! Tests of ask.
