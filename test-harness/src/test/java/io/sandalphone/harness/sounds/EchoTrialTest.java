package io.sandalphone.harness.sounds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.sounds.EchoTrial.Person;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.util.List;

/// A slice of what `scripts/bench echo` measures.
class EchoTrialTest {
    private static final List<EchoLine> LINES =
            List.of(
                    new EchoLine(60, 20, EchoLine.Way.CLEAN),
                    new EchoLine(200, 20, EchoLine.Way.ROOM),
                    new EchoLine(120, 20, EchoLine.Way.A_LAW),
                    new EchoLine(400, 30, EchoLine.Way.CLEAN));

    @Test
    void no_echo_is_translated_back() throws IOException {
        EchoVoices voices = EchoVoices.all().getLast();
        int echoes = 0;
        for (EchoLine line : LINES) {
            EchoTrial.Result result = EchoTrial.run(line, voices, Person.SILENT, 1);
            assertEquals(0, result.back(), line::toString);
            echoes += result.echoes();
        }
        assertTrue(echoes >= LINES.size(), "only " + echoes + " echoes were utterances");
    }

    @ParameterizedTest
    @EnumSource(names = "SILENT", mode = EnumSource.Mode.EXCLUDE)
    void who_speaks_is_taken_for_no_echo(Person person) throws IOException {
        EchoVoices voices = EchoVoices.all().getFirst();
        for (EchoLine line : LINES) {
            EchoTrial.Result result = EchoTrial.run(line, voices, person, 2);
            assertTrue(result.spoken() >= 3, line + ": " + result);
            assertEquals(0, result.lost(), () -> line + ": " + result);
        }
    }
}
