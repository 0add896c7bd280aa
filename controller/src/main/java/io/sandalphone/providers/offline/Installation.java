package io.sandalphone.providers.offline;

import io.sandalphone.config.Finding;
import io.sandalphone.speech.Language;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What the engines need on this machine and do not find: one sentence for the operator each, with
/// the Debian or Ubuntu package that brings it.
record Installation(OfflineSettings settings) {
    /// Where Debian, Ubuntu and what people build themselves put libraries.
    private static final List<Path> LIBRARIES =
            List.of(Path.of("/usr/lib"), Path.of("/usr/local/lib"));

    /// Where SVOX Pico is, by distribution.
    static final String PICO_PACKAGE =
            "libttspico0, from Debian 13 on libttspico0t64, of component non-free (in Ubuntu"
                    + " multiverse)";

    static final String PICO_DATA_PACKAGE =
            "libttspico-data, of component non-free (in Ubuntu multiverse)";

    List<String> missing() {
        return Stream.of(missingRecognizer(), missingTranslator(), missingSynthesizer())
                .flatMap(List::stream)
                .toList();
    }

    List<String> missingRecognizer() {
        var missing = new ArrayList<String>();
        if (!library("libpocketsphinx.so.5") && !library("libpocketsphinx.so.3")) {
            missing.add(sentence("libpocketsphinx", "pocketsphinx"));
        }
        for (var path : SphinxModel.under(settings.model()).missing()) {
            missing.add(sentence(path.toString(), "pocketsphinx-en-us"));
        }
        return missing;
    }

    List<String> missingTranslator() {
        var missing = new ArrayList<String>();
        for (var program : List.of("apertium-wblank-mode", "apertium-transfer", "lt-proc")) {
            if (!program(program)) {
                missing.add(sentence(program, "apertium"));
            }
        }
        for (var direction : ApertiumTranslator.Direction.values()) {
            var mode = settings.modes().resolve(direction.mode() + ".mode");
            if (!Files.isReadable(mode)) {
                missing.add(sentence(mode.toString(), "apertium-eng-spa"));
            }
        }
        return missing;
    }

    /// Why languages cannot be spoken at all.
    List<String> missingSynthesizer() {
        return VoiceKind.LANGUAGES.stream()
                .map(Language::new)
                .filter(language -> voice(language).isEmpty())
                .flatMap(language -> speaking(language).map(this::missing))
                .flatMap(List::stream)
                .distinct()
                .toList();
    }

    private Stream<VoiceKind> speaking(Language language) {
        return settings.voices().stream().filter(voice -> voice.speaks(language));
    }

    /// The voice that speaks `language`, of those that are installed.
    private Optional<VoiceKind> voice(Language language) {
        return speaking(language).filter(voice -> missing(voice).isEmpty()).findFirst();
    }

    /// What a voice lacks.
    List<String> missing(VoiceKind voice) {
        return switch (voice) {
            case PICO -> missingPico();
            case FLITE ->
                    library(FliteLibrary.LIBRARY)
                            ? List.of()
                            : List.of(sentence(FliteLibrary.LIBRARY, "flite"));
            case ESPEAK_NG ->
                    program("espeak-ng") ? List.of() : List.of(sentence("espeak-ng", "espeak-ng"));
        };
    }

    private List<String> missingPico() {
        if (!library(PicoLibrary.LIBRARY)) {
            return List.of(sentence(PicoLibrary.LIBRARY, PICO_PACKAGE));
        }
        return PicoLibrary.missing(settings.picoData()).stream()
                .map(file -> sentence(file.toString(), PICO_DATA_PACKAGE))
                .limit(1)
                .toList();
    }

    /// What is said to an operator about the voices: who speaks, and who would be preferred and is not
    /// installed.
    List<Finding> voices() {
        List<Finding> findings = new ArrayList<>();
        Set<String> missing = new LinkedHashSet<>();
        for (String name : VoiceKind.LANGUAGES) {
            var language = new Language(name);
            Optional<VoiceKind> voice = voice(language);
            voice.ifPresent(kind -> findings.add(Finding.ok(name + " is spoken by " + kind)));
            if (voice.isEmpty()) {
                findings.add(
                        Finding.fault(
                                "engines.offline.voices",
                                "no voice for " + name + " is installed"));
            }
            speaking(language)
                    .takeWhile(kind -> voice.isEmpty() || kind != voice.get())
                    .forEach(kind -> missing.addAll(missing(kind)));
        }
        missing.forEach(
                sentence -> findings.add(Finding.warning("engines.offline.voices", sentence)));
        return findings;
    }

    /// What is said about them to an operator.
    static List<Finding> findings(List<String> missing) {
        return missing.isEmpty()
                ? List.of(Finding.ok("installed"))
                : missing.stream().map(sentence -> Finding.fault("", sentence)).toList();
    }

    static String sentence(String what, String debianPackage) {
        return what + " not found: install package " + debianPackage;
    }

    private static boolean program(String name) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
    }

    private static boolean library(String name) {
        // The folder of the machine's own kind, as Debian names it: x86_64-linux-gnu.
        String machine = System.getProperty("os.arch").replace("amd64", "x86_64") + "-linux-gnu";
        return LIBRARIES.stream()
                .flatMap(folder -> Stream.of(folder, folder.resolve(machine)))
                .anyMatch(folder -> Files.exists(folder.resolve(name)));
    }
}
