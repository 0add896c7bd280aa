package io.sandalphone.harness.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/// What the dialplan does with a call while no controller is there.
@RealAsterisk
class FallbackCallTest {
    private static final Duration SOON = Duration.ofSeconds(15);
    private static final Tone CALLERS_VOICE = new Tone(400);
    private static final Tone DESTINATIONS_VOICE = new Tone(700);
    private static final byte[] SILENCE = silence();

    private final AsteriskHost host;
    @TempDir Path folder;

    FallbackCallTest(AsteriskHost host) {
        this.host = host;
    }

    @BeforeEach
    void write_the_voices() throws Exception {
        CALLERS_VOICE.write(folder.resolve("caller.wav"), Duration.ofSeconds(20));
        DESTINATIONS_VOICE.write(folder.resolve("destination.wav"), Duration.ofSeconds(20));
    }

    @AfterEach
    void nothing_of_the_call_remains() {
        host.awaitIdle(Duration.ofSeconds(5));
    }

    @Test
    void the_two_people_hear_each_other_until_the_caller_hangs_up() throws Exception {
        try (BaresipPhone destination = destinationPhone();
                BaresipPhone caller = callerPhone()) {
            Instant dialled = Instant.now();
            caller.dial(RealAsterisk.CALLED);
            destination.awaitEstablished(SOON);
            caller.awaitEstablished(SOON);
            Instant answered = Instant.now();
            assertEquals(2, host.channels().size());
            destination.awaitHeard(Duration.ofSeconds(2), SOON);
            caller.hangUp();
            destination.awaitClosed(SOON);

            assertBetween(dialled, caller.said().start(), answered.plusSeconds(1));
            assertBetween(dialled, destination.heard().start(), answered.plusSeconds(1));
            assertHeardAlone(destination.heard(), CALLERS_VOICE, DESTINATIONS_VOICE);
            assertHeardAlone(caller.heard(), DESTINATIONS_VOICE, CALLERS_VOICE);
        }
    }

    @Test
    void the_destination_can_end_the_call_too() {
        try (BaresipPhone destination = destinationPhone();
                BaresipPhone caller = callerPhone()) {
            caller.dial(RealAsterisk.CALLED);
            caller.awaitEstablished(SOON);
            destination.hangUp();
            caller.awaitClosed(SOON);
        }
    }

    @Test
    void a_caller_who_gives_up_stops_the_ringing() {
        var settings =
                new BaresipPhone.Settings(
                        RealAsterisk.DESTINATION, 5060, folder.resolve("destination.wav"), false);
        try (var destination = BaresipPhone.on(host.carrier(), settings);
                BaresipPhone caller = callerPhone()) {
            caller.dial(RealAsterisk.CALLED);
            destination.awaitIncoming(SOON);
            caller.hangUp();
            destination.awaitClosed(SOON);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ANSWER, 200",
        "EARLY_MEDIA, 200",
        "BUSY, 486",
        "DECLINE, 403",
        "UNAVAILABLE, 480",
        "OVERLOADED, 503",
        "NO_ANSWER, 480"
    })
    void the_caller_learns_how_the_destination_answered(
            SippScenario.Destination behaviour, int status) {
        try (var destination = SippScenario.destination(host, behaviour, 1, SILENCE);
                var callers = call(RealAsterisk.CALLED, AsteriskHost.CARRIER_ADDRESS)) {
            callers.await(SOON);
            destination.await(SOON);
            assertEquals(List.of(status), callers.statuses());
        }
    }

    @Test
    void a_number_without_a_route_does_not_exist() {
        try (var callers = call("+12125550199", AsteriskHost.CARRIER_ADDRESS)) {
            callers.await(SOON);
            assertEquals(List.of(404), callers.statuses());
        }
    }

    @Test
    void a_number_is_known_in_every_way_the_carrier_writes_it() {
        for (String written : List.of("2125550101", "12125550101")) {
            try (var destination =
                            SippScenario.destination(
                                    host, SippScenario.Destination.ANSWER, 1, SILENCE);
                    var callers = call(written, AsteriskHost.CARRIER_ADDRESS)) {
                callers.await(SOON);
                destination.await(SOON);
                assertEquals(List.of(200), callers.statuses());
            }
        }
    }

