package io.sandalphone.support;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What the log says of one call, line by line, with nothing about people: of each line what is on a list of ours, and of the rest how
/// much there was. Lines that are not of the call, or no JSON, are passed over.
///
/// A sentence is shown if the class that logged it can say it ([Sentences]), a value if its field is on the list and can have it
/// ([Fields]), of a stack trace the exceptions and the places ([StackTrace]). Times count from the first line; of the day there is the
/// date.
public final class CallExcerpt {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Set<String> LEVELS = Set.of("ERROR", "WARN", "INFO", "DEBUG", "TRACE");

    /// What every line has, and is shown in another form or says nothing of the call.
    private static final Set<String> TREATED =
            Set.of(
                    "@timestamp",
                    "level",
                    "level_value",
                    "logger_name",
                    "message",
                    "thread_name",
                    "stack_trace",
                    "call");

    private final String callId;
    private final Sentences sentences = new Sentences();
    private final Fields fields = new Fields();
    private final List<ObjectNode> lines = new ArrayList<>();
    private @Nullable Instant first;
    private int sentencesLeftOut;
    private int fieldsLeftOut;

    /// Of the call with this id.
    public CallExcerpt(String callId) {
        this.callId = callId;
    }

    /// Reads one line of the log.
    public void read(String line) {
        // Most lines are of other calls, and are not worth reading.
        if (!line.contains(callId)) {
            return;
        }
        JsonNode json;
        try {
            json = JSON.readTree(line);
        } catch (JsonProcessingException _) {
            return;
        }
        if (json.isObject() && json.path("call").asText().equals(callId)) {
            lines.add(shown(json));
        }
    }

    private ObjectNode shown(JsonNode json) {
        ObjectNode shown = JSON.createObjectNode();
        Instant at = time(json.path("@timestamp").asText());
        if (at != null) {
            Instant from = first == null ? at : first;
            first = from;
            shown.put("at_ms", Duration.between(from, at).toMillis());
        }
        String level = json.path("level").asText();
        if (LEVELS.contains(level)) {
            shown.put("level", level);
        }
        String source = json.path("logger_name").asText();
        if (sentences.isClass(source)) {
            shown.put("class", source);
        }
        String sentence = json.path("message").asText();
        if (sentences.says(source, sentence)) {
            shown.put("message", sentence);
        } else {
            sentencesLeftOut++;
        }
        for (Map.Entry<String, JsonNode> field : json.properties()) {
            if (fields.allows(field.getKey(), field.getValue())) {
                shown.set(field.getKey(), field.getValue());
            } else if (!TREATED.contains(field.getKey())) {
                fieldsLeftOut++;
            }
        }
        List<String> trace = StackTrace.shown(json.path("stack_trace").asText());
        if (!trace.isEmpty()) {
            trace.forEach(shown.putArray("stack_trace")::add);
        }
        return shown;
    }

    private static @Nullable Instant time(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException _) {
            return null;
        }
    }

    /// Whether anything was found of the call.
    public boolean isEmpty() {
        return lines.isEmpty();
    }

    /// All of it as JSON, one line of the log in each line.
    ///
    /// @param version of the gateway that reads it
    public String text(String version) {
        ObjectNode head =
                JSON.createObjectNode()
                        .put("version", 1)
                        .put("gateway", version)
                        .put("java", Runtime.version().toString())
                        .put("call", callId);
        Instant began = first;
        if (began != null) {
            head.put("day", began.atOffset(ZoneOffset.UTC).toLocalDate().toString());
        }
        head.put("sentences_left_out", sentencesLeftOut).put("fields_left_out", fieldsLeftOut);
        String all = head.toString();
        return all.substring(0, all.length() - 1)
                + ",\"lines\":[\n"
                + String.join(",\n", lines.stream().map(ObjectNode::toString).toList())
                + "\n]}\n";
    }
}
