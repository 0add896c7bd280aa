package io.sandalphone.telephony.asterisk;

import io.sandalphone.telephony.HangupCause;
import io.sandalphone.telephony.LegContext;
import io.sandalphone.telephony.asterisk.ari.AriException;
import io.sandalphone.time.Loop;
import io.vertx.core.Future;

/// The channels of somebody who is rung: what the two ways to ring them have alike. Runs on the call's loop.
abstract class RungParty implements LegChannels {
    final LegContext context;

    /// What Asterisk dials.
    final String endpoint;

    final io.sandalphone.telephony.Dial dial;
    final Loop loop;
    final AriCommands ari;
    final DesiredState.Repeats repeats;
    final Listener listener;

    RungParty(
            LegContext context,
            String endpoint,
            io.sandalphone.telephony.Dial dial,
            AriCommands ari,
            DesiredState.Repeats repeats,
            Listener listener) {
        this.context = context;
        this.endpoint = endpoint;
        this.dial = dial;
        this.ari = ari;
        this.repeats = repeats;
        this.listener = listener;
        loop = context.loop();
    }

    /// That a channel is hung up, once that is wanted.
    final DesiredState<HangupCause> end(String channel) {
        return new DesiredState<>(loop, cause -> ari.hangUp(channel, cause), repeats);
    }

    /// A request that is not answered may have been carried out, and is not repeated.
    static Future<?> unlessRefused(Future<?> request) {
        return request.transform(
                sent ->
                        sent.succeeded() || AriException.isUnanswered(sent.cause())
                                ? Future.succeededFuture()
                                : Future.failedFuture(sent.cause()));
    }

    @Override
    public final void answer(LegSocket socket) {
        // Nobody but the one who was rung answers.
    }

    @Override
    public final boolean arrived() {
        return false;
    }

    @Override
    public final Future<?> giveBack() {
        return Future.failedFuture("nobody has arrived");
    }
}
