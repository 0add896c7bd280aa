package io.sandalphone.telephony;

/// Why a leg ends, as ITU-T Q.850 counts it. Before the answer, Asterisk turns the number into a SIP
/// status for the caller (`hangup_cause2sip` in Asterisk's chan_pjsip.c).
public enum HangupCause {
    /// The number does not exist; 404.
    UNALLOCATED(1),
    /// The call ended as calls do; before the answer 603.
    NORMAL(16),
    /// 486.
    BUSY(17),
    /// It rang and nobody answered; 480.
    NO_ANSWER(19),
    /// The other side declined; 403.
    REJECTED(21),
    /// The call went in a circle (exchange routing error); 603, and nobody tries elsewhere.
    ROUTING_LOOP(25),
    /// No way there just now; 503.
    CONGESTION(34),
    /// Anything else that went wrong; 500.
    FAILURE(38);

    private final int q850;

    HangupCause(int q850) {
        this.q850 = q850;
    }

    public int q850() {
        return q850;
    }

    /// The nearest cause we tell apart; unknown numbers become [#FAILURE].
    public static HangupCause ofQ850(int number) {
        return switch (number) {
            case 1, 2, 3, 22, 28 -> UNALLOCATED;
            case 0, 16, 31 -> NORMAL;
            case 17 -> BUSY;
            case 18, 19, 20 -> NO_ANSWER;
            case 21, 55, 57 -> REJECTED;
            case 25 -> ROUTING_LOOP;
            case 34, 41, 42, 44, 27 -> CONGESTION;
            default -> FAILURE;
        };
    }
}
