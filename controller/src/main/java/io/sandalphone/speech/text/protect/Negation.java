package io.sandalphone.speech.text.protect;

import io.sandalphone.speech.Language;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// Whether a sentence denies something, as far as its words show. Where one language often denies and
/// the other does not ("¿No gusta pasar?", "no más que", "hasta"), the words show nothing.
final class Negation {
    private enum Polarity {
        DENIES,
        AFFIRMS,
        OPEN
    }

    private static final String EN_IDIOMS =
            "never mind|not only|not bad|no problem|no wonder|couldn't agree more|could not agree"
                + " more|why don't|why doesn't|why not|no longer|not"
                + " until|(?:won't|isn't|wasn't|not) [^.?!]* until|until|hardly|barely|unable|out"
                + " of|nothing but|no more than|no less than|not (?:more|less)"
                + " than|only|just|but|without fail|can't wait|don't forget|don't worry|no need|not"
                + " at all|or not|whether|unless|fail(?:s|ed)?|lack(?:s|ed)?|refuse[sd]?|is out|i"
                + " don't mind|didn't i|doubt|empty|impossible|would you|of course|out of|anything"
                + " else|you're welcome|not to mention|closed|forbidden|prohibited|free|broken|all"
                + " i have|too \\p{L}+ to|except|instead|rather than|other than|ran out|run"
                + " out|gone|quit|den(?:y|ies|ied)|against|i'm"
                + " sorry|forg[eo]t|remember|avoid|stop|missing|neither more nor less";

    private static final String ES_IDIOMS =
            "nada más|nomás|no más|no más que|no sólo|no solo|sólo|solo|no hay de qué|cómo no|no"
                + " hay problema|no pasa nada|hasta|casi|apenas|sin falta|sino|a menos que|ni"
                + " modo|ni más ni menos|no se"
                + " preocupe|olvíde\\w*|falta(?:n|ba)?|niega|dej[aeó]\\w*|evit\\w+|agot\\w+|imposible|o"
                + " no|de nada|no gusta|nada mal|cerrad\\p{L}+|cerramos|prohib\\p{L}+|sin"
                + " costo|gratis|descompuest\\p{L}|excepto|salvo|en vez|en"
                + " lugar|contra|demasiad\\p{L}|libre|mejor|se me olvida|por qué"
                + " no|totalmente|perfectamente|claro";

    private record Words(Pattern denying, Pattern open) {}

    private static final Map<String, Words> WORDS =
            Map.of(
                    "en",
                    new Words(
                            words(
                                    "not|no|nope|never|nobody|nothing|none|neither|nor|nowhere|without|"
                                        + "cannot|uh-uh|mm-mm|nuh-uh|\\p{L}+n't"),
                            words(EN_IDIOMS)),
                    "es",
                    new Words(
                            words(
                                    "no|nunca|jamás|nadie|nada|ninguna|ninguno|ningún|ni|sin|tampoco|"
                                        + "nel|mm-mm"),
                            words(ES_IDIOMS)));

    private Negation() {}

    private static Pattern words(String any) {
        return Pattern.compile("(?<![\\p{L}'’])(?:" + any + ")(?![\\p{L}])");
    }

    /// Whether a translation plainly denies what was affirmed, or affirms what was denied.
    static boolean turned(String said, Language from, String translated, Language to) {
        Polarity one = polarity(said, from);
        Polarity other = polarity(translated, to);
        return one != Polarity.OPEN && other != Polarity.OPEN && one != other;
    }

    /// Whether a word of `text` denies something, whatever the sentence says with it.
    static boolean in(String text, Language language) {
        Words words = WORDS.get(language.base());
        return words != null && words.denying.matcher(plain(text)).find();
    }

    private static String plain(String text) {
        return text.toLowerCase(Locale.ROOT).replace('’', '\'');
    }

    private static Polarity polarity(String text, Language language) {
        Words words = WORDS.get(language.base());
        if (words == null) {
            return Polarity.OPEN;
        }
        String plain = plain(text);
        boolean asks = plain.contains("?");
        if (asks || words.open.matcher(plain).find()) {
            return Polarity.OPEN;
        }
        return words.denying.matcher(plain).find() ? Polarity.DENIES : Polarity.AFFIRMS;
    }
}
