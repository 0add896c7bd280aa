package io.sandalphone.harness.carrier;

/// What a conference plays to a member besides the others' voices, unless its document forbids it:
/// a beep at the beginning, music while nobody else is there. Both are steady tones, so that a test
/// finds them. Counts frames and reads no clock.
final class RoomSounds {
    /// The beep's pitch, in hertz.
    static final int BEEP_HERTZ = 1480;

    /// The music's pitch, in hertz.
    static final int MUSIC_HERTZ = 520;

    private static final int BEEP_FRAMES = 15;
    private static final int AMPLITUDE = 4000;
    private static final int RATE = 8000;

    private final boolean beep;
    private final boolean music;
    private int frames;

    RoomSounds(boolean beep, boolean music) {
        this.beep = beep;
        this.music = music;
    }

    /// `heard`, or what covers it now that `members` are in the room.
    short[] over(short[] heard, int members) {
        frames++;
        if (beep && frames <= BEEP_FRAMES) {
            return tone(BEEP_HERTZ, heard.length);
        }
        return music && members < 2 ? tone(MUSIC_HERTZ, heard.length) : heard;
    }

    private short[] tone(int hertz, int length) {
        short[] tone = new short[length];
        for (int i = 0; i < length; i++) {
            long at = (long) frames * length + i;
            tone[i] = (short) (AMPLITUDE * Math.sin(2 * Math.PI * hertz * at / RATE));
        }
        return tone;
    }
}
