package io.sandalphone.harness.calls;

import com.fasterxml.jackson.databind.JsonNode;

import io.sandalphone.harness.controller.ControllerProcess;
import io.sandalphone.harness.controller.ControllerProgram;
import io.sandalphone.harness.controller.ControllerSettings;
import io.sandalphone.harness.controller.EventWatch;
import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.sip.PhoneCall;
import io.sandalphone.harness.sip.SipPhone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A controller beside an Asterisk, and the phones of everybody who calls or is called through it.
///
/// Used from one thread at a time.
public final class CallLab implements AutoCloseable {
    /// Longer than anything takes that goes well.
    public static final Duration SOON = Duration.ofSeconds(15);

    /// Interpreted from the caller to the destination only.
    public static final String ONE_WAY = "15550100001";

    /// Interpreted both ways.
    public static final String BOTH_WAYS = "15550100002";

    private static final int CALLERS_PORT = 5070;
    // Where Asterisk sends the calls that it makes.
    private static final int TRUNK_PORT = 5060;
    private static final long FIRST_CALLER = 12_125_550_100L;

    private final AsteriskHost host;
    private final ControllerProcess controller;
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final SipPhone callers;
    private final SipPhone destinations;
    private long calls;

    private CallLab(AsteriskHost host, ControllerProcess controller) throws IOException {
        this.host = host;
        this.controller = controller;
        opened.add(controller);
        callers = open(CALLERS_PORT);
        destinations = open(TRUNK_PORT);
    }

    private SipPhone open(int port) throws IOException {
        SipPhone phone =
                SipPhone.open(
                        host.carrier(), new InetSocketAddress(AsteriskHost.CARRIER_ADDRESS, port));
        opened.add(phone);
        return phone;
    }

    /// Tone engines and the two routes that most tests need.
    public static ControllerSettings tones() {
        return routed(ControllerSettings.tones());
    }

    /// `settings` with the two routes that most tests need.
    public static ControllerSettings routed(ControllerSettings settings) {
        return settings.route("+" + ONE_WAY, destinationOf(ONE_WAY), "")
                .route("+" + BOTH_WAYS, destinationOf(BOTH_WAYS), "relay: true");
    }

    /// The number rung for a call to `called`, one of the two above.
    public static String destinationOf(String called) {
        return called.equals(ONE_WAY) ? "+12025550102" : "+12025550103";
    }

    /// Starts a controller and the phones.
    public static CallLab open(AsteriskHost host, ControllerSettings settings) {
        return open(host, settings, ControllerProgram.QUICK);
    }

    /// The same with a controller that is run in another way than tests usually do.
    public static CallLab open(
            AsteriskHost host, ControllerSettings settings, ControllerProgram program) {
        return with(host, ControllerProcess.start(host, settings, program));
    }

    /// The same where `part` of the controller, as `/health` calls it, cannot come up.
    public static CallLab openWithout(String part, AsteriskHost host, ControllerSettings settings) {
        return with(host, ControllerProcess.startWithout(part, host, settings));
    }

    private static CallLab with(AsteriskHost host, ControllerProcess controller) {
        try {
            return new CallLab(host, controller);
        } catch (IOException e) {
            controller.close();
            throw new UncheckedIOException(e);
        }
    }

    public AsteriskHost host() {
        return host;
    }

    public ControllerProcess controller() {
        return controller;
    }

    /// The phone of all who call.
    public SipPhone callers() {
        return callers;
    }

    /// The phone of all who are called.
    public SipPhone destinations() {
        return destinations;
    }

    /// Calls `called`, from a number that nobody else calls from.
    public PhoneCall call(String called) throws IOException {
        calls++;
        return callers.call(
                Long.toString(FIRST_CALLER + calls),
                "sip:" + called + "@" + AsteriskHost.ADDRESS + ":5060");
    }

    /// Calls `called`, one of [#ONE_WAY] and [#BOTH_WAYS], and returns when both people are up and
    /// the call is interpreted.
    public JoinedCall join(String called) throws IOException, InterruptedException {
        EventWatch events = controller.watch();
        PhoneCall caller = call(called);
        caller.awaitAnswered(SOON);
        PhoneCall destination = destinations.awaitIncoming(destinationOf(called), SOON);
        String number = caller.caller();
        Poll.until(
                SOON,
                () ->
                        session(number)
                                .filter(session -> session.path("audio_attached").asBoolean())
                                .isPresent(),
                () -> "the call is interpreted: " + controller.sessions());
        String id = session(number).orElseThrow().path("id").asText();
        return new JoinedCall(this, id, caller, destination, events);
    }

    /// The live call of the number `caller`, as operators are shown it, by its last three digits.
    public Optional<JsonNode> session(String caller) {
        String shown = "…" + caller.substring(caller.length() - 3);
        for (JsonNode session : controller.sessions()) {
            if (session.path("caller").asText().equals(shown)) {
                return Optional.of(session);
            }
        }
        return Optional.empty();
    }

    /// Waits until no call is left, at the controller and at Asterisk.
    public void awaitIdle() {
        controller.awaitIdle(SOON);
        host.awaitIdle(SOON);
    }

    @Override
    public void close() {
        for (AutoCloseable each : opened.reversed()) {
            try {
                each.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
