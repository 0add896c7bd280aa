package io.sandalphone.harness.demo;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// Whose engines interpret the demo's call.
public enum Providers {
    /// The embedded ones, which need no account.
    OFFLINE("offline", "offline", "offline"),
    /// The vendors' clients, before fakes that speak the vendors' protocols.
    CLOUD_FAKES("assemblyai", "google", "polly"),
    /// The vendors' clients, before the vendors.
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
        return this != OFFLINE;
    }

    /// As people write it: `cloud-fakes`.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Providers of(String text) {
        return Arrays.stream(values())
                .filter(providers -> providers.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("expected one of " + names()));
    }

    private static String names() {
        return Arrays.stream(values()).map(Providers::toString).collect(Collectors.joining(", "));
    }
}
