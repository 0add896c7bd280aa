package io.sandalphone.harness.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.lab.SharedByClass;
import io.sandalphone.speech.PcmSink;
import io.sandalphone.speech.Synthesizer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Every synthesizer there is, the vendor's against its fake by TLS.
@ParameterizedClass(name = "{0}")
@MethodSource("candidates")
class SynthesizerContractTest extends SynthesizerContract {
    @RegisterExtension
    private static final SharedByClass<FakedProviders> PROVIDERS =
            new SharedByClass<>(FakedProviders::secured, FakedProviders::close);

    private static final int AT_ONCE = 8;

    static List<Candidate> candidates() {
        ProviderSetup tone = PROVIDERS.get().tone();
        ProviderSetup polly = PROVIDERS.get().polly();
        List<Candidate> candidates =
                new ArrayList<>(
                        Candidate.of(
                                List.of(
                                        FakedProviders.offline(),
                                        polly,
                                        PROVIDERS.get().openAi(),
                                        PROVIDERS.get().piper(),
                                        PROVIDERS.get().googleSpeaking()),
                                tone));
        candidates.add(
                Candidate.of(
                        PROVIDERS
                                .get()
                                .openAi()
                                .with("openai by WAV", "{speaking: {format: wav}}")));
        candidates.add(
                Candidate.of(
                        FakedProviders.offline().with("offline lite", "{voices: [espeak-ng]}")));
        candidates.add(
                new Candidate(
                        List.of(polly.with("polly at a pace", "{rate-percent: 110, format: pcm}")),
                        false));
        candidates.addAll(Candidate.of(List.of(tone), polly));
        return candidates;
    }

    SynthesizerContractTest(Candidate candidate) {
        super(candidate);
    }

    @Override
    protected Synthesizer synthesizer() {
        return PROVIDERS.get().engines(candidate).synthesizer();
    }

    @Test
    void sound_comes_in_pieces_and_each_belongs_to_who_takes_it() throws Exception {
        String text = said() + " " + text(4);
        Sound first = speak(text);
        assertTrue(first.pieces() > 1, "all in one piece");
        assertArrayEquals(first.pcm(), speak(text).pcm());
    }

    @Test
    void many_at_once_are_each_spoken_as_if_alone() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Sound>> asked = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                String text = text(i);
                asked.add(threads.submit(() -> speak(text)));
            }
            for (int i = 0; i < AT_ONCE; i++) {
                assertArrayEquals(
                        speak(text(i)).pcm(), asked.get(i).get(60, TimeUnit.SECONDS).pcm());
            }
        }
    }

    private String text(int i) {
        return said().substring(said().indexOf(' ', i * 2) + 1);
    }

    @Test
    void an_interrupt_ends_it_before_the_first_sound() throws Exception {
        Synthesizer synthesizer = synthesizer();
        var sound = new Sound();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            threads.submit(
                            () -> {
                                Thread.currentThread().interrupt();
                                return interrupted(synthesizer, sound);
                            })
                    .get(20, TimeUnit.SECONDS);
        }
        assertEquals(0, sound.pieces());
    }

    @Test
    void an_interrupt_ends_it_in_the_middle() throws Exception {
        Synthesizer synthesizer = synthesizer();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var pieces = new AtomicInteger();
            threads.submit(
                            () ->
                                    interrupted(
                                            synthesizer,
                                            _ -> {
                                                pieces.incrementAndGet();
                                                Thread.currentThread().interrupt();
                                            }))
                    .get(20, TimeUnit.SECONDS);
            assertTrue(pieces.get() <= 2, () -> pieces + " pieces");
        }
    }

    /// Speaks what is too long for any cache, and expects to be interrupted.
    private Void interrupted(Synthesizer synthesizer, PcmSink out) {
        assertThrows(
                InterruptedException.class,
                () -> synthesizer.synthesize(request((said() + " ").repeat(5), SPANISH), out));
        return null;
    }

    @Test
    void closing_gives_everything_back() throws Exception {
        synthesizer();
        var before = HeldResources.now();
        try (var engines = candidate.make()) {
            engines.synthesizer().synthesize(request(said(), SPANISH), new Sound());
        }
        before.awaitReturn();
    }
}
