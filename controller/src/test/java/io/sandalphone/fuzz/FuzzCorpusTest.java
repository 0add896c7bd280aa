package io.sandalphone.fuzz;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.sandalphone.providers.assemblyai.AssemblyAiFuzz;
import io.sandalphone.providers.backend.BackendFuzz;
import io.sandalphone.providers.ollama.OllamaFuzz;
import io.sandalphone.providers.openai.OpenAiFuzz;
import io.sandalphone.telephony.client.ClientFuzz;
import io.sandalphone.telephony.telnyx.TelnyxFuzz;
import io.sandalphone.telephony.twilio.TwilioFuzz;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Each input that `scripts/fuzz` begins with, and each that once broke something, given to its target once.
class FuzzCorpusTest {
    private static final Path CORPUS = Path.of("src/test/resources/fuzz");

    private static final Map<String, Consumer<byte[]>> TARGETS =
            new TreeMap<>(
                    Map.of(
                            "assemblyai", AssemblyAiFuzz::fuzzerTestOneInput,
                            "backend", BackendFuzz::fuzzerTestOneInput,
                            "client", ClientFuzz::fuzzerTestOneInput,
                            "ollama", OllamaFuzz::fuzzerTestOneInput,
                            "openai", OpenAiFuzz::fuzzerTestOneInput,
                            "telnyx", TelnyxFuzz::fuzzerTestOneInput,
                            "twilio", TwilioFuzz::fuzzerTestOneInput));

    @TestFactory
    Stream<DynamicTest> nothing_escapes_and_calls_end_once() {
        return TARGETS.entrySet().stream()
                .flatMap(target -> tests(target.getKey(), target.getValue()));
    }

    private static Stream<DynamicTest> tests(String name, Consumer<byte[]> target) {
        List<Path> inputs;
        try (Stream<Path> files = Files.list(CORPUS.resolve(name))) {
            inputs = files.sorted().toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        assertFalse(inputs.isEmpty(), name);
        return inputs.stream()
                .map(
                        input ->
                                DynamicTest.dynamicTest(
                                        name + "/" + input.getFileName(),
                                        () -> {
                                            byte[] bytes = Files.readAllBytes(input);
                                            assertDoesNotThrow(() -> target.accept(bytes));
                                        }));
    }
}
