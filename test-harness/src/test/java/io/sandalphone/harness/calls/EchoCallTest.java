package io.sandalphone.harness.calls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import io.sandalphone.harness.controller.ControllerSettings;
import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.RealAsterisk;
import io.sandalphone.harness.recorded.RecordedEar;
import io.sandalphone.harness.recorded.RecordedSentence;
import io.sandalphone.speech.Language;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A telephone that sends back all that it hears: the caller's own voice and our translation. The people are
/// recordings of a human voice, ours is the embedded one, and what recognises hears an echo as well as a
/// person: only what the controller drops is not translated back.
@RealAsterisk
class EchoCallTest {
    private static final Language ENGLISH = new Language("en");
    private static final Language SPANISH = new Language("es");
    private static final List<RecordedSentence> REPEATED =
            List.of(RecordedSentence.HOLD, RecordedSentence.SAVED, RecordedSentence.CHANGED);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /// So few words of an echo right before a person's own are left to them (decision 0009): a machine that stands still
    /// for a moment breaks our voice in two, and the rest of it leads into their sentence.
    private static final int MOST_ECHO_WORDS = 3;

    /// What comes back of the last sentence has been recognised by then.
    private static final Duration REST = Duration.ofSeconds(4);

    @Test
    void an_echo_is_never_translated_back_and_who_talks_over_it_is_heard(AsteriskHost host)
            throws Exception {
        RecordedEar ear = RecordedEar.of(List.of(), ENGLISH);
        try (CallLab lab = CallLab.open(host, settings())) {
            // scripts/bench echo has the others.
            echoes(lab, ear, 20, Duration.ofMillis(400));
            echoes(lab, ear, 35, Duration.ofMillis(60));
        }
    }

    @Test
    void who_repeats_what_they_were_told_is_heard(AsteriskHost host) throws Exception {
        RecordedEar ear = RecordedEar.of(List.of(), ENGLISH);
        try (CallLab lab = CallLab.open(host, settings());
                JoinedCall call = lab.join(CallLab.BOTH_WAYS)) {
            List<RecordedSentence> said = new ArrayList<>();
            for (int after : new int[] {200, 450, 800}) {
                RecordedSentence sentence = REPEATED.get(said.size());
                said.add(sentence);
                tell(call, sentence);
                awaitSounded(call, sentence, ENGLISH);
                answer(call, sentence, after);
                awaitSounded(call, sentence, SPANISH);
            }
            call.listen(REST);
            assertHeardInEnglish(said, call, ear, "without echo");
            call.hangUp();
        }
    }

    private static ControllerSettings settings() {
        return CallLab.routed(
                ControllerSettings.offline()
                        .speech("transcriber", "recorded")
                        .speech("translator", "recorded")
                        // The ear knows this voice.
                        .engine("offline", "voices", "[espeak-ng]")
                        .resilience(
                                "{translation: {timeout: 20s}, synthesis: {first-audio-timeout:"
                                        + " 20s}, transcription: {ready-timeout: 20s}}")
                        .with("interpretation: {first-audio-timeout: 30s, stall-timeout: 10s}"));
    }

    private static void echoes(CallLab lab, RecordedEar ear, int softerDb, Duration late)
            throws Exception {
        String telephone = "-%d dB, %d ms late".formatted(softerDb, late.toMillis());
        try (JoinedCall call = lab.join(CallLab.BOTH_WAYS)) {
            call.destination().media().sendBack(softerDb, late);
            tell(call, RecordedSentence.SAVED);
            awaitSounded(call, RecordedSentence.SAVED, ENGLISH);
            call.listen(REST);
            assertHeardInEnglish(List.of(), call, ear, telephone + ", nobody speaks");

            tell(call, RecordedSentence.RECORD);
            awaitCaption(call, RecordedSentence.RECORD, ENGLISH, "first_audio_ms");
            // Longer than ours: few words of an echo beside a person's own are left to them.
            // The telephone sends the caller's own voice back before, in English: it would be one
            // utterance with an answer at once.
            answer(call, RecordedSentence.HOLD, (int) late.toMillis());
            awaitSounded(call, RecordedSentence.HOLD, SPANISH);
            call.listen(REST);

            tell(call, RecordedSentence.CHANGED);
            awaitSounded(call, RecordedSentence.CHANGED, ENGLISH);
            answer(call, RecordedSentence.ENTERING, 100);
            awaitSounded(call, RecordedSentence.ENTERING, SPANISH);
            call.listen(REST);
            assertHeardInEnglish(
                    List.of(RecordedSentence.HOLD, RecordedSentence.ENTERING),
                    call,
                    ear,
                    telephone);
            call.hangUp();
        }
    }

    private static void tell(JoinedCall call, RecordedSentence sentence) {
        call.caller().media().say(sentence.said(ENGLISH));
    }

    /// The destination says it, so many milliseconds from now.
    private static void answer(JoinedCall call, RecordedSentence sentence, int afterMillis) {
        call.destination().media().say(new short[afterMillis * 8]);
        call.destination().media().say(sentence.said(SPANISH));
    }

    private static void awaitSounded(JoinedCall call, RecordedSentence sentence, Language said) {
        awaitCaption(call, sentence, said, "audio_end_ms");
    }

    private static void awaitCaption(
            JoinedCall call, RecordedSentence sentence, Language said, String time) {
        call.events()
                .await(
                        "caption",
                        caption ->
                                caption.path("call").asText().equals(call.id())
                                        && says(caption.path("said").asText(), sentence.text(said))
                                        && caption.path(time).isNumber(),
                        PATIENCE);
    }

    /// The caller has heard in translation what the destination said, each once, and nothing else; so the
    /// captions tell, and so it sounded.
    private static void assertHeardInEnglish(
            List<RecordedSentence> expected, JoinedCall call, RecordedEar ear, String when) {
        List<String> said = expected.stream().map(each -> each.text(SPANISH)).toList();
        List<String> recognised =
                call.captions().stream()
                        .filter(caption -> caption.path("audio_end_ms").isNumber())
                        .map(caption -> caption.path("said").asText())
                        .filter(text -> !isEnglish(text))
                        .toList();
        assertEquals(said.size(), recognised.size(), () -> when + ": " + texts(call.captions()));
        for (int i = 0; i < said.size(); i++) {
            assertTrue(
                    says(recognised.get(i), said.get(i)),
                    () -> when + ": " + texts(call.captions()));
        }
        short[] heard = call.caller().media().received().heardByTimestamp().pcm();
        List<RecordedSentence> voiced =
                ear.listen(heard).stream()
                        .filter(each -> each.voice() == RecordedEar.Voice.OURS)
                        .map(RecordedEar.Heard::sentence)
                        .distinct()
                        .toList();
        assertEquals(expected, voiced, when);
    }

    private static boolean says(String said, String sentence) {
        if (!(" " + said).endsWith(" " + sentence)) {
            return false;
        }
        String before = said.substring(0, said.length() - sentence.length()).strip();
        return before.isEmpty() || before.split(" ", -1).length <= MOST_ECHO_WORDS;
    }

    private static boolean isEnglish(String text) {
        return Arrays.stream(RecordedSentence.values())
                .anyMatch(each -> each.text(ENGLISH).equals(text));
    }

    private static List<String> texts(List<JsonNode> captions) {
        return captions.stream().map(caption -> caption.path("said").asText()).distinct().toList();
    }
}
