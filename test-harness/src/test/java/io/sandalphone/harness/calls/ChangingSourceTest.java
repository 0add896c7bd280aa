package io.sandalphone.harness.calls;


import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.RealAsterisk;
import io.sandalphone.harness.sip.PhoneMedia;
import io.sandalphone.harness.tone.HeardTone;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneWord;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.time.Duration;

/// A far end whose sound comes from elsewhere, or is numbered anew, in mid-call.
@RealAsterisk
class ChangingSourceTest {
    private static final Duration WITHIN = Duration.ofSeconds(3);

    // Behind by most of what 16 bits allow: nearly eleven minutes to catch up.
    private static final int BEHIND = -30_000;

    private enum Change {
        SOURCE {
            @Override
            void happen(PhoneMedia media) {
                media.changeSource(BEHIND);
            }
        },
        PORT {
            @Override
            void happen(PhoneMedia media) throws IOException {
                media.changePort();
            }
        },
        SEQUENCE {
            @Override
            void happen(PhoneMedia media) {
                media.changeSequence(BEHIND);
            }
        };

        abstract void happen(PhoneMedia media) throws IOException;
    }

    private static CallLab lab;

    @BeforeAll
    static void open(AsteriskHost host) {
        lab = CallLab.open(host, CallLab.tones());
    }

    static String stats(String leg) throws Exception {
        var m = AsteriskHost.class.getDeclaredMethod("get", String.class);
        m.setAccessible(true);
        return String.valueOf(
                ((java.net.http.HttpResponse<?>)
                                m.invoke(lab.host(), "channels/" + leg + "/rtp_statistics"))
                        .body());
    }

    @AfterAll
    static void close() {
        lab.close();
    }

    @ParameterizedTest
    @CsvSource({
        "SOURCE, false",
        "SOURCE, true",
        "PORT, false",
        "PORT, true",
        "SEQUENCE, false",
        "SEQUENCE, true"
    })
    void a_far_end_that_changes_is_heard_and_understood_again_within_3_s(
            Change change, boolean ducked) throws Exception {
        try (JoinedCall call = lab.join(CallLab.ONE_WAY)) {
            PhoneMedia media = call.caller().media();
            if (ducked) {
                media.say(ToneSpeech.USUAL.render(ToneWord.W1));
                call.awaitSpoken(ToneWord.W1);
                call.listen(Duration.ofMillis(500));
            }
            String leg = "";
            for (var c : lab.host().channels()) {
                if (c.path("name").asText().startsWith("PJSIP")
                        && !c.path("id").asText().startsWith("sp")) {
                    leg = c.path("id").asText();
                }
            }
            double repaired = lab.controller().metric("sandalphone_overlay_legs_repaired_total");
            String before = stats(leg);
            change.happen(media);
            long changed = System.nanoTime();
            // One short word after another, so that each is an utterance.
            short[] refrain = new short[8 * 1200];
            short[] word = ToneSpeech.USUAL.render(ToneWord.W5);
            System.arraycopy(word, 0, refrain, 0, word.length);
            media.repeat(refrain);
            String outcome = "";
            long heardAfter = -1;
            long understoodAfter = -1;
            long until = changed + Duration.ofSeconds(8).toNanos();
            while (System.nanoTime() < until && (heardAfter < 0 || understoodAfter < 0)) {
                call.listen(Duration.ofMillis(100));
                Heard heard = Heard.by(call.destination());
                if (heardAfter < 0) {
                    for (HeardTone t : heard.tones().heard(ToneWord.W5)) {
                        heardAfter = t.startMillis() - heard.sound().millisAt(changed);
                        break;
                    }
                }
                if (understoodAfter < 0
                        && call.captions().stream()
                                .anyMatch(c -> c.path("said").asText().contains("w5"))) {
                    understoodAfter = (System.nanoTime() - changed) / 1_000_000;
                }
            }
            System.out.println(
                    "##"
                            + leg
                            + " "
                            + before
                            + "\n## "
                            + stats(leg)
                            + " repaired "
                            + (lab.controller().metric("sandalphone_overlay_legs_repaired_total")
                                    - repaired));
            System.out.printf(
                    "##%s ducked=%s heard after %d ms understood after %d ms%n",
                    change, ducked, heardAfter, understoodAfter);
        }
    }
}
