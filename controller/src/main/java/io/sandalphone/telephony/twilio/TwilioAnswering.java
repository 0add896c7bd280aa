package io.sandalphone.telephony.twilio;

import io.sandalphone.config.Secret;
import io.sandalphone.telephony.CallerId;
import io.sandalphone.telephony.markup.Afterwards;
import io.sandalphone.telephony.markup.AnsweringDialect;
import io.sandalphone.telephony.markup.MarkupCarrier;
import io.sandalphone.telephony.markup.RefusalLog;
import io.sandalphone.telephony.markup.ResponseXml;
import io.sandalphone.telephony.stream.FormParameters;
import io.sandalphone.telephony.stream.PublicUrl;
import io.sandalphone.telephony.stream.StreamAddress;

/// Twilio for a program that only answers: it rings nobody and needs nothing of Twilio but the credentials by which it knows
/// Twilio. A call that arrives waits until it is answered or refused, and ends with its stream. Thread-safe.
public final class TwilioAnswering extends MarkupCarrier {
    // Nobody is rung.
    private static final int CALLS_PER_SECOND = 1;

    /// `authToken` is the primary one of the account, with which Twilio signs.
    public TwilioAnswering(
            String accountSid, Secret authToken, Surroundings surroundings, TwilioMeters meters) {
        this(
                new TwilioGuard(
                        accountSid,
                        authToken,
                        surroundings.publicUrl(),
                        true,
                        new RefusalLog(meters.legs(), surroundings.clock(), TwilioGuard.ADVICE)),
                surroundings,
                meters);
    }

    private TwilioAnswering(TwilioGuard guard, Surroundings surroundings, TwilioMeters meters) {
        super(
                new Words(surroundings.publicUrl()),
                guard,
                account -> new TwilioProtocol(account, guard),
                CALLS_PER_SECOND,
                surroundings,
                meters.legs());
    }

    /// Whether `text` is an account's SID: `AC` and 32 hexadecimal digits.
    public static boolean isAccount(String text) {
        return Sids.isAccount(text);
    }

    /// The header that Twilio's requests bear, and nobody else's.
    public static String signatureHeader() {
        return TwilioSignature.HEADER;
    }

    private static final class Words extends AnsweringDialect {
        private final PublicUrl publicUrl;

        Words(PublicUrl publicUrl) {
            super(TwilioCarrier.NAME);
            this.publicUrl = publicUrl;
        }

        @Override
        public String streamDocument(StreamAddress address, String token, Afterwards afterwards) {
            return ResponseXml.of(
                    xml -> {
                        xml.writeStartElement("Connect");
                        xml.writeStartElement("Stream");
                        xml.writeAttribute("url", publicUrl.socket(address.path()));
                        xml.writeEmptyElement("Parameter");
                        xml.writeAttribute("name", Twiml.TOKEN);
                        xml.writeAttribute("value", token);
                        xml.writeEndElement();
                        xml.writeEndElement();
                        xml.writeEmptyElement("Hangup");
                    });
        }

        @Override
        public CallerId caller(FormParameters parameters) {
            return TwilioCaller.of(parameters);
        }
    }
}
