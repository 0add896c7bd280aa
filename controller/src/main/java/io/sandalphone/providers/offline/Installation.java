package io.sandalphone.providers.offline;

import io.sandalphone.config.Finding;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// What the engines need on this machine and do not find: one sentence for the operator each, with
/// the Debian or Ubuntu package that brings it.
record Installation(OfflineSettings settings) {
    /// Where Debian, Ubuntu and what people build themselves put libraries.
    private static final List<Path> LIBRARIES =
            List.of(Path.of("/usr/lib"), Path.of("/usr/local/lib"));

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

    List<String> missingSynthesizer() {
        return program("espeak-ng") ? List.of() : List.of(sentence("espeak-ng", "espeak-ng"));
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
