package io.sandalphone.telephony.telnyx;

import io.sandalphone.telephony.markup.Afterwards;
import io.sandalphone.telephony.markup.ResponseXml;

import java.util.List;
import java.util.function.UnaryOperator;

import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/// The documents by which Telnyx is told what to do with a call (Telnyx, "TeXML").
final class Texml {
    private Texml() {}

    /// Lets the sound of the call pass over a socket, ours coded by `codec`, as
    /// [io.sandalphone.telephony.markup.Dialect#streamDocument] says. `socket` gives the address that a token
    /// opens.
    static String stream(
            UnaryOperator<String> socket, String token, TelnyxCodec codec, Afterwards afterwards) {
        return ResponseXml.of(
                xml -> {
                    connect(xml, socket.apply(token), codec);
                    switch (afterwards) {
                        case Afterwards.Room room -> {
                            conference(xml, room.name());
                            connect(xml, socket.apply(room.secondToken()), codec);
                        }
                        case Afterwards.WayBack way -> {
                            tell(xml, way.steps());
                            dial(xml, way);
                            xml.writeEmptyElement("Hangup");
                        }
                        case Afterwards.Farewell farewell -> {
                            tell(xml, farewell.steps());
                            xml.writeEmptyElement("Hangup");
                        }
                    }
                });
    }

    private static void conference(XMLStreamWriter xml, String room) throws XMLStreamException {
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
    }

    private static void dial(XMLStreamWriter xml, Afterwards.WayBack way)
            throws XMLStreamException {
        xml.writeStartElement("Dial");
        xml.writeAttribute("timeout", Integer.toString(Afterwards.WayBack.RING_SECONDS));
        xml.writeStartElement("Sip");
        xml.writeCharacters(way.address());
        xml.writeEndElement();
        xml.writeEndElement();
    }

    private static void tell(XMLStreamWriter xml, List<Afterwards.Step> steps)
            throws XMLStreamException {
        for (Afterwards.Step step : steps) {
            switch (step) {
                case Afterwards.Pause(int seconds) -> {
                    xml.writeEmptyElement("Pause");
                    xml.writeAttribute("length", Integer.toString(seconds));
                }
                case Afterwards.Sentence(String language, String text) -> {
                    xml.writeStartElement("Say");
                    xml.writeAttribute("language", language);
                    xml.writeCharacters(text);
                    xml.writeEndElement();
                }
            }
        }
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

    /// Lets the sound of the call pass over a socket at `url`, and ends it with that.
    static String streamAlone(String url, TelnyxCodec codec) {
        return ResponseXml.of(
                xml -> {
                    connect(xml, url, codec);
                    xml.writeEmptyElement("Hangup");
                });
    }
}
