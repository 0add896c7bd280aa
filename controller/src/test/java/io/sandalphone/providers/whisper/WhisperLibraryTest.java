package io.sandalphone.providers.whisper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.providers.whisper.WhisperLibrary.Search;
import io.sandalphone.speech.text.admission.WhisperHearing;
import io.sandalphone.testing.Pcm;
import io.sandalphone.testing.RequiresModel;
import io.sandalphone.testing.RequiresPackage;
import io.sandalphone.testing.TestModels;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

@RequiresModel("whisper-base")
@RequiresPackage(
        value = "asterisk-core-sounds-en-wav",
        file = "/usr/share/asterisk/sounds/en_US_f_Allison/invalid.wav")
@RequiresPackage(
        value = "asterisk-core-sounds-es-wav",
        file = "/usr/share/asterisk/sounds/es_MX_f_Allison/transfer.wav")
class WhisperLibraryTest {
    @Test
    void what_was_abandoned_is_nothing_and_what_follows_is_as_ever() throws Exception {
        var library = new WhisperLibrary(TestModels.file("whisper-base"), 2);
        float[] sound =
                WhisperWorker.wide(
                        Pcm.read(
                                Path.of(
                                        "/usr/share/asterisk/sounds/en_US_f_Allison/vm-dialout.wav")));
        int context = WhisperWorker.context(sound.length / 16_000.0);
        WhisperHearing before = library.hear(sound, "en", context, Search.GREEDY);
        for (int steps = 1; steps <= 6; steps++) {
            var left = new AtomicInteger(steps);
            assertNull(
                    library.hear(
                            sound,
                            "en",
                            context,
                            Search.GREEDY,
                            () -> left.decrementAndGet() <= 0));
            var once = new AtomicInteger(steps);
            assertNull(
                    library.hear(
                            sound,
                            "en",
                            context,
                            Search.GREEDY,
                            () -> once.decrementAndGet() == 0));
        }
        assertEquals(before, library.hear(sound, "en", context, Search.GREEDY));
    }

    @Test
    void who_follows_several_beginnings_finds_a_likelier_text() throws Exception {
        var library = new WhisperLibrary(TestModels.file("whisper-base"), 2);
        float[] sound =
                WhisperWorker.wide(
                        Pcm.read(
                                Path.of(
                                        "/usr/share/asterisk/sounds/es_MX_f_Allison/transfer.wav")));
        int context = WhisperWorker.context(sound.length / 16_000.0);
        WhisperHearing greedy = library.hear(sound, "es", context, Search.GREEDY);
        WhisperHearing beam = library.hear(sound, "es", context, Search.BEAM);
        assertTrue(
                beam.meanLogProbability() > greedy.meanLogProbability() + 0.1,
                () -> greedy + " " + beam);
    }
}
