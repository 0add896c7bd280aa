package io.sandalphone.harness.attack;

import com.fasterxml.jackson.databind.JsonNode;

import io.sandalphone.harness.controller.ControllerProcess;
import io.sandalphone.harness.controller.EventWatch;
import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.sip.PhoneCall;
import io.sandalphone.harness.sip.SipPhone;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.Set;

/// The phones of all who call through an Asterisk, and of all who are called.
///
/// Used from one thread.
public final class Phones implements AutoCloseable {
    private static final int CALLERS_PORT = 5070;
    private static final int TRUNK_PORT = 5060;
    private static final long FIRST_CALLER = 13_035_550_100L;

    private final AsteriskHost host;
    private final SipPhone callers;
    private final SipPhone destinations;
    private long calls;

    private Phones(AsteriskHost host, SipPhone callers, SipPhone destinations) {
        this.host = host;
        this.callers = callers;
        this.destinations = destinations;
    }

    static Phones open(AsteriskHost host) throws IOException {
        SipPhone callers = phone(host, CALLERS_PORT);
        try {
            return new Phones(host, callers, phone(host, TRUNK_PORT));
        } catch (IOException e) {
            callers.close();
            throw e;
        }
    }

    private static SipPhone phone(AsteriskHost host, int port) throws IOException {
        return SipPhone.open(
                host.carrier(), new InetSocketAddress(AsteriskHost.CARRIER_ADDRESS, port));
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
                "+" + (FIRST_CALLER + calls),
                "sip:" + called + "@" + AsteriskHost.ADDRESS + ":5060");
    }

    /// Calls one of [AttackLab]'s numbers and returns when both people are up and the call is
    /// interpreted.
    public Pair join(ControllerProcess controller, String called)
            throws IOException, InterruptedException {
        Set<String> before = ids(controller);
        EventWatch events = controller.watch();
        PhoneCall caller = call(called);
        caller.awaitAnswered(AttackLab.SOON);
        PhoneCall destination =
                destinations.awaitIncoming(AttackLab.destinationOf(called), AttackLab.SOON);
        Poll.until(
                AttackLab.SOON,
                () -> !attached(controller, before).isEmpty(),
                () -> "the call is interpreted: " + controller.sessions());
        return new Pair(
                host,
                controller,
                attached(controller, before).iterator().next(),
                caller,
                destination,
                events);
    }

    private static Set<String> ids(ControllerProcess controller) {
        Set<String> ids = new HashSet<>();
        controller.sessions().forEach(each -> ids.add(each.path("id").asText()));
        return ids;
    }

    private static Set<String> attached(ControllerProcess controller, Set<String> before) {
        Set<String> ids = new HashSet<>();
        for (JsonNode session : controller.sessions()) {
            if (session.path("audio_attached").asBoolean()
                    && !before.contains(session.path("id").asText())) {
                ids.add(session.path("id").asText());
            }
        }
        return ids;
    }

    @Override
    public void close() {
        for (PhoneCall call : callers.calls()) {
            call.hangUp();
        }
        for (PhoneCall call : destinations.calls()) {
            call.hangUp();
        }
        try {
            if (host.isRunning()) {
                host.awaitIdle(AttackLab.SOON);
            }
        } finally {
            callers.close();
            destinations.close();
        }
    }
}
