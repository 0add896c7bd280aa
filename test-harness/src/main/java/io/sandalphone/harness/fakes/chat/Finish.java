package io.sandalphone.harness.fakes.chat;

/// Why a model's answer is over.
enum Finish {
    /// It is complete.
    STOP,
    /// It became as long as it may.
    LENGTH,
    /// It is held back for what it holds.
    FILTERED,
    /// A tool is to be used.
    TOOLS
}
