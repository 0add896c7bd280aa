package io.sandalphone.harness.calls;

import static io.sandalphone.harness.calls.CallLab.BOTH_WAYS;
import static io.sandalphone.harness.calls.CallLab.ONE_WAY;
import static io.sandalphone.harness.calls.CallLab.SOON;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.sandalphone.harness.controller.ControllerProcess;
import io.sandalphone.harness.controller.ControllerProgram;
import io.sandalphone.harness.controller.ControllerSettings;
import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.lab.RealAsterisk;
import io.sandalphone.harness.lab.RunFolder;
import io.sandalphone.harness.lab.SetClock;
import io.sandalphone.harness.sip.PhoneCall;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneWord;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Map;

/// The time of day is set by an hour in mid-call, forwards and back: the controller's, or Asterisk's. What time passes in a
/// call is not told by it, and calendar days are.
@RealAsterisk
class SetClockTest {
    private static final Duration LONGEST = Duration.ofSeconds(6);

    private final Path folder = RunFolder.create("clock");
    private final Heartbeat heartbeat = new Heartbeat();

    @AfterEach
    void clean() {
        heartbeat.close();
        RunFolder.delete(folder);
    }

    /// Where it is `time` just now, to the minute.
    private static ZoneOffset where(LocalTime time) {
        int minutes = (time.toSecondOfDay() - LocalTime.now(ZoneOffset.UTC).toSecondOfDay()) / 60;
        // Of the two places on either side of the date line the one that there is.
        int there =
                Math.abs(minutes) > 17 * 60 ? minutes - Integer.signum(minutes) * 1440 : minutes;
        return ZoneOffset.ofTotalSeconds(there * 60);
    }

    private JsonNode ledger() {
        try {
            return new ObjectMapper().readTree(folder.resolve("costs.json").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Of three characters, each of which costs one.
    private static void say(JoinedCall call, ToneWord word) {
        call.caller().media().say(ToneSpeech.USUAL.render(word));
        call.awaitSpoken(word);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, -1})
    void the_controllers(int hours, AsteriskHost host) throws Exception {
        var clock = new SetClock(Files.createDirectory(folder.resolve("faked")));
        // Half an hour on the one side of midnight, and then on the other.
        ZoneOffset zone = where(LocalTime.of(hours > 0 ? 23 : 0, 30));
        ControllerSettings settings =
                ControllerSettings.tones()
                        .route(
                                "+" + BOTH_WAYS,
                                CallLab.destinationOf(BOTH_WAYS),
                                "max-duration: %ds".formatted(LONGEST.toSeconds()))
                        .route("+" + ONE_WAY, CallLab.destinationOf(ONE_WAY), "")
                        .with(
                                """
                                costs:
                                  ledger: "%s"
                                  time-zone: "%s"
                                  prices: {tone: {million-characters-spoken: 1000000}}
                                """
                                        .formatted(folder.resolve("costs.json"), zone));
        try (var lab =
                        CallLab.open(
                                host,
                                settings,
                                ControllerProgram.QUICK.runBy(
                                        clock.before().toArray(String[]::new)));
                var ends = new EndedCalls(lab)) {
            ControllerProcess controller = lab.controller();
            JoinedCall call = lab.join(ONE_WAY);
            say(call, ToneWord.W1);
            assertEquals(3, spentToday(controller));

            clock.set(Duration.ofHours(hours));
            Poll.until(SOON, () -> spentToday(controller) == 0, "another day begins with nothing");
            say(call, ToneWord.W2);
            assertEquals(3, spentToday(controller));
            JsonNode session = controller.sessions().get(0);
            assertEquals(6, session.at("/cost/amount").asInt(), "the whole call's");
            assertTrue(call.caller().isUp() && call.destination().isUp());

            call.hangUp();
            double longest = controller.metric("sandalphone_lane_first_audio_seconds_max");
            assertTrue(longest < 60, () -> "a translation came after " + longest + " s");
            String date =
                    LocalDate.ofInstant(Instant.now().plus(Duration.ofHours(hours)), zone)
                            .toString();
            Poll.until(
                    SOON,
                    // The day's beginning is written by itself, before what the call cost in it.
                    () ->
                            ledger().path("date").asText().equals(date)
                                    && ledger().path("amount").asInt() == 3,
                    () -> "the ledger is of " + date + " and holds 3: " + ledger());

            PhoneCall limited = lab.call(BOTH_WAYS);
            limited.awaitAnswered(SOON);
            long answered = System.nanoTime();
            // An hour the other way.
            clock.set(Duration.ZERO);
            limited.awaitEnded(SOON.plus(LONGEST));
            Duration lasted = Duration.ofNanos(System.nanoTime() - answered);
            assertTrue(
                    lasted.compareTo(LONGEST.minusSeconds(1)) > 0,
                    () -> "the call ended after " + lasted);
            assertEquals(
                    Map.of("completed caller-hung-up", 1, "completed time-limit", 1),
                    ends.awaitAll());
        }
    }

    private static int spentToday(ControllerProcess controller) {
        return controller.get("/sessions").json().at("/cost_today/amount").asInt();
    }

    /// Asterisk's own limits are moments of its time of day: here they are further away than it is set.
    @Test
    void asterisks() throws Exception {
        var clock = new SetClock(Files.createDirectory(folder.resolve("faked")));
        var options =
                new AsteriskHost.Options(
                        Map.of(), 10_000, 12_999, Map.of("LONGEST_CALL_MINUTES", "240"));
        ControllerSettings settings =
                ControllerSettings.tones()
                        .route("+" + ONE_WAY, CallLab.destinationOf(ONE_WAY), "max-duration: 3h");
        try (AsteriskHost host = AsteriskHost.boot(options, clock);
                var lab = CallLab.open(host, settings);
                var ends = new EndedCalls(lab)) {
            JoinedCall call = lab.join(ONE_WAY);
            ToneWord[] words = {ToneWord.W1, ToneWord.W2, ToneWord.W3};
            int next = 0;
            for (int hours : new int[] {1, -1, 0}) {
                clock.set(Duration.ofHours(hours));
                Poll.until(SOON, () -> hoursAhead(host) == hours, "Asterisk's time of day is set");
                ToneWord word = words[next++];
                new Voices(call.caller(), call.destination(), heartbeat)
                        .assertBothHeard(word, ToneWord.V4);
                awaitSpoken(call, word);
                assertTrue(call.caller().isUp() && call.destination().isUp());
            }
            // Another call comes and goes by the clock as it is now.
            JoinedCall second = lab.join(ONE_WAY);
            say(second, ToneWord.W5);
            call.caller().hangUp();
            call.destination().awaitEnded(SOON);
            second.hangUp();
            assertEquals(Map.of("completed caller-hung-up", 2), ends.awaitAll());
        }
    }

    /// Waits until what was recognised as this word, said for long, has been spoken in translation.
    private static void awaitSpoken(JoinedCall call, ToneWord word) {
        call.events()
                .await(
                        "caption",
                        caption ->
                                ToneWord.parse(caption.path("said").asText())
                                                .filter(said -> said.contains(word))
                                                .isPresent()
                                        && caption.path("audio_end_ms").isNumber(),
                        SOON);
    }

    /// Of the right time, by the clock of Asterisk.
    private static long hoursAhead(AsteriskHost host) {
        String channel = host.channels().path(0).path("id").asText();
        long epoch = Long.parseLong(host.variable(channel, "EPOCH"));
        return Math.round((epoch - Instant.now().getEpochSecond()) / 3600.0);
    }
}
