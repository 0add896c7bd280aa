package io.sandalphone.telephony;

import org.jspecify.annotations.Nullable;

/// What a telephone shows of the one who calls. `number` is made of digits, with or without a plus sign
/// before them, and empty when there is none; `name` holds letters, digits and a little
/// punctuation, and may be empty. With `restricted` a carrier is asked to show neither (RFC 3323,
/// RFC 3325).
///
/// Printed, the number is masked and the name left out.
public record CallerId(String number, String name, boolean restricted) {
    /// Of somebody of whom nothing is known.
    public static final CallerId UNKNOWN = new CallerId("", "", false);

    private static final String NUMBER = "\\+?[0-9]{3,15}";
    // What stands in names beside letters and digits. Quotes, backslashes and angle brackets mean
    // something in SIP.
    private static final String PUNCTUATION = " .,'&()/+-";
    private static final int LONGEST_NAME = 40;

    /// @throws IllegalArgumentException when a number or a name is none; the message does not repeat
    ///     it
    public CallerId {
        if (!number.isEmpty() && !number.matches(NUMBER)) {
            throw new IllegalArgumentException("not a number that a telephone can show");
        }
        if (!name.equals(printable(name))) {
            throw new IllegalArgumentException("not a name that a telephone can show");
        }
    }

    /// Of somebody whom we know by their number alone.
    public static CallerId of(String number) {
        return new CallerId(number, "", false);
    }

    /// What may be kept of the number and the name that a carrier gives: a number that is none is
    /// left out whole, because what remained of it would be another one's; of a name, what can be printed.
    public static CallerId received(@Nullable String number, @Nullable String name) {
        return number != null && number.matches(NUMBER)
                ? new CallerId(number, name == null ? "" : printable(name), false)
                : UNKNOWN;
    }

    private static String printable(String name) {
        var kept = new StringBuilder();
        name.codePoints().filter(CallerId::isPrintable).forEach(kept::appendCodePoint);
        String clean = kept.toString().replaceAll(" +", " ").strip();
        int length = clean.codePointCount(0, clean.length());
        return length <= LONGEST_NAME
                ? clean
                : clean.substring(0, clean.offsetByCodePoints(0, LONGEST_NAME)).strip();
    }

    private static boolean isPrintable(int character) {
        int type = Character.getType(character);
        return Character.isLetterOrDigit(character)
                || type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || PUNCTUATION.indexOf(character) >= 0;
    }

    @Override
    public String toString() {
        return "CallerId[%s%s]".formatted(E164.mask(number), restricted ? ", restricted" : "");
    }
}
