package io.sandalphone.harness.calls;

import static io.sandalphone.harness.calls.CallLab.SOON;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.lab.RealAsterisk;
import io.sandalphone.harness.sip.PhoneCall;
import io.sandalphone.harness.sip.RtpRecording;
import io.sandalphone.harness.tone.ToneDetector;
import io.sandalphone.harness.tone.ToneWord;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;

/// A SIP telephone calls a number of the numbers file outside its hours.
@RealAsterisk
class ClosedCallTest {
    private static final String NUMBER = "+12125550131";

    @TempDir private Path folder;

    @Test
    void who_calls_hears_so_and_nobody_is_rung(AsteriskHost host) throws Exception {
        String day =
                Instant.now()
                        .atZone(ZoneOffset.UTC)
                        .plusDays(3)
                        .getDayOfWeek()
                        .getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
        Path numbers =
                Files.writeString(
                        folder.resolve("numbers.yaml"),
                        """
                        dids:
                          "%s":
                            destination: "+12025550102"
                            hours: {open: "%s 09:00-10:00", closed: "wcc wdd"}
                        """
                                .formatted(NUMBER, day));
        try (var lab =
                CallLab.open(
                        host, CallLab.tones().with("numbers-file: \"%s\"".formatted(numbers)))) {
            Poll.until(
                    SOON,
                    () ->
                            lab.controller()
                                            .metric(
                                                    "sandalphone_cost_characters_total{service=\"spoken\"}")
                                    > 0,
                    () -> "it is voiced" + lab.controller().log());
            PhoneCall caller = lab.call(NUMBER.substring(1));
            caller.awaitAnswered(SOON);
            caller.awaitEnded(SOON);
            short[] heard = RtpRecording.pcm(caller.media().received().sound());
            assertEquals(List.of(ToneWord.W3, ToneWord.W4), ToneDetector.listen(heard).words());
            lab.controller().awaitLog("reason=closed", SOON);
            host.awaitIdle(SOON);
        }
    }
}
