package io.sandalphone.harness.fakes.assemblyai;

import java.time.Duration;

/// How long the service takes. The silence that ends a turn is no part of it: that is the client's
/// choice (`min_turn_silence`, `max_turn_silence`) and passes in audio.
///
/// @param begin from the handshake to `Begin`
/// @param wordLag from the moment a word is recognisable to the Turn that first shows it, unfinished
/// @param finality from the end of a word to the Turn in which it is final
/// @param endOfTurn from the silence that ends a turn to the Turn that says so
public record AssemblyTimetable(
        Duration begin, Duration wordLag, Duration finality, Duration endOfTurn) {
    /// As the vendor's documentation has it: words a few hundred milliseconds after they were said.
    public static final AssemblyTimetable PUBLISHED =
            new AssemblyTimetable(
                    Duration.ofMillis(150),
                    Duration.ofMillis(200),
                    Duration.ofMillis(300),
                    Duration.ofMillis(50));

    /// Everything at once, for measuring what a client adds.
    public static final AssemblyTimetable INSTANT =
            new AssemblyTimetable(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);
}
