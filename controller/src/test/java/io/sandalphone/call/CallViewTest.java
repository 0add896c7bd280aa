package io.sandalphone.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.sandalphone.cost.Costs;
import io.sandalphone.cost.Spending;
import io.sandalphone.speech.Language;
import io.sandalphone.telephony.Party;

import org.junit.jupiter.api.Test;

import java.util.Currency;
import java.util.Optional;
import java.util.Set;

class CallViewTest {
    @Test
    void a_view_never_holds_a_whole_number() {
        var view =
                new CallView(
                        "7f3",
                        "talking",
                        0,
                        CallView.Direction.INBOUND,
                        "+15551230009",
                        "+525512345678",
                        new Language("en"),
                        new Language("es"),
                        false,
                        false,
                        true,
                        0,
                        Set.of(),
                        Set.of(),
                        new Costs(Spending.NOTHING, Currency.getInstance("USD"), Optional.empty()),
                        null,
                        Optional.empty(),
                        Optional.empty());
        assertEquals("…009", view.caller());
        assertEquals("…678", view.destination());
    }

    @Test
    void a_printed_caption_holds_no_words() {
        var caption =
                new CallEvent.Caption(
                        "7f3",
                        Party.CALLER,
                        1,
                        new Language("en"),
                        new Language("es"),
                        "hello",
                        "hola",
                        new CallEvent.Timing(1L, 2L, null, null, null, null),
                        false);
        assertFalse(caption.toString().contains("hello"), caption.toString());
        assertFalse(caption.toString().contains("hola"), caption.toString());
    }
}
