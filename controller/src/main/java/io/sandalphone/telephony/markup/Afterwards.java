package io.sandalphone.telephony.markup;

import java.util.List;

/// What a call goes on to when the stream of its sound ends without the call having ended: we are gone.
public sealed interface Afterwards {
    /// The conference room `name`, where the other party comes too: the two talk on. The first to leave the room
    /// ends it for the other, whose call ends then if they hung up; if they were taken back to us, the
    /// other one follows by a stream of their own, which `secondToken` opens.
    record Room(String name, String secondToken) implements Afterwards {}

    /// Nobody can come to them, because the other party is at another carrier: they are told so, after a second
    /// in which a stream that merely broke off may be asked for again, and released.
    record Farewell() implements Afterwards {
        /// In each language of the parties that we know of; said in about ten seconds.
        static final List<Sentence> SENTENCES =
                List.of(
                        new Sentence("en-US", "The connection was lost. Please call again."),
                        new Sentence("es-MX", "Se perdió la conexión. Por favor, llame otra vez."));

        /// How long they hear nothing before.
        public static final int PAUSE_SECONDS = 1;

        /// What they are told.
        public List<Sentence> sentences() {
            return SENTENCES;
        }
    }

    /// What a voice of the carrier says, and its language (BCP 47).
    record Sentence(String language, String text) {}
}
