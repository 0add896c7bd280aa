package io.sandalphone.harness.carrier;

import io.sandalphone.harness.carrier.Happening.What;

/// A stranger who saw how a stream was opened and does it again: the same address and parameters, a
/// stream of their own. Says to the journal what became of it. Owner: the carrier's loop.
final class ReplayedStream implements StreamSocket.Listener {
    private final SimulatedCarrier carrier;
    private final SimulatedCall call;
    private final Verb.Stream verb;
    private final StreamWire wire;
    private final StreamSocket socket;

    ReplayedStream(SimulatedCarrier carrier, SimulatedCall call, Verb.Stream verb) {
        this.carrier = carrier;
        this.call = call;
        this.verb = verb;
        wire =
                carrier.dialect().stream(
                        call,
                        new Dialect.StreamRequest(verb.attributes(), verb.parameters()),
                        carrier.faults());
        socket = new StreamSocket(carrier.vertx(), this);
    }

    void begin() {
        call.whenOver(socket::close);
        socket.open(carrier.sockets(), carrier.reach(), verb.url(), wire.handshake());
    }

    @Override
    public void opened() {
        wire.opening().forEach(socket::send);
    }

    @Override
    public void text(String text) {
        if (wire.read(text) instanceof StreamWire.Request.Media) {
            socket.close();
            carrier.note(call, What.FAULT, 0, "replayed stream heard sound");
        }
    }

    @Override
    public void binary() {
        text("");
    }

    @Override
    public void gone(StreamEnd end, String detail) {
        carrier.note(call, What.FAULT, 0, "replayed stream ended: " + end + ", " + detail);
    }
}
