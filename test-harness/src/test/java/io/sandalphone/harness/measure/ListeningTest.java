package io.sandalphone.harness.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.media.TimeStretch;
import io.sandalphone.media.codec.G711;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

class ListeningTest {
    private static final Path SOUNDS = Path.of("/usr/share/asterisk/sounds");
    private static final int BEGUN = 20_000;
    private static final List<String> TRANSLATIONS =
            List.of(
                    "es_MX_f_Allison/vm-nobodyavail",
                    "es_MX_f_Allison/please-try-again",
                    "es_MX_f_Allison/vm-tooshort",
                    "es_MX_f_Allison/queue-thankyou");
    private static short[] voice = {};

    @BeforeAll
    static void voice() throws IOException {
        voice =
                joined(
                        prompt("en_US_f_Allison/vm-nobodyavail"),
                        prompt("en_US_f_Allison/vm-dialout"),
                        prompt("en_US_f_Allison/queue-thankyou"));
    }

    private static short[] prompt(String name) throws IOException {
        return Wav.read(SOUNDS.resolve(name + ".wav")).pcm();
    }

    private static short[] joined(short[]... sounds) {
        var all = new short[Arrays.stream(sounds).mapToInt(sound -> sound.length).sum()];
        int at = 0;
        for (short[] sound : sounds) {
            System.arraycopy(sound, 0, all, at, sound.length);
            at += sound.length;
        }
        return all;
    }

    /// As a lane plays it that is behind.
    private static short[] hurried(short[] sound, double pace) {
        var stretch = new TimeStretch();
        stretch.append(sound);
        stretch.play(pace, pace > 1);
        var out = new short[sound.length];
        int length = 0;
        while (stretch.left() > 0) {
            var frame = new short[160];
            int taken = stretch.take(frame);
            System.arraycopy(frame, 0, out, length, taken);
            length += taken;
        }
        return Arrays.copyOf(out, length);
    }

    /// The voice, 12 dB softer, and over it `sound` from BEGUN on, as a telephone brings it.
    private static short[] heard(short[] sound) {
        var heard = new short[voice.length + 8000];
        for (int i = 0; i < heard.length; i++) {
            double sum = i < voice.length ? 0.25 * voice[i] : 0;
            int at = i - BEGUN;
            sum += at >= 0 && at < sound.length ? sound[at] : 0;
            heard[i] = (short) Math.clamp(Math.round(sum), Short.MIN_VALUE, Short.MAX_VALUE);
        }
        var sent = new byte[heard.length];
        G711.MU_LAW.encode(heard, sent);
        return G711.MU_LAW.decode(sent);
    }

    @ParameterizedTest
    @CsvSource({"1", "1.08", "1.15", "1.25"})
    void a_translation_is_found_however_fast_it_was_spoken(double pace) throws IOException {
        for (String each : TRANSLATIONS) {
            short[] sound = prompt(each);

            Listening listening = Listening.to(voice, heard(hurried(sound, pace)), List.of(sound));

            String what = each + " " + listening.translation(0);
            Listening.Heard found = listening.translation(0).orElseThrow(() -> missing(each));
            assertTrue(found.fraction() > 0.95, what);
            assertEquals(BEGUN, found.span().start(), 160, what);
            assertEquals(sound.length / pace, found.span().length(), 0.1 * sound.length, what);
        }
    }

    @Test
    void what_was_not_spoken_is_not_found_in_what_was_hurried() throws IOException {
        for (String spoken : TRANSLATIONS) {
            short[] recording = heard(hurried(prompt(spoken), 1.15));
            for (String other : TRANSLATIONS) {
                Listening listening = Listening.to(voice, recording, List.of(prompt(other)));
                assertEquals(other.equals(spoken), listening.translation(0).isPresent(), other);
            }
        }
    }

    private static AssertionError missing(String what) {
        return new AssertionError(what + " was not found");
    }
}
