package io.sandalphone.harness.calls;

import static io.sandalphone.harness.calls.CallLab.SOON;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;

import io.sandalphone.harness.controller.ControllerSettings;
import io.sandalphone.harness.fakes.Fault;
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

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A vendor that fails in mid-call, with an engine that stands in for it.
@RealAsterisk
class TakeOverTest {
    /// What a fake counts when its vendor was of use.
    private static final Map<Vendor, String> SERVICES =
            Map.of(
                    Vendor.ASSEMBLYAI, "begun",
                    Vendor.GOOGLE, "translations",
                    Vendor.POLLY, "completed");

    private static final List<ToneWord> SAID =
            List.of(ToneWord.W1, ToneWord.W2, ToneWord.W3, ToneWord.W4, ToneWord.W5);

    @TestFactory
    Stream<DynamicTest> the_next_engine_takes_over_within_the_call(AsteriskHost host) {
        var vendors = VendorsProcess.start(host.vps(), Language.TONES, Times.PUBLISHED);
        CallLab lab = openLab(host, vendors);
        return Stream.of(
                        failing(lab, vendors, Vendor.ASSEMBLYAI, Fault.CUT),
                        failing(lab, vendors, Vendor.ASSEMBLYAI, Fault.STALL),
                        failing(lab, vendors, Vendor.GOOGLE, Fault.SERVER_ERROR),
                        failing(lab, vendors, Vendor.POLLY, Fault.THROTTLED))
                .onClose(
                        () -> {
                            lab.close();
                            vendors.close();
                        });
    }

    private static CallLab openLab(AsteriskHost host, VendorsProcess vendors) {
        try {
            ControllerSettings settings =
                    ShortTimeouts.with(vendors.settings())
                            .speech("transcriber", "assemblyai", "tone")
                            .speech("translator", "google", "tone")
                            .speech("synthesizer", "polly", "tone");
            return CallLab.open(host, CallLab.routed(settings));
        } catch (RuntimeException | AssertionError e) {
            vendors.close();
            throw e;
        }
    }

    private static DynamicTest failing(
            CallLab lab, VendorsProcess vendors, Vendor vendor, Fault fault) {
        return dynamicTest(
                vendor.engine() + " " + fault,
                () -> {
                    try (JoinedCall call = lab.join(CallLab.ONE_WAY)) {
                        takeOver(lab, vendors, vendor, fault, call);
                        call.hangUp();
                    } finally {
                        vendors.recover(vendor);
                    }
                });
    }

    private static void takeOver(
            CallLab lab, VendorsProcess vendors, Vendor vendor, Fault fault, JoinedCall call) {
        say(call, ToneWord.W1);
        double returned = returned(lab);
        long said = call.caller().media().say(ToneSpeech.USUAL.render(ToneWord.W2, ToneWord.W3));
        Poll.until(
                SOON,
                () -> System.nanoTime() - said > Duration.ofMillis(300).toNanos(),
                "the caller is in mid-utterance");
        vendors.inject(vendor, fault);
        call.awaitSpoken(ToneWord.W2, ToneWord.W3);
        vendors.recover(vendor);

        int before = service(vendors, vendor);
        say(call, ToneWord.W4);
        if (vendor == Vendor.ASSEMBLYAI) {
            Poll.until(SOON, () -> returned(lab) > returned, "the speaker is heard by it again");
        }
        say(call, ToneWord.W5);
        assertTrue(service(vendors, vendor) > before, vendor + " is asked again");
        call.listen(Duration.ofMillis(300));

        Heard destination = Heard.by(call.destination());
        for (ToneWord word : SAID) {
            long voiced = destination.millis(word.translated());
            long once = ToneSpeech.USUAL.word().toMillis();
            assertTrue(
                    voiced > once / 2 && voiced < once * 3 / 2,
                    () -> word + " is voiced once: " + destination.tones().heard());
        }
        assertEquals(
                List.of("waa", "wbb wcc", "wdd", "wee"),
                call.spoken().stream().map(TakeOverTest::plain).toList());
        Heard caller = Heard.by(call.caller());
        for (ToneWord word : ToneWord.values()) {
            assertTrue(caller.tones().loudest(word) < ToneDetector.LEAK_BOUND, word::text);
        }
        List<JsonNode> told =
                call.events().events().stream()
                        .filter(event -> event.name().equals("translation"))
                        .map(event -> event.data())
                        .filter(event -> !event.path("available").asBoolean())
                        .toList();
        assertEquals(List.of(), told, "translation is never told to be lost");
    }

    private static void say(JoinedCall call, ToneWord word) {
        call.caller().media().say(ToneSpeech.USUAL.render(word));
        call.awaitSpoken(word);
    }

    private static String plain(String said) {
        return ToneWord.parse(said).map(ToneWord::text).orElse(said);
    }

    private static int service(VendorsProcess vendors, Vendor vendor) {
        return vendors.journal(vendor).path(SERVICES.getOrDefault(vendor, "")).asInt();
    }

    private static double returned(CallLab lab) {
        return lab.controller()
                .metric(
                        "sandalphone_resilience_failbacks_total"
                                + "{capability=\"transcriber\",provider=\"assemblyai\"}");
    }
}
