package io.sandalphone.call;

import io.sandalphone.media.AudioFrame;

import java.time.Duration;

/// What a caller hears who is not put through, as sound: 8 kHz mono PCM that nobody writes.
final class Notice {
    private final short[] sound;

    Notice(short[] sound) {
        this.sound = sound;
    }

    short[] sound() {
        return sound;
    }

    Duration length() {
        return Duration.ofMillis(sound.length * 1000L / AudioFrame.TELEPHONE_RATE);
    }
}
