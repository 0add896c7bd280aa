package io.sandalphone.telephony.telnyx;

import io.sandalphone.telephony.HangupCause;

import java.io.StringWriter;

import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/// The documents by which Telnyx is told what to do with a call (Telnyx, "TeXML").
final class Texml {
    /// Writes one document.
    @FunctionalInterface
    private interface Content {
        void write(XMLStreamWriter xml) throws XMLStreamException;
    }

    private Texml() {}

    /// Lets the sound of the call pass over a socket at `socketUrl`, ours coded by `codec`, then joins whoever
    /// is in `room`, then lets it pass over one at `secondUrl`: see
    /// [io.sandalphone.telephony.markup.Dialect#streamDocument].
    static String stream(String socketUrl, TelnyxCodec codec, String room, String secondUrl) {
        return document(
                xml -> {
                    connect(xml, socketUrl, codec);
                    xml.writeStartElement("Dial");
                    xml.writeStartElement("Conference");
                    // By default there is a beep for each who enters. Music is played only before a
                    // conference starts, which this one does with the first who enters.
                    xml.writeAttribute("beep", "false");
                    xml.writeAttribute("startConferenceOnEnter", "true");
                    xml.writeAttribute("endConferenceOnExit", "true");
                    xml.writeCharacters(room);
                    xml.writeEndElement();
                    xml.writeEndElement();
                    connect(xml, secondUrl, codec);
                });
    }

    private static void connect(XMLStreamWriter xml, String url, TelnyxCodec codec)
            throws XMLStreamException {
        xml.writeStartElement("Connect");
        xml.writeEmptyElement("Stream");
        xml.writeAttribute("url", url);
        // By default whole files of MP3 are expected, and anything else is dropped without a word.
        xml.writeAttribute("bidirectionalMode", "rtp");
        xml.writeAttribute("bidirectionalCodec", codec.name());
        xml.writeAttribute("bidirectionalSamplingRate", Integer.toString(codec.rate()));
        if (codec == TelnyxCodec.L16) {
            // Otherwise what is heard comes as the call itself is coded, which `start` announces.
            xml.writeAttribute("codec", codec.name());
        }
        xml.writeEndElement();
    }

    /// Takes the call not at all, and costs nobody anything: the caller hears that the line is busy, or that
    /// they are refused, which is all that Telnyx can tell them.
    static String reject(HangupCause cause) {
        boolean busy =
                switch (cause) {
                    case BUSY, CONGESTION, NO_ANSWER -> true;
                    case UNALLOCATED, NORMAL, REJECTED, ROUTING_LOOP, FAILURE -> false;
                };
        return document(
                xml -> {
                    xml.writeEmptyElement("Reject");
                    xml.writeAttribute("reason", busy ? "busy" : "rejected");
                });
    }

    private static String document(Content content) {
        var text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("Response");
            content.write(xml);
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a document of fixed parts", e);
        }
        return text.toString();
    }
}
