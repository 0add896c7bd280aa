package io.sandalphone.telephony.twilio;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.config.Secret;
import io.sandalphone.media.codec.G711;
import io.sandalphone.telephony.CallConnection;
import io.sandalphone.telephony.CallerId;
import io.sandalphone.telephony.ConnectionListener;
import io.sandalphone.telephony.Dial;
import io.sandalphone.telephony.E164;
import io.sandalphone.telephony.HangupCause;
import io.sandalphone.telephony.Leg;
import io.sandalphone.telephony.LegAudio;
import io.sandalphone.telephony.LegContext;
import io.sandalphone.telephony.LegEvent;
import io.sandalphone.telephony.Party;
import io.sandalphone.telephony.stream.PublicUrl;
import io.sandalphone.telephony.stream.StreamMeters;
import io.sandalphone.telephony.stream.StreamTokens;
import io.sandalphone.time.Loop;
import io.sandalphone.time.VirtualLoop;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// An account whose Twilio says what a test tells it to, on a loop whose time a test lets pass.
final class TwilioScene {
    static final String ACCOUNT = "AC" + "0".repeat(32);
    static final String CALL = "CA" + "1".repeat(32);
    static final String STREAM = "MZ" + "2".repeat(32);
    static final String NUMBER = "+15550100123";
    static final E164 DESTINATION = new E164("+525512345678");

    final VirtualLoop loop = new VirtualLoop();
    final ScriptedRest rest = new ScriptedRest();
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    final TwilioMeters meters = TwilioMeters.register(registry);
    final StreamMeters streamMeters = StreamMeters.register(registry);
    final Account account = account(settings(URI.create("https://api.example.org")));
    final List<LegEvent> events = new ArrayList<>();

    private Account account(TwilioSettings settings) {
        return new Account(
                settings,
                new PublicUrl(true, "gw.example.org"),
                rest,
                new CallRate(settings.callsPerSecond(), loop),
                new StreamTokens<>(Duration.ofMinutes(25), loop),
                new Random(1),
                meters,
                streamMeters);
    }

    static TwilioSettings settings(URI api) {
        return new TwilioSettings(ACCOUNT, new Secret("12345"), new E164(NUMBER), api, 1, false);
    }

    static LegContext context(Party party, Loop loop) {
        return new LegContext("7f3", party, loop, "a-room");
    }

    /// A destination's leg that is being rung, and listened to.
    DialedLeg dialed() {
        var leg = new DialedLeg(context(Party.DESTINATION, loop), account, dial(), "key");
        leg.listen(events::add);
        leg.begin();
        loop.advance(Duration.ZERO);
        return leg;
    }

    static Dial dial() {
        return new Dial(
                DESTINATION,
                CallerId.UNKNOWN,
                Duration.ofSeconds(25),
                Duration.ofHours(1),
                Optional.empty());
    }

    /// A caller's leg of which nothing was decided yet.
    ArrivedLeg arrived() {
        var leg = new ArrivedLeg(context(Party.CALLER, loop), account, CALL);
        leg.listen(events::add);
        return leg;
    }

    /// The stream of a leg starts.
    TwilioStream starts(TwilioLeg leg, RecordingSocket socket) {
        var stream = new TwilioStream(leg, socket, CALL, STREAM, G711.MU_LAW);
        stream.opened();
        loop.settle();
        return stream;
    }

    void lets(Duration time) {
        loop.advance(time);
    }

    /// A call of which only the caller's leg is real.
    record OneLeg(Loop loop, Leg leg) implements CallConnection {
        @Override
        public void listen(ConnectionListener listener) {}

        @Override
        public void dial(Party party, Dial dial) {}

        @Override
        public void echo() {}

        @Override
        public void attachAudio() {}

        @Override
        public LegAudio audio(Party party) {
            throw new IllegalStateException("no audio is attached");
        }

        @Override
        public void release(HangupCause cause) {
            leg.hangUp(cause);
        }

        @Override
        public void returnToDialplan() {
            leg.returnToCarrier();
        }

        @Override
        public void leave() {
            leg.leave();
        }

        @Override
        public void abandon() {
            leg.abandon();
        }
    }
}
