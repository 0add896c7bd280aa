package io.sandalphone.telephony;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;

/// A telephone number as the whole world writes it (ITU-T E.164): a plus sign, the country code, and
/// the national number, with nothing between the digits.
///
/// A number must have an existing country code and a length that its country uses. Whether somebody
/// has it is for the carrier to say: numbering plans change faster than libraries.
///
/// Printed, it is masked; only [#number()] gives all its digits.
public record E164(String number) implements Destination {
    /// What a number must look like, for messages to people.
    public static final String EXPECTED =
            "a telephone number in E.164 form, in quotes, such as \"+525512345678\"";

    /// @throws IllegalArgumentException when it is no such number; the message does not repeat it
    public E164 {
        if (!number.matches("\\+[1-9][0-9]{3,14}") || !isPossible(number)) {
            throw new IllegalArgumentException("expected " + EXPECTED);
        }
    }

    private static boolean isPossible(String number) {
        PhoneNumberUtil plans = PhoneNumberUtil.getInstance();
        try {
            return plans.isPossibleNumber(plans.parse(number, null));
        } catch (NumberParseException e) {
            return false;
        }
    }

    /// What may be shown of any number or caller's name a carrier gives us: the last three
    /// characters, or nothing of one too short to hide the rest. Masking what is masked changes
    /// nothing.
    public static String mask(String number) {
        // Whoever calls chooses their name: one that begins so can be longer than what is left of
        // one.
        if (number.startsWith("…") && number.length() <= 4) {
            return number;
        }
        return number.length() < 7 ? "…" : "…" + number.substring(number.length() - 3);
    }

    @Override
    public String toString() {
        return mask(number);
    }
}
