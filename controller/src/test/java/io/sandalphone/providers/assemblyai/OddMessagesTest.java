package io.sandalphone.providers.assemblyai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.json.JsonMessage.UnreadableException;
import io.sandalphone.json.OddJson;
import io.sandalphone.providers.assemblyai.ServerMessage.Turn;
import io.sandalphone.speech.TranscriptEvent;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.Consumer;

/// A session's messages as the service documents them, in which something is not as it should be: no
/// words that are there may be lost, and none come twice.
class OddMessagesTest {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /// What is said, a turn each.
    private static final List<List<String>> SAID =
            List.of(
                    List.of("good", "morning"),
                    List.of("where", "is", "the", "hospital"),
                    List.of("yes"),
                    List.of("thank", "you", "very", "much"));

    private static final int WORD_MILLIS = 300;

    /// Where the call was when the session began.
    private static final long START = 80_000;

    private static final int SEEDS = 2_000;

    /// One message, and how much of the session's sound was sent before it.
    private record Sent(ObjectNode json, int millis) {}

    /// All messages of one session; `revising` as of a model that calls no word final before the end.
    private static List<Sent> session(boolean revising) {
        List<Sent> messages = new ArrayList<>();
        messages.add(new Sent(JSON.objectNode().put("type", "Begin").put("id", "3f6c"), 0));
        int at = 500;
        for (int turn = 0; turn < SAID.size(); turn++) {
            List<String> words = SAID.get(turn);
            for (int spoken = 1; spoken <= words.size(); spoken++) {
                int now = at + spoken * WORD_MILLIS;
                messages.add(
                        new Sent(turn(turn, words.subList(0, spoken), at, false, revising), now));
            }
            int end = at + words.size() * WORD_MILLIS + 400;
            messages.add(new Sent(turn(turn, words, at, true, revising), end));
            messages.add(
                    new Sent(
                            JSON.objectNode()
                                    .put("type", "Heartbeat")
                                    .put("total_audio_received_ms", end)
                                    .put("max_speech_probability", 0.8),
                            end));
            at = end + 200;
        }
        return messages;
    }

    private static ObjectNode turn(
            int order, List<String> words, int at, boolean ended, boolean revising) {
        ObjectNode turn = JSON.objectNode();
        turn.put("type", "Turn").put("turn_order", order).put("turn_is_formatted", ended);
        turn.put("end_of_turn", ended).put("end_of_turn_confidence", ended ? 0.82 : 0.03);
        List<String> last = revising || ended ? words : words.subList(0, words.size() - 1);
        turn.put("transcript", String.join(" ", last));
        turn.put("utterance", ended ? String.join(" ", last) : "");
        ArrayNode list = turn.putArray("words");
        for (int i = 0; i < words.size(); i++) {
            list.addObject()
                    .put("text", words.get(i))
                    .put("start", at + i * WORD_MILLIS)
                    .put("end", at + i * WORD_MILLIS + WORD_MILLIS - 20)
                    .put("confidence", 0.97)
                    .put("word_is_final", ended || (!revising && i < words.size() - 1));
        }
        return turn.put("language_code", "en").put("language_confidence", 0.99);
    }

    /// What a session's messages come to: the words of each final.
    private static List<String> heard(List<Sent> session) {
        var clock = new SessionClock();
        var meters = AssemblyAiMeters.register(new SimpleMeterRegistry());
        TurnAssembly turns = new TurnAssembly(clock, new SpeechMarks(), meters, true);
        List<TranscriptEvent> events = new ArrayList<>();
        int sent = 0;
        for (Sent each : session) {
            if (each.millis() > sent) {
                clock.sent(START + sent * 8L, (each.millis() - sent) * 8);
                sent = each.millis();
            }
            try {
                if (ServerMessage.parse(each.json().toString()).message() instanceof Turn turn) {
                    events.addAll(turns.accept(turn));
                }
            } catch (UnreadableException e) {
                throw new AssertionError(each.json().toString(), e);
            }
        }
        // A turn more, so that the last one is known to be over.
        turns
                .accept(new Turn(OptionalLong.of(99), true, true, "", List.of(), Optional.empty()))
                .stream()
                .filter(TranscriptEvent.Final.class::isInstance)
                .forEach(events::add);
        List<String> finals = new ArrayList<>();
        long last = START;
        for (TranscriptEvent event : events) {
            if (event
                    instanceof
                    TranscriptEvent.Final(var text, long start, long end, var _, var _)) {
                finals.add(text);
                assertTrue(
                        start >= START && start <= end && end <= clock.end() && end >= last,
                        () -> start + " to " + end + " in " + events);
                last = end;
            }
        }
        return finals;
    }

