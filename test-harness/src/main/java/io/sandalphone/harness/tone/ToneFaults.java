package io.sandalphone.harness.tone;

import io.sandalphone.speech.ProviderEngines;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/// What goes wrong at the tone engines, and at which word, so that one call can fail beside others
/// that do not.
///
/// As text: a line each of a word, or `*` for every word, and a fault in lower case with dashes.
/// Words are those of the failing engine: the transcriber, the translator and the direct
/// interpreter meet `whh` where the synthesizer meets `vhh`.
/// ```
/// whh translator-throws
/// * synthesizer-hangs
/// ```
public final class ToneFaults {
    /// A way to fail.
    public enum Fault {
        /// The transcription is lost as soon as the word is heard.
        TRANSCRIBER_DIES,
        /// A translation fails, as if the vendor had answered with an error.
        TRANSLATOR_THROWS,
        /// A translation never comes; only an interrupt ends it.
        TRANSLATOR_HANGS,
        /// Speech fails before there is any sound.
        SYNTHESIZER_THROWS,
        /// Speech never comes; only an interrupt ends it.
        SYNTHESIZER_HANGS,
        /// A speaker is lost to the direct interpreter when it should begin to speak the word.
        INTERPRETER_DIES,
        /// A speaker is lost to it after it has spoken the first word of the utterance.
        INTERPRETER_BREAKS_OFF,
        /// It says nothing any more of the speaker from the word on.
        INTERPRETER_HANGS
    }

    private record Line(String word, Fault fault) {}

    private final Supplier<String> text;

    private ToneFaults(Supplier<String> text) {
        this.text = text;
    }

    /// Faults that are read from `file` each time an engine is used; none while there is no file.
    public static ToneFaults readFrom(Path file) {
        return new ToneFaults(
                () -> {
                    try {
                        return Files.readString(file);
                    } catch (NoSuchFileException _) {
                        return "";
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }

    /// Faults that `text` gives at the time an engine is used.
    public static ToneFaults readFrom(Supplier<String> text) {
        return new ToneFaults(text);
    }

    /// `engines`, failing as the file says, where there is one.
    static ProviderEngines injectInto(ProviderEngines engines, Optional<Path> file) {
        return file.map(faults -> readFrom(faults).injectInto(engines)).orElse(engines);
    }

    /// `engines`, failing as these faults say.
    public ProviderEngines injectInto(ProviderEngines engines) {
        return new ProviderEngines(
                engines.transcriber().map(engine -> new FaultyTranscriber(engine, this)),
                engines.translator().map(engine -> new FaultyTranslator(engine, this)),
                engines.synthesizer().map(engine -> new FaultySynthesizer(engine, this)),
                engines.direct().map(engine -> new FaultyDirectInterpreter(engine, this)));
    }

    /// The faults that are active for `words` now.
    Set<Fault> activeFor(String words) {
        List<String> said = List.of(words.strip().split("\\s+", -1));
        Set<Fault> faults = EnumSet.noneOf(Fault.class);
        for (Line line : lines()) {
            if (line.word.equals("*") || said.contains(line.word)) {
                faults.add(line.fault);
            }
        }
        return faults;
    }

    /// Waits until the thread is interrupted.
    static void hang() throws InterruptedException {
        new CountDownLatch(1).await();
    }

    private List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        text.get()
                .lines()
                .filter(line -> !line.isBlank())
                .forEach(line -> lines.add(parse(line.strip())));
        return lines;
    }

    private static Line parse(String line) {
        int blank = line.indexOf(' ');
        if (blank < 0) {
            throw new IllegalArgumentException("expected a word and a fault, found: " + line);
        }
        String fault = line.substring(blank).strip().toUpperCase(Locale.ROOT).replace('-', '_');
        return new Line(line.substring(0, blank), Fault.valueOf(fault));
    }
}
