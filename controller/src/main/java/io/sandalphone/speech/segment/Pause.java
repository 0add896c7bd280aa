package io.sandalphone.speech.segment;

import io.sandalphone.media.AudioFrame;

/// What speech activity says of one speaker at one moment: for so long they have not been speaking, since `position`
/// on their clock (8 kHz). [#NONE] while they speak.
public record Pause(long position, int millis) {
    private static final int ENDED = Integer.MAX_VALUE;

    /// They speak.
    public static final Pause NONE = new Pause(0, 0);

    /// By how much a recognizer may place the end of a word before the end of the speech, or behind it.
    private static final long TOLERANCE = AudioFrame.TELEPHONE_RATE * 80L / 1000;

    /// Of so many frames without speech.
    public static Pause of(long position, int frames) {
        return of(position, position, frames);
    }

    /// Since `position`, where so many frames without speech follow on what was taken for speech until `detected`.
    public static Pause of(long position, long detected, int frames) {
        long before = (detected - position) * 1000 / AudioFrame.TELEPHONE_RATE;
        return new Pause(position, (int) before + frames * AudioFrame.MILLIS);
    }

    /// Behind an utterance that ended at `position`: longer than any that is waited for, behind its own words alone.
    public static Pause ended(long position) {
        return new Pause(position, ENDED);
    }

    /// Whether it is one behind an utterance that has ended.
    public boolean isEnd() {
        return millis == ENDED;
    }

    /// For how many milliseconds nobody has been speaking behind words that end at `end`; 0 where those are not all that was
    /// said before the pause, or were said after it began, of which the voice detector has heard nothing.
    public int behind(long end) {
        if (position - end > TOLERANCE) {
            return 0;
        }
        long later = Math.max(0, end - position - TOLERANCE);
        if (millis == ENDED) {
            return later > 0 ? 0 : ENDED;
        }
        return (int) Math.max(0, millis - later * 1000 / AudioFrame.TELEPHONE_RATE);
    }
}
