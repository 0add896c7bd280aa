package io.sandalphone.harness.calls;

import static io.sandalphone.harness.calls.PrivacyMatrix.Verdict.HEARD;
import static io.sandalphone.harness.calls.PrivacyMatrix.Verdict.NOTHING;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.RealAsterisk;
import io.sandalphone.harness.sip.Codec;
import io.sandalphone.harness.sip.PhoneCall;
import io.sandalphone.harness.sip.ReceivedPacket;
import io.sandalphone.harness.tone.HeardTone;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneWord;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Calls whose phones speak either law of G.711: each leg has its own, and nothing else changes.
@RealAsterisk
class CodecTest {
    // Long enough to measure a voice under its translation.
    private static final int WORD_MILLIS = 700;

    private static CallLab lab;

    @BeforeAll
    static void open(AsteriskHost host) {
        lab = CallLab.open(host, CallLab.tones().engine("tone", "word", WORD_MILLIS + "ms"));
    }

    @AfterAll
    static void close() {
        lab.close();
    }

    @AfterEach
    void speak_as_usual() {
        lab.callers().speak(Codec.PCMU);
        lab.destinations().speak(Codec.PCMU);
    }

    @ParameterizedTest
    @CsvSource({"PCMA, PCMU", "PCMU, PCMA", "PCMA, PCMA"})
    void each_leg_has_its_own_and_everybody_hears_what_is_for_them(Codec caller, Codec destination)
            throws Exception {
        lab.callers().speak(caller);
        lab.destinations().speak(destination);
        try (JoinedCall call = lab.join(CallLab.BOTH_WAYS)) {
            call.caller().media().say(ToneSpeech.USUAL.render(ToneWord.W1, ToneWord.W3));
            call.destination().media().say(ToneSpeech.USUAL.render(ToneWord.V5, ToneWord.V7));
            call.awaitSpoken(ToneWord.W1, ToneWord.W3);
            call.awaitSpoken(ToneWord.V5, ToneWord.V7);
            // Long enough for what comes back by mistake to be understood.
            call.listen(Duration.ofSeconds(2));

            assertEquals(Set.of(caller.payloadType()), received(call.caller()));
            assertEquals(Set.of(destination.payloadType()), received(call.destination()));
            var matrix = new PrivacyMatrix(call);
            assertEquals(
                    List.of(NOTHING, HEARD, HEARD, NOTHING),
                    matrix.source("caller's voice", ToneWord.W1, ToneWord.W3));
            assertEquals(
                    List.of(HEARD, NOTHING, NOTHING, HEARD),
                    matrix.source("destination's voice", ToneWord.V5, ToneWord.V7));
            assertEquals(
                    List.of(NOTHING, HEARD, NOTHING, NOTHING),
                    matrix.source("translation for destination", ToneWord.V1, ToneWord.V3));
            assertEquals(
                    List.of(HEARD, NOTHING, NOTHING, NOTHING),
                    matrix.source("translation for caller", ToneWord.W5, ToneWord.W7));
            assertEquals(List.of(), matrix.misheard(List.of("waa wcc", "vee vgg")));
        }
    }

    @ParameterizedTest
    @CsvSource({"PCMA, PCMU", "PCMU, PCMA", "PCMA, PCMA"})
    void the_voice_sinks_under_its_translation(Codec caller, Codec destination) throws Exception {
        lab.callers().speak(caller);
        lab.destinations().speak(destination);
        try (JoinedCall call = lab.join(CallLab.ONE_WAY)) {
            call.caller().media().say(ToneSpeech.USUAL.render(ToneWord.W2));
            call.events()
                    .await(
                            "caption",
                            each -> each.path("said").asText().equals("wbb"),
                            CallLab.SOON);
            // The caller talks on, from before the translation is heard until after it.
            short[] longer = ToneSpeech.USUAL.withWord(Duration.ofSeconds(2)).render(ToneWord.W6);
            call.caller().media().say(longer);
            call.awaitSpoken(ToneWord.W2);
            call.listen(Duration.ofMillis(1200));

            Heard heard = Heard.by(call.destination());
            HeardTone translation = heard.once(ToneWord.V2);
            double under =
                    heard.tones()
                            .level(
                                    ToneWord.W6,
                                    translation.startMillis() + 60,
                                    translation.endMillis() - 20);
            assertEquals(ToneSpeech.USUAL.level() - 12, under, 1);
            assertEquals(ToneSpeech.USUAL.level(), translation.level(), 0.5);
        }
    }

    /// A phone that can do both answers in the one that is liked best on our side, and what is sent
    /// back is that one alone: nobody changes the law in mid-call.
    @ParameterizedTest
    @CsvSource({"PCMU, PCMA", "PCMA, PCMU"})
    void of_two_that_are_offered_one_is_agreed_upon(Codec first, Codec second) throws Exception {
        lab.callers().speak(first, second);
        lab.destinations().speak(first, second);
        try (JoinedCall call = lab.join(CallLab.ONE_WAY)) {
            call.caller().media().say(ToneSpeech.USUAL.render(ToneWord.W2));
            call.awaitSpoken(ToneWord.W2);

            for (PhoneCall leg : List.of(call.caller(), call.destination())) {
                assertEquals(Set.of(leg.media().codec().payloadType()), received(leg));
            }
            assertEquals(Codec.PCMU, call.caller().media().codec());
        }
    }

    private static Set<Integer> received(PhoneCall call) {
        return call.media().received().sound().stream()
                .map(ReceivedPacket::payloadType)
                .collect(Collectors.toSet());
    }
}
