package io.sandalphone.telephony.client;

import java.io.Serial;
import java.util.Locale;

/// Something a client did that cannot be taken as it is. The message is for the client and says what to
/// change; it repeats nothing that the client sent but numbers of bytes and words from fixed lists.
final class ClientFault extends Exception {
    @Serial private static final long serialVersionUID = 1;

    /// What is wrong, as few words as metrics and clients need. Each has its own counter.
    enum Kind {
        /// A text frame that is no JSON object, or lacks what its type needs.
        MALFORMED,
        /// A message of a type that there is not.
        UNKNOWN_TYPE,
        /// No `init` came in time.
        NO_INIT,
        /// Something else came before `init`, or before it was answered by `ready`.
        BEFORE_INIT,
        /// A second `init` on one connection.
        SECOND_INIT,
        /// Neither a ticket nor a token, or a token that is not the operator's.
        NOT_ADMITTED,
        /// A ticket that this gateway did not sign.
        TICKET_INVALID,
        TICKET_EXPIRED,
        /// A ticket whose call is over, or in which somebody else sits.
        TICKET_USED,
        /// A `callId` that is no UUID, or not that of the ticket or of the call.
        CALL_ID,
        UNKNOWN_LANGUAGE,
        UNKNOWN_LAYOUT,
        /// Nobody is ever rung at the number for which a client would stand by.
        NO_ROUTE,
        /// An answer from a client that does not stand by for calls.
        NOT_STANDING_BY,
        /// Two people are in the call already.
        CALL_FULL,
        /// PCM that does not end with a whole sample.
        ODD_LENGTH,
        /// A chunk or a message that is longer than may be.
        TOO_LONG,
        /// Sound that comes faster than it is spoken.
        TOO_FAST,
        /// So many faults that nothing sensible is to be expected any more.
        TOO_MANY,
        /// Nobody came to meet this one in time.
        NOBODY_CAME;

        /// As written in metrics and messages: `ticket-expired`.
        String wireName() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private final Kind kind;

    /// Of somebody who shows a ticket by which somebody else is there.
    static ClientFault seatTaken() {
        return new ClientFault(
                Kind.TICKET_USED,
                "somebody is in the call by this ticket already: each person needs a link of their"
                        + " own");
    }

    ClientFault(Kind kind, String message) {
        super(message, null, false, false);
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }

    /// The sentence for the client.
    String sentence() {
        return String.valueOf(getMessage());
    }
}
