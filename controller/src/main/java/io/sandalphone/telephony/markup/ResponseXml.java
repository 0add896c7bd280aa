package io.sandalphone.telephony.markup;

import io.sandalphone.telephony.HangupCause;

import java.io.StringWriter;

import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/// Writes documents that steer calls, verbs within `<Response>`, for carriers whose library does not.
public final class ResponseXml {
    /// Writes what stands within the document.
    @FunctionalInterface
    public interface Verbs {
        void write(XMLStreamWriter xml) throws XMLStreamException;
    }

    private ResponseXml() {}

    /// The document of these verbs.
    public static String of(Verbs verbs) {
        var text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("Response");
            verbs.write(xml);
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a document of fixed parts", e);
        }
        return text.toString();
    }

    /// Takes the call not at all, and costs nobody anything: the caller hears that the line is busy, or that
    /// they are refused, which is all that TeXML and TwiML can tell them.
    public static String rejection(HangupCause cause) {
        boolean busy =
                switch (cause) {
                    case BUSY, CONGESTION, NO_ANSWER -> true;
                    case UNALLOCATED, NORMAL, REJECTED, ROUTING_LOOP, FAILURE -> false;
                };
        return of(
                xml -> {
                    xml.writeEmptyElement("Reject");
                    xml.writeAttribute("reason", busy ? "busy" : "rejected");
                });
    }
}
