package io.sandalphone.telephony.client;

import io.sandalphone.telephony.client.ClientFault.Kind;
import io.sandalphone.telephony.client.ClientMessage.Answer;
import io.sandalphone.telephony.client.ClientMessage.Audio;
import io.sandalphone.telephony.client.ClientMessage.Bye;
import io.sandalphone.telephony.client.ClientMessage.Decline;
import io.sandalphone.telephony.client.ClientMessage.Init;
import io.sandalphone.telephony.client.ClientMessage.Ping;
import io.sandalphone.time.Loop;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;

/// What one connection to a client says and hears, from its first frame to its last. Every fault is
/// counted and told to the client; before it is in its call, a fault ends the connection, and so do ten
/// after that. Runs on the connection's loop; the leg it fills runs on the call's.
final class ClientConnection {
    private static final Logger log = LoggerFactory.getLogger(ClientConnection.class);

    /// How long a client may take to say who it is.
    static final Duration INIT_TIMEOUT = Duration.ofSeconds(5);

    /// The longest sound in one message: a second.
    static final int LONGEST_CHUNK = 2 * Heard.RATE;

    /// The longest text frame: that sound in base64, and room for the rest.
    static final int LONGEST_MESSAGE = 4 * LONGEST_CHUNK / 3 + 2048;

    private static final int MOST_FAULTS = 10;

    private static final int POLICY = 1008;
    private static final int TOO_BIG = 1009;

    private final Loop loop;
    private final ClientWire wire;
    private final ClientDoor door;
    private final Lobby lobby;
    private final ClientMeters meters;
    private @Nullable Init init;
    private @Nullable ClientLeg leg;
    private @Nullable Standby standby;
    private boolean closed;
    private boolean rushed;
    private int faults;
    private Loop.Timer deadline;

    /// The connection has just been opened.
    ClientConnection(
            Loop loop, ClientWire wire, ClientDoor door, Lobby lobby, ClientMeters meters) {
        this.loop = loop;
        this.wire = wire;
        this.door = door;
        this.lobby = lobby;
        this.meters = meters;
        deadline =
                loop.schedule(
                        INIT_TIMEOUT,
                        () ->
                                fault(
                                        new ClientFault(
                                                Kind.NO_INIT,
                                                "no init came within "
                                                        + INIT_TIMEOUT.toSeconds()
                                                        + " s of the connection: send it first")));
    }

    /// A text message.
    void text(String message) {
        if (closed) {
            return;
        }
        try {
            switch (ClientMessage.read(message)) {
                case Init first -> enter(first);
                case Audio audio -> {
                    needInit();
                    if (!Lobby.callOf(audio.callId()).equals(Lobby.callOf(callId()))) {
                        throw new ClientFault(Kind.CALL_ID, "callId of audio must be that of init");
                    }
                    sound(audio.pcm(), false);
                }
                case Ping ping -> wire.text(ClientWords.pong(ping.id()));
                case Answer _ -> standing().answer();
                case Decline _ -> standing().decline();
                case Bye _ -> {
                    needInit();
                    closedBy(ClientLeg.NORMAL);
                    wire.close(ClientLeg.NORMAL, "bye");
                }
            }
        } catch (ClientFault fault) {
            fault(fault);
        }
    }

    /// A binary message: sound.
    void binary(byte[] pcm) {
        if (closed) {
            return;
        }
        try {
            needInit();
            sound(pcm, true);
        } catch (ClientFault fault) {
            fault(fault);
        }
    }

    /// A message that is longer than may be, and was not kept.
    void tooLong() {
        if (!closed) {
            fault(
                    new ClientFault(
                            Kind.TOO_LONG,
                            "a message may hold at most one second of sound: "
                                    + LONGEST_CHUNK
                                    + " bytes of PCM"));
        }
    }

    /// A frame of which not even the rest can be skipped. Its client may come back to its call.
    void unreadable() {
        if (!closed) {
            ClientLeg own = leg;
            tooLong();
            wire.close(TOO_BIG, Kind.TOO_LONG.wireName());
            if (own != null) {
                own.loop().execute(() -> own.lost(wire));
            }
            closed();
        }
    }

