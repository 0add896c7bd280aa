package io.sandalphone.harness.carrier;

import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

import java.io.IOException;
import java.io.StringReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

/// What a webhook answered, read: the verbs in order, and what in it the carrier does not know. Such
/// elements are left out and such attributes ignored, as carriers do.
record Document(List<Verb> verbs, List<String> problems) {
    private static final Set<String> BOOLEANS = Set.of("true", "false");

    /// No XML, or no document.
    static final class MalformedException extends Exception {
        private static final long serialVersionUID = 1;

        MalformedException(String message) {
            super(message);
        }
    }

    static Document parse(String xml, Grammar grammar) throws MalformedException {
        Element root = root(xml);
        if (!root.getTagName().equals("Response")) {
            throw new MalformedException("the document is a <" + root.getTagName() + ">");
        }
        var reader = new Reader(grammar);
        reader.check(root);
        for (Element each : children(root)) {
            reader.read(each);
        }
        return new Document(List.copyOf(reader.verbs), List.copyOf(reader.problems));
    }

    private static Element root(String xml) throws MalformedException {
        try {
            var factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            DocumentBuilder builder = factory.newDocumentBuilder();
            // Without this it writes to standard error before it throws.
            builder.setErrorHandler(
                    new org.xml.sax.helpers.DefaultHandler() {
                        @Override
                        public void fatalError(SAXParseException e) throws SAXException {
                            throw e;
                        }
                    });
            return builder.parse(new InputSource(new StringReader(xml))).getDocumentElement();
        } catch (ParserConfigurationException | IOException e) {
            throw new IllegalStateException(e);
        } catch (SAXException e) {
            throw new MalformedException(String.valueOf(e.getMessage()));
        }
    }

    private static List<Element> children(Element parent) {
        List<Element> children = new ArrayList<>();
        for (Node at = parent.getFirstChild(); at != null; at = at.getNextSibling()) {
            if (at instanceof Element element) {
                children.add(element);
            }
        }
        return children;
    }

    private static final class Reader {
        private final Grammar grammar;
        private final List<Verb> verbs = new ArrayList<>();
        private final List<String> problems = new ArrayList<>();

        Reader(Grammar grammar) {
            this.grammar = grammar;
        }

        /// Reports what is unknown of `element` and of all within it.
        void check(Element element) {
            NamedNodeMap attributes = element.getAttributes();
            for (int i = 0; i < attributes.getLength(); i++) {
                String name = attributes.item(i).getNodeName();
                if (!grammar.knowsAttribute(element.getTagName(), name)) {
                    problems.add("<%s> has no attribute %s".formatted(element.getTagName(), name));
                }
            }
            for (Element child : children(element)) {
                if (grammar.knows(element.getTagName(), child.getTagName())) {
                    check(child);
                } else {
                    problems.add(
                            "<%s> does not hold <%s>"
                                    .formatted(element.getTagName(), child.getTagName()));
                }
            }
        }

        void read(Element element) {
            switch (element.getTagName()) {
                case "Connect" -> connect(element);
                case "Dial" -> dial(element);
                case "Pause" -> verbs.add(new Verb.Pause(seconds(element, "length", 1)));
                case "Say" -> verbs.add(new Verb.Say(text(element)));
                case "Play" -> verbs.add(new Verb.Play(text(element)));
                case "Hangup" -> verbs.add(new Verb.Hangup());
                case "Reject" -> {
                    String reason =
                            oneOf(element, "reason", "rejected", Set.of("rejected", "busy"));
                    verbs.add(new Verb.Reject(reason.equals("busy")));
                }
                case "Redirect" ->
                        verbs.add(
                                new Verb.Redirect(
                                        new Verb.Link(text(element), method(element, "method")),
                                        Map.of()));
                default -> {
                    // Reported by check, and left out.
                }
            }
        }

