package io.sandalphone.speech.text;

import io.sandalphone.speech.Language;

import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Numbers that are written as words, which a translator may turn into digits or make of digits:
/// `2 p.m.` and `dos de la tarde`, `three hundred` and `300`.
final class NumberWords {
    private static final Pattern WORD = Pattern.compile("[\\p{L}]++");
    private static final long HUNDRED = 100;
    private static final long THOUSAND = 1_000;

    private static final Map<String, Map<String, Long>> VALUES =
            Map.of(
                    "en",
                    values(
                            """
                            zero 0 oh 0 one 1 two 2 three 3 four 4 five 5 six 6 seven 7 eight 8 nine 9
                            ten 10 eleven 11 twelve 12 thirteen 13 fourteen 14 fifteen 15 sixteen 16
                            seventeen 17 eighteen 18 nineteen 19 twenty 20 thirty 30 forty 40 fifty 50
                            sixty 60 seventy 70 eighty 80 ninety 90 hundred 100 thousand 1000
                            million 1000000 dozen 12 noon 12 midnight 12
                            first 1 second 2 third 3 fourth 4 fifth 5 sixth 6 seventh 7 eighth 8
                            ninth 9 tenth 10 eleventh 11 twelfth 12 thirteenth 13 fourteenth 14
                            fifteenth 15 sixteenth 16 seventeenth 17 eighteenth 18 nineteenth 19
                            twentieth 20 thirtieth 30
                            """),
                    "es",
                    values(
                            """
                            cero 0 uno 1 dos 2 tres 3 cuatro 4 cinco 5 seis 6 siete 7 ocho 8 nueve 9
                            diez 10 once 11 doce 12 trece 13 catorce 14 quince 15 dieciséis 16
                            diecisiete 17 dieciocho 18 diecinueve 19 veinte 20 veintiuno 21
                            veintiún 21 veintiuna 21 veintidós 22 veintitrés 23 veinticuatro 24
                            veinticinco 25 veintiséis 26 veintisiete 27 veintiocho 28 veintinueve 29
                            treinta 30 cuarenta 40 cincuenta 50 sesenta 60 setenta 70 ochenta 80
                            noventa 90 cien 100 ciento 100 doscientos 200 doscientas 200
                            trescientos 300 trescientas 300 cuatrocientos 400 cuatrocientas 400
                            quinientos 500 quinientas 500 seiscientos 600 seiscientas 600
                            setecientos 700 setecientas 700 ochocientos 800 ochocientas 800
                            novecientos 900 novecientas 900 mil 1000 millón 1000000 millones 1000000
                            docena 12 mediodía 12 medianoche 12
                            primer 1 primero 1 primera 1 segundo 2 segunda 2 tercer 3 tercero 3
                            tercera 3 cuarto 4 cuarta 4 quinto 5 quinta 5 sexto 6 sexta 6 séptimo 7
                            séptima 7 octavo 8 octava 8 noveno 9 novena 9 décimo 10 décima 10
                            """));

    private static final Map<String, Set<String>> LINKS =
            Map.of("en", Set.of("and"), "es", Set.of("y"));

    private NumberWords() {}

    private static Map<String, Long> values(String table) {
        Map<String, Long> values = new TreeMap<>();
        String[] cells = table.strip().split("\\s+", -1);
        for (int i = 0; i < cells.length; i += 2) {
            values.put(cells[i], Long.valueOf(cells[i + 1]));
        }
        return values;
    }

    /// The values of all numbers said in words in `text`. Numbers that follow each other are also
    /// taken for one that was spelled: `twenty twenty six` is 20, 26 and 2026.
    static Set<String> in(String text, Language language) {
        Map<String, Long> values = VALUES.getOrDefault(language.base(), Map.of());
        Set<String> links = LINKS.getOrDefault(language.base(), Set.of());
        var reading = new Reading();
        WORD.matcher(text.toLowerCase(Locale.ROOT))
                .results()
                .map(match -> match.group())
                .forEach(
                        word -> {
                            Long value = values.get(word);
                            if (value != null) {
                                reading.add(value);
                            } else if (!links.contains(word)) {
                                reading.endRun();
                            }
                        });
        reading.endRun();
        return reading.found;
    }

    /// Adds number words up, as long as each goes with the one before.
    private static final class Reading {
        private final Set<String> found = new HashSet<>();
        private final StringBuilder spelled = new StringBuilder();
        private long thousands;
        private long below;
        private long lastAdded;
        private boolean open;

        void add(long value) {
            if (open && value >= THOUSAND && below < THOUSAND) {
                thousands += Math.max(1, below) * value;
                below = 0;
                lastAdded = value;
            } else if (open && value == HUNDRED && below > 0 && below < 10) {
                below *= HUNDRED;
                lastAdded = HUNDRED;
            } else if (open && fitsBehind(value)) {
                below += value;
                lastAdded = value;
            } else {
                endNumber();
                open = true;
                thousands = value >= THOUSAND ? value : 0;
                below = value >= THOUSAND ? 0 : value;
                lastAdded = value;
            }
        }

        /// `six` behind `twenty`, `twenty` behind `hundred`, anything smaller behind `thousand`.
        private boolean fitsBehind(long value) {
            if (value == 0) {
                return false;
            }
            return (lastAdded >= THOUSAND && value < THOUSAND)
                    || (lastAdded >= HUNDRED && value < HUNDRED)
                    || (lastAdded >= 20 && lastAdded < HUNDRED && value < 10);
        }

        private void endNumber() {
            if (open) {
                found.add(Long.toString(thousands + below));
                spelled.append(thousands + below);
                open = false;
            }
        }

        void endRun() {
            endNumber();
            if (!spelled.isEmpty()) {
                found.add(spelled.toString());
                spelled.setLength(0);
            }
        }
    }
}
