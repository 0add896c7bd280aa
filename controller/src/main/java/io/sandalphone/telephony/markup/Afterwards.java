package io.sandalphone.telephony.markup;

import java.util.List;

/// What a call goes on to when the stream of its sound ends without the call having ended: we are gone, or the
/// stream merely broke off and is asked for again.
public sealed interface Afterwards {
    /// The conference room `name`, where the other party comes too: the two talk on. The first to leave the room
    /// ends it for the other, whose call ends then if they hung up; if they were taken back to us, the
    /// other one follows by a stream of their own, which `secondToken` opens.
    record Room(String name, String secondToken) implements Afterwards {}

    /// Nobody can come to them, because the other party is at another carrier: they are asked to wait for a
    /// moment, in which their stream may be asked for again, then told that the connection is lost, and released,
    /// all within 15 seconds.
    record Farewell() implements Afterwards {
        private static final List<Step> STEPS =
                List.of(
                        new Pause(1),
                        new Sentence("en-US", "One moment, please."),
                        new Sentence("es-MX", "Un momento, por favor."),
                        new Pause(5),
                        new Sentence("en-US", "The connection was lost. Please call again."),
                        new Sentence("es-MX", "Se perdió la conexión. Por favor, llame otra vez."));

        /// What they hear, one after the other.
        public List<Step> steps() {
            return STEPS;
        }
    }

    /// The other party is at another carrier, which takes calls at `address`, a SIP URI: they are told that it was
    /// us, and are brought there. Whoever comes to nobody, or whose other party hangs up, is released without
    /// another word, since a document cannot tell the two apart.
    record WayBack(String address) implements Afterwards {
        /// For how long the address is called, in seconds; Telnyx takes no less. Twilio may add five to it, and
        /// all of it is over within 15 seconds even so.
        public static final int RING_SECONDS = 5;

        private static final List<Step> STEPS =
                List.of(
                        new Pause(1),
                        new Sentence("en-US", "We were cut off. One moment."),
                        new Sentence("es-MX", "Se cortó la llamada. Un momento."));

        /// What they hear before, one after the other. The pause comes first, because a stream that merely
        /// broke off is asked for again by then.
        public List<Step> steps() {
            return STEPS;
        }

        /// Printed without the address: who knows it could enter.
        @Override
        public String toString() {
            return "WayBack";
        }
    }

    /// A part of what a party hears of the carrier.
    sealed interface Step {}

    /// Nothing, for so many seconds.
    record Pause(int seconds) implements Step {}

    /// What a voice of the carrier says, and its language (BCP 47).
    record Sentence(String language, String text) implements Step {}
}
