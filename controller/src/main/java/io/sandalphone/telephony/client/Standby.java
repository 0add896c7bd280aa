package io.sandalphone.telephony.client;

import io.sandalphone.routing.RouteTable;

import org.jspecify.annotations.Nullable;

/// One client that stands by for calls, and rings until it answers one; then it is in that call, until
/// its end, which ends the connection too. Runs on the switchboard's loop, but for [#answer], [#decline] and
/// [#left], which any thread may call.
final class Standby {
    private final Entrance entrance;
    private final String numbers;
    private final Switchboard switchboard;
    private @Nullable RungLeg rungBy;
    private @Nullable RungLeg talksIn;
    private boolean gone;

    /// `numbers` are those for which it stands by: one, as digits, or [RouteTable#ANY].
    Standby(Entrance entrance, String numbers, Switchboard switchboard) {
        this.entrance = entrance;
        this.numbers = numbers;
        this.switchboard = switchboard;
    }

    Entrance entrance() {
        return entrance;
    }

    /// Whether it stands by for calls to `called`.
    boolean isFor(String called) {
        return numbers.equals(RouteTable.ANY) || numbers.equals(called);
    }

    boolean isFree() {
        return rungBy == null && talksIn == null;
    }

    /// The call that rings here.
    @Nullable RungLeg rungBy() {
        return rungBy;
    }

    void rungBy(@Nullable RungLeg leg) {
        rungBy = leg;
    }

    /// The call that this client has answered.
    @Nullable RungLeg talksIn() {
        return talksIn;
    }

    void talksIn(@Nullable RungLeg leg) {
        talksIn = leg;
    }

    /// Whether the connection with which it came is closed.
    boolean isGone() {
        return gone;
    }

    void gone() {
        gone = true;
    }

    void say(String message) {
        entrance.wire().text(message);
    }

    /// The person takes the call that rings, if it still does.
    void answer() {
        switchboard.answered(this);
    }

    /// The person does not want the call that rings.
    void decline() {
        switchboard.declined(this);
    }

    /// The connection is closed, whoever closed it.
    void left() {
        switchboard.left(this);
    }
}
