package io.sandalphone.harness.calls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.controller.ControllerSettings;
import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.lab.RealAsterisk;
import io.sandalphone.harness.tone.ToneDetector;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneWord;
import io.sandalphone.harness.vendors.Vendor;
import io.sandalphone.harness.vendors.VendorOptions.Language;
import io.sandalphone.harness.vendors.VendorOptions.Times;
import io.sandalphone.harness.vendors.VendorsProcess;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

/// The vendors' clients in a call, against fakes that take as long as the vendors do.
@RealAsterisk
class CloudCallTest {
    private static final List<ToneWord> SAID =
            List.of(ToneWord.W1, ToneWord.W3, ToneWord.W8, ToneWord.W2);

    @Test
    void every_phrase_is_heard_once_in_order_translated_by_the_destination_only(AsteriskHost host)
            throws Exception {
        try (var vendors = VendorsProcess.start(host.vps(), Language.TONES, Times.PUBLISHED)) {
            ControllerSettings settings =
                    CallLab.routed(ControllerSettings.cloud(vendors.settings()).hearingTones());
            try (CallLab lab = CallLab.open(host, settings);
                    JoinedCall call = lab.join(CallLab.ONE_WAY)) {
                for (ToneWord word : SAID) {
                    call.caller().media().say(ToneSpeech.USUAL.render(word));
                    call.awaitSpoken(word);
                }
                call.listen(Duration.ofMillis(300));
                call.hangUp();

                var destination =
                        ToneDetector.listen(
                                call.destination().media().received().heardByArrival().pcm());
                assertEquals(
                        SAID.stream().map(ToneWord::translated).toList(),
                        destination.words().stream().filter(word -> !SAID.contains(word)).toList());
                var caller =
                        ToneDetector.listen(
                                call.caller().media().received().heardByArrival().pcm());
                assertEquals(List.of(), caller.words());
                for (ToneWord word : ToneWord.values()) {
                    assertTrue(caller.loudest(word) < ToneDetector.LEAK_BOUND, word::text);
                }
            }
            Poll.until(
                    CallLab.SOON,
                    () -> vendors.journal(Vendor.ASSEMBLYAI).path("open").asInt() == 0,
                    "no session is left open at the recognizer");
            assertEquals(
                    vendors.journal(Vendor.ASSEMBLYAI).path("opened").asInt(),
                    vendors.journal(Vendor.ASSEMBLYAI).path("terminated").asInt());
        }
    }
}
