package io.sandalphone.notices;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.sandalphone.files.StateFile;
import io.sandalphone.files.WriteWatch;

import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// What operators were told and what is not over, as a file that outlives the gateway:
/// `[{"kind", "about", "since", "told"}…]`. It is replaced as a whole.
final class NoticeStore {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int MOST_BYTES = 256 * 1024;

    private final StateFile file;
    private final WriteWatch writes;
    private List<NoticePolicy.Told> kept = List.of();

    NoticeStore(Path path) {
        file = new StateFile(path, "list of notices", MOST_BYTES);
        writes = new WriteWatch("list of notices", "notices.state", path);
    }

    /// What was written last; nothing when there is no such file.
    ///
    /// @throws IOException when it cannot be read, or holds anything else
    List<NoticePolicy.Told> read() throws IOException {
        Optional<String> text = file.read();
        if (text.isEmpty()) {
            return List.of();
        }
        try {
            List<NoticePolicy.Told> told = new ArrayList<>();
            for (JsonNode each : JSON.readTree(text.get())) {
                // What a later version tells of, this one does not know.
                kind(each.path("kind").asText()).ifPresent(kind -> told.add(told(kind, each)));
            }
            kept = told;
            return told;
        } catch (JsonProcessingException | DateTimeException e) {
            throw file.notOfItsKind(e);
        }
    }

    private static Optional<NoticeKind> kind(String name) {
        return Arrays.stream(NoticeKind.values())
                .filter(kind -> kind.wireName().equals(name))
                .findFirst();
    }

    private static NoticePolicy.Told told(NoticeKind kind, JsonNode json) {
        JsonNode count = json.path("count");
        return new NoticePolicy.Told(
                new Condition(
                        kind,
                        json.path("about").asText(),
                        count.isIntegralNumber()
                                ? OptionalLong.of(count.asLong())
                                : OptionalLong.empty(),
                        OptionalLong.empty()),
                Instant.parse(json.path("since").asText()),
                Instant.parse(json.path("told").asText()));
    }

    /// Has the file hold `told`. A disk that refuses is said once, and tried again the next time.
    void keep(List<NoticePolicy.Told> told) {
        if (told.equals(kept)) {
            return;
        }
        try {
            write(told);
            kept = told;
            writes.written();
        } catch (IOException refused) {
            writes.failed(StateFile.reason(refused));
        }
    }

    private void write(List<NoticePolicy.Told> told) throws IOException {
        ArrayNode all = JSON.createArrayNode();
        for (NoticePolicy.Told each : told) {
            ObjectNode json =
                    all.addObject()
                            .put("kind", each.condition().kind().wireName())
                            .put("about", each.condition().about())
                            .put("since", each.since().toString())
                            .put("told", each.at().toString());
            each.condition().count().ifPresent(count -> json.put("count", count));
        }
        file.write(all.toPrettyString() + "\n", true);
    }
}
