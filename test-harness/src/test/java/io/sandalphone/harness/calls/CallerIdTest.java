package io.sandalphone.harness.calls;

import static io.sandalphone.harness.calls.CallLab.SOON;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.RealAsterisk;
import io.sandalphone.harness.sip.PhoneCall;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// What goes out on the wire about who calls.
@RealAsterisk
class CallerIdTest {
    private static final String CALLED = "+" + CallLab.ONE_WAY;
    private static final String DESTINATION = CallLab.destinationOf(CallLab.ONE_WAY);
    private static final String CALLER = "12125550177";
    private static final String OWN = "+15550100009";
    private static final String FIRST = "+12025550111";
    private static final String SECOND = "+12025550112";

    private static @Nullable CallLab opened;
    // What the open lab has, so that tests which want the same share a controller.
    private static String trunk = "";

    private final AsteriskHost host;

    CallerIdTest(AsteriskHost host) {
        this.host = host;
    }

    private void open(String wanted) {
        if (opened == null || !wanted.equals(trunk)) {
            close();
            opened = CallLab.open(host, CallLab.tones().trunk("{" + wanted + "}"));
            trunk = wanted;
        }
    }

    private static CallLab lab() {
        return Objects.requireNonNull(opened, "no lab is open");
    }

    @AfterEach
    void end_the_calls() {
        lab().callers().calls().forEach(PhoneCall::hangUp);
        lab().destinations().calls().forEach(PhoneCall::hangUp);
        lab().awaitIdle();
        lab().destinations().forgetIncoming();
    }

    @AfterAll
    static void close() {
        if (opened != null) {
            opened.close();
            opened = null;
        }
    }

    private PhoneCall call(String from, Map<String, String> headers) throws Exception {
        return lab().callers()
                .call(from, "sip:" + CALLED + "@" + AsteriskHost.ADDRESS + ":5060", headers);
    }

    private PhoneCall rung(String number) throws InterruptedException {
        return lab().destinations().awaitIncoming(number, SOON);
    }

    /// Waits for a call of the destination that is as `shown` asserts. A call that was hung up within
    /// milliseconds may ring them once more, on behalf of the caller before: it is passed over.
    private static void rung(Consumer<PhoneCall> shown) throws InterruptedException {
        long start = System.nanoTime();
        AssertionError other = null;
        while (System.nanoTime() - start < SOON.toNanos()) {
            PhoneCall call;
            try {
                call = lab().destinations().awaitIncoming(DESTINATION, SOON);
            } catch (AssertionError none) {
                throw other == null ? none : other;
            }
            try {
                shown.accept(call);
                return;
            } catch (AssertionError another) {
                other = another;
            }
        }
        throw Objects.requireNonNull(other);
    }

    /// A caller who is known to the trunk by number and name.
    private PhoneCall knownCaller() throws Exception {
        return call(
                "\"Ana\" <sip:%s@10.77.0.1:5070>".formatted(CALLER),
                Map.of("P-Asserted-Identity", "\"Ana\" <sip:%s@10.77.0.1>".formatted(CALLER)));
    }

    private void place() {
        var answer =
                lab().controller()
                        .post(
                                "/calls",
                                "{\"from\": \"%s\", \"to\": \"%s\"}".formatted(FIRST, SECOND));
        assertEquals(201, answer.status(), answer.body());
    }

    /// `number` is what both headers say of the caller, openly; the account alone is in From and
    /// Contact.
    private static void assertShown(String number, String name, PhoneCall call) {
        String text = call.invitation();
        String shown =
                "%s<sip:%s@10.77.0.1>".formatted(name.isEmpty() ? "" : "\"" + name + "\" ", number);
        assertEquals(List.of(shown), call.invitation("P-Asserted-Identity"), text);
        assertEquals(
                List.of(shown + ";party=calling;privacy=off;screen=no"),
                call.invitation("Remote-Party-ID"),
                text);
        assertEquals(List.of(), call.invitation("Privacy"), text);
        assertTrue(from(call).startsWith("<sip:100000_lab@10.77.0.1>;tag="), text);
        assertContact(call);
    }

