package io.sandalphone.harness.voices;

import io.sandalphone.harness.measure.WordErrorRate;
import io.sandalphone.harness.recognition.RecognizedWords;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Counts the words of a sentence that a recognizer heard wrong. What was said is in words alone; what a
/// recognizer writes in digits counts as right when the words are one of the ways in which those digits
/// are said. Case, punctuation, abbreviations and Spanish accents that do not sound do not count.
final class Misheard {
    /// Alternatives tried for one sentence; it has few numbers.
    private static final int MOST_READINGS = 4096;

    private static final Pattern NUMBER =
            Pattern.compile(
                    "(?<hour>\\d{1,2}):(?<minute>\\d\\d)"
                        + "|(?<sign>[$€])\\s?(?<amount>\\d[\\d.,]*\\d|\\d)"
                        + "|(?<ordinal>\\d{1,4})(?:st|nd|rd|th|º|ª|er|ero|era|\\.º|\\.ª)(?![\\p{L}\\d])"
                        + "|(?<number>\\d[\\d.,-]*\\d|\\d)|%");

    private static final Map<String, String> ENGLISH =
            Map.ofEntries(
                    Map.entry("dr", "doctor"),
                    Map.entry("mr", "mister"),
                    Map.entry("st", "street"),
                    Map.entry("ok", "okay"),
                    Map.entry("alright", "all right"),
                    Map.entry("i'm", "i am"),
                    Map.entry("i'll", "i will"),
                    Map.entry("that'll", "that will"));

    private static final Map<String, String> SPANISH =
            Map.ofEntries(
                    Map.entry("sr", "señor"),
                    Map.entry("sra", "señora"),
                    Map.entry("dr", "doctor"),
                    Map.entry("dra", "doctora"),
                    Map.entry("ud", "usted"),
                    Map.entry("qué", "que"),
                    Map.entry("cuál", "cual"),
                    Map.entry("cuáles", "cuales"),
                    Map.entry("quién", "quien"),
                    Map.entry("cómo", "como"),
                    Map.entry("cuándo", "cuando"),
                    Map.entry("cuánto", "cuanto"),
                    Map.entry("cuántos", "cuantos"),
                    Map.entry("cuánta", "cuanta"),
                    Map.entry("cuántas", "cuantas"),
                    Map.entry("dónde", "donde"),
                    Map.entry("más", "mas"),
                    Map.entry("sí", "si"),
                    Map.entry("tú", "tu"),
                    Map.entry("él", "el"),
                    Map.entry("mí", "mi"),
                    Map.entry("té", "te"),
                    Map.entry("sé", "se"),
                    Map.entry("dé", "de"),
                    Map.entry("aún", "aun"),
                    Map.entry("sólo", "solo"));

    private Misheard() {}

    /// `language` is `en` or `es`.
    static RecognizedWords count(String language, String said, String heard) {
        List<String> words = words(language, said);
        int wrong =
                readings(language, heard.toLowerCase(Locale.ROOT)).stream()
                        .mapToInt(reading -> WordErrorRate.errors(words, words(language, reading)))
                        .min()
                        .orElseThrow();
        return new RecognizedWords(words.size(), wrong);
    }

    private static List<String> words(String language, String text) {
        Map<String, String> same = language.equals("es") ? SPANISH : ENGLISH;
        List<String> words = new ArrayList<>();
        for (String word : WordErrorRate.words(text)) {
            words.addAll(List.of(same.getOrDefault(word, word).split(" ", -1)));
        }
        return words;
    }

    /// The text with its numbers in words, in every way in which they are said.
    private static Set<String> readings(String language, String text) {
        Set<String> readings = new LinkedHashSet<>();
        readings.add("");
        Matcher matcher = NUMBER.matcher(text);
        int at = 0;
        while (matcher.find()) {
            String before = text.substring(at, matcher.start());
            MatchResult found = matcher.toMatchResult();
            Set<String> ways = language.equals("es") ? Spanish.ways(found) : English.ways(found);
            readings =
                    each(
                            readings,
                            reading ->
                                    each(ways, way -> Set.of(reading + before + " " + way + " ")));
            if (readings.size() > MOST_READINGS) {
                throw new IllegalArgumentException("too many numbers: " + text);
            }
            at = matcher.end();
        }
        String rest = text.substring(at);
        return each(readings, reading -> Set.of(reading + rest));
    }

    private static Set<String> each(Set<String> ways, Function<String, Set<String>> more) {
        Set<String> all = new LinkedHashSet<>();
        ways.forEach(way -> all.addAll(more.apply(way)));
        return all;
    }

    private static Set<String> both(Set<String> first, String joint, Set<String> second) {
        return each(first, one -> each(second, other -> Set.of(one + joint + other)));
    }

    /// A number as it is written: whole digits, and two behind a point or comma.
    private static String whole(String written) {
        return written.replaceAll("[.,]\\d{1,2}$", "").replaceAll("\\D", "");
    }

    private static String cents(String written) {
        Matcher cents = Pattern.compile("[.,](\\d{1,2})$").matcher(written);
        return cents.find() ? cents.group(1) : "";
    }

    private static final class English {
        static Set<String> ways(MatchResult found) {
            SpokenNumber number = SpokenNumber.ENGLISH;
            if (found.group("hour") != null) {
                return time(found.group("hour"), found.group("minute"));
            }
            if (found.group("sign") != null) {
                return amount(found.group("sign"), found.group("amount"));
            }
            if (found.group("ordinal") != null) {
                return number.ordinals(Integer.parseInt(found.group("ordinal")));
            }
            return found.group("number") != null ? plain(found.group("number")) : Set.of("percent");
        }