    private static List<String> said() {
        return SAID.stream().map(words -> String.join(" ", words)).toList();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void the_messages_as_documented_give_every_turn_once(boolean revising) {
        assertEquals(said(), heard(session(revising)));
    }

    /// Each turn's end with the same thing wrong.
    private static void allEndsWith(Consumer<ObjectNode> wrong) {
        for (boolean revising : new boolean[] {false, true}) {
            List<Sent> session = session(revising);
            session.stream()
                    .map(Sent::json)
                    .filter(json -> json.path("end_of_turn").asBoolean())
                    .forEach(wrong);
            assertEquals(said(), heard(session));
        }
    }

    @Test
    void ends_without_words_are_heard() {
        allEndsWith(turn -> turn.remove("words"));
    }

    @Test
    void ends_without_a_number_are_heard() {
        allEndsWith(turn -> turn.remove("turn_order"));
    }

    @Test
    void ends_with_a_number_that_cannot_be_are_heard() {
        allEndsWith(turn -> turn.put("turn_order", 0));
        allEndsWith(turn -> turn.put("turn_order", Long.MAX_VALUE));
    }

    @Test
    void ends_that_do_not_say_that_they_are_some_are_heard() {
        allEndsWith(turn -> turn.remove("end_of_turn"));
    }

    @Test
    void ends_that_come_again_in_another_form_are_heard_once() {
        for (String lacking : List.of("language_code", "turn_order", "words")) {
            List<Sent> twice = new ArrayList<>();
            for (Sent each : session(false)) {
                twice.add(each);
                if (each.json().path("end_of_turn").asBoolean()) {
                    ObjectNode again = each.json().deepCopy();
                    String text = again.path("transcript").asText();
                    again.put("transcript", text.toUpperCase(Locale.ROOT) + ".");
                    again.remove(lacking);
                    twice.add(new Sent(again, each.millis()));
                }
            }
            assertEquals(said(), heard(twice), lacking);
        }
    }

    @Test
    void a_turn_whose_end_is_never_told_is_heard_when_the_next_begins() {
        List<Sent> session = session(false);
        session.removeIf(
                each ->
                        each.json().path("end_of_turn").asBoolean()
                                && each.json().path("turn_order").asInt() == 1);
        assertEquals(
                List.of("good morning", "where is the", "yes", "thank you very much"),
                heard(session));
    }

    @Test
    void whatever_is_odd_about_messages_no_words_that_are_there_are_lost_or_come_twice() {
        long first = new Random().nextLong();
        for (long seed = first; seed < first + SEEDS; seed++) {
            var random = new Random(seed);
            List<Sent> session = session(random.nextBoolean());
            // Odd, but not all at once: what a message does not say, those beside it do.
            for (int i = random.nextInt(3); i < session.size(); i += 2 + random.nextInt(3)) {
                distort(session.get(i).json(), random);
            }
            assertEquals(said(), heard(session), "seed " + seed);
        }
    }

    /// Makes one or two fields of a message something they should not be. The text stays somewhere.
    private static void distort(ObjectNode message, Random random) {
        List<String> names = OddJson.names(message);
        for (int i = 0; i <= random.nextInt(2); i++) {
            String name = names.get(random.nextInt(names.size()));
            if (name.equals("words") && random.nextBoolean()) {
                distortWord(message, random);
            } else if (name.equals("end_of_turn")) {
                message.put(name, message.path(name).asText());
            } else if (!name.equals("transcript")) {
                OddJson.distort(message, name, random);
            } else if (message.path("words").isArray()) {
                message.set(name, NullNode.instance);
                names.remove("words");
            }
            message.put("unknown_" + i, random.nextInt());
        }
    }

    private static void distortWord(ObjectNode message, Random random) {
        JsonNode words = message.path("words");
        if (words.path(0).isObject() && message.path("transcript").isTextual()) {
            var word = (ObjectNode) words.get(random.nextInt(words.size()));
            List<String> names = OddJson.names(word);
            String name = names.get(random.nextInt(names.size()));
            OddJson.distort(word, name, random);
        }
    }
}
