package io.sandalphone.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.agent.Agents;
import io.sandalphone.config.ConfigTree;
import io.sandalphone.config.ConfigurationException;
import io.sandalphone.config.Problem;
import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;
import io.sandalphone.routing.CallService;
import io.sandalphone.routing.CallTerms;
import io.sandalphone.routing.Destinations;
import io.sandalphone.routing.Limits;
import io.sandalphone.routing.Route;
import io.sandalphone.routing.RouteRules;
import io.sandalphone.routing.RouteTable;
import io.sandalphone.speech.Language;
import io.sandalphone.telephony.Arrival;
import io.sandalphone.telephony.CallIds;
import io.sandalphone.telephony.CallerId;
import io.sandalphone.telephony.CallerIdPolicy;
import io.sandalphone.telephony.ConnectionEvent;
import io.sandalphone.telephony.E164;
import io.sandalphone.time.VirtualLoop;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Nobody is put through to an emergency number, whoever asks for it in whichever way. The gateway has to do with
/// Mexico and the United States.
class EmergencyNumbersTest {
    private static final E164 MEXICAN = new E164("+525512345678");

    private final VirtualLoop loop = new VirtualLoop();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<CallEvent> events = new ArrayList<>();
    private final List<Optional<String>> vias = new ArrayList<>();

    private CallRegistry registry(Language callers, List<String> destinations) {
        var terms =
                new CallTerms(
                        callers,
                        new Language("es"),
                        true,
                        false,
                        Samples.TERMS.ringTimeout(),
                        Samples.TERMS.maxDuration());
        return registry(
                new RouteTable(
                        Map.of(
                                RouteTable.ANY,
                                new Route(
                                        new CallService.Interpreting(MEXICAN, Optional.empty()),
                                        terms),
                                "+12125550101",
                                new Route(new CallService.Echo(), terms))),
                destinations);
    }

    private CallRegistry registry(RouteTable routes, List<String> destinations) {
        var calls =
                new CallRegistry(
                        routes,
                        new Limits(1, destinations),
                        new CallerIdPolicy("", false),
                        SilentEngines.dependencies(new SilentEngines.Ears(), loop, registry),
                        Agents.none(),
                        Samples.freeOfCharge(),
                        CallMeters.register(registry));
        calls.observe(events::add);
        return calls;
    }

    private FakeConnection arrive(CallRegistry calls, String called, String caller) {
        var connection = new FakeConnection(loop);
        calls.arrived(
                new Arrival(
                        CallIds.next(),
                        called,
                        CallerId.of(caller),
                        List.of(),
                        via -> {
                            vias.add(via);
                            return connection;
                        }));
        return connection;
    }

    @ParameterizedTest
    @CsvSource({
        "911, +12125550109",
        "112, +12125550109",
        "+1911, +12125550109",
        "065, +12125550109",
        "066, ''",
        "+52911, ''",
        "9-1-1, ''",
        "999, +442071838750",
        "110, +4930123456",
        "+49112, ''",
        // A carrier adds a plus sign to whatever is dialled, or leaves it away, or passes on a URI.
        "+911, ''",
        "+112, ''",
        "+066, ''",
        "+999, +442071838750",
        "1911, ''",
        "52911, ''",
        "tel:+1-911, ''",
        "911;phone-context=+1, ''",
        "sip:911@gw1.example.org, ''",
        "sip:+1911@10.0.0.1:5060;user=phone, ''",
        "\u0669\u0661\u0661, ''",
        "\uff19\uff11\uff11, ''",
    })
    void who_dials_one_is_told_so_and_nobody_is_rung(String called, String caller) {
        var connection = arrive(registry(new Language("en"), List.of("+52*")), called, caller);
        assertEquals(List.of("release REJECTED after 7 s"), connection.asked);
        // A way on which sound passes through us.
        assertEquals(List.of(Optional.of(EmergencyHint.VIA)), vias);
        connection.happen(new ConnectionEvent.Released());
        var ended = (CallEvent.Ended) events.getLast();
        assertEquals("refused emergency-number", ended.result() + " " + ended.reason());
    }

    @ParameterizedTest
    @CsvSource({
        "000, +12125550109",
        "+12125559110, ''",
        "9115550100, ''",
        "110, +12125550109",
        "+529111234567, ''",
        "529111234567, ''",
        "+12115550100, ''",
        "+441129112345, ''",
        "+4991112345, ''",
        "49112, ''",
        "sip:100@911.example.org, ''",
    })
    void what_is_none_in_a_country_of_this_gateway_goes_its_way(String called, String caller) {
        var connection = arrive(registry(new Language("en"), List.of("+52*")), called, caller);
        assertEquals(List.of("dial DESTINATION"), connection.asked);
    }

    @Test
    void an_extension_with_a_route_of_its_own_is_no_emergency_number_without_its_plus() {
        var extension =
                new RouteTable(
                        Map.of(
                                "1911",
                                new Route(
                                        new CallService.Interpreting(MEXICAN, Optional.empty()),
                                        Samples.TERMS)));
        List<String> destinations = List.of("+52*", "+1*");
        assertEquals(
                List.of("dial DESTINATION"),
                arrive(registry(extension, destinations), "1911", "").asked);
        assertEquals(
                List.of("release REJECTED after 7 s"),
                arrive(registry(extension, destinations), "+1911", "").asked);
    }

