package io.sandalphone.harness.fakes.polly;

import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

import java.io.IOException;
import java.io.StringReader;
import java.util.Set;

import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

/// Speech markup as Polly takes it from any engine.
final class Ssml {
    private static final Set<String> TAGS =
            Set.of("speak", "break", "lang", "mark", "p", "s", "prosody", "say-as", "sub", "w");

    private Ssml() {}

    /// The text of `markup`, without the tags.
    static String text(String markup) throws Refusal {
        Element root = parse(markup);
        NodeList all = root.getElementsByTagName("*");
        boolean known = root.getTagName().equals("speak");
        for (int i = 0; i < all.getLength(); i++) {
            known &= TAGS.contains(((Element) all.item(i)).getTagName());
        }
        if (!known) {
            throw invalid();
        }
        return root.getTextContent();
    }

    private static Element parse(String markup) throws Refusal {
        try {
            var factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            var builder = factory.newDocumentBuilder();
            // Throws, and writes nothing to standard error.
            builder.setErrorHandler(new DefaultHandler());
            return builder.parse(new InputSource(new StringReader(markup))).getDocumentElement();
        } catch (SAXException | IOException e) {
            throw invalid();
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Refusal invalid() {
        return new Refusal(400, "InvalidSsmlException", "Invalid SSML request");
    }
}
