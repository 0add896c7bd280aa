package io.sandalphone.harness.latency;

/// How long providers take, as published. All are from what is waited for: a word's end, a request, a request.
///
/// @param name of the profile
/// @param word until a recognizer tells a word that will not change
/// @param translation until a translation is there
/// @param voice until the first sound of a voice
record Providers(String name, Delay word, Delay translation, Delay voice) {
    /// Services in the cloud.
    static final Providers CLOUD =
            new Providers("cloud", new Delay(300, 500), new Delay(100, 250), new Delay(120, 300));

    /// Engines beside the gateway.
    static final Providers NEAR =
            new Providers("near", new Delay(150, 250), new Delay(40, 90), new Delay(60, 120));

    /// How fast a voice speaks.
    static final double MILLIS_FOR_A_CHARACTER = 62;
}
