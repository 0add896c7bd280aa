package io.sandalphone.harness.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.brain.Brain;
import io.sandalphone.brain.BrainRequest;
import io.sandalphone.brain.CallFacts;
import io.sandalphone.brain.Turn;
import io.sandalphone.brain.Wish;
import io.sandalphone.config.Finding;
import io.sandalphone.config.Section;
import io.sandalphone.harness.fakes.FakeOptions;
import io.sandalphone.harness.fakes.Fault;
import io.sandalphone.harness.fakes.backend.BackendReply;
import io.sandalphone.harness.fakes.backend.BackendRequest;
import io.sandalphone.harness.fakes.backend.BackendSignature;
import io.sandalphone.harness.fakes.backend.ConversationBackend;
import io.sandalphone.harness.fakes.http.HttpAnswer;
import io.sandalphone.harness.fakes.http.HttpCall;
import io.sandalphone.harness.fakes.http.HttpFake;
import io.sandalphone.harness.fakes.http.HttpRefusal;
import io.sandalphone.harness.fakes.http.HttpService;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.lab.SharedByClass;
import io.sandalphone.providers.backend.BackendProvider;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SpeechException.Kind;
import io.sandalphone.speech.Usage;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/// The brain that is an operator's own backend.
@Timeout(120)
class BackendBrainTest {
    @RegisterExtension private static final SharedByClass<Vertx> VERTX = SharedByClass.vertx();

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String SECRET = "what both know";
    private static final Set<Wish.Ability> ALL = Set.of(Wish.Ability.values());

    private final ConversationBackend backend =
            new ConversationBackend(
                    BackendBrainTest::reply, Optional.of(new BackendSignature(SECRET)));
    private final HttpFake fake =
            HttpFake.start(VERTX.get(), FakeOptions.PLAIN, HttpFake.INSTANT, backend);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Brain brain = brain(settings());
    private final HeardReply said = new HeardReply();

    private static BackendReply reply(BackendRequest request) {
        return switch (request.text()) {
            case "adiós" -> BackendReply.says("Hasta luego.").andEnds();
            case "una persona" -> BackendReply.says("Un momento.").andTransfersTo("reception");
            case "…" -> BackendReply.says("");
            default -> BackendReply.says("¿" + request.text() + "?");
        };
    }

