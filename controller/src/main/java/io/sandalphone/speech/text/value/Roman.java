package io.sandalphone.speech.text.value;

import java.util.Map;

/// Roman numerals.
public final class Roman {
    private static final Map<Character, Integer> VALUES =
            Map.of('I', 1, 'V', 5, 'X', 10, 'L', 50, 'C', 100);

    private Roman() {}

    /// What a numeral is in the form in which it is written today; 0 for anything else.
    public static int value(String numeral) {
        if (!numeral.matches("(?:C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")) {
            return 0;
        }
        int sum = 0;
        int last = 0;
        for (int i = numeral.length() - 1; i >= 0; i--) {
            int value = VALUES.getOrDefault(numeral.charAt(i), 0);
            sum += value < last ? -value : value;
            last = Math.max(last, value);
        }
        return sum;
    }
}
