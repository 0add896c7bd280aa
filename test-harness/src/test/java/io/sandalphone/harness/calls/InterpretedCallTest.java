package io.sandalphone.harness.calls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.controller.ControllerSettings;
import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.RealAsterisk;
import io.sandalphone.harness.tone.ToneDetector;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneWord;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

@RealAsterisk
class InterpretedCallTest {
    @Test
    void the_destination_alone_hears_the_translation(AsteriskHost host) throws Exception {
        destinationAloneHears(host, CallLab.tones());
    }

    /// Speech to speech in one engine: a port of its own, on which the call does not depend.
    @Test
    void an_engine_that_needs_no_words_interprets_as_well(AsteriskHost host) throws Exception {
        destinationAloneHears(host, CallLab.tones().speech("direct", "tone"));
    }

    private static void destinationAloneHears(AsteriskHost host, ControllerSettings settings)
            throws Exception {
        try (CallLab lab = CallLab.open(host, settings);
                JoinedCall call = lab.join(CallLab.ONE_WAY)) {
            call.caller().media().say(ToneSpeech.USUAL.render(ToneWord.W1, ToneWord.W3));
            call.awaitSpoken(ToneWord.W1, ToneWord.W3);
            call.listen(Duration.ofMillis(300));
            call.hangUp();

            var destination =
                    ToneDetector.listen(
                            call.destination().media().received().heardByArrival().pcm());
            assertEquals(
                    List.of(ToneWord.W1, ToneWord.W3, ToneWord.V1, ToneWord.V3),
                    destination.words());
            var caller =
                    ToneDetector.listen(call.caller().media().received().heardByArrival().pcm());
            assertEquals(List.of(), caller.words());
            for (ToneWord word : ToneWord.values()) {
                assertTrue(caller.loudest(word) < ToneDetector.LEAK_BOUND, word::text);
            }
        }
    }
}
