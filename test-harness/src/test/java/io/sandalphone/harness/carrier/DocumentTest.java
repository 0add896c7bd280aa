package io.sandalphone.harness.carrier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class DocumentTest {
    @Test
    void a_stream_with_its_conference_is_read_in_order() throws Exception {
        Document document =
                Document.parse(
                        """
                        <?xml version="1.0" encoding="UTF-8"?>
                        <Response><Connect><Stream url="wss://gw.example.org/m" name="a">
                          <Parameter name="sid" value="b2c1"/><Parameter name="tok" value="x&amp;y"/>
                        </Stream></Connect>
                        <Dial><Conference beep="false" waitUrl="" startConferenceOnEnter="true"
                          endConferenceOnExit="true">room-7</Conference></Dial></Response>
                        """
                                .strip(),
                        Grammar.twiml());

        assertEquals(List.of(), document.problems());
        assertEquals(
                List.of(
                        new Verb.Stream(
                                Map.of("url", "wss://gw.example.org/m", "name", "a"),
                                Map.of("sid", "b2c1", "tok", "x&y")),
                        new Verb.Conference("room-7", false, false, true, true, Optional.empty())),
                document.verbs());
    }

    @Test
    void what_a_conference_does_unless_told_is_what_carriers_do() throws Exception {
        Document document =
                Document.parse(
                        "<Response><Dial><Conference>r</Conference></Dial></Response>",
                        Grammar.twiml());

        assertEquals(
                List.of(new Verb.Conference("r", true, true, true, false, Optional.empty())),
                document.verbs());
    }

    @Test
    void parties_are_dialled_together() throws Exception {
        Document document =
                Document.parse(
                        "<Response><Dial timeout=\"7\""
                                + " callerId=\"+15550100\"><Number>+34600</Number>"
                                + "<Sip>sip:a@b.example</Sip></Dial><Dial>+1555</Dial></Response>",
                        Grammar.twiml());

        assertEquals(
                List.of(
                        new Verb.Dial(
                                List.of(
                                        new Verb.Party("+34600", false),
                                        new Verb.Party("sip:a@b.example", true)),
                                Duration.ofSeconds(7),
                                Optional.of("+15550100"),
                                Optional.empty()),
                        new Verb.Dial(
                                List.of(new Verb.Party("+1555", false)),
                                Duration.ofSeconds(30),
                                Optional.empty(),
                                Optional.empty())),
                document.verbs());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<Gather/>|<Response> does not hold <Gather>",
                "<Connect><Stream url='wss://h/' tok='1'/></Connect>|<Stream> has no attribute tok",
                "<Connect><Strem/></Connect>|<Connect> does not hold <Strem>",
                "<Connect/>|<Connect> holds 0 streams, not one",
                "<Dial><Conference beep='no'>r</Conference></Dial>|<Conference beep=\"no\">:"
                        + " expected one of [false, onEnter, onExit, true]",
                "<Dial/>|<Dial> holds neither parties nor one conference",
                "<Dial><Conference/></Dial>|a <Conference> without a name",
                "<Reject reason='full'/>|<Reject reason=\"full\">: expected one of [busy,"
                        + " rejected]",
                "<Pause length='soon'/>|<Pause length=\"soon\">: expected seconds"
            })
    void what_the_carrier_does_not_know_is_reported(String verbs, String problem) throws Exception {
        Document document = Document.parse("<Response>" + verbs + "</Response>", Grammar.twiml());

        assertEquals(problem, document.problems().getFirst());
    }

    @Test
    void each_carrier_has_its_own_attributes_of_a_stream() throws Exception {
        String texml =
                "<Response><Connect><Stream url='wss://h/m' bidirectionalMode='rtp'/></Connect>"
                        + "</Response>";
        String twiml =
                "<Response><Connect><Stream url='wss://h/m'><Parameter name='a'"
                        + " value='b'/></Stream></Connect></Response>";

        assertEquals(List.of(), Document.parse(texml, Grammar.texml()).problems());
        assertEquals(
                List.of("<Stream> has no attribute bidirectionalMode"),
                Document.parse(texml, Grammar.twiml()).problems());
        assertEquals(List.of(), Document.parse(twiml, Grammar.twiml()).problems());
        assertEquals(
                List.of("<Stream> does not hold <Parameter>"),
                Document.parse(twiml, Grammar.texml()).problems());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no xml",
                "<Response>",
                "<Answer/>",
                "<!DOCTYPE r [<!ENTITY e 'x'>]><Response>&e;</Response>"
            })
    void no_document_is_no_document(String text) {
        assertThrows(
                Document.MalformedException.class, () -> Document.parse(text, Grammar.twiml()));
    }
}
