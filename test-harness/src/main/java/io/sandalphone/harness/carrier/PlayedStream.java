package io.sandalphone.harness.carrier;

import io.sandalphone.harness.carrier.Happening.What;

import java.net.InetSocketAddress;
import java.net.URI;

/// `<Connect><Stream>` that somebody else plays. Owner: the carrier's loop.
final class PlayedStream implements Activity {
    private final SimulatedCarrier carrier;
    private final SimulatedCall call;
    private final Verb.Stream verb;
    private final StreamPlayer player;
    private final StreamWire wire;
    private StreamPlayer.Playing playing = () -> {};
    private boolean over;

    PlayedStream(
            SimulatedCarrier carrier, SimulatedCall call, Verb.Stream verb, StreamPlayer player) {
        this.carrier = carrier;
        this.call = call;
        this.verb = verb;
        this.player = player;
        wire =
                carrier.dialect().stream(
                        call,
                        new Dialect.StreamRequest(verb.attributes(), verb.parameters()),
                        carrier.faults());
    }

    @Override
    public void begin() {
        carrier.note(call, What.VERB, 0, "Connect Stream");
        URI url = URI.create(verb.url());
        Reach.Place place = carrier.reach().of(url);
        boolean arrived = call.identity().direction().equals("inbound");
        playing =
                player.play(
                        new StreamPlayer.Order(
                                call.id(),
                                arrived ? call.from() : call.to(),
                                new InetSocketAddress(place.host(), place.port()),
                                url.getRawAuthority(),
                                Reach.target(url),
                                wire.handshake(),
                                wire.id(),
                                wire.opening(),
                                wire.stop()),
                        why -> carrier.later(() -> gone(why)));
    }

    private void gone(String why) {
        if (!over) {
            over = true;
            carrier.note(call, What.STREAM_ENDED, StreamEnd.BROKEN.code(), why);
            call.finished(this);
        }
    }

    @Override
    public void end() {
        if (!over) {
            over = true;
            playing.end();
            carrier.note(call, What.STREAM_ENDED, 0, "the call went on or ended");
        }
    }
}
