package io.sandalphone.harness.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.config.Finding;
import io.sandalphone.harness.fakes.Fault;
import io.sandalphone.harness.fakes.audio.AudioServer;
import io.sandalphone.harness.fakes.audio.Ear;
import io.sandalphone.harness.fakes.audio.HeardUpload;
import io.sandalphone.harness.fakes.audio.OpenAiAudio;
import io.sandalphone.harness.fakes.polly.SpeechGenerator;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneWord;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.ProviderEngines;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SpeechException.Kind;
import io.sandalphone.speech.TranscriptEvent;
import io.sandalphone.speech.VoiceChoice;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The servers with OpenAI's endpoints for sound, each in its dialect.
@Timeout(120)
class OpenAiSpeechTest {
    private static final short[] TWO_WORDS = ToneSpeech.USUAL.render(ToneWord.W1, ToneWord.W3);
    private static final short[] SILENCE = new short[8000];

    private final List<AutoCloseable> opened = new ArrayList<>();

    private OpenAiAudio service = service(AudioServer.OPENAI, Ear.tones());
    private HttpEngineLab lab = lab();

    private static OpenAiAudio service(AudioServer server, Ear ear) {
        return new OpenAiAudio(server, ear, SpeechGenerator.humming(Duration.ofMillis(60)), false);
    }

    private HttpEngineLab lab() {
        var made = new HttpEngineLab(service);
        opened.add(made);
        return made;
    }

    private void serve(AudioServer server, Ear ear) {
        service = service(server, ear);
        lab = lab();
    }

    private ProviderEngines engines(String settings) {
        ProviderEngines engines = lab.engines("openai", settings);
        opened.add(engines);
        return engines;
    }

