package io.sandalphone.harness.receptionist;

import io.sandalphone.speech.Language;

/// With which words the receptionist answers the telephone, for agents that greet by themselves.
public final class Greetings {
    private Greetings() {}

    /// In Spanish, or else in English.
    public static String in(Language language) {
        return (language.base().equals("es") ? Phrases.SPANISH : Phrases.ENGLISH).greeting;
    }
}
