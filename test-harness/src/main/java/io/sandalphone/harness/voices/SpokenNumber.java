package io.sandalphone.harness.voices;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The ways in which a number is said, in English or Spanish.
enum SpokenNumber {
    ENGLISH {
        @Override
        Set<String> cardinals(int number) {
            Set<String> ways = new LinkedHashSet<>();
            ways.add(english(number, " "));
            ways.add(english(number, " and "));
            if (number >= 1100 && number < 10_000 && number % 100 >= 10) {
                ways.add(english(number / 100, " ") + " " + english(number % 100, " "));
            }
            return ways;
        }

        @Override
        String digit(int digit) {
            return ONES_ENGLISH.get(digit);
        }

        @Override
        Set<String> ordinals(int number) {
            Set<String> ways = new LinkedHashSet<>();
            for (String way : cardinals(number)) {
                int last = Math.max(way.lastIndexOf(' '), 0);
                String head = last == 0 ? "" : way.substring(0, last + 1);
                String word = way.substring(head.length());
                ways.add(head + ORDINALS_ENGLISH.getOrDefault(word, plainOrdinal(word)));
            }
            return ways;
        }
    },
    SPANISH {
        @Override
        Set<String> cardinals(int number) {
            Set<String> ways = new LinkedHashSet<>();
            String masculine = spanish(number);
            ways.add(masculine);
            ways.add(masculine.replaceAll("uno$", "un").replaceAll("veintiun$", "veintiún"));
            ways.add(masculine.replaceAll("uno$", "una").replace("cientos", "cientas"));
            return ways;
        }

        @Override
        String digit(int digit) {
            return ONES_SPANISH.get(digit);
        }

        @Override
        Set<String> ordinals(int number) {
            return number < ORDINALS_SPANISH.size()
                    ? Set.copyOf(ORDINALS_SPANISH.get(number))
                    : cardinals(number);
        }
    };

    private static final List<String> ONES_ENGLISH =
            List.of(
                    "zero",
                    "one",
                    "two",
                    "three",
                    "four",
                    "five",
                    "six",
                    "seven",
                    "eight",
                    "nine",
                    "ten",
                    "eleven",
                    "twelve",
                    "thirteen",
                    "fourteen",
                    "fifteen",
                    "sixteen",
                    "seventeen",
                    "eighteen",
                    "nineteen");
    private static final List<String> TENS_ENGLISH =
            List.of(
                    "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty",
                    "ninety");
    private static final Map<String, String> ORDINALS_ENGLISH =
            Map.of(
                    "one", "first", "two", "second", "three", "third", "five", "fifth", "eight",
                    "eighth", "nine", "ninth", "twelve", "twelfth");
    private static final List<String> ONES_SPANISH =
            List.of(
                    "cero",
                    "uno",
                    "dos",
                    "tres",
                    "cuatro",
                    "cinco",
                    "seis",
                    "siete",
                    "ocho",
                    "nueve",
                    "diez",
                    "once",
                    "doce",
                    "trece",
                    "catorce",
                    "quince",
                    "dieciséis",
                    "diecisiete",
                    "dieciocho",
                    "diecinueve",
                    "veinte",
                    "veintiuno",
                    "veintidós",
                    "veintitrés",
                    "veinticuatro",
                    "veinticinco",
                    "veintiséis",
                    "veintisiete",
                    "veintiocho",
                    "veintinueve");
    private static final List<String> TENS_SPANISH =
            List.of(
                    "",
                    "",
                    "",
                    "treinta",
                    "cuarenta",
                    "cincuenta",
                    "sesenta",
                    "setenta",
                    "ochenta",
                    "noventa");
    private static final List<String> HUNDREDS_SPANISH =
            List.of(
                    "",
                    "ciento",
                    "doscientos",
                    "trescientos",
                    "cuatrocientos",
                    "quinientos",
                    "seiscientos",
                    "setecientos",
                    "ochocientos",
                    "novecientos");
    private static final List<List<String>> ORDINALS_SPANISH =
            List.of(
                    List.of("cero"),
                    List.of("primero", "primera", "primer"),
                    List.of("segundo", "segunda"),
                    List.of("tercero", "tercera", "tercer"),
                    List.of("cuarto", "cuarta"),
                    List.of("quinto", "quinta"),
                    List.of("sexto", "sexta"),
                    List.of("séptimo", "séptima"),
                    List.of("octavo", "octava"),
                    List.of("noveno", "novena"),
                    List.of("décimo", "décima"));

    /// From here on nobody says a number but by its digits.
    private static final int MOST = 1_000_000;

    abstract Set<String> cardinals(int number);

    abstract Set<String> ordinals(int number);

    abstract String digit(int digit);

    /// The ways in which digits are read: as a number, one by one, and two by two.
    Set<String> ways(String digits) {
        Set<String> ways = new LinkedHashSet<>();
        if (digits.length() <= 6) {
            ways.addAll(cardinals(Integer.parseInt(digits)));
        }
        ways.add(joined(digits, 0, 1));
        if (digits.length() > 2) {
            // 715 is seven fifteen.
            ways.add(joined(digits, digits.length() % 2, 2));
        }
        return ways;
    }

    /// The first digits of `head`, then the others in groups of `size`.
    private String joined(String digits, int head, int size) {
        List<String> words = new ArrayList<>();
        for (int at = 0; at < digits.length(); ) {
            int end = at == 0 && head > 0 ? head : Math.min(at + size, digits.length());
            int number = Integer.parseInt(digits.substring(at, end));
            words.add(end - at == 1 ? digit(number) : cardinals(number).iterator().next());
            at = end;
        }
        return String.join(" ", words);
    }

    private static String plainOrdinal(String word) {
        return word.endsWith("y") ? word.substring(0, word.length() - 1) + "ieth" : word + "th";
    }

    private static String english(int number, String and) {
        if (number >= MOST) {
            throw new IllegalArgumentException("too large: " + number);
        }
        if (number >= 1000) {
            int rest = number % 1000;
            String joint = rest > 0 && rest < 100 ? and : " ";
            return english(number / 1000, and)
                    + " thousand"
                    + (rest == 0 ? "" : joint + english(rest, and));
        }
        if (number >= 100) {
            int rest = number % 100;
            return ONES_ENGLISH.get(number / 100)
                    + " hundred"
                    + (rest == 0 ? "" : and + english(rest, and));
        }
        if (number < 20) {
            return ONES_ENGLISH.get(number);
        }
        return TENS_ENGLISH.get(number / 10)
                + (number % 10 == 0 ? "" : " " + ONES_ENGLISH.get(number % 10));
    }

    private static String spanish(int number) {
        if (number >= MOST) {
            throw new IllegalArgumentException("too large: " + number);
        }
        if (number >= 1000) {
            int rest = number % 1000;
            String thousands = number < 2000 ? "mil" : spanish(number / 1000) + " mil";
            return thousands + (rest == 0 ? "" : " " + spanish(rest));
        }
        if (number == 100) {
            return "cien";
        }
        if (number > 100) {
            int rest = number % 100;
            return HUNDREDS_SPANISH.get(number / 100) + (rest == 0 ? "" : " " + spanish(rest));
        }
        if (number < 30) {
            return ONES_SPANISH.get(number);
        }
        return TENS_SPANISH.get(number / 10)
                + (number % 10 == 0 ? "" : " y " + ONES_SPANISH.get(number % 10));
    }
}
