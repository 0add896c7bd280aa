package io.sandalphone.bus;

import io.sandalphone.telephony.Leg;
import io.sandalphone.telephony.LegContext;
import io.sandalphone.telephony.Party;
import io.sandalphone.time.Loop;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Makes the mixed bridges of all calls: with one [Pacer] for each loop. Thread-safe; what it makes
/// belongs to its loop.
public final class MixedBridges {
    private static final SecureRandom CHANCE = new SecureRandom();
    private static final int ROOM_BYTES = 16;
    private static final Dialer NOBODY_RUNG =
            (_, _) -> {
                throw new IllegalStateException("both parties are there");
            };

    private final BusMeters meters;
    private final Map<Loop, Pacer> pacers = new ConcurrentHashMap<>();

    public MixedBridges(BusMeters meters) {
        this.meters = meters;
    }

    /// A name for [LegContext#room] that nobody can guess: 128 random bits in hexadecimal digits, lower
    /// case.
    public static String newRoom() {
        var room = new byte[ROOM_BYTES];
        CHANCE.nextBytes(room);
        return HexFormat.of().formatHex(room);
    }

    /// A call that has arrived on `caller`, to which nobody has listened yet. `dialer` rings the
    /// destination.
    public MixedBridge arrived(LegContext context, Leg caller, Dialer dialer) {
        MixedBridge bridge = make(context.callId(), context.loop(), context.room(), dialer);
        bridge.put(Party.CALLER, caller);
        return bridge;
    }

    /// A call of two who are both there already, and of whom nobody is rung. `context` is that of either
    /// leg; nobody has listened to them yet.
    public MixedBridge met(LegContext context, Leg caller, Leg destination) {
        MixedBridge bridge = make(context.callId(), context.loop(), context.room(), NOBODY_RUNG);
        bridge.put(Party.CALLER, caller);
        bridge.put(Party.DESTINATION, destination);
        return bridge;
    }

    /// A call of two who talked before this program began, whose sound is still to come. `context` is that of either leg; nobody has
    /// listened to them yet.
    public MixedBridge rejoined(LegContext context, Leg caller, Leg destination) {
        MixedBridge bridge = make(context.callId(), context.loop(), context.room(), NOBODY_RUNG);
        bridge.putAnswered(Party.CALLER, caller);
        bridge.putAnswered(Party.DESTINATION, destination);
        return bridge;
    }

    /// A call with nobody in it yet, whose parties `dialer` rings.
    public MixedBridge empty(String callId, Loop loop, Dialer dialer) {
        return make(callId, loop, newRoom(), dialer);
    }

    private MixedBridge make(String callId, Loop loop, String room, Dialer dialer) {
        Pacer pacer = pacers.computeIfAbsent(loop, each -> new Pacer(each, meters));
        return new MixedBridge(callId, loop, room, dialer, pacer, meters);
    }
}
