package io.sandalphone.telephony.asterisk;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.media.AudioFrame;
import io.sandalphone.telephony.CallerId;
import io.sandalphone.telephony.CallerIdPolicy;
import io.sandalphone.telephony.ConnectionEvent;
import io.sandalphone.telephony.Dial;
import io.sandalphone.telephony.E164;
import io.sandalphone.telephony.HangupCause;
import io.sandalphone.telephony.Party;
import io.sandalphone.time.VirtualLoop;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A call on a [FakeAsterisk] in virtual time, whose session does what every session does: it attaches
/// audio on the answer, and again two seconds after it was lost.
final class OverlayScene {
    static final String CALL = "7f3";
    static final String CALLER = "171.1";
    static final String DESTINATION = "sp-7f3-destination";
    static final String MAIN = "sp-7f3-main";

    final VirtualLoop loop;
    final FakeAsterisk asterisk;
    final FakeMediaPort port = new FakeMediaPort();
    final FakeMediaPort sink = new FakeMediaPort();
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    final List<ConnectionEvent> events = new ArrayList<>();
    final SecondPop secondPop = new SecondPop();
    final Overlay overlay;
    Overlay.@Nullable Rest rest;
    boolean ended;

    OverlayScene() {
        this(new AsteriskSettings.SilenceLimits(Duration.ofHours(1), Duration.ofHours(10)));
    }

    OverlayScene(AsteriskSettings.SilenceLimits silence) {
        this(new VirtualLoop(), silence);
    }

    private OverlayScene(VirtualLoop loop, AsteriskSettings.SilenceLimits silence) {
        this(loop, new FakeAsterisk(loop), new Ids(CALL), silence);
    }

    private OverlayScene(
            VirtualLoop loop,
            FakeAsterisk asterisk,
            Ids ids,
            AsteriskSettings.SilenceLimits silence) {
        this.loop = loop;
        this.asterisk = asterisk;
        overlay =
                new Overlay(
                        ids,
                        new MediaLoop(loop, port, sink),
                        asterisk,
                        new AsteriskSettings.Trunk(
                                "PJSIP/{number}@voipms", new CallerIdPolicy("", false)),
                        secondPop,
                        silence,
                        OverlayMeters.register(registry),
                        (_, left) -> rest = left);
        asterisk.tell(overlay::on);
        overlay.listen(this::heard);
    }

    /// The call as a controller has it that was started after the one of `dead` was killed.
    static OverlayScene after(OverlayScene dead) {
        return after(dead, "k2");
    }

    /// The same, in this incarnation.
    static OverlayScene after(OverlayScene dead, String incarnation) {
        var scene =
                new OverlayScene(
                        dead.loop,
                        dead.asterisk,
                        new Ids(CALL, incarnation),
                        new AsteriskSettings.SilenceLimits(
                                Duration.ofHours(1), Duration.ofHours(10)));
        List<Sweep.Pair> pairs = Sweep.pairs(dead.asterisk.inventory(), Set.of(), "sandalphone");
        scene.overlay.adopt(pairs.getFirst());
        return scene;
    }

    private void heard(ConnectionEvent event) {
        events.add(event);
        switch (event) {
            case ConnectionEvent.Answered(var party) when party == Party.DESTINATION ->
                    overlay.attachAudio();
            case ConnectionEvent.AudioLost _ ->
                    loop.schedule(
                            Duration.ofSeconds(2),
                            () -> {
                                if (!ended) {
                                    overlay.attachAudio();
                                }
                            });
            case ConnectionEvent.Gone _, ConnectionEvent.Failed _, ConnectionEvent.Silent _ -> {
                if (!ended) {
                    ended = true;
                    overlay.release(HangupCause.NORMAL);
                }
            }
            default -> {}
        }
    }

    /// A caller arrives and the destination is to be dialled.
    OverlayScene arrive() {
        overlay.adoptCaller(asterisk.model(asterisk.arrive(CALLER, "+12125550101")));
        overlay.dial(Party.DESTINATION, dial("+12125550102"));
        return this;
    }

    static Dial dial(String number) {
        return new Dial(
                new E164(number),
                CallerId.UNKNOWN,
                Duration.ofSeconds(30),
                Duration.ofMinutes(61),
                Optional.empty());
    }

    /// The two have been joined and talk, and all is attached.
    OverlayScene talking() {
        arrive();
        millis(100);
        asterisk.ring(DESTINATION);
        asterisk.answer(DESTINATION);
        millis(100);
        return this;
    }

    void millis(long millis) {
        loop.advance(Duration.ofMillis(millis));
    }

    void seconds(int seconds) {
        loop.advance(Duration.ofSeconds(seconds));
    }

    FakeAsterisk.FakeChannel leg(Party party) {
        return asterisk.channel(party == Party.CALLER ? CALLER : DESTINATION);
    }

    /// How loud this party is heard, as last set.
    String volume(Party party) {
        return leg(party).variables.getOrDefault("VOLUME(RX)", "0");
    }

    /// Whether the two hear each other.
    boolean joined() {
        return asterisk.bridges
                .getOrDefault(MAIN, Set.of())
                .containsAll(List.of(CALLER, DESTINATION));
    }

    /// How often such an event was heard.
    long count(Class<? extends ConnectionEvent> type) {
        return events.stream().filter(type::isInstance).count();
    }

    boolean attached() {
        try {
            overlay.audio(Party.CALLER);
            return true;
        } catch (IllegalStateException _) {
            return false;
        }
    }

    double counter(String name) {
        return registry.get(name).counter().count();
    }

    /// The channels that begin so.
    List<String> channels(String prefix) {
        return asterisk.channels.keySet().stream().filter(id -> id.startsWith(prefix)).toList();
    }

    /// A frame of exact silence, or of sound, comes from a party's snoop, as far as there is one.
    void hear(Party party, boolean sound) {
        hear(party, FakeMediaPort.frame(sound));
    }

    /// So does this one.
    void hear(Party party, AudioFrame frame) {
        for (String bridge : asterisk.bridges.keySet()) {
            List<FakeAsterisk.FakeChannel> members = asterisk.members(bridge);
            if (members.stream().anyMatch(member -> leg(party).id.equals(member.snoopsOn))) {
                members.stream()
                        .flatMap(member -> member.rtp().stream())
                        .flatMap(address -> Optional.ofNullable(port.streams.get(address)).stream())
                        .forEach(stream -> stream.send(frame));
            }
        }
    }
}
