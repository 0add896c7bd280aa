package io.sandalphone.telephony.asterisk;

import ch.loway.oss.ari4java.generated.models.ChannelDestroyed;
import ch.loway.oss.ari4java.generated.models.Dial;
import ch.loway.oss.ari4java.generated.models.Message;
import ch.loway.oss.ari4java.generated.models.StasisStart;

import io.sandalphone.telephony.CallerId;
import io.sandalphone.telephony.HangupCause;
import io.sandalphone.telephony.LegContext;
import io.sandalphone.telephony.asterisk.ari.AriException;
import io.sandalphone.time.Loop;
import io.vertx.core.Future;
import io.vertx.core.Promise;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// A phone that rings on when we die, because the one who called comes back to it by another way
/// (docs/decisions/0058). Asterisk's dialplan rings it (`sandalphone-ring`), on behalf of a channel of ours that
/// depends on no connection; the phone opens the connection of its sound when it is answered, and goes to the
/// call's room where nobody takes that.
///
/// No id and no variable of it begins as those that a sweep removes: a controller that comes after our death leaves
/// it to ring. Runs on the call's loop.
final class PersistentRing extends RungParty {
    private static final String CONTEXT = "sandalphone-ring";

    // So much of the room's name names the ringing, by which the dialplan finds it. The rest is as
    // good a secret.
    private static final int NAME_LENGTH = 12;

    // For the channel to be there, and for the connection once the phone was answered.
    private static final Duration STEP_LIMIT = WebSocketLeg.CONNECT_LIMIT;

    // The dialplan ends the ringing by itself, and knows why.
    private static final Duration RING_MARGIN = Duration.ofSeconds(5);

    private final String ring;
    private final DesiredState<HangupCause> ringEnd;
    // Completes when it is known which channel the phone's is, or that it will not be.
    private final Promise<@Nullable Void> phoneKnown = Promise.promise();
    private @Nullable DesiredState<HangupCause> phoneEnd;
    private Loop.Timer limit = () -> {};
    private boolean dialled;
    private boolean answered;
    private boolean over;

    PersistentRing(
            LegContext context,
            String endpoint,
            io.sandalphone.telephony.Dial dial,
            AriCommands ari,
            DesiredState.Repeats repeats,
            Listener listener) {
        super(context, endpoint, dial, ari, repeats, listener);
        ring =
                "ring-"
                        + context.callId()
                        + "-"
                        + Ids.role(context.party())
                        + (context.attempt() == 1 ? "" : "-" + context.attempt());
        ringEnd = end(ring);
    }

    @Override
    public String channel() {
        return ring;
    }

    @Override
    public Future<?> connect(String token) {
        limit = loop.schedule(STEP_LIMIT, () -> fail(dialled));
        String place = context.room().substring(0, NAME_LENGTH) + "@" + CONTEXT;
        return unlessRefused(ari.createLeg(ring, "Local/" + place, "", variables(token)));
    }

    /// What begins with two underscores, the phone's channel has too.
    private Map<String, String> variables(String token) {
        var variables = new HashMap<String, String>();
        variables.put("__" + LegVariables.ROOM, context.room());
        variables.put("__" + LegVariables.TOKEN, token);
        variables.put("__" + LegVariables.LONGEST, Long.toString(dial.longestCall().toSeconds()));
        variables.put(LegVariables.ENDPOINT, endpoint);
        variables.put(LegVariables.RING, Long.toString(dial.ring().toSeconds()));
        CallerId shown = dial.callerId();
        variables.put(LegVariables.SHOWN, shown.number());
        variables.put(LegVariables.SHOWN_NAME, shown.name());
        variables.put(LegVariables.SHOWN_PRESENTATION, shown.restricted() ? "prohib" : "allowed");
        return variables;
    }

    @Override
    public Duration connectLimit() {
        return dial.ring().plus(RING_MARGIN).plus(STEP_LIMIT);
    }

    @Override
    public void connected(LegSocket socket, MediaMessage.Started started) {
        limit.cancel();
        DesiredState<HangupCause> end = end(started.party());
        phoneEnd = end;
        phoneKnown.tryComplete();
        if (!over) {
            socket.write(MediaMessage.answer());
            listener.answered();
        }
    }

    /// Whoever answers at this moment is hung up as soon as their channel is known.
    @Override
    public Future<?> hangUp(HangupCause cause) {
        over = true;
        return ringEnd.want(cause)
                .compose(_ -> answered ? phoneKnown.future() : Future.succeededFuture())
                .compose(_ -> phoneEnd == null ? Future.succeededFuture() : phoneEnd.want(cause));
    }

    @Override
    public void drop() {
        limit.cancel();
        phoneKnown.tryComplete();
        ringEnd.drop();
        if (phoneEnd != null) {
            phoneEnd.drop();
        }
    }

    @Override
    public void on(Message event) {
        switch (event) {
            case StasisStart _ -> dial();
            case Dial dialling -> dialled(dialling.getDialstatus());
            case ChannelDestroyed destroyed -> {
                if (!answered) {
                    ended(LegVariables.cause(destroyed));
                }
            }
            default -> {}
        }
    }

    private void dial() {
        if (dialled || over) {
            return;
        }
        dialled = true;
        limit.cancel();
        ari.dial(ring, dial.ring().plus(RING_MARGIN))
                .onFailure(
                        failure -> {
                            if (!AriException.isUnanswered(failure)) {
                                fail(false);
                            }
                        });
    }

    private void dialled(@Nullable String status) {
        switch (status) {
            case "RINGING" -> listener.ringing();
            case "ANSWER" -> answered();
            case null, default -> {}
        }
    }

    /// The phone is about to open its connection.
    private void answered() {
        if (!answered) {
            answered = true;
            limit = loop.schedule(STEP_LIMIT, () -> fail(phoneEnd != null));
        }
    }

    /// A step did not come, unless it did.
    private void fail(boolean came) {
        phoneKnown.tryComplete();
        if (!came && !over) {
            var _ = ringEnd.want(HangupCause.FAILURE);
            ended(HangupCause.CONGESTION);
        }
    }

    private void ended(HangupCause cause) {
        if (!over) {
            over = true;
            limit.cancel();
            listener.ended(cause);
        }
    }

    /// Whether it rings still. What became of it otherwise the connection tells, or nobody.
    @Override
    public void reconcile(Sweep.Inventory found) {
        if (dialled && !answered && found.channel(ring).isEmpty()) {
            answered();
        }
    }
}
