//! Tests of leverage.