        private void connect(Element connect) {
            List<Element> streams = named(connect, "Stream");
            if (streams.size() != 1) {
                problems.add("<Connect> holds %d streams, not one".formatted(streams.size()));
            }
            if (connect.hasAttribute("action")) {
                problems.add(
                        "<Connect action> asks the server whose end it waits for; put verbs after"
                                + " </Connect>");
            }
            for (Element stream : streams) {
                Map<String, String> parameters = new LinkedHashMap<>();
                for (Element parameter : named(stream, "Parameter")) {
                    String name = parameter.getAttribute("name");
                    String value = parameter.getAttribute("value");
                    if (name.isEmpty() || name.length() + value.length() >= 500) {
                        problems.add("a <Parameter> without a name, or of 500 characters and more");
                    }
                    parameters.put(name, value);
                }
                Map<String, String> attributes = new LinkedHashMap<>();
                NamedNodeMap all = stream.getAttributes();
                for (int i = 0; i < all.getLength(); i++) {
                    attributes.put(all.item(i).getNodeName(), all.item(i).getNodeValue());
                }
                verbs.add(new Verb.Stream(attributes, parameters));
            }
        }

        private void dial(Element dial) {
            Optional<Verb.Link> action =
                    dial.hasAttribute("action")
                            ? Optional.of(
                                    new Verb.Link(
                                            dial.getAttribute("action"), method(dial, "method")))
                            : Optional.empty();
            List<Element> rooms = named(dial, "Conference");
            List<Verb.Party> parties = new ArrayList<>();
            named(dial, "Number").forEach(each -> parties.add(new Verb.Party(text(each), false)));
            named(dial, "Sip").forEach(each -> parties.add(new Verb.Party(text(each), true)));
            if (parties.isEmpty() && rooms.isEmpty() && !text(dial).isEmpty()) {
                parties.add(new Verb.Party(text(dial), false));
            }
            if (rooms.size() == 1 && parties.isEmpty()) {
                Element room = rooms.getFirst();
                if (text(room).isEmpty()) {
                    problems.add("a <Conference> without a name");
                }
                verbs.add(
                        new Verb.Conference(
                                text(room),
                                !oneOf(
                                                room,
                                                "beep",
                                                "true",
                                                Set.of("true", "false", "onEnter", "onExit"))
                                        .equals("false"),
                                !room.hasAttribute("waitUrl")
                                        || !room.getAttribute("waitUrl").isEmpty(),
                                flag(room, "startConferenceOnEnter", true),
                                flag(room, "endConferenceOnExit", false),
                                action));
            } else if (!parties.isEmpty() && rooms.isEmpty()) {
                Optional<String> callerId =
                        dial.hasAttribute("callerId")
                                ? Optional.of(dial.getAttribute("callerId"))
                                : Optional.empty();
                verbs.add(new Verb.Dial(parties, seconds(dial, "timeout", 30), callerId, action));
            } else {
                problems.add("<Dial> holds neither parties nor one conference");
            }
        }

        private boolean flag(Element element, String attribute, boolean usual) {
            return oneOf(element, attribute, Boolean.toString(usual), BOOLEANS).equals("true");
        }

        private String method(Element element, String attribute) {
            return oneOf(element, attribute, "POST", Set.of("GET", "POST"));
        }

        private String oneOf(
                Element element, String attribute, String usual, Set<String> possible) {
            if (!element.hasAttribute(attribute)) {
                return usual;
            }
            String value = element.getAttribute(attribute);
            if (!possible.contains(value)) {
                problems.add(
                        "<%s %s=\"%s\">: expected one of %s"
                                .formatted(
                                        element.getTagName(),
                                        attribute,
                                        value,
                                        possible.stream().sorted().toList()));
                return usual;
            }
            return value;
        }

        private Duration seconds(Element element, String attribute, int usual) {
            String value = element.getAttribute(attribute);
            if (value.isEmpty()) {
                return Duration.ofSeconds(usual);
            }
            if (!value.matches("\\d{1,5}")) {
                problems.add(
                        "<%s %s=\"%s\">: expected seconds"
                                .formatted(element.getTagName(), attribute, value));
                return Duration.ofSeconds(usual);
            }
            return Duration.ofSeconds(Long.parseLong(value));
        }

        private static List<Element> named(Element parent, String name) {
            return children(parent).stream()
                    .filter(each -> each.getTagName().equals(name))
                    .toList();
        }

        private static String text(Element element) {
            return element.getTextContent().strip();
        }
    }
}
