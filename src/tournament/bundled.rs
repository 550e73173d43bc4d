//! The competitions that come with the program, embedded in the binary.