        private static Set<String> plain(String written) {
            String cents = cents(written);
            Set<String> whole = SpokenNumber.ENGLISH.ways(whole(written));
            if (cents.isEmpty()) {
                return whole;
            }
            Set<String> ways = new LinkedHashSet<>(time(whole(written), cents));
            ways.addAll(
                    each(
                            Set.of(" point ", " "),
                            joint -> both(whole, joint, SpokenNumber.ENGLISH.ways(cents))));
            return ways;
        }

        private static Set<String> amount(String sign, String written) {
            String unit = sign.equals("$") ? " dollars" : " euros";
            Set<String> whole =
                    each(SpokenNumber.ENGLISH.ways(whole(written)), way -> Set.of(way + unit));
            String cents = cents(written);
            if (cents.isEmpty() || cents.equals("00")) {
                return whole;
            }
            Set<String> parts =
                    each(
                            SpokenNumber.ENGLISH.cardinals(Integer.parseInt(cents)),
                            way -> Set.of(way, way + " cents"));
            return each(Set.of(" and ", " "), joint -> both(whole, joint, parts));
        }

        private static Set<String> time(String hour, String minute) {
            if (hour.length() > 2 || minute.length() < 2) {
                return Set.of();
            }
            int hours = Integer.parseInt(hour);
            int minutes = Integer.parseInt(minute);
            Set<String> said = SpokenNumber.ENGLISH.cardinals(hours);
            Set<String> next = SpokenNumber.ENGLISH.cardinals(hours % 12 + 1);
            Set<String> ways = new LinkedHashSet<>();
            if (minutes == 0) {
                ways.addAll(said);
                ways.addAll(each(said, way -> Set.of(way + " o'clock")));
                return ways;
            }
            ways.addAll(both(said, " ", SpokenNumber.ENGLISH.cardinals(minutes)));
            if (minutes < 10) {
                ways.addAll(both(said, " oh ", SpokenNumber.ENGLISH.cardinals(minutes)));
            }
            switch (minutes) {
                case 15 ->
                        ways.addAll(
                                each(
                                        said,
                                        way ->
                                                Set.of(
                                                        "quarter past " + way,
                                                        "a quarter past " + way)));
                case 30 -> ways.addAll(each(said, way -> Set.of("half past " + way)));
                case 45 ->
                        ways.addAll(
                                each(
                                        next,
                                        way -> Set.of("quarter to " + way, "a quarter to " + way)));
                default -> {}
            }
            return ways;
        }
    }

    private static final class Spanish {
        static Set<String> ways(MatchResult found) {
            SpokenNumber number = SpokenNumber.SPANISH;
            if (found.group("hour") != null) {
                return time(found.group("hour"), found.group("minute"));
            }
            if (found.group("sign") != null) {
                return amount(found.group("sign"), found.group("amount"));
            }
            if (found.group("ordinal") != null) {
                return number.ordinals(Integer.parseInt(found.group("ordinal")));
            }
            return found.group("number") != null
                    ? plain(found.group("number"))
                    : Set.of("por ciento");
        }

        private static Set<String> plain(String written) {
            String cents = cents(written);
            Set<String> whole = SpokenNumber.SPANISH.ways(whole(written));
            if (cents.isEmpty()) {
                return whole;
            }
            Set<String> ways = new LinkedHashSet<>(time(whole(written), cents));
            ways.addAll(
                    each(
                            Set.of(" con ", " coma ", " punto ", " "),
                            joint -> both(whole, joint, SpokenNumber.SPANISH.ways(cents))));
            return ways;
        }

        private static Set<String> amount(String sign, String written) {
            String unit = sign.equals("$") ? " dólares" : " euros";
            Set<String> whole =
                    each(SpokenNumber.SPANISH.ways(whole(written)), way -> Set.of(way + unit));
            String cents = cents(written);
            if (cents.isEmpty() || cents.equals("00")) {
                return whole;
            }
            Set<String> parts =
                    each(
                            SpokenNumber.SPANISH.cardinals(Integer.parseInt(cents)),
                            way -> Set.of(way, way + " centavos"));
            return each(Set.of(" con ", " "), joint -> both(whole, joint, parts));
        }

        private static Set<String> time(String hour, String minute) {
            if (hour.length() > 2 || minute.length() < 2) {
                return Set.of();
            }
            int hours = Integer.parseInt(hour);
            int minutes = Integer.parseInt(minute);
            Set<String> said = SpokenNumber.SPANISH.cardinals(hours);
            Set<String> next = SpokenNumber.SPANISH.cardinals(hours % 12 + 1);
            Set<String> ways = new LinkedHashSet<>();
            if (minutes == 0) {
                ways.addAll(said);
                ways.addAll(each(said, way -> Set.of(way + " en punto")));
                return ways;
            }
            ways.addAll(
                    each(
                            Set.of(" ", " y "),
                            joint -> both(said, joint, SpokenNumber.SPANISH.cardinals(minutes))));
            switch (minutes) {
                case 15 -> ways.addAll(each(said, way -> Set.of(way + " y cuarto")));
                case 30 -> ways.addAll(each(said, way -> Set.of(way + " y media")));
                case 45 -> ways.addAll(each(next, way -> Set.of(way + " menos cuarto")));
                default -> {}
            }
            return ways;
        }
    }
}
