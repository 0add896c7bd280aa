package io.sandalphone.translate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.bus.VoiceOverSettings;
import io.sandalphone.media.AudioFrame;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Two people who speak at once, each of whom hears the other one's translation.
class BothSpeakTest extends NumberCall {
    private static final int UTTERANCES = 12;
    private static final Duration FRAME = Duration.ofMillis(AudioFrame.MILLIS);

    /// 20 ms that begin with the sample `word`, for the recognizer and the listener, and go on as noise: of steady sounds each is
    /// the echo of any other.
    private static short[] noise(Random chance, int word) {
        var pcm = new short[AudioFrame.samples(AudioFrame.TELEPHONE_RATE)];
        for (int i = 0; i < pcm.length; i++) {
            pcm[i] = (short) (chance.nextInt(2001) - 1000);
        }
        pcm[0] = (short) word;
        return pcm;
    }

    /// What one of them says: words, each of which is one number, with a breath behind each.
    private static final class Talk {
        private final List<short[]> frames = new ArrayList<>();
        final List<Integer> translated = new ArrayList<>();

        Talk(Random chance, int digit) {
            for (int i = 0; i < UTTERANCES; i++) {
                // Digits that the other one does not say: no word of theirs is like one of these.
                int word = 100 * (digit + i / 9) + 10 * (digit + i / 3 % 3) + digit + i % 3;
                for (int frame = 30 + chance.nextInt(50); frame > 0; frame--) {
                    frames.add(noise(chance, word));
                }
                for (int frame = 30 + chance.nextInt(20); frame > 0; frame--) {
                    frames.add(new short[AudioFrame.samples(AudioFrame.TELEPHONE_RATE)]);
                }
                translated.add(10 * word);
            }
        }

        short[] frame(int number) {
            return number < frames.size()
                    ? frames.get(number)
                    : new short[AudioFrame.samples(AudioFrame.TELEPHONE_RATE)];
        }
    }

    /// How long a voice was at its full level each time before it sank again, in frames.
    private static List<Integer> breaks(List<Integer> changes) {
        List<Integer> breaks = new ArrayList<>();
        for (int i = 1; i + 1 < changes.size(); i += 2) {
            breaks.add(changes.get(i + 1) - changes.get(i));
        }
        return breaks;
    }

    @Test
    void both_are_interpreted_neither_leaks_and_neither_voice_flutters() {
        for (int seed = 0; seed < 20; seed++) {
            var call = new BothSpeakTest();
            call.speak(seed);
        }
    }

    private void speak(int seed) {
        var chance = new Random(seed);
        var first = new Talk(chance, 1);
        var second = new Talk(chance, 6);
        caller.playBy(loop);
        destination.playBy(loop);
        // As long as what it translates, and longer.
        int lasting = 40 + chance.nextInt(30);
        voice.sound = text -> sound(chance, Integer.parseInt(text), lasting);
        settings =
                new LaneSettings(
                        settings.commit(),
                        settings.speculation(),
                        settings.firstAudioTimeout(),
                        settings.stallTimeout(),
                        settings.lag(),
                        // A number that is made louder is another one.
                        new VoiceOverSettings(12, Duration.ofMillis(400), 0));
        Interpreter interpreter = start(ENGLISH, SPANISH, true);
        List<Integer> callersChanges = new ArrayList<>();
        List<Integer> destinationsChanges = new ArrayList<>();
        for (int frame = 0; frame < 4000; frame++) {
            caller.say(first.frame(frame));
            destination.say(second.frame(frame));
            loop.advance(FRAME);
            note(caller, callersChanges, frame);
            note(destination, destinationsChanges, frame);
        }
        String what = "seed " + seed;
        assertEquals(first.translated, destination.heard(), what);
        assertEquals(second.translated, caller.heard(), what);
        for (List<Integer> changes : List.of(callersChanges, destinationsChanges)) {
            assertTrue(changes.size() <= 2 * UTTERANCES, what + changes);
            // Between two sounds that follow each other the voice stays low.
            assertTrue(
                    breaks(changes).stream().allMatch(frames -> frames >= 5),
                    what + breaks(changes));
        }
        assertEquals("risen", caller.levels.getLast(), what);
        assertEquals("risen", destination.levels.getLast(), what);
        interpreter.close();
    }

    private static short[] sound(Random chance, int word, int frames) {
        var sound = new short[frames * AudioFrame.samples(AudioFrame.TELEPHONE_RATE)];
        for (int i = 0; i < frames; i++) {
            short[] frame = noise(chance, word);
            System.arraycopy(frame, 0, sound, i * frame.length, frame.length);
        }
        return sound;
    }

    private static void note(ScriptedLeg leg, List<Integer> changes, int frame) {
        while (changes.size() < leg.levels.size()) {
            assertEquals(
                    changes.size() % 2 == 0 ? "sunk" : "risen", leg.levels.get(changes.size()));
            changes.add(frame);
        }
    }
}
