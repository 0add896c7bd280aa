package io.sandalphone.telephony.markup;

import io.sandalphone.telephony.HangupCause;

import java.time.Duration;

/// Asks the carrier for the stream of a call that has none, by giving the call the stream's document again,
/// until one starts or the call is known to be over.
///
/// Where both legs of a call have lost their streams, both parties are in its room. Taking one out ends
/// the room, and the other's document goes on to its second stream by itself; so one is asked for, and
/// the other only if that does not happen. Runs on the call's loop.
final class Restoring {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    // Whose partner is at another carrier is released some twelve seconds after they lost their
    // stream.
    private static final Duration LONGEST_PAUSE_ALONE = Duration.ofSeconds(2);

    private static final Duration OTHER_FIRST = Duration.ofSeconds(5);

    // A carrier that takes up a document opens its stream at once.
    private static final Duration ON_ITS_WAY = Duration.ofSeconds(3);

    private final MarkupLeg leg;
    private final Account account;
    private final String callId;
    private final Backoff backoff;
    private boolean over;

    Restoring(MarkupLeg leg, Account account, String callId) {
        this.leg = leg;
        this.account = account;
        this.callId = callId;
        Duration longest = leg.elsewhere().isPresent() ? LONGEST_PAUSE_ALONE : LONGEST_PAUSE;
        backoff = new Backoff(FIRST_PAUSE, longest, account.chance());
    }

    void begin() {
        if (account.isOtherLost(leg)) {
            again(OTHER_FIRST);
        } else {
            ask();
        }
    }

    /// The same for one that was asked for already and is on its way.
    void await() {
        again(ON_ITS_WAY);
    }

    private void ask() {
        if (over) {
            return;
        }
        String document = account.streamDocument(leg);
        leg.loop()
                .offload(
                        () -> account.dialect().redirect(callId, document),
                        this::answered,
                        _ -> again(Duration.ZERO));
    }

    private void answered(RestAnswer answer) {
        account.answered(answer.isAnswer());
        if (answer instanceof RestAnswer.Refused || answer instanceof RestAnswer.Unsent) {
            leg.notTaken();
        }
        if (over) {
            return;
        }
        switch (answer) {
            case RestAnswer.Done _ -> again(MarkupLeg.START_LIMIT);
            case RestAnswer.Refused refused -> {
                switch (refused.reason()) {
                    case GONE, OTHER_STATE -> leg.gone(HangupCause.NORMAL);
                    case TOO_MANY, CREDENTIALS, OTHER -> again(Duration.ZERO);
                }
            }
            case RestAnswer.Unsent _, RestAnswer.Unknown _ -> again(Duration.ZERO);
        }
    }

    private void again(Duration patience) {
        leg.loop()
                .schedule(
                        patience.plus(backoff.next()),
                        () -> {
                            if (!over) {
                                account.meters().updateRepeated().increment();
                                ask();
                            }
                        });
    }

    /// Nobody needs it any more.
    void stop() {
        over = true;
    }
}