    /// The carrier is given our number, and asked to show nobody.
    private static void assertRestricted(PhoneCall call) {
        String text = call.invitation() + "\nThe controller's log:\n" + lab().controller().log();
        assertFalse(call.invitation().contains(CALLER), text);
        assertFalse(call.invitation().contains("Ana"), text);
        assertEquals(
                List.of("<sip:%s@10.77.0.1>".formatted(CALLED)),
                call.invitation("P-Asserted-Identity"),
                text);
        assertEquals(List.of("id"), call.invitation("Privacy"), text);
        assertTrue(call.invitation("Remote-Party-ID").getFirst().contains("privacy=full"), text);
        assertTrue(from(call).startsWith("\"Anonymous\" <sip:100000_lab@10.77.0.1>"), text);
        assertContact(call);
    }

    private static String from(PhoneCall call) {
        return call.invitation("From").getFirst();
    }

    private static void assertContact(PhoneCall call) {
        assertEquals(
                List.of("<sip:100000_lab@10.77.0.2:5060>"),
                call.invitation("Contact"),
                call.invitation());
    }

    @Nested
    class By_default {
        @Test
        void the_destination_sees_the_number_that_was_called() throws Exception {
            open("caller-id: none");
            PhoneCall caller = knownCaller();
            rung(
                    destination -> {
                        assertShown(CALLED, "", destination);
                        assertFalse(
                                destination.invitation().contains(CALLER),
                                destination.invitation());
                        assertFalse(
                                destination.invitation().contains("Ana"), destination.invitation());
                    });
            caller.awaitAnswered(SOON);
        }

        @Test
        void the_caller_does_not_see_whom_they_reached() throws Exception {
            open("caller-id: none");
            PhoneCall caller = knownCaller();
            caller.awaitAnswered(SOON);
            assertFalse(caller.responses().contains(DESTINATION.substring(1)), caller::responses);
        }

        @Test
        void in_an_operators_call_nobody_is_anonymous() throws Exception {
            open("caller-id: none");
            place();
            assertShown("100000_lab", "", rung(FIRST));
            PhoneCall second = rung(SECOND);
            assertShown("100000_lab", "", second);
            assertFalse(second.invitation().contains(FIRST.substring(1)), second.invitation());
        }
    }

    @Nested
    class With_a_number_of_our_own {
        @Test
        void the_destination_sees_it() throws Exception {
            open("caller-id: \"" + OWN + "\"");
            PhoneCall caller = knownCaller();
            rung(
                    destination -> {
                        assertShown(OWN, "", destination);
                        assertFalse(
                                destination.invitation().contains(CALLER),
                                destination.invitation());
                    });
            caller.awaitAnswered(SOON);
        }

        @Test
        void so_do_both_in_an_operators_call() throws Exception {
            open("caller-id: \"" + OWN + "\"");
            place();
            assertShown(OWN, "", rung(FIRST));
            PhoneCall second = rung(SECOND);
            assertShown(OWN, "", second);
            assertFalse(second.invitation().contains(FIRST.substring(1)), second.invitation());
        }
    }

    @Nested
    class Showing_the_caller {
        @Test
        void the_destination_sees_number_and_name() throws Exception {
            open("show-caller: true");
            PhoneCall caller = knownCaller();
            rung(
                    destination -> {
                        assertShown(CALLER, "Ana", destination);
                    });
            caller.awaitAnswered(SOON);
        }

        @Test
        void the_second_in_an_operators_call_sees_the_first() throws Exception {
            open("caller-id: \"%s\", show-caller: true".formatted(OWN));
            place();
            assertShown(OWN, "", rung(FIRST));
            assertShown(FIRST, "", rung(SECOND));
        }

