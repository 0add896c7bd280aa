package io.sandalphone.telephony.markup;

import io.sandalphone.telephony.HangupCause;
import io.sandalphone.telephony.LegContext;
import io.sandalphone.telephony.stream.StreamAddress;
import io.vertx.core.Future;
import io.vertx.core.Promise;

import java.util.Optional;

/// A caller's leg. The carrier waits for the answer to its webhook until it is decided what becomes of the
/// call; from then on it is like any other leg.
public final class ArrivedLeg extends MarkupLeg {
    /// What the webhook is answered with.
    public sealed interface Decision {
        /// A document.
        record Document(String xml) implements Decision {}

        /// 503: the carrier asks the number's fallback URL then, as it does while we are not there.
        record GiveBack() implements Decision {}
    }

    private final Promise<Decision> decision = Promise.promise();
    private final StreamAddress streamAddress;
    private boolean decided;
    private Optional<String> partner = Optional.empty();

    ArrivedLeg(LegContext context, Account account, String callId) {
        this(context, account, callId, StreamAddress.USUAL);
    }

    /// One whose documents send its stream to `streamAddress`.
    ArrivedLeg(LegContext context, Account account, String callId, StreamAddress streamAddress) {
        super(context, account);
        this.streamAddress = streamAddress;
        learn(callId);
    }

    @Override
    StreamAddress streamAddress() {
        return streamAddress;
    }

    /// What becomes of the call. Any thread may ask.
    Future<Decision> decision() {
        return decision.future();
    }

    /// Whom they call is rung over `via`, a carrier by its name.
    void goesTo(String via) {
        partner = Optional.of(via).filter(name -> !name.equals(account().dialect().name()));
    }

    @Override
    Optional<String> elsewhere() {
        return partner;
    }

    /// Takes the call, unless something else was decided. Its stream is to start soon.
    void admit() {
        if (!decided) {
            decide(new Decision.Document(account().streamDocument(this)));
            loop().schedule(
                            account().dialect().firstStartLimit(),
                            () -> {
                                if (phase() == Phase.WAITING) {
                                    lose("no_start");
                                }
                            });
        }
    }

    /// Takes the call, where that is not left to its carrier ([Dialect#answersAtOnce]).
    @Override
    public void answer() {
        admit();
    }

    private void decide(Decision made) {
        decided = true;
        decision.complete(made);
    }

    private void giveBack() {
        account().meters().returned().increment();
        decide(new Decision.GiveBack());
        fail(HangupCause.NORMAL);
    }

    @Override
    public void hangUp(HangupCause cause) {
        if (decided) {
            super.hangUp(cause);
        } else {
            decide(new Decision.Document(account().dialect().rejection(cause)));
            fail(cause);
        }
    }

    @Override
    public void returnToCarrier() {
        if (!decided) {
            giveBack();
        }
    }

    @Override
    public void leave() {
        if (decided) {
            super.leave();
        } else {
            giveBack();
        }
    }

    @Override
    public void abandon() {
        if (decided) {
            super.abandon();
        } else {
            giveBack();
        }
    }

    /// The carrier answers for us as soon as it has the document.
    @Override
    boolean isAnswered() {
        return true;
    }
}
