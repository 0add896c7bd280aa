package io.sandalphone.telephony.markup;

import io.sandalphone.telephony.HangupCause;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Fetches the two people of a call back from the room in which a gateway before this one left them, by giving each the document
/// of their stream again; both at once, since the room ends for the other when one is taken out of it. Where only one request was
/// done the other one comes by the second stream of the document that they have. Where none was, both stay in the room and talk on
/// untranslated: nobody is fetched twice.
///
/// Requests that the carrier certainly did not carry out are made again, [#MOST_ATTEMPTS] times at most. Runs on the call's loop.
final class Rejoining {
    static final int MOST_ATTEMPTS = 3;

    /// How long a stream may take to start once the carrier has been asked for both.
    static final Duration START_LIMIT = Duration.ofSeconds(5);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(300);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final Account account;
    private final List<RejoinedLeg> legs = new ArrayList<>();
    private int unanswered;
    private boolean given;
    private String why = "";

    Rejoining(Account account) {
        this.account = account;
    }

    /// A leg is listened to, and is fetched from now on.
    void begin(RejoinedLeg leg) {
        legs.add(leg);
        unanswered++;
        ask(leg, new Backoff(FIRST_PAUSE, LONGEST_PAUSE, account.chance()), 1);
    }

    private void ask(RejoinedLeg leg, Backoff backoff, int attempt) {
        String callId = leg.callId();
        if (callId == null || !leg.isAway()) {
            answered();
            return;
        }
        String document = account.streamDocument(leg);
        leg.loop()
                .offload(
                        () -> account.dialect().redirect(callId, document),
                        answer -> answered(leg, answer, backoff, attempt),
                        _ -> failed(leg, "fault"));
    }

    private void answered(RejoinedLeg leg, RestAnswer answer, Backoff backoff, int attempt) {
        account.answered(answer.isAnswer());
        switch (answer) {
            case RestAnswer.Done _ -> {
                given = true;
                leg.documentGiven();
                answered();
            }
            case RestAnswer.Refused refused -> {
                switch (refused.reason()) {
                    case GONE, OTHER_STATE -> {
                        leg.gone(HangupCause.NORMAL);
                        answered();
                    }
                    case TOO_MANY -> again(leg, Standing.RATE_LIMITED, backoff, attempt);
                    case CREDENTIALS -> failed(leg, "credentials");
                    case OTHER -> failed(leg, "refused");
                }
            }
            case RestAnswer.Unsent _ -> again(leg, Standing.UNREACHABLE, backoff, attempt);
            case RestAnswer.Unknown _ -> failed(leg, Standing.UNREACHABLE);
        }
    }

    private void again(RejoinedLeg leg, String why, Backoff backoff, int attempt) {
        if (attempt == MOST_ATTEMPTS) {
            failed(leg, why);
            return;
        }
        account.meters().updateRepeated().increment();
        leg.loop().schedule(backoff.next(), () -> ask(leg, backoff, attempt + 1));
    }

    private void failed(RejoinedLeg leg, String why) {
        this.why = why;
        leg.documentRefused();
        answered();
    }

    /// What the carrier did shows by who comes.
    private void answered() {
        unanswered--;
        if (unanswered == 0) {
            legs.getFirst().loop().schedule(START_LIMIT, this::look);
        }
    }

    private void look() {
        List<RejoinedLeg> away = legs.stream().filter(RejoinedLeg::isAway).toList();
        if (given || away.size() < legs.size()) {
            away.forEach(RejoinedLeg::insist);
        } else {
            away.forEach(leg -> leg.leaveThere(why));
        }
    }
}
