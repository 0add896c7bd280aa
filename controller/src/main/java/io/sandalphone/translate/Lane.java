package io.sandalphone.translate;

/// One direction of interpretation: hears one party, speaks to the other alone. Whatever fails, the
/// parties' own voices are at full level and nothing is said late; when it works again, it goes on
/// with what is said then.
///
/// Runs on the call's loop.
sealed interface Lane extends AutoCloseable permits CascadeLane, DirectLane {
    void start();

    /// The stages of the path, in the order in which sound travels it.
    String describe();

    /// Stops; what has not been spoken is dropped, and the voice comes back to full level.
    @Override
    void close();
}