    private ObjectNode settings() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("enabled", "true")
                .put("base-url", fake.address().toString())
                .put("secret", SECRET)
                .put("timeout", "30s")
                .put("history", 4);
    }

    private Brain brain(ObjectNode settings) {
        return new BackendProvider().read(Section.root(settings)).get().make(meters);
    }

    private static BrainRequest asked(Turn... turns) {
        return HeardReply.asked("call-1", ALL, turns);
    }

    @AfterEach
    void close() {
        brain.close();
        fake.close();
    }

    @Test
    void what_is_said_first_begins_a_conversation_and_the_rest_goes_on_with_it() throws Exception {
        brain.answer(asked(Turn.agent("¿Diga?"), Turn.caller("hola")), said);
        brain.answer(
                asked(
                        Turn.agent("¿Diga?"),
                        Turn.caller("hola"),
                        Turn.agent("¿hola?"),
                        Turn.caller("una habitación 😀")),
                said);
        assertEquals("¿hola?¿una habitación 😀?", said.text());
        assertEquals(List.of(), said.wishes());
        assertEquals(
                List.of(
                        new BackendRequest(
                                true,
                                "call-1",
                                "+15551230009",
                                "+15551230001",
                                "es",
                                "hola",
                                history("assistant", "¿Diga?")),
                        new BackendRequest(
                                false,
                                "call-1",
                                "+15551230009",
                                "+15551230001",
                                "es",
                                "una habitación 😀",
                                history(
                                        "assistant",
                                        "¿Diga?",
                                        "user",
                                        "hola",
                                        "assistant",
                                        "¿hola?"))),
                backend.asked());
    }

    private static JsonArray history(String... rolesAndTexts) {
        var history = new JsonArray();
        for (int i = 0; i < rolesAndTexts.length; i += 2) {
            history.add(
                    new JsonObject()
                            .put("role", rolesAndTexts[i])
                            .put("content", rolesAndTexts[i + 1]));
        }
        return history;
    }

    @Test
    void no_more_of_the_conversation_is_told_than_settings_say() throws Exception {
        Brain forgetful = brain(settings().put("history", 0));
        forgetful.answer(asked(Turn.agent("¿Diga?"), Turn.caller("hola")), said);
        assertEquals(new JsonArray(), backend.asked().getFirst().history());
        forgetful.close();
    }

    @Test
    void a_number_that_is_withheld_is_anonymous() throws Exception {
        brain.answer(
                new BrainRequest(
                        new CallFacts("call-2", "", "+15551230001", Map.of()),
                        new Language("es"),
                        "",
                        Optional.empty(),
                        List.of(Turn.caller("hola")),
                        Set.of(),
                        Usage.UNMETERED),
                said);
        assertEquals("anonymous", backend.asked().getFirst().from());
    }

    /// Takes whatever comes, and keeps it.
    private static final class Keeping implements HttpService {
        private final List<JsonObject> bodies = new CopyOnWriteArrayList<>();

        @Override
        public Set<Fault> faults() {
            return Set.of();
        }

        @Override
        public HttpAnswer answer(HttpCall call) {
            bodies.add(new JsonObject(call.body()));
            return HttpAnswer.json(new JsonObject().put("reply", "vale"));
        }

        @Override
        public Optional<HttpRefusal> refusal(Fault fault, int count) {
            return Optional.empty();
        }
    }

    @Test
    void what_is_known_of_the_called_number_goes_along_where_there_is_something() throws Exception {
        var keeping = new Keeping();
        HttpFake other = HttpFake.start(VERTX.get(), FakeOptions.PLAIN, HttpFake.INSTANT, keeping);
        Brain told = brain(settings().put("base-url", other.address().toString()));
        for (Map<String, String> extra :
                List.of(Map.of("user_id", "17"), Map.<String, String>of())) {
            told.answer(
                    new BrainRequest(
                            new CallFacts("call-3", "", "+15551230001", extra),
                            new Language("es"),
                            "",
                            Optional.empty(),
                            List.of(Turn.caller("hola")),
                            Set.of(),
                            Usage.UNMETERED),
                    said);
        }
        assertEquals(
                new JsonObject().put("user_id", "17"),
                keeping.bodies.getFirst().getJsonObject("extra"));
        assertFalse(keeping.bodies.getLast().containsKey("extra"));
        told.close();
        other.close();
    }

    @Test
    void it_may_end_the_call_and_put_the_caller_through_by_name() throws Exception {
        brain.answer(asked(Turn.caller("una persona")), said);
        assertEquals(List.of(new Wish.Transfer(Optional.of("reception"), "")), said.wishes());
        brain.answer(asked(Turn.caller("adiós")), said);
        assertInstanceOf(Wish.HangUp.class, said.wishes().getLast());
        assertEquals("Un momento.Hasta luego.", said.text());
    }

    @Test
    void what_the_agent_may_not_do_is_not_wished_and_counted() throws Exception {
        brain.answer(HeardReply.asked("call-1", Set.of(), Turn.caller("adiós")), said);
        assertEquals("Hasta luego.", said.text());
        assertEquals(List.of(), said.wishes());
        assertEquals(1, meters.get("sandalphone.backend.wishes.refused").counter().count());
    }

    @Test
    void an_empty_reply_is_silence_on_purpose() throws Exception {
        brain.answer(asked(Turn.caller("…")), said);
        assertEquals("", said.text());
        assertTrue(said.silent());
    }

    @Test
    void a_backend_that_no_longer_knows_the_conversation_is_told_it_anew() throws Exception {
        brain.answer(asked(Turn.caller("hola"), Turn.agent("¿hola?"), Turn.caller("buenas")), said);
        assertEquals("¿buenas?", said.text());
        assertEquals(List.of(true), backend.asked().stream().map(BackendRequest::begins).toList());
        assertEquals(1, meters.get("sandalphone.backend.begun.again").counter().count());
    }

    @ParameterizedTest
    @CsvSource({
        "UNAUTHORIZED, CREDENTIALS", "FORBIDDEN, CREDENTIALS", "NOT_FOUND, REQUEST",
        "RATE_LIMITED, OVERLOADED", "SERVER_ERROR, PROVIDER_FAULT", "INCOMPLETE, PROVIDER_FAULT",
        "GARBAGE, PROVIDER_FAULT", "FLOOD, PROVIDER_FAULT", "CUT, UNREACHABLE"
    })
    void each_failure_has_its_kind_and_none_repeats_what_was_said(Fault fault, Kind kind) {
        fake.inject(fault);
        for (Turn[] turns :
                List.of(
                        new Turn[] {Turn.caller("secreto uno")},
                        new Turn[] {
                            Turn.caller("hola"), Turn.agent("¿hola?"), Turn.caller("secreto uno")
                        })) {
            SpeechException failure =
                    assertThrows(SpeechException.class, () -> brain.answer(asked(turns), said));
            assertEquals(kind, failure.kind(), () -> fault + " " + failure.getMessage());
            Failures.assertSilentAbout("secreto", failure);
        }
        assertEquals("", said.text());
        assertEquals(List.of(), said.wishes());
    }

    @ParameterizedTest
    @CsvSource({"STALL", "STALL_WITHIN"})
    void what_takes_longer_than_settings_say_is_given_up(Fault fault) {
        Brain impatient = brain(settings().put("timeout", "200ms"));
        fake.inject(fault);
        SpeechException failure =
                assertThrows(
                        SpeechException.class,
                        () -> impatient.answer(asked(Turn.caller("hola")), said));
        assertEquals(Kind.TIMEOUT, failure.kind());
        impatient.close();
    }

    @Test
    void a_wrong_secret_is_told_as_one() throws Exception {
        Brain stranger = brain(settings().put("secret", "another"));
        SpeechException failure =
                assertThrows(
                        SpeechException.class,
                        () -> stranger.answer(asked(Turn.caller("hola")), said));
        assertEquals(Kind.CREDENTIALS, failure.kind());
        assertTrue(stranger.unavailableReason().isPresent());
        stranger.close();
    }

    @Test
    void switched_off_it_asks_nobody_and_says_nothing() throws Exception {
        Brain off = brain(settings().put("enabled", "false").put("base-url", "none"));
        off.answer(asked(Turn.caller("hola")), said);
        assertTrue(said.silent());
        assertEquals("", said.text());
        assertEquals(0, fake.journal().requests());
        assertEquals(1, meters.get("sandalphone.backend.unasked").counter().count());
        assertEquals(Finding.Kind.OK, off.check().getFirst().kind());
        off.close();
    }

    @Test
    void an_interrupt_ends_it_and_at_the_backend_too() throws Exception {
        fake.inject(Fault.STALL);
        var end = new AtomicReference<Throwable>();
        Thread thread =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    try {
                                        brain.answer(asked(Turn.caller("hola")), said);
                                    } catch (Throwable e) {
                                        end.set(e);
                                    }
                                });
        Poll.until(SOON, () -> fake.journal().underWay() == 1, () -> fake.journal().toString());
        thread.interrupt();
        assertTrue(thread.join(SOON));
        assertInstanceOf(InterruptedException.class, end.get());
        Poll.until(SOON, () -> fake.journal().underWay() == 0, () -> fake.journal().toString());
    }

    @Test
    void its_check_says_what_is_wrong() throws Exception {
        assertEquals(List.of(Finding.Kind.OK), kinds(brain));
        Brain unsigned = brain(settings().put("secret", "none"));
        assertEquals(List.of(Finding.Kind.OK, Finding.Kind.WARNING), kinds(unsigned));
        unsigned.close();
        fake.close();
        assertEquals("brains.backend.base-url", brain.check().getFirst().setting());
    }

    private static List<Finding.Kind> kinds(Brain brain) throws Exception {
        return brain.check().stream().map(Finding::kind).toList();
    }
}
