package io.sandalphone.harness.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.lab.SharedByClass;
import io.sandalphone.harness.tone.ToneWord;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SpeechException.Kind;
import io.sandalphone.speech.Translator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/// Every translator there is, the vendors' against their fakes by TLS.
@ParameterizedClass(name = "{0}")
@MethodSource("candidates")
class TranslatorContractTest extends TranslatorContract {
    @RegisterExtension
    private static final SharedByClass<FakedProviders> PROVIDERS =
            new SharedByClass<>(FakedProviders::secured, FakedProviders::close);

    private static final int AT_ONCE = 20;

    static List<Candidate> candidates() {
        ProviderSetup tone = PROVIDERS.get().tone();
        List<Candidate> candidates =
                new ArrayList<>(
                        Candidate.of(
                                List.of(
                                        FakedProviders.offline(),
                                        PROVIDERS.get().googleBasic(),
                                        PROVIDERS.get().googleAdvanced()),
                                tone));
        candidates.addAll(Candidate.of(List.of(tone), PROVIDERS.get().googleBasic()));
        return candidates;
    }

    TranslatorContractTest(Candidate candidate) {
        super(candidate);
    }

    @Override
    protected Translator translator() {
        return PROVIDERS.get().engines(candidate).translator();
    }

    @Test
    void many_at_once_get_each_their_own() throws Exception {
        Translator translator = translator();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> asked = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                String text = text(i);
                asked.add(threads.submit(() -> translator.translate(request(text))));
            }
            for (int i = 0; i < AT_ONCE; i++) {
                assertEquals(translate(text(i)), asked.get(i).get(60, TimeUnit.SECONDS));
            }
        }
    }

    /// Different for each `i`.
    private String text(int i) {
        List<ToneWord> words = ToneWord.of(ENGLISH);
        return candidate.leader().words() == ProviderSetup.Words.SPEECH
                ? List.of("one", "two", "three", "four", "five").get(i % 5) + " houses"
                : ToneWord.text(List.of(words.get(i % 8), words.get(i / 8)));
    }

    @Test
    void a_text_longer_than_anybody_says_is_translated_or_refused() throws Exception {
        String text = (said() + " ").repeat(4500).strip();
        try {
            assertTrue(translate(text).length() > text.length() / 2);
        } catch (SpeechException refusal) {
            assertEquals(Kind.REQUEST, refusal.kind(), refusal::toString);
        }
    }

    @Test
    void an_interrupt_ends_it() throws Exception {
        try (var engines = candidate.make();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Translator translator = engines.translator();
            translator.translate(request(said()));
            candidate.leader().stall().run();
            try {
                Future<String> asked = threads.submit(() -> translator.translate(request(said())));
                threads.shutdownNow();
                var ended =
                        assertThrows(
                                ExecutionException.class, () -> asked.get(20, TimeUnit.SECONDS));
                assertInstanceOf(InterruptedException.class, ended.getCause());
            } finally {
                candidate.leader().recover().run();
            }
        }
    }

    @Test
    void closing_gives_everything_back() throws Exception {
        translator();
        var before = HeldResources.now();
        try (var engines = candidate.make()) {
            engines.translator().translate(request(said()));
        }
        before.awaitReturn();
    }
}
