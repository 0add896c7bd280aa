package io.sandalphone.providers.offline;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.testing.Processes;
import io.sandalphone.testing.RequiresPackage;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

@RequiresPackage(value = "espeak-ng", file = "/usr/bin/espeak-ng")
class EspeakVoiceTest extends SpokenTest {
    EspeakVoiceTest() {
        super(
                VoiceKind.ESPEAK_NG,
                ES,
                List.of(
                        "Hola, ¿dónde está el hospital más cercano?",
                        "Su llamada es la primera en la cola.",
                        "No.",
                        "Gracias por su paciencia.",
                        "Por favor, compruebe el número y marque otra vez."));
    }

    @AfterEach
    void no_process_is_left() throws Exception {
        for (var process : Processes.ofThisJvm("espeak-ng").toList()) {
            process.onExit().get();
        }
    }

    @Test
    void the_text_is_not_on_the_command_line() throws Exception {
        var commands = new ArrayList<String>();
        open().synthesize(
                        say("a secret ".repeat(200), EN),
                        pcm -> {
                            if (commands.isEmpty()) {
                                Processes.ofThisJvm("espeak-ng")
                                        .flatMap(process -> process.info().commandLine().stream())
                                        .forEach(commands::add);
                            }
                        });
        assertFalse(commands.isEmpty(), "it was never seen at work");
        assertTrue(commands.stream().noneMatch(command -> command.contains("secret")));
    }
}
