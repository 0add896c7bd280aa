package io.sandalphone.call;

import io.sandalphone.media.FrameSink;
import io.sandalphone.media.FrameSource;
import io.sandalphone.telephony.CallConnection;
import io.sandalphone.telephony.ConnectionEvent;
import io.sandalphone.telephony.ConnectionListener;
import io.sandalphone.telephony.Dial;
import io.sandalphone.telephony.HangupCause;
import io.sandalphone.telephony.LegAudio;
import io.sandalphone.telephony.LegPlace;
import io.sandalphone.telephony.Party;
import io.sandalphone.time.Loop;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A connection on which happens what a test says. Writes down what was asked for; its parties are
/// silent and hear nothing.
final class FakeConnection implements CallConnection {
    final List<String> asked = new ArrayList<>();

    /// To whom something was to be spoken.
    final List<String> spoken = new ArrayList<>();

    /// Who was to be rung last.
    @Nullable Dial dialled;

    /// What throws when it is asked for.
    final Set<String> failing = new HashSet<>();

    private final Loop loop;
    private Map<Party, LegPlace> places = Map.of();
    private ConnectionListener listener = _ -> {};

    FakeConnection(Loop loop) {
        this.loop = loop;
    }

    /// The same, with its legs at these places.
    FakeConnection at(Map<Party, LegPlace> where) {
        places = where;
        return this;
    }

    @Override
    public Map<Party, LegPlace> places() {
        return places;
    }

    private void ask(String what) {
        asked.add(what);
        if (failing.contains(what)) {
            throw new IllegalStateException(what);
        }
    }

    void happen(ConnectionEvent... events) {
        for (ConnectionEvent event : events) {
            listener.on(event);
        }
    }

    @Override
    public Loop loop() {
        return loop;
    }

    @Override
    public void listen(ConnectionListener ears) {
        listener = ears;
    }

    @Override
    public void dial(Party party, Dial dial) {
        dialled = dial;
        ask("dial " + party);
    }

    @Override
    public void answer() {
        ask("answer");
    }

    @Override
    public void join(short[] first) {
        ask("join after " + first.length / 8 + " ms");
    }

    @Override
    public void echo() {
        ask("echo");
    }

    @Override
    public void attachAudio() {
        ask("attach");
    }

    @Override
    public LegAudio audio(Party party) {
        return new LegAudio() {
            @Override
            public void hear(FrameSink ears) {}

            @Override
            public void speak(FrameSource mouth, Runnable drained) {
                spoken.add("speak " + party);
            }

            @Override
            public void stop() {}

            @Override
            public void duck(double decibels) {
                asked.add("duck " + party);
            }

            @Override
            public void restore() {
                asked.add("restore " + party);
            }
        };
    }

    @Override
    public void passKeys(Party party, String keys) {
        ask("keys of " + party + " " + keys);
    }

    @Override
    public void release(HangupCause cause) {
        ask("release " + cause);
    }

    @Override
    public void release(HangupCause cause, short[] why) {
        ask("release " + cause + " after " + why.length / 8000 + " s");
    }

    @Override
    public void returnToDialplan() {
        ask("pass on");
    }

    @Override
    public void leave() {
        ask("leave");
    }

    @Override
    public void abandon() {
        ask("abandon");
    }
}
