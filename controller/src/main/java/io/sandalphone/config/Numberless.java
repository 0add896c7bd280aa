package io.sandalphone.config;

import java.util.regex.Pattern;

/// What the log may say of a configuration: places and mistakes without the telephone numbers in them, which may be
/// somebody's.
public final class Numberless {
    private static final Pattern NUMBER =
            Pattern.compile("\"\\+?[0-9]{7,15}\"|\\+?(?<!\\w)[0-9]{7,15}(?!\\w)");

    private Numberless() {}

    /// `text` with `…` in place of each telephone number.
    public static String text(String text) {
        return NUMBER.matcher(text).replaceAll("…");
    }
}
