package io.sandalphone.harness.receptionist;

import java.util.List;
import java.util.regex.Pattern;

/// What somebody may want at a front desk, and the beginnings of words by which it is told. The first that fits counts.
enum Topic {
    /// They try to give the model other rules.
    OTHER_RULES(
            "ignore (all |your |the |my )*(previous )?(rules|instructions)|system prompt|pretend",
            "ignora (todas |tus |las )*(reglas|instrucciones)|olvida (tus |las"
                    + " )*(reglas|instrucciones)|haz como si"),
    MESSAGE(
            "message|call me back|callback|leave word",
            "mensaje|recado|me llame|devuelva la llamada"),
    PERSON(
            "person|human|somebody|someone|agent|operator|transfer|put me through|speak"
                    + " (to|with)|talk (to|with)|connect me",
            "persona|humano|alguien|agente|operador|operadora|transfier|pasame|paseme|comunic|hablar"
                + " con"),
    HOURS(
            "open|hours|close|closing|what time|business day",
            "horario|abren|abre|abiert|cierran|cierra|que hora|a que horas"),
    ADDRESS(
            "address|where (are|is)|located|location|find you|direction|how do i get",
            "direccion|donde|ubicad|como llego|en que calle"),
    GOODBYE(
            "bye|goodbye|that is all|that s all|nothing else|have a nice day",
            "adios|hasta luego|eso es todo|nada mas|que tenga"),
    THANKS("thank|great|perfect", "gracias|perfecto|muy amable"),
    NO("no", "no"),
    GREETING(
            "hello|hi|good (morning|afternoon|evening)",
            "hola|buenos dias|buenas (tardes|noches)|bueno");

    private static final List<Topic> ALL = List.of(values());

    private final Pattern english;
    private final Pattern spanish;

    Topic(String english, String spanish) {
        this.english = beginningOfWords(english);
        this.spanish = beginningOfWords(spanish);
    }

    /// `no` is a word and begins others.
    private static Pattern beginningOfWords(String words) {
        return Pattern.compile(words.equals("no") ? "^ no $|^ no " : " (" + words + ")");
    }

    boolean isToldIn(String plain, boolean inSpanish) {
        return (inSpanish ? spanish : english).matcher(plain).find();
    }

    /// All of them, in the order in which they count.
    static List<Topic> all() {
        return ALL;
    }
}
