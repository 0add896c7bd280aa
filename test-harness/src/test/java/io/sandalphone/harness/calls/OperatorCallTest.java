package io.sandalphone.harness.calls;

import static io.sandalphone.harness.calls.CallLab.SOON;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.LoopbackHttp;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.lab.RealAsterisk;
import io.sandalphone.harness.measure.Levels;
import io.sandalphone.harness.sip.Answer;
import io.sandalphone.harness.sip.PhoneCall;
import io.sandalphone.harness.tone.ToneDetector;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneWord;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

/// Calls that an operator asks for: two phones are rung one after the other, and joined.
@RealAsterisk
class OperatorCallTest {
    private static final String FIRST = "+12025550111";
    private static final String SECOND = "+12025550112";
    private static final double AUDIBLE = -45;

    private final AsteriskHost host;

    OperatorCallTest(AsteriskHost host) {
        this.host = host;
    }

    @Test
    void two_numbers_are_rung_joined_and_interpreted() throws Exception {
        try (var lab = CallLab.open(host, CallLab.tones());
                var ends = new EndedCalls(lab)) {
            LoopbackHttp.Answer placed = originate(lab, FIRST, SECOND);
            assertEquals(201, placed.status(), placed.body());
            PhoneCall first = lab.destinations().awaitIncoming(FIRST, SOON);
            PhoneCall second = lab.destinations().awaitIncoming(SECOND, SOON);
            Poll.until(
                    SOON,
                    () -> lab.controller().sessions().findPath("audio_attached").asBoolean(),
                    () -> "it is interpreted: " + lab.controller().sessions());
            first.media().say(ToneSpeech.USUAL.render(ToneWord.W4));
            Poll.until(
                    SOON,
                    () -> words(second).equals(List.of(ToneWord.W4, ToneWord.V4)),
                    () -> "the second hears both, not " + words(second));
            assertEquals(List.of(), words(first));
            second.hangUp();
            first.awaitEnded(SOON);
            assertEquals(Map.of("completed destination-hung-up", 1), ends.awaitAll());
        }
    }

    @Test
    void the_first_hears_ringing_while_the_second_is_rung() throws Exception {
        try (var lab = CallLab.open(host, CallLab.tones());
                var ends = new EndedCalls(lab)) {
            lab.destinations()
                    .onIncoming(called -> called.equals(FIRST) ? Answer.atOnce() : Answer.ring());
            originate(lab, FIRST, SECOND);
            PhoneCall first = lab.destinations().awaitIncoming(FIRST, SOON);
            PhoneCall second = lab.destinations().awaitIncoming(SECOND, SOON);
            Poll.until(SOON, () -> loudness(first) > AUDIBLE, () -> "ringing: " + loudness(first));
            System.out.printf("ringback at the first party: %.1f dBov%n", loudness(first));
            second.hangUp();
            first.awaitEnded(SOON);
            assertEquals(Map.of("not-connected destination-declined", 1), ends.awaitAll());
        }
    }

    @Test
    void a_first_party_that_does_not_want_ends_it_before_anybody_else_is_rung() throws Exception {
        try (var lab = CallLab.open(host, CallLab.tones());
                var ends = new EndedCalls(lab)) {
            lab.destinations().onIncoming(_ -> Answer.refuse(486));
            originate(lab, FIRST, SECOND);
            assertEquals(486, lab.destinations().awaitIncoming(FIRST, SOON).finalStatus(SOON));
            Poll.until(SOON, () -> !ends.awaitAll().isEmpty(), "it ends");
            assertEquals(Map.of("not-connected caller-busy", 1), ends.awaitAll());
        }
    }

    @Test
    void a_number_that_is_not_allowed_is_not_rung() {
        try (var lab = CallLab.open(host, CallLab.tones())) {
            assertEquals(403, originate(lab, FIRST, "+442079460000").status());
            assertEquals(0, lab.controller().sessions().size());
        }
    }

    private static LoopbackHttp.Answer originate(CallLab lab, String from, String to) {
        return lab.controller()
                .post("/calls", "{\"from\": \"%s\", \"to\": \"%s\"}".formatted(from, to));
    }

    private static List<ToneWord> words(PhoneCall phone) {
        return ToneDetector.listen(phone.media().received().heardByArrival().pcm()).words();
    }

    private static double loudness(PhoneCall phone) {
        short[] pcm = phone.media().received().heardByArrival().pcm();
        double energy = 0;
        for (short sample : pcm) {
            energy += (double) sample * sample;
        }
        return pcm.length == 0 ? Levels.SILENCE : Levels.dbov(Math.sqrt(energy / pcm.length));
    }
}
