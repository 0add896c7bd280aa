package io.sandalphone.call;

import io.sandalphone.telephony.CallConnection;
import io.sandalphone.telephony.Party;
import io.sandalphone.time.Loop;
import io.sandalphone.translate.Interpreter;
import io.sandalphone.translate.KeyCommand;
import io.sandalphone.translate.KeySettings;
import io.sandalphone.translate.ListenerKeys;
import io.sandalphone.translate.ListenerWishes;

import org.jspecify.annotations.Nullable;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/// The telephone keys of the two people: whoever is interpreted to commands by them what they hear, and all other keys go to
/// the other one. What they wished lasts as long as the call, whatever becomes of its interpretation. Keys are told nobody
/// else; whether anything is spoken to them is told whoever watches. Runs on the call's loop, but for [#wishes].
final class Keypads {
    private final CallConnection connection;
    private final Loop loop;
    private final KeySettings settings;
    private final Listener listener;
    private final Map<Party, Keypad> keypads = new EnumMap<>(Party.class);
    private @Nullable Interpreter interpreter;

    /// Learns on the call's loop when nothing is spoken to somebody any more, or it is again.
    interface Listener {
        void paused(Party party, boolean paused);
    }

    private static final class Keypad {
        final ListenerKeys keys;
        // Written by the loop alone.
        volatile ListenerWishes wishes = ListenerWishes.NONE;
        Loop.Timer release = () -> {};

        Keypad(KeySettings settings) {
            keys = new ListenerKeys(settings);
        }
    }

    Keypads(CallConnection connection, KeySettings settings, Listener listener) {
        this.connection = connection;
        loop = connection.loop();
        this.settings = settings;
        this.listener = listener;
        for (Party party : Party.values()) {
            keypads.put(party, new Keypad(settings));
        }
    }

    /// What each wished so far. Any thread may ask.
    Map<Party, ListenerWishes> wishes() {
        Map<Party, ListenerWishes> wishes = new EnumMap<>(Party.class);
        keypads.forEach((party, keypad) -> wishes.put(party, keypad.wishes));
        return wishes;
    }

    /// They wished this before.
    void wished(Map<Party, ListenerWishes> wishes) {
        wishes.forEach((party, wish) -> Objects.requireNonNull(keypads.get(party)).wishes = wish);
    }

    /// They command this one from now on, or none.
    void command(@Nullable Interpreter interpreter) {
        this.interpreter = interpreter;
        if (interpreter != null) {
            keypads.forEach((party, keypad) -> interpreter.wish(party, keypad.wishes));
        }
    }

    /// `party` pressed a key.
    void press(Party party, char key) {
        Keypad keypad = Objects.requireNonNull(keypads.get(party));
        keypad.release.cancel();
        Interpreter commanded = interpreter;
        if (commanded == null || !commanded.speaksTo(party)) {
            connection.passKeys(party, keypad.keys.release() + key);
            return;
        }
        ListenerKeys.Pressed pressed = keypad.keys.press(key);
        if (!pressed.passed().isEmpty()) {
            connection.passKeys(party, pressed.passed());
        }
        pressed.command().ifPresent(command -> obey(commanded, party, keypad, command));
        if (keypad.keys.holds()) {
            keypad.release =
                    loop.schedule(
                            settings.within(),
                            () -> connection.passKeys(party, keypad.keys.release()));
        }
    }

    /// Nothing is spoken to `party` from now on, or it is again, as if they had pressed their keys for it.
    void pause(Party party, boolean paused) {
        Keypad keypad = Objects.requireNonNull(keypads.get(party));
        wish(party, keypad, keypad.wishes.paused(paused));
    }

    private void obey(Interpreter commanded, Party party, Keypad keypad, KeyCommand command) {
        if (command == KeyCommand.REPEAT) {
            commanded.repeat(party);
        } else {
            wish(party, keypad, keypad.wishes.after(command, settings));
        }
    }

    private void wish(Party party, Keypad keypad, ListenerWishes wishes) {
        boolean switched = wishes.paused() != keypad.wishes.paused();
        keypad.wishes = wishes;
        if (interpreter != null) {
            interpreter.wish(party, wishes);
        }
        if (switched) {
            listener.paused(party, wishes.paused());
        }
    }

    /// The call is over.
    void close() {
        keypads.values().forEach(keypad -> keypad.release.cancel());
    }
}
