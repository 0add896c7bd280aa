package io.sandalphone.harness.demo;

import picocli.CommandLine;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// Whose engines interpret the demo's call.
public enum Providers {
    /// The embedded ones, which need no account: Whisper hears.
    OFFLINE("whisper", "offline", "offline"),
    /// Those of them that need no model file, either: PocketSphinx hears, English only.
    LITE("offline", "offline", "offline"),
    /// The vendors' clients, against fakes that speak the vendors' protocols.
    CLOUD_FAKES("assemblyai", "google", "polly"),
    /// The vendors' clients, against the vendors.
    CLOUD("assemblyai", "google", "polly");

    private final String transcriber;
    private final String translator;
    private final String synthesizer;

    Providers(String transcriber, String translator, String synthesizer) {
        this.transcriber = transcriber;
        this.translator = translator;
        this.synthesizer = synthesizer;
    }

    /// The name of the engine that hears.
    public String transcriber() {
        return transcriber;
    }

    public String translator() {
        return translator;
    }

    /// The name of the engine that speaks.
    public String synthesizer() {
        return synthesizer;
    }

    /// Whether what they do is charged, by prices that are examples.
    public boolean charged() {
        return this != OFFLINE && this != LITE;
    }

    /// Whether Spanish is heard as well as English. The fake of the recognizer hears English only.
    boolean hearBoth() {
        return this == OFFLINE || this == CLOUD;
    }

    /// As people write it: `cloud-fakes`.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// Those of this name, for a command line.
    static Providers of(String text) {
        return Arrays.stream(values())
                .filter(providers -> providers.toString().equals(text))
                .findFirst()
                .orElseThrow(
                        () ->
                                new CommandLine.TypeConversionException(
                                        "expected one of %s, not %s".formatted(names(), text)));
    }

    private static String names() {
        return Arrays.stream(values()).map(Providers::toString).collect(Collectors.joining(", "));
    }
}
