package io.sandalphone.harness.calls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;

import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.vendors.Vendor;
import io.sandalphone.harness.vendors.VendorOptions.Language;
import io.sandalphone.harness.vendors.VendorOptions.Times;
import io.sandalphone.harness.vendors.VendorsProcess;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/// An Asterisk, a controller with little patience, the fakes of the three vendors, and the calls that
/// their faults strike.
///
/// Used from one thread at a time.
final class ChaosLab implements AutoCloseable {
    private final VendorsProcess vendors;
    private final CallLab lab;
    private final ChaosRun run;

    /// Opens one on `host`.
    ChaosLab(AsteriskHost host) {
        vendors = VendorsProcess.start(host.vps(), Language.TONES_AND_HUM, Times.PUBLISHED);
        try {
            lab = CallLab.open(host, CallLab.routed(ShortTimeouts.with(vendors.settings())));
        } catch (RuntimeException | AssertionError e) {
            vendors.close();
            throw e;
        }
        run = new ChaosRun(lab, vendors);
    }

    /// By moment, what came of a fault. Prints the controller's log when that is not as it must be.
    Map<FaultTiming, Outcome> strike(Chaos chaos) throws Exception {
        Map<FaultTiming, Outcome> outcomes = new EnumMap<>(FaultTiming.class);
        int before = lab.controller().log().length();
        try {
            outcomes.putAll(run.strike(chaos));
        } catch (AssertionError e) {
            for (FaultTiming moment : FaultTiming.values()) {
                outcomes.put(moment, Outcome.failed(e));
            }
        }
        if (outcomes.values().stream().anyMatch(Outcome::hasFailed)) {
            String log = lab.controller().log().substring(before);
            System.err.printf("=== %s: controller%n%s%n===%n", chaos, log);
        }
        return outcomes;
    }

    /// Ends all calls, and checks that nothing of any is left at a vendor.
    void nothingIsLeft() throws InterruptedException {
        run.endAll();
        Poll.until(
                Duration.ofSeconds(10),
                () -> vendors.journal(Vendor.ASSEMBLYAI).path("open").asInt() == 0,
                () -> "no session is open: " + vendors.journal(Vendor.ASSEMBLYAI));
        JsonNode sessions = vendors.journal(Vendor.ASSEMBLYAI);
        System.out.println("Sessions at the recognizer: " + sessions);
        assertEquals(0, sessions.path("abandoned").asInt(), sessions::toString);
        assertEquals(
                sessions.path("opened").asInt(),
                sessions.path("terminated").asInt() + sessions.path("cut").asInt(),
                sessions::toString);
        assertEquals(0, vendors.journal(Vendor.POLLY).path("underWay").asInt());
    }

    @Override
    public void close() {
        lab.close();
        vendors.close();
    }
}
