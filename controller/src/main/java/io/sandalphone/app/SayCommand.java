package io.sandalphone.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.config.ConfigurationException;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SpokenSpan;
import io.sandalphone.speech.TranslationRequest;
import io.sandalphone.speech.Translator;
import io.sandalphone.speech.text.aloud.ReadAloud;
import io.sandalphone.speech.text.protect.Protected;
import io.sandalphone.speech.text.protect.ProtectedTranslator;
import io.sandalphone.speech.text.protect.ProtectionMeters;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;

/// Tries sentences: what a call would do with each, without a call. Runs the same classes.
@CommandLine.Command(
        name = "say",
        description =
                "Prints what the gateway would do with a sentence: what is left out, what is"
                        + " protected, what the translator gets and answers, what is voiced.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class SayCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SettingsReader reader;

    @CommandLine.Spec private CommandLine.Model.@Nullable CommandSpec spec;

    @CommandLine.Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The configuration, for its engines and glossary; else the offline ones.")
    private @Nullable Path config;

    @CommandLine.Option(
            names = "--from",
            paramLabel = "LANGUAGE",
            description = "What is spoken: " + Language.EXPECTED + ".")
    private @Nullable String from;

    @CommandLine.Option(
            names = "--to",
            paramLabel = "LANGUAGE",
            description = "What the listener speaks.")
    private @Nullable String to;

    @CommandLine.Option(
            names = "--file",
            paramLabel = "TABLE",
            description = "Tab-separated sentences with a header line; - reads standard input.")
    private @Nullable String file;

    @CommandLine.Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    @CommandLine.Parameters(arity = "0..1", paramLabel = "SENTENCE", description = "What is said.")
    private @Nullable String sentence;

    SayCommand(SettingsReader reader) {
        this.reader = reader;
    }

    @Override
    public Integer call()
            throws ConfigurationException, IOException, SpeechException, InterruptedException {
        CommandLine command = Objects.requireNonNull(spec).commandLine();
        PrintWriter out = command.getOut();
        List<Sentence> sentences = sentences(command);
        Logging.quiet();
        Settings settings =
                (config == null ? reader.readDefaults() : reader.read(config)).settings();
        var meters = new SimpleMeterRegistry();
        if (sentences.stream().allMatch(each -> each.translation().isPresent())) {
            print(
                    out,
                    sentences,
                    new ProtectedTranslator(
                            new NoTranslator(),
                            settings.glossary(),
                            ProtectionMeters.register(meters)));
        } else {
            try (var engines = new Engines(settings.speech(), settings.glossary(), meters)) {
                print(out, sentences, engines.preferredTranslator());
            }
        }
        return CommandLine.ExitCode.OK;
    }

    private void print(PrintWriter out, List<Sentence> sentences, ProtectedTranslator translator)
            throws IOException, SpeechException, InterruptedException {
        for (Sentence each : sentences) {
            print(out, each.run(translator));
        }
        out.flush();
    }

    /// For tables that bring their translations: no engine is started.
    private static final class NoTranslator implements Translator {
        @Override
        public String name() {
            return "none";
        }

        @Override
        public boolean translates(Language from, Language to) {
            return false;
        }

        @Override
        public String translate(TranslationRequest request) throws SpeechException {
            throw new SpeechException(SpeechException.Kind.UNREACHABLE, "there is no translator");
        }
    }

    private List<Sentence> sentences(CommandLine command) throws IOException {
        if ((file == null) == (sentence == null)) {
            throw new CommandLine.ParameterException(command, "give a SENTENCE or --file TABLE");
        }
        Optional<Language> spoken = language(command, "--from", from);
        Optional<Language> heard = language(command, "--to", to);
        if (file != null) {
            try (Reader source = source(file)) {
                SentenceTable table = SentenceTable.read(source, spoken, heard);
                table.remarks().forEach(command.getErr()::println);
                command.getErr().flush();
                return table.sentences();
            }
        }
        if (spoken.isEmpty() || heard.isEmpty()) {
            throw new CommandLine.ParameterException(command, "--from and --to are missing");
        }
        return List.of(
                new Sentence(
                        "",
                        spoken.get(),
                        heard.get(),
                        Objects.requireNonNull(sentence),
                        Optional.empty(),
                        1,
                        "",
                        "",
                        Optional.empty()));
    }

    private static Optional<Language> language(
            CommandLine command, String option, @Nullable String tag) {
        try {
            return Optional.ofNullable(tag).map(Language::new);
        } catch (IllegalArgumentException wrong) {
            throw new CommandLine.ParameterException(
                    command, option + ": " + wrong.getMessage(), wrong);
        }
    }

    private static Reader source(String file) throws IOException {
        return file.equals("-")
                ? new InputStreamReader(System.in, StandardCharsets.UTF_8)
                : Files.newBufferedReader(Path.of(file));
    }

    private void print(PrintWriter out, Sentence.Result result) throws IOException {
        if (json) {
            out.println(JSON.writeValueAsString(object(result)));
            return;
        }
        line(out, "said", result.sentence().text());
        line(
                out,
                "verdict",
                result.verdict() + (result.reason().isEmpty() ? "" : ": " + result.reason()));
        line(out, "kept", result.kept());
        for (Protected each : result.guarded()) {
            line(
                    out,
                    "protected",
                    "%s (%s) as %s".formatted(each.text(), name(each.type()), each.value()));
        }
        line(out, "sent", result.sent());
        line(out, "answer", result.answer());
        line(out, "voiced", result.voiced());
        for (SpokenSpan each : result.spans()) {
            line(out, "read", "%s as %s".formatted(text(result, each), ReadAloud.name(each.as())));
        }
        out.println();
    }

    private static void line(PrintWriter out, String name, String text) {
        if (!text.isEmpty()) {
            out.printf("%-10s %s%n", name, text);
        }
    }

    private static String name(Protected.Type type) {
        return type.name().toLowerCase(Locale.ROOT);
    }

    private static String text(Sentence.Result result, SpokenSpan span) {
        return result.voiced().substring(span.start(), span.end());
    }

    private static ObjectNode object(Sentence.Result result) {
        Sentence sentence = result.sentence();
        ObjectNode object = JSON.createObjectNode();
        object.put("id", sentence.id())
                .put("from", sentence.from().tag())
                .put("to", sentence.to().tag())
                .put("text", sentence.text())
                .put("verdict", result.verdict())
                .put("reason", result.reason())
                .put("kept", result.kept());
        ArrayNode guarded = object.putArray("protected");
        for (Protected each : result.guarded()) {
            guarded.addObject()
                    .put("text", each.text())
                    .put("type", name(each.type()))
                    .put("value", each.value());
        }
        object.put("sent", result.sent())
                .put("answer", result.answer())
                .put("attempts", result.attempts())
                .put("voiced", result.voiced());
        ArrayNode spans = object.putArray("spans");
        for (SpokenSpan each : result.spans()) {
            spans.addObject().put("text", text(result, each)).put("as", ReadAloud.name(each.as()));
        }
        return object;
    }
}
