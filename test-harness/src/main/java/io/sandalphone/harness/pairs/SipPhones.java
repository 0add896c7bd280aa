package io.sandalphone.harness.pairs;

import com.fasterxml.jackson.databind.JsonNode;

import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.measure.SoundTimeline;
import io.sandalphone.harness.sip.Answer;
import io.sandalphone.harness.sip.PhoneCall;
import io.sandalphone.harness.sip.SipPhone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// SIP telephones behind a real Asterisk.
final class SipPhones implements Phones {
    private static final int CALLERS_PORT = 5070;
    // Where Asterisk sends the calls that it makes.
    private static final int TRUNK_PORT = 5060;
    private static final Duration KEY = Duration.ofMillis(100);

    private final AsteriskHost host;
    private final SipPhone callers;
    private final SipPhone destinations;
    private final Set<String> ringing = ConcurrentHashMap.newKeySet();

    SipPhones(AsteriskHost host) throws IOException {
        this.host = host;
        callers = open(CALLERS_PORT);
        destinations = open(TRUNK_PORT);
        destinations.onIncoming(
                called -> ringing.contains(called) ? Answer.ring() : Answer.atOnce());
    }

    private SipPhone open(int port) throws IOException {
        return SipPhone.open(
                host.carrier(), new InetSocketAddress(AsteriskHost.CARRIER_ADDRESS, port));
    }

    /// The gateway knows Asterisk by the settings of whoever starts it.
    @Override
    public String settings() {
        return "";
    }

    @Override
    public PairPhone call(Line line) {
        try {
            return new Side(
                    callers.call(
                            line.caller().substring(1),
                            "sip:%s@%s:5060"
                                    .formatted(line.called().substring(1), AsteriskHost.ADDRESS)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public PairPhone awaitRung(Line line, Duration patience) {
        return awaitRung(line.destination(), patience);
    }

    /// Waits until `number` is rung.
    PairPhone awaitRung(String number, Duration patience) {
        try {
            return new Side(destinations.awaitIncoming(number, patience));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void answerWhenTold(Line line, boolean whenTold) {
        if (whenTold) {
            ringing.add(line.destination());
        } else {
            ringing.remove(line.destination());
        }
    }

    @Override
    public boolean isCallOf(Line line, JsonNode session) {
        return session.path("caller").asText().equals(line.callerShown());
    }

    @Override
    public void failRest(int requests) {
        throw new UnsupportedOperationException("nothing is asked of a carrier by REST");
    }

    @Override
    public List<String> left() {
        List<String> left = new ArrayList<>();
        host.channels().forEach(channel -> left.add("channel " + channel.path("name").asText()));
        host.bridges().forEach(bridge -> left.add("bridge " + bridge.path("id").asText()));
        callers.calls().forEach(call -> left.add("caller " + call.caller()));
        destinations.calls().forEach(call -> left.add("destination " + call.called()));
        return left;
    }

    /// Telephones keep no call that is over, but those that came and that nobody awaited.
    @Override
    public void forgetEnded() {
        destinations.forgetIncoming();
    }

    @Override
    public List<String> problems() {
        return List.of();
    }

    @Override
    public void close() {
        callers.close();
        destinations.close();
    }

    /// One of them in a call.
    private record Side(PhoneCall call) implements PairPhone {
        @Override
        public boolean isUp() {
            return call.isUp();
        }

        @Override
        public long endedNanos() {
            return call.endedNanos();
        }

        @Override
        public void answer() {
            call.answer();
        }

        @Override
        public void hangUp() {
            call.hangUp();
        }

        @Override
        public long say(short[] pcm) {
            return call.media().say(pcm);
        }

        @Override
        public void repeat(short[] pcm) {
            call.media().repeat(pcm);
        }

        @Override
        public void hush() {
            call.media().hush();
        }

        @Override
        public void press(char key) {
            call.media().press(key, KEY);
        }

        @Override
        public SoundTimeline heard() {
            return call.media().received().heardByTimestamp();
        }

        @Override
        public String history() {
            return call.toString();
        }
    }
}
