package io.sandalphone.providers.offline;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// One running pipe of Apertium's programs, translating in one direction, phrase after phrase.
///
/// Every program of the pipe has the option to flush on a NUL. `lt-proc -b` up to 3.7 does so only when a
/// second NUL follows, so each phrase ends in two, and in a number in brackets, which passes through
/// untouched and says which phrase the answer is of. Thread-safe.
final class ApertiumPipeline implements AutoCloseable {
    private static final int NUL = 0;

    private final Process process;
    private final OutputStream in;
    private final Map<Long, CompletableFuture<String>> asked = new ConcurrentHashMap<>();
    private long lastAsked;

    private ApertiumPipeline(Process process) {
        this.process = process;
        in = process.getOutputStream();
    }

    /// Starts the pipe of `mode`, for example `eng-spa`; `ended` is called at its end.
    static ApertiumPipeline start(Path modes, String mode, Consumer<ApertiumPipeline> ended)
            throws IOException {
        // -n: leave no marks on words that are not in the dictionary.
        var builder =
                new ProcessBuilder(
                        "sh",
                        "-c",
                        "eval \"$(apertium-wblank-mode -z \"$0\")\"",
                        modes.resolve(mode + ".mode").toString(),
                        "-n");
        builder.environment().put("LC_ALL", "C.UTF-8");
        var pipeline = new ApertiumPipeline(builder.redirectError(Redirect.DISCARD).start());
        Thread.ofPlatform()
                .daemon()
                .name("apertium-" + mode)
                .start(() -> pipeline.readAnswers(ended));
        return pipeline;
    }

    /// Asks for the translation of one phrase, which holds none of the characters that mean something
    /// in Apertium's stream.
    synchronized CompletableFuture<String> ask(String phrase) throws IOException {
        var answer = new CompletableFuture<String>();
        long number = ++lastAsked;
        asked.put(number, answer);
        in.write((phrase + "[" + number + "]\0\0").getBytes(StandardCharsets.UTF_8));
        in.flush();
        return answer;
    }

    private void readAnswers(Consumer<ApertiumPipeline> ended) {
        try (InputStream out = process.getInputStream()) {
            var bytes = new StringBuilder(); // one char per byte
            int next;
            while ((next = out.read()) >= 0) {
                if (next == ']') {
                    answer(bytes);
                    bytes.setLength(0);
                } else if (next != NUL) {
                    bytes.append((char) next);
                }
            }
        } catch (IOException _) {
            // The same as its end.
        } finally {
            close();
            ended.accept(this);
            asked.values().forEach(answer -> answer.cancel(false));
        }
    }

    private void answer(StringBuilder bytes) {
        int bracket = bytes.lastIndexOf("[");
        if (bracket < 0) {
            return;
        }
        var text = bytes.substring(0, bracket).getBytes(StandardCharsets.ISO_8859_1);
        var answer = asked.remove(Long.valueOf(bytes.substring(bracket + 1)));
        if (answer != null) {
            answer.complete(new String(text, StandardCharsets.UTF_8));
        }
    }

    /// Ends every program of the pipe. What was asked and not answered is cancelled.
    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
