package io.sandalphone.speech;

import java.util.Locale;

/// A language as people name it in settings: a BCP 47 tag such as `en`, `es` or `es-MX`.
public record Language(String tag) {
    /// What a tag must look like, for messages to people.
    public static final String EXPECTED = "a language tag (BCP 47) such as en or es-MX";

    public Language {
        if (!tag.matches("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")) {
            throw new IllegalArgumentException("not a BCP 47 language tag: " + tag);
        }
    }

    /// The language without region or script, in lower case: `es` for `es-MX`.
    public String base() {
        int dash = tag.indexOf('-');
        return (dash < 0 ? tag : tag.substring(0, dash)).toLowerCase(Locale.ROOT);
    }

    /// Whether speakers of both understand each other without an interpreter.
    public boolean sameAs(Language other) {
        return base().equals(other.base());
    }

    @Override
    public String toString() {
        return tag;
    }
}