    private ProviderEngines openAi() {
        return engines("{base-url: \"%s/v1\", api-key: sk-fake-key-of-the-lab, timeout: 30s}");
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : opened.reversed()) {
            each.close();
        }
    }

    private static String words(Object told) {
        return assertInstanceOf(TranscriptEvent.Final.class, told, told::toString).text();
    }

    @Test
    void an_utterance_is_sent_whole_as_a_file_with_all_that_helps() throws Exception {
        Object told = lab.hear(openAi(), "es-MX", TWO_WORDS, "Acme", "Zoë");
        assertEquals("waa wcc", words(told));
        HeardUpload upload = service.heard().getFirst();
        assertEquals(16_000, upload.rate());
        assertEquals("es", upload.fields().get("language"));
        assertEquals("whisper-1", upload.fields().get("model"));
        assertEquals("Acme, Zoë", upload.fields().get("prompt"));
        var words = (TranscriptEvent.Final) told;
        assertTrue(words.confidence().orElseThrow() > 0.7, words::toString);
    }

    @Test
    void a_model_that_tells_only_words_is_asked_only_for_them() throws Exception {
        ProviderEngines engines =
                engines(
                        """
                        base-url: "%s/v1"
                        api-key: sk-fake-key-of-the-lab
                        timeout: 30s
                        hearing: {model: gpt-4o-transcribe, response-format: json}
                        """);
        Object told = lab.hear(engines, "en", TWO_WORDS);
        assertEquals("waa wcc", words(told));
        assertEquals("json", service.heard().getFirst().fields().get("response_format"));
        assertTrue(((TranscriptEvent.Final) told).confidence().isEmpty());
    }

    @Test
    void what_whisper_invents_is_left_out_and_counted() throws Exception {
        serve(AudioServer.WHISPER_SERVER, Ear.tones());
        ProviderEngines engines =
                engines(
                        """
                        base-url: "%s"
                        api-key: none
                        timeout: 30s
                        hearing: {path: /inference, at-once: 1}
                        """);
        assertEquals("waa wcc", words(lab.hear(engines, "en", TWO_WORDS)));
        assertInstanceOf(TranscriptEvent.Nothing.class, lab.hear(engines, "en", SILENCE));
        assertEquals(
                1, lab.meters.get("sandalphone.vendor.utterances.dismissed").counter().count());
        assertEquals(Finding.Kind.OK, check(engines));
    }

    private static Finding.Kind check(ProviderEngines engines) throws Exception {
        return engines.transcriber().orElseThrow().check().getFirst().kind();
    }

    @Test
    void a_phrase_again_and_again_is_not_believed() throws Exception {
        serve(AudioServer.SPEACHES, Ear.inOrder("en", "we open ".repeat(12)));
        ProviderEngines engines = speaches();
        assertInstanceOf(TranscriptEvent.Nothing.class, lab.hear(engines, "en", new short[48_000]));
    }

    private ProviderEngines speaches() {
        return engines(
                """
                base-url: "%s/v1"
                api-key: none
                timeout: 30s
                hearing: {model: Systran/faster-whisper-small}
                speaking: {model: speaches-ai/Kokoro-82M-v1.0-ONNX, voice: none, voices: {es: ef_dora}}
                """);
    }

    @Test
    void each_language_has_its_voice_and_without_one_nobody_speaks() throws Exception {
        serve(AudioServer.SPEACHES, Ear.tones());
        ProviderEngines engines = speaches();
        Sound sound = lab.speak(engines, "es-MX", "la casa de mi hermano");
        assertTrue(sound.pcm().length > 4000);
        assertEquals("ef_dora", service.said().getFirst().voice());
        assertFalse(engines.synthesizer().orElseThrow().speaks(new Language("en")));
    }

    @Test
    void the_voice_that_is_asked_for_speaks() throws Exception {
        ProviderEngines engines = openAi();
        lab.speak(engines, "es", "hola", new VoiceChoice(Optional.of("alloy"), Map.of()));
        lab.speak(engines, "es", "hola", new VoiceChoice(Optional.empty(), Map.of("google", "x")));
        assertEquals(
                List.of("alloy", "coral"),
                service.said().stream().map(said -> said.voice()).toList());
        assertEquals("", HttpEngineLab.mistake(engines, "es", "af_bella+af_sky"));
    }

    @Test
    void a_long_text_is_asked_for_in_parts_and_paid_for_once() throws Exception {
        String text = "We open at nine. ".repeat(300).strip();
        lab.speak(openAi(), "en", text);
        assertEquals(2, service.said().size());
        long characters = lab.usage.items().stream().mapToLong(RecordedUsage.Item::amount).sum();
        assertEquals(text.length() - 1, characters, "but for the blank between");
    }

    @ParameterizedTest
    @EnumSource(names = {"INCOMPLETE", "GARBAGE", "FLOOD", "CUT", "SERVER_ERROR"})
    void whatever_comes_in_place_of_sound_or_words_it_ends(Fault fault) throws Exception {
        lab.fake.inject(fault);
        ProviderEngines engines = openAi();
        Object told = lab.hear(engines, "en", TWO_WORDS);
        if (told instanceof SpeechException failure) {
            Failures.assertSilentAbout("waa", failure);
        } else {
            assertEquals(Fault.INCOMPLETE, fault, told::toString);
        }
        try {
            lab.speak(engines, "es", "secreto");
        } catch (SpeechException failure) {
            Failures.assertSilentAbout("secreto", failure);
        }
    }

    @Test
    void sound_without_end_is_cut_off() {
        lab.fake.inject(Fault.FLOOD);
        ProviderEngines engines = openAi();
        SpeechException failure =
                assertThrows(SpeechException.class, () -> lab.speak(engines, "es", "hola"));
        assertEquals(Kind.PROVIDER_FAULT, failure.kind());
    }

    @Test
    void what_is_no_sound_is_not_played() {
        lab.fake.inject(Fault.GARBAGE);
        ProviderEngines engines =
                engines(
                        """
                        base-url: "%s/v1"
                        api-key: sk-fake-key-of-the-lab
                        timeout: 30s
                        speaking: {format: wav}
                        """);
        SpeechException failure =
                assertThrows(SpeechException.class, () -> lab.speak(engines, "es", "hola"));
        assertEquals(Kind.PROVIDER_FAULT, failure.kind());
    }

    @Test
    void its_check_says_what_is_wrong() throws Exception {
        ProviderEngines engines = openAi();
        assertEquals(Finding.Kind.OK, check(engines));
        assertEquals(
                "engines.openai.api-key", blamed("{base-url: \"%s/v1\", api-key: wrong}", true));
        assertEquals(
                "engines.openai.hearing.model",
                blamed(
                        "{base-url: \"%s/v1\", api-key: sk-fake-key-of-the-lab,"
                                + " hearing: {model: whisper-9}}",
                        true));
        assertEquals(
                "engines.openai.speaking.model",
                blamed(
                        "{base-url: \"%s/v1\", api-key: sk-fake-key-of-the-lab,"
                                + " speaking: {model: tts-9}}",
                        false));
        assertEquals(
                "engines.openai.base-url", blamed("{base-url: \"http://127.0.0.1:1/v1\"}", true));
    }

    private String blamed(String settings, boolean hearing) throws Exception {
        ProviderEngines engines = engines(settings);
        List<Finding> findings =
                hearing
                        ? engines.transcriber().orElseThrow().check()
                        : engines.synthesizer().orElseThrow().check();
        return findings.getFirst().setting();
    }
}
