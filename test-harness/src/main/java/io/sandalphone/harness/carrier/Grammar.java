package io.sandalphone.harness.carrier;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// Which elements a carrier's documents may hold, within which, and with which attributes. What is not
/// here is reported.
public final class Grammar {
    private final Map<String, Element> elements = new HashMap<>();

    private record Element(Set<String> attributes, Set<String> children) {}

    private Grammar() {
        put(
                "Response",
                Set.of(),
                "Connect",
                "Dial",
                "Hangup",
                "Pause",
                "Play",
                "Redirect",
                "Reject",
                "Say");
        put("Connect", Set.of("action", "method"), "Stream");
        put(
                "Dial",
                Set.of(
                        "action",
                        "answerOnBridge",
                        "callerId",
                        "hangupOnStar",
                        "method",
                        "record",
                        "ringTone",
                        "timeLimit",
                        "timeout"),
                "Conference",
                "Number",
                "Sip");
        put(
                "Conference",
                Set.of(
                        "beep",
                        "endConferenceOnExit",
                        "maxParticipants",
                        "muted",
                        "startConferenceOnEnter",
                        "statusCallback",
                        "statusCallbackEvent",
                        "statusCallbackMethod",
                        "waitMethod",
                        "waitUrl"));
        put(
                "Number",
                Set.of(
                        "method",
                        "statusCallback",
                        "statusCallbackEvent",
                        "statusCallbackMethod",
                        "url"));
        put(
                "Sip",
                Set.of(
                        "method",
                        "password",
                        "statusCallback",
                        "statusCallbackEvent",
                        "statusCallbackMethod",
                        "url",
                        "username"));
        put("Hangup", Set.of());
        put("Pause", Set.of("length"));
        put("Play", Set.of("digits", "loop"));
        put("Redirect", Set.of("method"));
        put("Reject", Set.of("reason"));
        put("Say", Set.of("language", "loop", "voice"));
    }

    /// TwiML, as far as calls over media streams need it.
    public static Grammar twiml() {
        var grammar = new Grammar();
        grammar.put(
                "Stream",
                Set.of(
                        "connectorName",
                        "name",
                        "statusCallback",
                        "statusCallbackMethod",
                        "track",
                        "url"),
                "Parameter");
        grammar.put("Parameter", Set.of("name", "value"));
        return grammar;
    }

    /// TeXML, likewise: a stream has no parameters there, but says how sound is coded.
    public static Grammar texml() {
        var grammar = new Grammar();
        grammar.put(
                "Stream",
                Set.of(
                        "bidirectionalCodec",
                        "bidirectionalMode",
                        "bidirectionalSamplingRate",
                        "codec",
                        "name",
                        "statusCallback",
                        "statusCallbackMethod",
                        "track",
                        "url"));
        return grammar;
    }

    private void put(String name, Set<String> attributes, String... children) {
        elements.put(name, new Element(attributes, Set.of(children)));
    }

    boolean knows(String parent, String child) {
        Element element = elements.get(parent);
        return element != null && element.children().contains(child);
    }

    boolean knowsAttribute(String element, String attribute) {
        Element known = elements.get(element);
        return known != null && known.attributes().contains(attribute);
    }
}
