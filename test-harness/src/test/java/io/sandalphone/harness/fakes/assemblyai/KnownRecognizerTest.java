package io.sandalphone.harness.fakes.assemblyai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.measure.Bursts;
import io.sandalphone.harness.measure.Wav;
import io.sandalphone.media.AudioFrame;
import io.sandalphone.media.codec.G711;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

class KnownRecognizerTest {
    private static final Path SOUNDS = Path.of("/usr/share/asterisk/sounds");
    private static final int FRAME = AudioFrame.samples(AudioFrame.TELEPHONE_RATE);
    private static final int PER_MILLI = 8;

    private final List<String> told = new ArrayList<>();
    private final List<HeardWord> said = new ArrayList<>();
    private final List<Long> saidAt = new ArrayList<>();
    private long position;

    private final Recognizer.Listener listener =
            new Recognizer.Listener() {
                @Override
                public void begun(HeardWord word) {
                    told.add("begun " + word.text());
                }

                @Override
                public void said(HeardWord word) {
                    told.add("said " + word.text());
                    said.add(word);
                    saidAt.add(position / PER_MILLI + AudioFrame.MILLIS);
                }
            };

    private static short[] prompt(String name) throws IOException {
        return Wav.read(SOUNDS.resolve(name + ".wav")).pcm();
    }

    private static KnownRecording moment() throws IOException {
        return KnownRecording.of(
                prompt("en_US_f_Allison/one-moment-please"), "en", "one moment please");
    }

    private static KnownRecording intente() throws IOException {
        return KnownRecording.of(
                prompt("es_MX_f_Allison/please-try-again"), "es", "por favor intente de nuevo");
    }

    /// Plays it as a telephone brings it, 6 dB softer; gives the millisecond at which it began.
    private long play(Recognizer.Recognition recognition, short[] pcm) {
        long begun = position / PER_MILLI;
        for (int at = 0; at < pcm.length; at += FRAME) {
            var frame = new short[FRAME];
            for (int i = 0; i < FRAME && at + i < pcm.length; i++) {
                frame[i] = (short) (pcm[at + i] / 2);
            }
            var sent = new byte[FRAME];
            G711.MU_LAW.encode(frame, sent);
            short[] heard = G711.MU_LAW.decode(sent);
            recognition.hear(new AudioFrame(heard, AudioFrame.TELEPHONE_RATE, position));
            position += FRAME;
        }
        return begun;
    }

    private static short[] silence(int millis) {
        return new short[millis * PER_MILLI];
    }

    @Test
    void words_are_told_once_each_when_they_have_been_said() throws IOException {
        var recognition = new KnownRecognizer(List.of(moment(), intente())).open(listener);
        play(recognition, silence(703));
        short[] moment = prompt("en_US_f_Allison/one-moment-please");
        long first = play(recognition, moment);
        play(recognition, silence(400));
        play(recognition, prompt("es_MX_f_Allison/please-try-again"));
        play(recognition, silence(400));
        play(recognition, moment);
        play(recognition, silence(400));

        assertEquals(
                List.of(
                        "one", "moment", "please", "por", "favor", "intente", "de", "nuevo", "one",
                        "moment", "please"),
                said.stream().map(HeardWord::text).toList());
        assertEquals("es", said.get(3).language());
        assertEquals(List.of("begun one", "said one", "begun moment"), told.subList(0, 3));
        long end = first + Bursts.of(moment).getLast().end() / PER_MILLI;
        assertTrue(Math.abs(end - said.get(2).end()) <= 10, said + " " + end);
        assertTrue(saidAt.get(2) >= end && saidAt.get(2) <= end + 40, saidAt + " " + end);
        for (int i = 1; i < said.size(); i++) {
            assertTrue(said.get(i).start() >= said.get(i - 1).end(), said.toString());
        }
        assertFalse(recognition.busy());
    }

    @Test
    void what_it_does_not_know_it_does_not_hear() throws IOException {
        var recognition = new KnownRecognizer(List.of(moment())).open(listener);
        for (String other :
                List.of(
                        "en_US_f_Allison/vm-nobodyavail",
                        "en_US_f_Allison/queue-thankyou",
                        "es_MX_f_Allison/vm-tooshort")) {
            play(recognition, prompt(other));
            play(recognition, silence(300));
        }
        assertEquals(List.of(), told);
    }

    @Test
    void an_end_that_is_asked_for_waits_for_nothing() throws IOException {
        var recognition = new KnownRecognizer(List.of(moment())).open(listener);
        short[] moment = prompt("en_US_f_Allison/one-moment-please");
        play(recognition, Arrays.copyOf(moment, moment.length / 2));
        assertTrue(recognition.busy());
        recognition.finish(() -> told.add("finished"));
        assertEquals("finished", told.getLast());
    }

    @Test
    void recordings_come_back_from_a_folder_as_they_were_written(@TempDir Path folder)
            throws IOException {
        moment().write(folder, "b");
        intente().write(folder, "a");
        List<KnownRecording> read = KnownRecording.in(folder);
        assertEquals(intente().words(), read.get(0).words());
        assertEquals(moment().words(), read.get(1).words());
        assertThrows(
                IllegalArgumentException.class,
                () -> KnownRecording.of(new short[8000], "en", "nothing"));
    }
}
