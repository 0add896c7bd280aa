package io.sandalphone.speech.text.protect;

import java.util.List;
import java.util.regex.Pattern;

/// Addresses of the net, as they stand in a text. Every pattern is possessive where it repeats.
public final class Addresses {
    private static final String BEFORE_WORD = "(?<![\\p{L}\\p{N}])";
    private static final String AFTER_WORD = "(?![\\p{L}\\p{N}])";

    private static final Pattern URL =
            Pattern.compile(
                    BEFORE_WORD + "(?:https?+://|www\\.)[^\\s<>\"]++", Pattern.CASE_INSENSITIVE);

    private static final Pattern EMAIL =
            Pattern.compile(
                    "(?<![\\p{L}\\p{N}._%+-])[\\p{L}\\p{N}._%+-]++"
                            + "@[\\p{L}\\p{N}-]++(?:\\.[\\p{L}\\p{N}-]++)++");

    /// `example.com/menu`: only with the ends that people say, because recognizers also forget the
    /// space after a sentence.
    private static final Pattern DOMAIN =
            Pattern.compile(
                    "(?<![\\p{L}\\p{N}.-])(?:[\\p{L}\\p{N}-]{1,63}+\\.){1,8}"
                            + "(?:com|org|net|edu|gov|gob|info|biz|io|mx|es|us)"
                            + AFTER_WORD
                            + "(?!\\.\\p{L})(?:/[^\\s<>\"]*+)?+");

    /// What is an address, wherever it stands.
    public static final List<Pattern> PATTERNS = List.of(URL, EMAIL, DOMAIN);

    private Addresses() {}
}
