package io.sandalphone.speech.text.number;

import io.sandalphone.speech.text.lexicon.Role;
import io.sandalphone.speech.text.number.NumberGrammar.Part;
import io.sandalphone.speech.text.value.Value.Time;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/// Reads `las tres y media`, `un cuarto para las seis`, `las 15 horas`.
final class SpanishClock extends ClockReader {
    SpanishClock(Draft draft) {
        super(draft);
    }

    @Override
    void clock(int i) {
        int at = is(i, Role.HOUR_ARTICLE) ? i + 1 : i;
        boolean las = at > i;
        // un cuarto para las seis, diez para las tres
        int quarter =
                word(i).equals("un") && word(i + 1).equals("cuarto")
                        ? i + 2
                        : word(i).equals("cuarto") && !word(i - 1).equals("un") ? i + 1 : -1;
        int before = quarter > 0 ? 15 : minutes(i);
        int para = quarter > 0 ? quarter : numbers[i] == null ? i : numbers[i].end();
        para = word(para).startsWith("minuto") ? para + 1 : para;
        if (before > 0 && word(para).equals("para") && is(para + 1, Role.HOUR_ARTICLE)) {
            int[] hour = hourAt(para + 2, false);
            if (hour != null && hour[0] > 0) {
                if (quarter > 0) {
                    strong[quarter - 1] = true;
                }
                time(i, hour[2], hour[0] * 60 - before, false);
            }
        }
        int[] hour = hourAt(at, true);
        if (hour == null) {
            return;
        }
        if (las && word(i).equals("la") && hour[0] != 1) {
            return;
        }
        int end = hour[2];
        int minute = hour[1];
        boolean said = las || (number(at) && tokens.get(at).text().contains(":"));
        if (word(end).equals("y") && !tokens.get(at).text().contains(":")) {
            Optional<Part> part = grammar.andPart(end);
            int more = minutes(end + 1);
            if (part.isPresent() && !word(end + 1).equals("medio")) {
                minute = part.get().value().movePointRight(2).intValue() * 60 / 100;
                int to = part.get().end();
                strong[end + 1] = true;
                time(i, to, hour[0] * 60 + minute, hour[3] == 1);
                return;
            }
            if (more >= 0 && (las || more >= 5)) {
                time(i, numbers[end + 1].end(), hour[0] * 60 + more, hour[3] == 1);
                if (las) {
                    sure(at, numbers[end + 1].end());
                    return;
                }
            }
        } else if (word(end).equals("menos")) {
            int less = word(end + 1).equals("cuarto") ? 15 : minutes(end + 1);
            int to =
                    word(end + 1).equals("cuarto")
                            ? end + 2
                            : less > 0 ? numbers[end + 1].end() : end;
            if (less > 0 && las) {
                strong[end + 1] = true;
                time(i, to, hour[0] * 60 - less, hour[3] == 1);
                return;
            }
        } else if (!tokens.get(at).text().contains(":")
                && minutes(end) >= 0
                && unitAt(numbers[end].end()) < 0) {
            int to = numbers[end].end();
            int more = minutes(end);
            if (more == 0 && minutes(to) > 0 && minutes(to) < 10) {
                time(i, numbers[to].end(), hour[0] * 60 + minutes(to), hour[3] == 1);
            }
            if (more >= 10) {
                time(i, to, hour[0] * 60 + more, hour[3] == 1);
            }
        }
        if (word(end).startsWith("hora") && hour[0] >= 0 && (las || hour[0] > 12 || hour[0] == 0)) {
            add(i, end + 1, new Time(hour[0] % 24 * 60 + minute, true));
        }
        if (hour[0] == 0 && minutes(end) > 0 && word(numbers[end].end()).startsWith("hora")) {
            add(i, numbers[end].end() + 1, new Time(minutes(end) * 60, true));
        }
        if (said || half(end) != null) {
            time(i, end, hour[0] * 60 + minute, hour[3] == 1);
        }
    }

    @Override
    @Nullable Half halfNamed(int at) {
        String word = word(at);
        int noun =
                word.equals("de") && word(at + 1).equals("la")
                        ? at + 2
                        : word.equals("del") ? at + 1 : -1;
        String half = noun < 0 ? "" : word(noun);
        return switch (half) {
            case "mañana", "madrugada" -> new Half(false, false, noun + 1);
            case "tarde", "día", "mediodía" -> new Half(false, true, noun + 1);
            case "noche" -> new Half(true, true, noun + 1);
            default -> null;
        };
    }
}
