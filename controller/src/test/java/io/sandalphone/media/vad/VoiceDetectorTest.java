package io.sandalphone.media.vad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.media.AudioFrame;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

class VoiceDetectorTest {
    @AutoClose
    private final WebRtcVoiceDetector detector =
            WebRtcVoiceDetector.open(WebRtcVoiceDetector.Mode.AGGRESSIVE);

    private final Random random = new Random(1);
    private long position;

    @Test
    void a_voice_like_sound_after_silence_is_speech() {
        for (int i = 0; i < 50; i++) {
            assertFalse(detector.speech(frame(0, 0)), "silent frame " + i);
        }
        int speech = 0;
        for (int i = 0; i < 50; i++) {
            speech += detector.speech(frame(30, 3000)) ? 1 : 0;
        }
        assertTrue(speech >= 45, speech + " of 50 voiced frames");
    }

    /// What goes wrong here ends the virtual machine, and with it this run of the tests.
    @Test
    void detectors_come_and_go_beside_others_that_listen() throws Exception {
        try (var threads = Executors.newFixedThreadPool(4)) {
            List<Future<Integer>> rounds = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                rounds.add(threads.submit(() -> openAndListen(500)));
            }
            for (Future<Integer> round : rounds) {
                assertEquals(500, round.get());
            }
        }
    }

    private static int openAndListen(int times) {
        var silence = new AudioFrame(new short[160], 8000, 0);
        int done = 0;
        for (int i = 0; i < times; i++) {
            try (var other = WebRtcVoiceDetector.open(WebRtcVoiceDetector.Mode.AGGRESSIVE)) {
                for (int frame = 0; frame < 20; frame++) {
                    other.speech(silence);
                }
                done++;
            }
        }
        return done;
    }

    /// An hour and a half of one speaker, of which a copy would be 83 MB.
    @Test
    void what_it_has_heard_takes_no_memory() throws Exception {
        AudioFrame frame = frame(300, 0);
        hear(frame, 10_000);
        long before = residentKilobytes();
        hear(frame, 270_000);
        long more = residentKilobytes() - before;
        assertTrue(more < 40_000, more + " kB more");
    }

    private void hear(AudioFrame frame, int times) {
        for (int i = 0; i < times; i++) {
            detector.speech(frame);
        }
    }

    private static long residentKilobytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("RssAnon:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void steady_line_noise_is_speech_for_a_moment_only() {
        int speech = 0;
        for (int i = 0; i < 50; i++) {
            speech += detector.speech(frame(300, 0)) ? 1 : 0;
        }
        assertTrue(speech <= 7, speech + " of 50 noisy frames");
    }

    @Test
    void a_detector_tells_the_rate_it_was_not_opened_for() {
        var wide = new AudioFrame(new short[320], 16_000, 0);
        assertThrows(IllegalArgumentException.class, () -> detector.speech(wide));
    }

    @Test
    void a_closed_detector_answers_nothing_and_may_be_closed_again() {
        detector.close();
        detector.close();
        assertThrows(IllegalStateException.class, () -> detector.speech(frame(0, 0)));
    }

    @Test
    void the_gate_spares_the_detector_what_is_too_quiet() {
        var counting = new CountingDetector();
        var gate = new LevelGate(40, counting);
        assertFalse(gate.speech(constant(0)));
        assertFalse(gate.speech(constant(39)));
        assertFalse(gate.speech(constant(-39)));
        assertEquals(0, counting.asked);
        assertTrue(gate.speech(constant(40)));
        assertTrue(gate.speech(constant(-40)));
        assertTrue(gate.speech(constant(Short.MIN_VALUE)));
        assertEquals(3, counting.asked);
    }

    @Test
    void the_gate_closes_the_detector() {
        var counting = new CountingDetector();
        new LevelGate(40, counting).close();
        assertTrue(counting.closed);
    }

    @Test
    void a_gate_that_would_never_close_or_never_open_is_refused() {
        var counting = new CountingDetector();
        assertThrows(IllegalArgumentException.class, () -> new LevelGate(0, counting));
        assertThrows(IllegalArgumentException.class, () -> new LevelGate(32_768, counting));
    }

    /// White noise of one level, and a buzz at 120 Hz with falling harmonics of another.
    private AudioFrame frame(double noise, double voice) {
        var pcm = new short[160];
        for (int i = 0; i < pcm.length; i++) {
            double sample = noise * random.nextGaussian();
            for (int harmonic = 1; harmonic <= 20; harmonic++) {
                double phase = 2 * Math.PI * 120 * harmonic * (position + i) / 8000;
                sample += voice / harmonic * Math.sin(phase);
            }
            pcm[i] = (short) Math.clamp(Math.round(sample), Short.MIN_VALUE, Short.MAX_VALUE);
        }
        var frame = new AudioFrame(pcm, 8000, position);
        position = frame.end();
        return frame;
    }

    private static AudioFrame constant(int sample) {
        var pcm = new short[160];
        pcm[159] = (short) sample;
        return new AudioFrame(pcm, 8000, 0);
    }

    private static final class CountingDetector implements VoiceDetector {
        int asked;
        boolean closed;

        @Override
        public boolean speech(AudioFrame frame) {
            asked++;
            return true;
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
