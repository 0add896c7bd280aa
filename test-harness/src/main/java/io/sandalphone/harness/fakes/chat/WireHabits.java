package io.sandalphone.harness.fakes.chat;

/// How a server writes what it streams; a client has to take all of it alike. Of Ollama's only `split` differs.
///
/// @param crlf lines end with CR and LF, not with LF alone (SSE only)
/// @param comments comments stand between the events, as servers send them to keep a connection (SSE only)
/// @param severalLines an event's JSON stands in several `data` lines (SSE only)
/// @param doneMark `[DONE]` comes last (SSE only)
/// @param split where the writes begin and end
public record WireHabits(
        boolean crlf, boolean comments, boolean severalLines, boolean doneMark, Split split) {
    /// As OpenAI does.
    public static final WireHabits USUAL = new WireHabits(false, false, false, true, Split.EVENTS);

    /// All that is allowed and seldom seen.
    public static final WireHabits ODD = new WireHabits(true, true, true, true, Split.SCATTERED);

    /// Where writes, which are chunks of HTTP, begin and end.
    public enum Split {
        /// Each event is a write of its own.
        EVENTS,
        /// Three events are one write.
        SEVERAL,
        /// Anywhere, in the middle of a character too.
        SCATTERED
    }

    /// The same without `[DONE]`.
    public WireHabits withoutDoneMark() {
        return new WireHabits(crlf, comments, severalLines, false, split);
    }

    /// The same with other writes.
    public WireHabits split(Split split) {
        return new WireHabits(crlf, comments, severalLines, doneMark, split);
    }
}