    private void sound(byte[] pcm, boolean inBinary) throws ClientFault {
        if (pcm.length % 2 != 0) {
            throw new ClientFault(
                    Kind.ODD_LENGTH,
                    "PCM of "
                            + pcm.length
                            + " bytes ends within a sample: each has two bytes, the lower first");
        }
        if (pcm.length > LONGEST_CHUNK) {
            throw new ClientFault(
                    Kind.TOO_LONG,
                    "a chunk of "
                            + pcm.length
                            + " bytes is too long: at most one second, "
                            + LONGEST_CHUNK
                            + " bytes; best is 20 ms, 640 bytes");
        }
        ClientLeg own = leg;
        if (own == null) {
            // Not answered by ready yet.
            meters.early().increment();
            return;
        }
        own.loop()
                .execute(
                        () -> {
                            if (!own.received(wire, pcm, inBinary)) {
                                loop.execute(this::tooFast);
                            }
                        });
    }

    /// May be the network's doing, which lets go at once of what it held up; so it is told once and ends
    /// nothing.
    private void tooFast() {
        meters.fault(Kind.TOO_FAST);
        if (!closed && !rushed) {
            rushed = true;
            wire.text(
                    ClientWords.error(
                            callId(),
                            new ClientFault(
                                    Kind.TOO_FAST,
                                    "sound comes faster than it is spoken: send 20 ms every"
                                            + " 20 ms")));
        }
    }

    private void needInit() throws ClientFault {
        if (init == null) {
            throw new ClientFault(Kind.BEFORE_INIT, "the first message must be init, as text");
        }
    }

    private Standby standing() throws ClientFault {
        needInit();
        Standby own = standby;
        if (own == null) {
            throw new ClientFault(
                    Kind.NOT_STANDING_BY, "only who stands by for calls answers or declines one");
        }
        return own;
    }

    private String callId() {
        return init == null ? "" : init.callId();
    }

    private void enter(Init first) throws ClientFault {
        if (init != null) {
            throw new ClientFault(Kind.SECOND_INIT, "init comes once on a connection");
        }
        deadline.cancel();
        Pass pass = door.admit(first, wire.address());
        init = first;
        lobby.enter(
                new Entrance(
                        pass,
                        first.resume(),
                        ClientDoor.format(first),
                        new ClientWords(first.callId()),
                        wire,
                        new Entrance.Answer() {
                            @Override
                            public void accepted(ClientLeg own) {
                                loop.execute(() -> sit(own));
                            }

                            @Override
                            public void standsBy(Standby own) {
                                loop.execute(() -> stand(own));
                            }

                            @Override
                            public void refused(ClientFault fault) {
                                loop.execute(() -> fault(fault));
                            }
                        }));
    }

    private void sit(ClientLeg own) {
        if (closed) {
            own.loop().execute(() -> own.lost(wire));
        } else {
            leg = own;
        }
    }

    private void stand(Standby own) {
        if (closed) {
            own.left();
        } else {
            standby = own;
        }
    }

    private void fault(ClientFault fault) {
        if (closed) {
            return;
        }
        meters.fault(fault.kind());
        wire.text(ClientWords.error(callId(), fault));
        faults++;
        ClientLeg own = leg;
        if (own == null) {
            log.atInfo().addKeyValue("reason", fault.kind().wireName()).log("client refused");
            close(fault.kind());
        } else if (faults == MOST_FAULTS) {
            meters.fault(Kind.TOO_MANY);
            own.loop().execute(() -> own.hungUp(wire));
            close(Kind.TOO_MANY);
        }
    }

    private void close(Kind why) {
        wire.close(POLICY, why.wireName());
        closed();
    }

    /// The client closed the connection with this code of RFC 6455, section 7.4, or none.
    void closedBy(int code) {
        ClientLeg own = leg;
        if (!closed && own != null) {
            own.loop()
                    .execute(
                            code == ClientLeg.NORMAL
                                    ? () -> own.hungUp(wire)
                                    : () -> own.lost(wire));
        }
        closed();
    }

    private void closed() {
        closed = true;
        deadline.cancel();
        Standby own = standby;
        if (own != null) {
            own.left();
        }
    }
}
