package io.sandalphone.harness.calls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.sandalphone.harness.controller.ControllerSettings;
import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.RealAsterisk;
import io.sandalphone.harness.sounds.LineSounds;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// A line that sounds by itself, before the embedded recognizer: nothing of it becomes a caption, and a
/// person who speaks over it is heard.
@RealAsterisk
class LineSoundsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path SENTENCE =
            Path.of("/usr/share/asterisk/sounds/en_US_f_Allison/vm-sorry.wav");

    @Test
    void tones_and_music_are_no_words_and_who_speaks_over_music_is_heard(AsteriskHost host)
            throws Exception {
        try (CallLab lab = CallLab.open(host, CallLab.routed(ControllerSettings.offline()));
                JoinedCall call = lab.join(CallLab.ONE_WAY)) {
            say(call, LineSounds.signal("us-ring", 8));
            say(call, LineSounds.signal("mx-busy", 3));
            say(call, LineSounds.music(1, 8));
            call.listen(Duration.ofSeconds(3));
            assertEquals(List.of(), call.captions(), "captions of what nobody said");

            call.caller().media().say(LineSounds.speechOverMusic(SENTENCE, 1, 10));
            var caption =
                    call.events()
                            .await(
                                    "caption",
                                    told -> !told.path("said").asText().isBlank(),
                                    PATIENCE);
            assertFalse(caption.path("said").asText().isBlank());
        }
    }

    /// Returns when it was sent and heard.
    private static void say(JoinedCall call, short[] pcm) {
        call.caller().media().say(pcm);
        call.listen(Duration.ofMillis(pcm.length / 8));
    }
}
