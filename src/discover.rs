//! Which files are read.
