package io.sandalphone.harness.calls;

import static io.sandalphone.harness.calls.CallLab.ONE_WAY;
import static io.sandalphone.harness.calls.CallLab.SOON;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import io.sandalphone.harness.controller.ResourceUsage;
import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.lab.RealAsterisk;
import io.sandalphone.harness.sip.PhoneCall;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneWord;
import io.sandalphone.harness.vendors.Vendor;
import io.sandalphone.harness.vendors.VendorOptions.Language;
import io.sandalphone.harness.vendors.VendorOptions.Times;
import io.sandalphone.harness.vendors.VendorsProcess;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Many calls that begin and end while all vendors come and go.
@RealAsterisk
class FlappingProvidersTest {
    private static final int WAVES = 10;
    private static final int AT_ONCE = 10;
    private static final Duration TALK = Duration.ofMillis(1500);
    private static final int REQUESTS_A_SECOND = 8;

    @Test
    void hundred_calls_leave_nothing_behind(AsteriskHost host) throws Exception {
        try (var vendors = VendorsProcess.start(host.vps(), Language.TONES, Times.PUBLISHED);
                var lab =
                        CallLab.open(
                                host,
                                CallLab.routed(ShortTimeouts.with(vendors.settings()))
                                        .engine(
                                                "polly",
                                                "requests",
                                                "{standard: {rate: 6, burst: %d}}"
                                                        .formatted(REQUESTS_A_SECOND)));
                var ends = new EndedCalls(lab)) {
            wave(lab);
            lab.awaitIdle();
            ResourceUsage before = ResourceUsage.of(lab.controller());
            try (var _ = new Flapping(vendors)) {
                for (int i = 0; i < WAVES; i++) {
                    wave(lab);
                }
            }
            assertEquals(
                    Map.of("completed caller-hung-up", (WAVES + 1) * AT_ONCE), ends.awaitAll());
            allSessionsEnded(vendors);
            JsonNode polly = vendors.journal(Vendor.POLLY);
            assertEquals(0, polly.path("underWay").asInt(), polly::toString);
            assertTrue(
                    polly.path("busiest").path("standard").asInt() <= REQUESTS_A_SECOND,
                    polly::toString);
            Poll.until(
                    Duration.ofSeconds(30),
                    () -> ResourceUsage.of(lab.controller()).isBackAt(before),
                    () -> before + " is left, not " + ResourceUsage.of(lab.controller()));
            System.out.printf(
                    "%d calls through flapping vendors: before %s, after %s; %s; %s%n",
                    WAVES * AT_ONCE,
                    before,
                    ResourceUsage.of(lab.controller()),
                    vendors.journal(Vendor.ASSEMBLYAI),
                    polly);
        }
    }

    private static void allSessionsEnded(VendorsProcess vendors) {
        Poll.until(
                SOON,
                () -> vendors.journal(Vendor.ASSEMBLYAI).path("open").asInt() == 0,
                () -> "no session is open: " + vendors.journal(Vendor.ASSEMBLYAI));
        JsonNode sessions = vendors.journal(Vendor.ASSEMBLYAI);
        assertEquals(
                sessions.path("opened").asInt(),
                sessions.path("terminated").asInt() + sessions.path("cut").asInt(),
                sessions::toString);
    }

    /// Calls that begin together, say a word each, and end together.
    private static void wave(CallLab lab) throws IOException, InterruptedException {
        List<PhoneCall> callers = new ArrayList<>();
        List<PhoneCall> destinations = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            callers.add(lab.call(ONE_WAY));
        }
        for (PhoneCall caller : callers) {
            caller.awaitAnswered(SOON);
            destinations.add(
                    lab.destinations().awaitIncoming(CallLab.destinationOf(ONE_WAY), SOON));
        }
        List<ToneWord> words = ToneWord.of(ToneWord.ENGLISH);
        for (int i = 0; i < AT_ONCE; i++) {
            callers.get(i).media().say(ToneSpeech.USUAL.render(words.get(i % words.size())));
        }
        long until = System.nanoTime() + TALK.toNanos();
        Poll.until(SOON, () -> System.nanoTime() >= until, "people talk for a while");
        callers.forEach(PhoneCall::hangUp);
        for (PhoneCall destination : destinations) {
            destination.awaitEnded(SOON);
        }
    }
}
