package io.sandalphone.harness.bench;

/// What the calls of the benchmark of providers use while something is measured.
enum Phase {
    /// Nothing: what is left is the benchmark itself.
    NOTHING,
    ASSEMBLYAI,
    GOOGLE,
    POLLY,
    /// All three.
    TOGETHER;

    /// Whether the calls use what `provider` stands for.
    boolean uses(Phase provider) {
        return this == provider || this == TOGETHER;
    }
}
