package io.sandalphone.providers.piper;

import io.sandalphone.speech.Language;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A voice by its name, which begins with its language and region: `en_US-joe-medium`.
record PiperVoice(String name) {
    /// What a name must look like, for messages to people.
    static final String EXPECTED = "by its name with its language first, such as en_US-joe-medium";

    private static final Pattern NAME = Pattern.compile("([a-z]{2,3})_([A-Z]{2})-[A-Za-z0-9_-]+");

    PiperVoice {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not a voice " + EXPECTED);
        }
    }

    Language language() {
        Matcher parts = NAME.matcher(name);
        if (!parts.matches()) {
            throw new IllegalStateException("checked when it was made");
        }
        return new Language(parts.group(1) + '-' + parts.group(2));
    }
}