        @ParameterizedTest
        @CsvSource({
            "Privacy, id, P-Asserted-Identity",
            "Privacy, id, ",
            "Privacy, user;id;critical, ",
            "Privacy, header, P-Asserted-Identity",
            "X-Nothing, here, anonymous",
            "Remote-Party-ID, <sip:12125550177@10.77.0.1>;party=calling;privacy=full;screen=yes, ",
            "Remote-Party-ID, <sip:12125550177@10.77.0.1>;privacy=full, P-Asserted-Identity"
        })
        void who_does_not_want_to_be_known_is_not(String header, String value, String identity)
                throws Exception {
            open("show-caller: true");
            String address = "<sip:%s@10.77.0.1>".formatted(CALLER);
            boolean anonymous = "anonymous".equals(identity);
            PhoneCall caller =
                    call(
                            anonymous
                                    ? "\"Anonymous\" <sip:anonymous@anonymous.invalid>"
                                    : "\"Ana\" " + address,
                            identity == null
                                    ? Map.of(header, value)
                                    : Map.of(header, value, "P-Asserted-Identity", address));
            rung(
                    destination -> {
                        assertRestricted(destination);
                    });
            caller.awaitAnswered(SOON);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "%1bc",
                    "%ff%fe2125550109",
                    "12125550177%0d%0aX-Evil:%20yes",
                    "12125550177%22%3e%3csip:evil",
                    "12125550177&PJSIP",
                    "12125550177,12125550178",
                    "%24%7bEXTEN%7d",
                    "$(id)",
                    "+1212555017799999999999",
                    "Restricted",
                    "1",
                    "%e2%80%ae12125550177"
                })
        void a_number_that_is_none_goes_nowhere(String user) throws Exception {
            open("show-caller: true");
            String address = "<sip:%s@10.77.0.1>".formatted(user);
            PhoneCall caller = call("\"Ana\" " + address, Map.of("P-Asserted-Identity", address));
            rung(
                    destination -> {
                        assertRestricted(destination);
                        assertClean(destination);
                    });
            caller.awaitAnswered(SOON);
        }

        static Stream<String> names() {
            return Stream.of(
                    "\u001bc\u001b[2J",
                    "\u00ff\u00fe\u00fd",
                    "Ana\\\" <sip:evil@10.77.0.1>\\\"",
                    "Ana%0d%0aX-Evil: yes",
                    utf8("\u202eevil\u202c"),
                    utf8("\u009b2J"),
                    utf8("\uFFFD"),
                    "x".repeat(300),
                    "${EXTEN}$[1+1]",
                    "a&b|c`id`");
        }

        @ParameterizedTest
        @MethodSource("names")
        void of_a_name_only_what_can_be_printed_goes_out(String name) throws Exception {
            open("show-caller: true");
            String address = "\"%s\" <sip:%s@10.77.0.1>".formatted(name, CALLER);
            PhoneCall caller = call(address, Map.of("P-Asserted-Identity", address));
            rung(
                    destination -> {
                        assertClean(destination);
                        String shown = destination.invitation("P-Asserted-Identity").getFirst();
                        assertTrue(shown.endsWith("<sip:%s@10.77.0.1>".formatted(CALLER)), shown);
                        assertTrue(shown.length() < 100, shown);
                    });
            caller.awaitAnswered(SOON);
        }

        @Test
        void a_name_of_any_script_arrives() throws Exception {
            open("show-caller: true");
            String address = "\"%s\" <sip:%s@10.77.0.1>".formatted(utf8("José Ñuñez 王"), CALLER);
            PhoneCall caller = call(address, Map.of());
            rung(
                    destination -> {
                        assertShown(CALLER, utf8("José Ñuñez 王"), destination);
                    });
            caller.awaitAnswered(SOON);
        }

        private void assertClean(PhoneCall call) {
            String text = call.invitation();
            assertFalse(text.matches("(?s).*[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f].*"), text);
            assertFalse(text.toLowerCase(Locale.ROOT).contains("\r\nx-evil"), text);
            assertFalse(text.contains("sip:evil"), text);
            String decoded =
                    new String(text.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
            assertFalse(decoded.matches("(?s).*[\\x80-\\x9f\\u202a-\\u202e\\uFFFD].*"), decoded);
            String shown = lab().controller().sessions().findPath("caller").asText();
            assertTrue(shown.matches("…[0-9]{0,3}"), shown);
        }

        private static String utf8(String text) {
            return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        }
    }
}
