package io.sandalphone.providers.polly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xml.sax.InputSource;

import software.amazon.awssdk.services.polly.model.TextType;

import java.io.StringReader;
import java.util.List;
import java.util.OptionalInt;

import javax.xml.parsers.DocumentBuilderFactory;

class MarkupTest {
    private static final Markup PLAIN = new Markup(OptionalInt.empty());
    private static final Markup FASTER = new Markup(OptionalInt.of(110));

    @Test
    void text_stays_plain_where_no_pace_is_asked_for() {
        assertEquals(TextType.TEXT, PLAIN.type());
        assertEquals("Tom & \"Ann\" <3", PLAIN.render("Tom & \"Ann\" <3"));
    }

    @Test
    void a_pace_makes_it_markup_in_which_text_cannot_be_taken_for_tags() {
        assertEquals(TextType.SSML, FASTER.type());
        assertEquals(
                "<speak><prosody rate=\"110%\">Tom &amp; &quot;Ann&quot; &lt;break/&gt;"
                        + " it&apos;s &amp;amp;</prosody></speak>",
                FASTER.render("Tom & \"Ann\" <break/> it's &amp;"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "]]> <![CDATA[ <!-- <?xml ?> -->",
                "</prosody></speak><speak>",
                "¿Qué tal? ñandú, 10 €, 你好, \uD83D\uDE00",
                "a\tb\nc & d; &#60; &lt;",
            })
    void an_xml_parser_reads_from_the_markup_the_very_text(String text) throws Exception {
        assertEquals(text, parsed(FASTER.render(text)));
    }

    @Test
    void what_no_xml_may_hold_becomes_a_space() throws Exception {
        String text = "a\u0000b\u000Bc\uFFFEd\uD83De";

        assertEquals("a b c d e", parsed(FASTER.render(text)));
        assertEquals("a b c d e", PLAIN.render(text));
    }

    @Test
    void what_is_blank_needs_no_request() {
        assertEquals(List.of(), PLAIN.pieces(" \n\t "));
    }

    @Test
    void text_that_fits_stays_whole() {
        assertEquals(List.of("One. Two. Three."), PLAIN.pieces(" One. Two. Three. "));
        assertEquals(1, PLAIN.pieces("x".repeat(3000)).size());
    }

    @Test
    void long_text_is_cut_after_the_last_sentence_that_fits() {
        String first = "a".repeat(1500) + " says: \"stop!\"";
        String second = "b".repeat(1000) + ".";
        String third = "c".repeat(900) + " d";

        assertEquals(
                List.of(first + " " + second, third),
                PLAIN.pieces(first + " " + second + " " + third));
    }

    @Test
    void a_sentence_too_long_is_cut_between_words_and_a_word_too_long_anywhere() {
        String words = "word ".repeat(1000).strip();
        List<String> pieces = PLAIN.pieces(words);
        assertEquals(words, String.join(" ", pieces));
        assertEquals(2, pieces.size());

        String emoji = "\uD83D\uDE00".repeat(3001);
        assertEquals(List.of("\uD83D\uDE00".repeat(3000), "\uD83D\uDE00"), PLAIN.pieces(emoji));
    }

    @Test
    void escapes_count_for_the_length_in_all_though_not_for_what_is_billed() {
        String ampersands = "&".repeat(2000);

        assertEquals(1, PLAIN.pieces(ampersands).size());
        List<String> pieces = FASTER.pieces(ampersands);
        assertEquals(ampersands, String.join("", pieces));
        assertTrue(pieces.stream().allMatch(piece -> FASTER.render(piece).length() <= 6000));
        assertEquals(2, pieces.size());
        assertEquals(2000, Markup.billed(ampersands));
    }

    private static String parsed(String markup) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(markup)))
                .getDocumentElement()
                .getTextContent();
    }
}
