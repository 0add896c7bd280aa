package io.sandalphone.speech.text.number;

import com.ibm.icu.text.RuleBasedNumberFormat;
import com.ibm.icu.util.ULocale;

import io.sandalphone.speech.Language;
import io.sandalphone.speech.text.lexicon.Lexicon;
import io.sandalphone.speech.text.lexicon.Table;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The words of which a language makes its numbers. Those that stand for one value each are taken from
/// ICU's spell-out rules (CLDR), in every gender and form that those rules know; beside them stands
/// what people say and the rules do not: `oh`, `onceavo`, `diez y seis`.
///
/// Immutable; one for each language.
final class NumberWords {
    private static final Map<String, NumberWords> KNOWN = new ConcurrentHashMap<>();

    private static final int HUNDRED = 100;
    private static final int THOUSAND = 1000;

    private final Map<String, Integer> cardinals = new HashMap<>();
    private final Map<String, Integer> ordinals = new HashMap<>();
    private final Map<String, BigDecimal> multipliers = new HashMap<>();

    private NumberWords(String language) {
        var rules =
                new RuleBasedNumberFormat(
                        ULocale.forLanguageTag(language), RuleBasedNumberFormat.SPELLOUT);
        for (String form : rules.getRuleSetNames()) {
            Map<String, Integer> words =
                    form.startsWith("%spellout-ordinal") ? ordinals : cardinals;
            for (int value = 0;
                    value < THOUSAND;
                    value += value < 30 ? 1 : value < HUNDRED ? 10 : HUNDRED) {
                String said = rules.format(value, form).replace("\u00ad", "");
                if (!said.contains(" ") && !said.contains("-")) {
                    words.putIfAbsent(said.toLowerCase(Locale.ROOT), value);
                }
            }
        }
        var more = Lexicon.of(new Language(language));
        cardinals.putAll(more.numbers(Table.MORE_CARDINALS));
        ordinals.putAll(more.numbers(Table.MORE_ORDINALS));
        more.numbers(Table.MULTIPLIERS)
                .forEach((word, power) -> multipliers.put(word, BigDecimal.TEN.pow(power)));
    }

    static NumberWords of(Language language) {
        return KNOWN.computeIfAbsent(language.base(), NumberWords::new);
    }

    /// What a word is in a cardinal, below a thousand; -1 for any other word.
    int cardinal(String word) {
        return cardinals.getOrDefault(word, -1);
    }

    /// What a word is in an ordinal; -1 for any other word.
    int ordinal(String word) {
        return ordinals.getOrDefault(word, -1);
    }

    /// By what a word multiplies the number before it; null for any other word.
    @Nullable BigDecimal multiplier(String word) {
        return multipliers.get(word);
    }
}