    @Test
    void a_caller_cannot_choose_what_is_dialled() {
        String hostile = RealAsterisk.CALLED + "&PJSIP%2F+19005550100%40voipms%2C60";
        try (var callers = call(hostile, AsteriskHost.CARRIER_ADDRESS)) {
            callers.await(SOON);
            assertEquals(List.of(404), callers.statuses());
        }
    }

    @Test
    void ten_calls_at_once_are_answered() {
        int calls = 10;
        var tenCallers =
                new SippScenario.Callers(
                        AsteriskHost.CARRIER_ADDRESS,
                        RealAsterisk.CALLED,
                        calls,
                        calls,
                        calls,
                        Duration.ofSeconds(1));
        try (var destination =
                        SippScenario.destination(
                                host, SippScenario.Destination.ANSWER, calls, SILENCE);
                var callers = SippScenario.callers(host, tenCallers, SILENCE)) {
            callers.await(SOON);
            destination.await(SOON);
            assertEquals(Collections.nCopies(calls, 200), callers.statuses());
        }
    }

    @Test
    void a_caller_without_a_voice_sends_nothing_at_all() throws Exception {
        var mute =
                new SippScenario.Callers(
                        AsteriskHost.CARRIER_ADDRESS,
                        RealAsterisk.CALLED,
                        1,
                        1,
                        1,
                        Duration.ofSeconds(1));
        try (BaresipPhone destination = destinationPhone();
                var callers = SippScenario.callers(host, mute, new byte[0])) {
            destination.awaitClosed(SOON);
            callers.await(SOON);
            long said = Files.size(destination.said().file());
            long heard = Files.size(destination.heard().file());
            assertTrue(said > 10 * heard, "said " + said + " bytes, heard " + heard);
        }
    }

    @Test
    void a_stranger_is_refused_and_noted() {
        String stranger = "10.77.0.9";
        Command.run(
                host.carrier().command("ip", "address", "add", stranger + "/24", "dev", "lab0"));
        // Behind it nobody would be there to be refused.
        host.unloadFirewall();
        try (var callers = call(RealAsterisk.CALLED, stranger)) {
            callers.await(SOON);
            assertEquals(List.of(403), callers.statuses());
            assertTrue(host.log().contains("SIP ACL: Rejecting '" + stranger + "'"), host.log());
        } finally {
            host.loadFirewall();
            Command.run(
                    host.carrier()
                            .command("ip", "address", "del", stranger + "/24", "dev", "lab0"));
        }
    }

    private BaresipPhone callerPhone() {
        return BaresipPhone.on(
                host.carrier(),
                new BaresipPhone.Settings(
                        "+12125550109", 5070, folder.resolve("caller.wav"), false));
    }

    private BaresipPhone destinationPhone() {
        return BaresipPhone.on(
                host.carrier(),
                new BaresipPhone.Settings(
                        RealAsterisk.DESTINATION, 5060, folder.resolve("destination.wav"), true));
    }

    private SippScenario call(String called, String from) {
        return SippScenario.callers(
                host,
                new SippScenario.Callers(from, called, 1, 1, 1, Duration.ofMillis(300)),
                SILENCE);
    }

    private static void assertBetween(Instant earliest, Instant start, Instant latest) {
        assertTrue(
                start.isAfter(earliest) && start.isBefore(latest),
                start + " is not between " + earliest + " and " + latest);
    }

    private static void assertHeardAlone(
            BaresipPhone.Recording recording, Tone heard, Tone notHeard) throws Exception {
        assertTrue(
                heard.heardIn(recording.file()).compareTo(Duration.ofMillis(1500)) > 0,
                heard + " heard for " + heard.heardIn(recording.file()));
        assertEquals(Duration.ZERO, notHeard.heardIn(recording.file()), notHeard + " heard");
    }

    private static byte[] silence() {
        var ulaw = new byte[8000];
        Arrays.fill(ulaw, (byte) 0xff);
        return ulaw;
    }
}