    @ParameterizedTest
    @CsvSource({"en, 7", "es-MX, 8", "fr, 15"})
    void the_hint_is_in_the_language_of_the_caller(String language, int seconds) {
        var connection = arrive(registry(new Language(language), List.of("+52*")), "911", "");
        assertEquals(List.of("release REJECTED after " + seconds + " s"), connection.asked);
    }

    /// Over a browser, by a link or with the operator's token.
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_page_that_dials_one_is_told_in_the_language_that_its_person_chose(boolean operator) {
        var connection = new FakeConnection(loop);
        registry(new Language("en"), List.of("+52*"))
                .called(
                        new Arrival(
                                CallIds.next(),
                                "911",
                                CallerId.UNKNOWN,
                                List.of(),
                                _ -> connection),
                        new Language("es"),
                        Optional.of(Samples.TERMS).filter(_ -> operator));
        assertEquals(List.of("release REJECTED after 8 s"), connection.asked);
    }

    @Test
    void a_hint_takes_a_place_among_the_calls_and_gives_it_back() {
        CallRegistry calls = registry(new Language("en"), List.of("+52*"));
        var first = arrive(calls, "911", "");
        assertEquals(List.of("release CONGESTION"), arrive(calls, "911", "").asked);
        first.happen(new ConnectionEvent.Released());
        assertEquals(List.of("release REJECTED after 7 s"), arrive(calls, "911", "").asked);
    }

    @Test
    void while_we_stop_the_carrier_gets_the_call_back() {
        CallRegistry calls = registry(new Language("en"), List.of("+52*"));
        var _ = calls.drain();
        assertEquals(List.of("pass on"), arrive(calls, "911", "").asked);
    }

    @Test
    void a_carrier_that_never_lets_go_is_given_up_after_the_hint() {
        var connection = arrive(registry(new Language("en"), List.of("+52*")), "911", "");
        loop.advance(Duration.ofSeconds(21));
        assertEquals(1, connection.asked.size());
        loop.advance(Duration.ofSeconds(2));
        assertEquals("abandon", connection.asked.getLast());
    }

    /// In plans where national numbers may be short, an emergency number looks like any other.
    @ParameterizedTest
    @ValueSource(strings = {"+49112", "+49110", "+43144"})
    void no_list_of_destinations_allows_one(String number) {
        var emergency = new E164(number);
        assertFalse(
                new Destinations(List.of(number.substring(0, 3) + "*"), Set.of()).allow(emergency));
        assertThrows(
                IllegalArgumentException.class, () -> new Destinations(List.of(number), Set.of()));
        assertEquals(
                new Placement.Refused(Placement.Reason.EMERGENCY_NUMBER),
                registry(new Language("en"), List.of("+49*", "+43*"))
                        .originate(
                                new CallRequest(
                                        MEXICAN,
                                        Optional.empty(),
                                        emergency,
                                        Optional.empty(),
                                        Samples.TERMS))
                        .result());
    }

    private static List<String> mistakes(String routes) throws Exception {
        Section root =
                Section.root(
                        ConfigTree.merge(
                                ConfigTree.yaml(
                                        "defaults.yaml",
                                        """
                                        limits:
                                          max-concurrent-calls: 2
                                          destinations: ["+49*", "+52*"]
                                          extra-regions: []
                                          daily: {calls-per-caller: none, minutes-per-caller: none, calls-per-destination: none,
                                            minutes-per-destination: none}
                                        defaults: {service: interpret, caller-language: en, destination-language: es, interpret: true,
                                          relay: false, ring-timeout: 30s, max-duration: 60m, via: none}
                                        """),
                                ConfigTree.yaml("routes.yaml", "routes: " + routes)));
        Setting<Limits> limits = Limits.read(root.section("limits"));
        Section defaults = root.section("defaults");
        var _ = CallTerms.read(defaults);
        var _ = defaults.choice("service", CallService.Kind.class);
        var _ = RouteTable.readVia(defaults, Set::of);
        Setting<RouteTable> table =
                RouteTable.read(
                        root.section("routes"),
                        defaults,
                        new RouteRules(limits, () -> "", () -> Set.of("voipms"), Map::of));
        try {
            return List.of("" + root.finish(table).size());
        } catch (ConfigurationException mistaken) {
            return mistaken.problems().stream().map(Problem::key).toList();
        }
    }

    @Test
    void a_configuration_neither_leads_to_one_nor_answers_one() throws Exception {
        String leads = "{\"+12125550101\": {destination: \"%s\"}}";
        assertEquals(List.of("1"), mistakes(leads.formatted("+525512345678")));
        assertTrue(mistakes(leads.formatted("+49112")).getFirst().endsWith("destination"));
        String answers = "{\"%s\": {destination: \"+525512345678\"}}";
        assertEquals(List.of("1"), mistakes(answers.formatted("600")));
        for (String emergency : List.of("911", "112", "110", "065", "+911", "+065")) {
            assertTrue(
                    mistakes(answers.formatted(emergency)).getFirst().startsWith("routes"),
                    emergency);
        }
    }
}
