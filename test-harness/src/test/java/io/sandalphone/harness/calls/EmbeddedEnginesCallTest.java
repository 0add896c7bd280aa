package io.sandalphone.harness.calls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;

import io.sandalphone.harness.controller.ControllerProcess;
import io.sandalphone.harness.controller.ControllerSettings;
import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.lab.RealAsterisk;
import io.sandalphone.harness.measure.Wav;
import io.sandalphone.harness.sip.PhoneCall;
import io.sandalphone.models.Manifest;
import io.sandalphone.models.ModelException;
import io.sandalphone.models.ModelFile;
import io.sandalphone.models.ModelFolder;
import io.sandalphone.models.ModelStore;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Calls of two people with human voices, by the engines that need no account, as a server has them by
/// default: Whisper, with PocketSphinx behind it.
@RealAsterisk
class EmbeddedEnginesCallTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Path SOUNDS = Path.of("/usr/share/asterisk/sounds");
    private static final Path ENGLISH = SOUNDS.resolve("en_US_f_Allison/vm-dialout.wav");
    private static final Path SPANISH = SOUNDS.resolve("es_MX_f_Allison/queue-thankyou.wav");
    private static final ModelFile MODEL = Manifest.bundled().model("whisper-base");

    private static ModelFolder models() throws InterruptedException {
        ModelFolder folder = ModelFolder.standard(System.getenv());
        try {
            new ModelStore(Manifest.bundled(), folder, System.getenv())
                    .get(MODEL, false, System.err::println);
        } catch (ModelException unreachable) {
            assumeTrue(false, "no model: " + unreachable.getMessage());
        }
        return folder;
    }

    private static ControllerSettings settings(Path models) {
        return CallLab.routed(ControllerSettings.offline())
                .speech("transcriber", "whisper", "offline")
                .with("models: {folder: \"" + models + "\"}");
    }

    @Test
    void both_people_are_understood_and_each_hears_the_other_in_their_language(AsteriskHost host)
            throws Exception {
        try (CallLab lab = listening(host);
                JoinedCall call = lab.join(CallLab.BOTH_WAYS)) {
            say(call.caller(), ENGLISH);
            JsonNode english = awaitSpoken(call, "please wait while i connect your call");
            assertEquals("es", english.path("target_language").asText());
            say(call.destination(), SPANISH);
            JsonNode spanish = awaitSpoken(call, "muchas gracias por su paciencia");
            assertEquals("en", spanish.path("target_language").asText());
            assertEquals(List.of(), call.captions().stream().filter(this::isOfNeither).toList());
            // The one who spoke is not told their own words: nothing is voiced twice.
            assertEquals(2, call.spoken().size(), () -> call.spoken().toString());
        }
    }

    /// A controller whose Whisper has loaded its model: until then PocketSphinx hears.
    private static CallLab listening(AsteriskHost host) throws InterruptedException {
        CallLab lab = CallLab.open(host, settings(models().path()));
        Poll.until(
                PATIENCE,
                () -> lab.controller().check("transcriber whisper").path("up").asBoolean(),
                () -> "Whisper is there: " + reason(lab.controller()));
        return lab;
    }

    private boolean isOfNeither(JsonNode caption) {
        String said = plain(caption);
        return !said.isEmpty()
                && !said.equals("please wait while i connect your call")
                && !said.equals("muchas gracias por su paciencia");
    }

    @Test
    void a_recognizer_that_is_killed_costs_an_utterance_and_neither_call_nor_interpretation(
            AsteriskHost host) throws Exception {
        try (CallLab lab = listening(host);
                JoinedCall call = lab.join(CallLab.ONE_WAY)) {
            say(call.caller(), ENGLISH);
            awaitSpoken(call, "please wait while i connect your call");
            ProcessHandle worker = worker(lab.controller()).orElseThrow();
            call.caller().media().say(Wav.read(ENGLISH).pcm());
            assertTrue(worker.destroyForcibly());
            worker.onExit().get();
            Poll.until(
                    PATIENCE,
                    () -> {
                        say(call.caller(), ENGLISH);
                        return call.spoken().size() >= 2;
                    },
                    "somebody understands the caller again");
            assertTrue(call.caller().isUp() && call.destination().isUp());
            Poll.until(
                    PATIENCE,
                    () -> worker(lab.controller()).isPresent(),
                    "another worker is there");
        }
    }

    @Test
    void a_model_with_a_wrong_byte_is_not_loaded_and_english_is_heard_by_the_next_engine(
            AsteriskHost host, @TempDir Path folder) throws Exception {
        Path good = models().checked(MODEL);
        Path bad = folder.resolve(good.getFileName());
        byte[] bytes = Files.readAllBytes(good);
        bytes[bytes.length / 2] ^= 1;
        Files.write(bad, bytes);
        try (CallLab lab = CallLab.open(host, settings(folder));
                JoinedCall call = lab.join(CallLab.ONE_WAY)) {
            Poll.until(
                    PATIENCE,
                    () ->
                            !lab.controller()
                                            .check("transcriber whisper")
                                            .path("up")
                                            .asBoolean(true)
                                    && reason(lab.controller()).contains("scripts/models"),
                    () -> "health says what to do: " + reason(lab.controller()));
            assertTrue(lab.controller().check("transcriber offline").path("up").asBoolean());
            assertTrue(lab.controller().check("transcriber").path("up").asBoolean());
            say(call.caller(), ENGLISH);
            awaitSpoken(call, "please wait while i connect your call");
        }
    }

    private static String reason(ControllerProcess controller) {
        return controller.check("transcriber whisper").path("reason").asText();
    }

    /// Whisper's process.
    private static Optional<ProcessHandle> worker(ControllerProcess controller) {
        return ProcessHandle.of(controller.pid()).stream()
                .flatMap(ProcessHandle::descendants)
                .filter(process -> commandLine(process).contains("WhisperWorker"))
                .findFirst();
    }

    /// Java gives none that is long.
    private static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"));
        } catch (IOException gone) {
            return "";
        }
    }

    private static JsonNode awaitSpoken(JoinedCall call, String words) {
        return call.events()
                .await(
                        "caption",
                        caption ->
                                caption.path("call").asText().equals(call.id())
                                        && plain(caption).equals(words)
                                        && caption.path("audio_end_ms").isNumber(),
                        PATIENCE);
    }

    private static String plain(JsonNode caption) {
        return caption.path("said")
                .asText()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}]+", " ")
                .strip();
    }

    /// Returns when it was sent, and a pause behind it.
    private static void say(PhoneCall phone, Path recording) {
        try {
            short[] pcm = Wav.read(recording).pcm();
            phone.media().say(pcm);
            long until = System.nanoTime() + Duration.ofMillis(pcm.length / 8 + 2000).toNanos();
            Poll.until(PATIENCE, () -> System.nanoTime() >= until, "it is said");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
