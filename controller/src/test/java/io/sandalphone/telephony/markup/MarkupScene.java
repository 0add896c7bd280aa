package io.sandalphone.telephony.markup;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.media.codec.G711;
import io.sandalphone.telephony.CallerId;
import io.sandalphone.telephony.Dial;
import io.sandalphone.telephony.E164;
import io.sandalphone.telephony.LegContext;
import io.sandalphone.telephony.LegEvent;
import io.sandalphone.telephony.Party;
import io.sandalphone.telephony.stream.PublicUrl;
import io.sandalphone.telephony.stream.SoundCoding;
import io.sandalphone.telephony.stream.StreamMeters;
import io.sandalphone.telephony.stream.StreamTokens;
import io.sandalphone.time.Loop;
import io.sandalphone.time.VirtualLoop;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// An account whose carrier says what a test tells it to, on a loop whose time a test lets pass.
final class MarkupScene {
    static final String CALL = "call-1";
    static final String STREAM = "stream-1";
    static final E164 DESTINATION = new E164("+525512345678");

    final VirtualLoop loop = new VirtualLoop();
    WaysBack waysBack = WaysBack.NONE;
    final ScriptedDialect carrier = new ScriptedDialect();
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    final MarkupMeters meters =
            MarkupMeters.register(registry, carrier.name(), EnumSet.allOf(Refusal.class));
    final StreamMeters streamMeters = StreamMeters.register(registry);
    final Account account =
            new Account(
                    carrier,
                    new PublicUrl(true, "gw.example.org"),
                    partner -> waysBack.to(partner),
                    new CallRate(1, loop),
                    new StreamTokens<>(Duration.ofMinutes(25), loop),
                    new Random(1),
                    meters,
                    streamMeters);
    final List<LegEvent> events = new ArrayList<>();

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
    MediaStream starts(MarkupLeg leg, RecordingSocket socket) {
        return starts(leg, socket, "a-token");
    }

    /// The same by this word.
    MediaStream starts(MarkupLeg leg, RecordingSocket socket, String token) {
        var law = SoundCoding.of(G711.MU_LAW);
        var stream =
                new MediaStream(
                        leg,
                        socket,
                        CALL,
                        token,
                        new MediaStream.Wire(STREAM, "", law, law, _ -> {}));
        stream.opened();
        loop.settle();
        return stream;
    }

    void lets(Duration time) {
        loop.advance(time);
    }
}
