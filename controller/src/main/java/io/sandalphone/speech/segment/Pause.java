package io.sandalphone.speech.segment;

import io.sandalphone.media.AudioFrame;

/// What speech activity says of one speaker at one moment: for so long they have not been speaking, since `position`
/// on their clock (8 kHz). [#NONE] while they speak.
public record Pause(long position, int millis) {
    /// They speak.
    public static final Pause NONE = new Pause(0, 0);

    /// By how much a recognizer may place the end of a word before the end of the speech.
    private static final long TOLERANCE = AudioFrame.TELEPHONE_RATE * 160L / 1000;

    /// Of so many frames without speech.
    public static Pause of(long position, int frames) {
        return new Pause(position, frames * AudioFrame.MILLIS);
    }

    /// Whether words that end at `end` are all that was said before the pause.
    public boolean follows(long end) {
        return millis > 0 && position - end <= TOLERANCE;
    }
}
