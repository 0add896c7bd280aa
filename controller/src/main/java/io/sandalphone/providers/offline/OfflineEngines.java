package io.sandalphone.providers.offline;

import io.sandalphone.metrics.OfflineMeters;
import io.sandalphone.speech.SpeechEngines;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The engines that need no account.
public final class OfflineEngines {
    private static final List<Path> LIBRARIES =
            List.of(Path.of("/usr/lib"), Path.of("/usr/local/lib"), Path.of("/lib"));

    private OfflineEngines() {}

    /// Starts all three.
    public static SpeechEngines create(OfflineSettings settings, OfflineMeters meters) {
        return new SpeechEngines(
                new SphinxTranscriber(settings, meters),
                new ApertiumTranslator(settings, meters),
                new EspeakSynthesizer(settings, meters));
    }

    /// What is missing on this machine, one sentence each, with the Debian or Ubuntu package that
    /// brings it. Empty when everything is there.
    public static List<String> check(OfflineSettings settings) {
        var missing = new ArrayList<String>();
        if (Stream.of("libpocketsphinx.so.5", "libpocketsphinx.so.3")
                .noneMatch(OfflineEngines::library)) {
            missing.add("libpocketsphinx not found: install package pocketsphinx");
        }
        for (var path : SphinxModel.under(settings.model()).missing()) {
            missing.add(path + " not found: install package pocketsphinx-en-us");
        }
        for (var program : List.of("lt-proc", "lrx-proc", "apertium-wblank-mode")) {
            if (!program(program)) {
                missing.add(program + " not found: install package apertium");
            }
        }
        for (var direction : ApertiumTranslator.Direction.values()) {
            var mode = settings.modes().resolve(direction.mode() + ".mode");
            if (!Files.isReadable(mode)) {
                missing.add(mode + " not found: install package apertium-eng-spa");
            }
        }
        if (!program("espeak-ng")) {
            missing.add("espeak-ng not found: install package espeak-ng");
        }
        return missing;
    }

    private static boolean program(String name) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
    }

    /// Looks where Debian and Ubuntu keep libraries: `/usr/lib` and the machine's own folder in it.
    private static boolean library(String name) {
        return LIBRARIES.stream()
                .flatMap(OfflineEngines::withSubfolders)
                .anyMatch(folder -> Files.exists(folder.resolve(name)));
    }

    private static Stream<Path> withSubfolders(Path folder) {
        var folders = folder.toFile().listFiles(file -> file.getName().endsWith("-linux-gnu"));
        return Stream.concat(
                Stream.of(folder),
                folders == null ? Stream.of() : Stream.of(folders).map(java.io.File::toPath));
    }
}
