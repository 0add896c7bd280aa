package io.sandalphone.telephony.asterisk;

import ch.loway.oss.ari4java.generated.ari_10_0_0.models.ChannelDestroyed_impl_ari_10_0_0;
import ch.loway.oss.ari4java.generated.ari_10_0_0.models.Dial_impl_ari_10_0_0;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.telephony.CallerId;
import io.sandalphone.telephony.Dial;
import io.sandalphone.telephony.E164;
import io.sandalphone.telephony.LegContext;
import io.sandalphone.telephony.LegEvent;
import io.sandalphone.telephony.Party;
import io.sandalphone.telephony.stream.StreamMeters;
import io.sandalphone.telephony.stream.StreamTokens;
import io.sandalphone.time.VirtualLoop;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One leg on a [FakeAsterisk] in virtual time, and the connection that Asterisk opens for its sound.
final class LegScene implements LegSocket {
    static final String CALLER = "171.1";
    static final String SOUND = "sp-7f3-destination-sound";
    static final String PHONE = "171.2";
    static final String RING = "ring-7f3-destination";
    static final String ROOM = "0a1b2c3d4e5f60718293a4b5c6d7e8f9";

    final VirtualLoop loop = new VirtualLoop();
    final FakeAsterisk asterisk = new FakeAsterisk(loop);
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    final List<LegEvent> events = new ArrayList<>();
    final List<String> commands = new ArrayList<>();
    final List<byte[]> sent = new ArrayList<>();
    final StreamTokens<LegSocket.Listener> tokens = new StreamTokens<>(Duration.ofMinutes(1), loop);
    final WebSocketLeg leg;
    boolean congested;
    boolean closed;
    int done;

    private LegScene(Party party, boolean persistent) {
        var context = new LegContext("7f3", party, loop, ROOM);
        String endpoint = "PJSIP/+525512345678@voipms";
        DesiredState.Repeats repeats = (_, _) -> {};
        leg =
                new WebSocketLeg(
                        context,
                        listener -> {
                            if (party == Party.CALLER) {
                                return new ArrivedChannels(
                                        CALLER, ROOM, loop, asterisk, repeats, listener);
                            }
                            return persistent
                                    ? new PersistentRing(
                                            context, endpoint, dial(), asterisk, repeats, listener)
                                    : new RungChannels(
                                            context, endpoint, dial(), asterisk, repeats, listener);
                        },
                        tokens,
                        StreamMeters.register(registry),
                        LegMeters.register(registry),
                        OverlayMeters.register(registry),
                        _ -> done++);
        asterisk.tell(event -> leg.channels().on(event));
    }

    private static Dial dial() {
        return new Dial(
                new E164("+525512345678"),
                CallerId.of("+12125550101"),
                Duration.ofSeconds(30),
                Duration.ofMinutes(61),
                Optional.empty());
    }

    /// A caller has arrived, and somebody listens to their leg.
    static LegScene arrived() {
        var scene = new LegScene(Party.CALLER, false);
        scene.asterisk.arrive(CALLER, "+12125550101");
        scene.leg.listen(scene.events::add);
        return scene;
    }

    /// Somebody is rung.
    static LegScene rung() {
        var scene = new LegScene(Party.DESTINATION, false);
        scene.leg.listen(scene.events::add);
        return scene;
    }

    /// Somebody is rung whose phone rings on without us.
    static LegScene ringing() {
        var scene = new LegScene(Party.DESTINATION, true);
        scene.leg.listen(scene.events::add);
        scene.millis(20);
        scene.ringStatus("RINGING");
        return scene;
    }

    /// They answer: the ringing ends, and their phone opens the connection.
    void pickUp() {
        asterisk.channels.put(PHONE, new FakeAsterisk.FakeChannel(PHONE, "Up"));
        ringStatus("ANSWER");
        asterisk.end(RING, 16);
        millis(5);
    }

    /// The phone's connection is there.
    void connectPhone() {
        leg.opened(this);
        message(
                """
                {"event":"MEDIA_START","channel_id":"171.3","format":"ulaw","optimal_frame_size":160,
                 "ptime":20,"channel_variables":{"SP_PARTY":"%s"}}\
                """
                        .formatted(PHONE));
    }

    /// Asterisk tells what becomes of the ringing.
    void ringStatus(String status) {
        var dial = new Dial_impl_ari_10_0_0();
        dial.setPeer(asterisk.model(new FakeAsterisk.FakeChannel(RING, "Ringing")));
        dial.setDialstatus(status);
        leg.channels().on(dial);
    }

    /// The caller hears ringing, over a connection that is there.
    static LegScene waiting() {
        LegScene scene = arrived();
        scene.millis(20);
        scene.connect();
        return scene;
    }

    /// The phone rings, over a connection that is there.
    static LegScene dialled() {
        LegScene scene = rung();
        scene.millis(20);
        scene.connect();
        scene.millis(20);
        scene.asterisk.channels.put(PHONE, new FakeAsterisk.FakeChannel(PHONE, "Ringing"));
        scene.dial("RINGING");
        return scene;
    }

    /// The party is there.
    static LegScene talking() {
        LegScene scene = waiting();
        scene.leg.answer();
        scene.millis(1);
        return scene;
    }

    void millis(long millis) {
        loop.advance(Duration.ofMillis(millis));
    }

    /// The token that Asterisk was given for the connection.
    String token() {
        return leg.channels().arrived()
                ? asterisk.channel(CALLER).variables.getOrDefault("SP_TOKEN", "")
                : asterisk.channel(SOUND).endpoint.replaceAll(".*token=([^)]*).*", "$1");
    }

    /// Asterisk opens the connection, and says what it carries.
    void connect() {
        connect("ulaw", 160);
    }

    void connect(String format, int frame) {
        leg.opened(this);
        message(
                "{\"event\":\"MEDIA_START\",\"channel_id\":\"%s\",\"format\":\"%s\",\"optimal_frame_size\":%d,\"ptime\":20}"
                        .formatted(leg.channels().channel(), format, frame));
    }

    /// Asterisk says something over the connection.
    void message(String text) {
        leg.message(MediaMessage.read(text));
    }

    /// Asterisk tells what became of the phone that it rings.
    void dial(String status) {
        var dial = new Dial_impl_ari_10_0_0();
        dial.setCaller(asterisk.model(new FakeAsterisk.FakeChannel(SOUND, "Up")));
        dial.setPeer(asterisk.model(new FakeAsterisk.FakeChannel(PHONE, "Ringing")));
        dial.setDialstatus(status);
        leg.channels().on(dial);
    }

    /// Asterisk tells that the channel of the sound has ended.
    void destroyed(int cause) {
        var destroyed = new ChannelDestroyed_impl_ari_10_0_0();
        destroyed.setChannel(asterisk.model(new FakeAsterisk.FakeChannel(SOUND, "Up")));
        destroyed.setCause(cause);
        leg.channels().on(destroyed);
    }

    double counted(String name) {
        return registry.get("sandalphone." + name).counter().count();
    }

    @Override
    public void write(String text) {
        commands.add(text);
    }

    @Override
    public void write(byte[] sound) {
        sent.add(sound);
    }

    @Override
    public boolean isCongested() {
        return congested;
    }

    /// Asterisk hears of it a little later, and ends the channel.
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            loop.execute(leg::closed);
        }
    }

    /// Asterisk closes it.
    void lose() {
        closed = true;
        leg.closed();
    }
}
