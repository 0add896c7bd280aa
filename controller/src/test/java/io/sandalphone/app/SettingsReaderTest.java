package io.sandalphone.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

import io.sandalphone.agent.Ability;
import io.sandalphone.agent.AgentSettings;
import io.sandalphone.agent.TransferChoice;
import io.sandalphone.call.People;
import io.sandalphone.call.Person;
import io.sandalphone.config.ConfigTree;
import io.sandalphone.config.ConfigurationException;
import io.sandalphone.config.Problem;
import io.sandalphone.cost.CostSettings;
import io.sandalphone.cost.PriceTable;
import io.sandalphone.cost.Service;
import io.sandalphone.ops.HttpTls;
import io.sandalphone.ops.SelfSigned;
import io.sandalphone.routing.CallService;
import io.sandalphone.routing.CallTerms;
import io.sandalphone.routing.Route;
import io.sandalphone.speech.Capability;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.VoiceChoice;
import io.sandalphone.telephony.Browser;
import io.sandalphone.telephony.CallerIdPolicy;
import io.sandalphone.telephony.E164;
import io.sandalphone.tools.HttpToolSettings;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

class SettingsReaderTest {
    private static final SettingsReader READER =
            new SettingsReader(
                    Map.ofEntries(
                            Map.entry("ASSEMBLYAI_API_KEY", "an-assemblyai-key"),
                            Map.entry("GOOGLE_TRANSLATE_API_KEY", "a-google-key"),
                            Map.entry("SANDALPHONE_ARI_PASSWORD", "hunter2"),
                            Map.entry("SANDALPHONE_TOKEN", "0123456789abcdef"),
                            Map.entry("TELNYX_API_KEY", "KEY-of-nobody"),
                            Map.entry("TELNYX_APP_ID", "1000000000000000001"),
                            Map.entry("TELNYX_PHONE_NUMBER", "+15551230004"),
                            Map.entry(
                                    "TELNYX_PUBLIC_KEY",
                                    "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="),
                            Map.entry("TWILIO_ACCOUNT_SID", "AC0123456789abcdef0123456789abcdef"),
                            Map.entry("TWILIO_AUTH_TOKEN", "a-twilio-token"),
                            Map.entry("TWILIO_PHONE_NUMBER", "+15551230003")),
                    Engines.providers());
    private static final ObjectMapper YAML = new YAMLMapper();

    @Test
    void an_empty_file_gives_the_defaults() throws Exception {
        Settings settings = read("");
        assertEquals("hunter2", settings.asterisk().orElseThrow().ari().password().reveal());
        assertEquals(
                new CallerIdPolicy("", false),
                settings.asterisk().orElseThrow().trunk().callerId());
        assertEquals(
                Duration.ofMinutes(1), settings.asterisk().orElseThrow().silence().checkAfter());
        assertEquals(
                Duration.ofMinutes(10), settings.asterisk().orElseThrow().silence().endAfter());
        assertEquals(true, settings.http().isLocal());
        assertEquals(8090, settings.http().port());
        assertEquals(0, settings.routes().size());
        assertEquals(40, settings.limits().maxConcurrentCalls());
        assertEquals(Duration.ofSeconds(30), settings.drain());
        assertEquals(
                new LogSettings(LogSettings.Format.JSON, LogSettings.Level.INFO), settings.log());
        assertEquals(false, settings.liveCaptions());
    }

    @Test
    void what_is_announced_has_a_text_for_each_language_that_is_interpreted() throws Exception {
        assertFalse(read("").announcement().spoken());
        var german =
                """
                limits: {destinations: ["+12125550002"]}
                routes: {"+12125550001": {destination: "+12125550002", destination-language: de-AT}}
                announcement: {spoken: true%s}
                """;
        assertEquals(
                List.of("announcement"),
                assertThrows(ConfigurationException.class, () -> read(german.formatted("")))
                        .problems()
                        .stream()
                        .map(Problem::key)
                        .toList());
        var texts = read(german.formatted(", texts: {de: Hallo}")).announcement();
        assertEquals(Optional.of("Hallo"), texts.text(new Language("de-AT")));
        assertTrue(texts.text(new Language("es-MX")).orElse("").startsWith("Esta llamada"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"''", "'   '", "[]", "none of it: 1", "none", "...", "5"})
    void a_text_that_cannot_be_announced_is_a_mistake(String text) {
        assertThrows(
                ConfigurationException.class,
                () -> read("announcement: {texts: {en: %s}}".formatted(text)));
    }

    /// The text would be said to nobody, and the one that is written as usual in its place.
    @ParameterizedTest
    @ValueSource(strings = {"EN", "ES-mx", "es_MX", "English", "english"})
    void the_language_of_an_announcement_is_written_as_usual(String language) {
        assertEquals(
                List.of("announcement.texts." + language),
                assertThrows(
                                ConfigurationException.class,
                                () ->
                                        read(
                                                "announcement: {texts: {%s: Hello}}"
                                                        .formatted(language)))
                        .problems()
                        .stream()
                        .map(problem -> problem.key().replace("\"", ""))
                        .toList());
    }

    @Test
    void a_certificate_and_its_key_belong_together_each_in_its_place(@TempDir Path folder)
            throws Exception {
        HttpTls own = new SelfSigned(folder).files();
        String yaml = "http: {tls: {certificate: %s, key: %s}}";
        assertEquals(
                Optional.of(own), read(yaml.formatted(own.certificate(), own.key())).http().tls());
        Path other = Files.createDirectory(folder.resolve("other"));
        String strange = yaml.formatted(own.certificate(), new SelfSigned(other).files().key());
        assertEquals(
                List.of("http.tls.key"),
                assertThrows(ConfigurationException.class, () -> read(strange)).problems().stream()
                        .map(Problem::key)
                        .toList());
        String swapped = yaml.formatted(own.key(), own.certificate());
        assertEquals(
                List.of("http.tls.certificate", "http.tls.key"),
                assertThrows(ConfigurationException.class, () -> read(swapped)).problems().stream()
                        .map(Problem::key)
                        .toList());
    }

    @Test
    void without_a_section_for_it_there_is_no_asterisk() throws Exception {
        Settings settings =
                new SettingsReader(
                                Map.of("SANDALPHONE_TOKEN", "0123456789abcdef"),
                                Engines.providers())
                        .read(ConfigTree.yaml("test.yaml", "public-http: {listen: 127.0.0.1}"))
                        .settings();
        assertEquals(Optional.empty(), settings.asterisk());
        assertEquals(true, settings.publicHttp().orElseThrow().isLocal());
    }

    @ParameterizedTest
    @ValueSource(strings = {"twilio", "telnyx"})
    void a_stream_carrier_needs_a_listener_and_an_address_that_the_world_reaches(String carrier) {
        assertEquals(
                List.of(carrier),
                assertThrows(ConfigurationException.class, () -> read(carrier + ": {}"))
                        .problems()
                        .stream()
                        .map(Problem::key)
                        .toList());
    }

    @Test
    void what_is_wrong_of_telnyx_or_missing_is_named_each() {
        var reader =
                new SettingsReader(
                        Map.of(
                                "SANDALPHONE_TOKEN", "0123456789abcdef",
                                "TELNYX_PHONE_NUMBER", "5551230004"),
                        Engines.providers());
        String file =
                """
                public-url: https://gw.example.org
                public-http: {listen: 127.0.0.1}
                telnyx: {public-key: AAAA, app-id: a b, codec: opus}
                """;
        List<Problem> problems =
                assertThrows(
                                ConfigurationException.class,
                                () -> reader.read(ConfigTree.yaml("test.yaml", file)))
                        .problems();

        assertEquals(
                List.of(
                        "telnyx.api-key",
                        "telnyx.public-key",
                        "telnyx.app-id",
                        "telnyx.phone-number",
                        "telnyx.codec"),
                problems.stream().map(Problem::key).toList());
        assertTrue(problems.getFirst().toString().contains("TELNYX_API_KEY"));
    }

    @Test
    void a_route_leads_over_a_carrier_that_is_configured() throws Exception {
        assertEquals(
                new CallService.Interpreting(new E164("+525512345678"), Optional.of("voipms")),
                read(routeVia("voipms")).routes().find("+15551230001").orElseThrow().service());
        assertEquals(
                List.of("routes.\"+15551230001\".via"),
                assertThrows(ConfigurationException.class, () -> read(routeVia("twilio")))
                        .problems()
                        .stream()
                        .map(Problem::key)
                        .toList());
    }

    private static String routeVia(String carrier) {
        return """
        limits: {destinations: ["+525512345678"]}
        routes: {"+15551230001": {destination: "+525512345678", via: %s}}
        """
                .formatted(carrier);
    }

    private static final String CLIENTS = "public-http: {listen: 127.0.0.1}\nclients: {}\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "routes: {\"+15551230001\": {destination: browser}}",
                "routes: {\"+15551230001\": {destination: browser, via: client}}",
                "route-defaults: {via: voipms}\n"
                        + "routes: {\"+15551230001\": {destination: browser}}",
            })
    void a_route_leads_to_browsers_that_stand_by(String yaml) throws Exception {
        assertEquals(
                new CallService.Interpreting(new Browser("15551230001"), Optional.of("client")),
                read(CLIENTS + yaml).routes().find("5551230001").orElseThrow().service());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "routes: {\"*\": {destination: browser}} | destination",
                "routes: {\"*\": {destination: browser, via: client}} | via",
            })
    void without_a_section_for_clients_no_route_leads_to_browsers(String yaml, String key) {
        assertTrue(
                assertThrows(ConfigurationException.class, () -> read(yaml)).problems().stream()
                        .anyMatch(problem -> problem.key().equals("routes.\"*\"." + key)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"browser, via: voipms", "\"+525512345678\", via: client"})
    void a_browser_is_rung_over_its_own_carrier_and_nobody_else_is(String destination) {
        String yaml =
                "limits: {destinations: [\"+525512345678\"]}\n"
                        + "routes: {\"*\": {destination: %s}}".formatted(destination);
        assertEquals(
                List.of("routes.\"*\".via"),
                assertThrows(ConfigurationException.class, () -> read(CLIENTS + yaml))
                        .problems()
                        .stream()
                        .map(Problem::key)
                        .toList());
    }

    @Test
    void the_example_is_valid_and_says_what_it_says() throws Exception {
        Settings settings = READER.read(Path.of("docs/sandalphone.example.yaml")).settings();
        assertEquals(
                Optional.of(
                        new Route(
                                new CallService.Interpreting(
                                        new E164("+525512345678"), Optional.empty()),
                                new CallTerms(
                                        new Language("en"),
                                        new Language("es"),
                                        true,
                                        false,
                                        Duration.ofSeconds(30),
                                        Duration.ofMinutes(60)))),
                settings.routes().find("5551230001"));
        assertEquals(
                Optional.of(true),
                settings.routes().find("anything").map(route -> route.terms().relay()));
        assertEquals(
                "PJSIP/+525512345678@voipms",
                settings.asterisk().orElseThrow().trunk().endpointFor(new E164("+525512345678")));
    }

    @ParameterizedTest
    @CsvSource({"'', google, google", "google, google, google", "whisper, openai, openai"})
    void the_example_chooses_by_one_variable_who_hears_and_speaks(
            String variable, String hears, String speaks) throws Exception {
        String line =
                Files.readString(Path.of("docs/sandalphone.example.yaml"))
                        .lines()
                        .filter(each -> each.startsWith("# speech: {pair: "))
                        .findFirst()
                        .orElseThrow()
                        .substring(2);
        SpeechSettings speech =
                new SettingsReader(
                                Map.of(
                                        "SANDALPHONE_ARI_PASSWORD", "hunter2",
                                        "SANDALPHONE_TOKEN", "0123456789abcdef",
                                        "STT_PROVIDER", variable,
                                        "GOOGLE_TRANSLATE_API_KEY", "a-key"),
                                Engines.providers())
                        .read(tree(line))
                        .settings()
                        .speech();
        assertEquals(
                List.of(hears, "whisper", "offline"), speech.order().get(Capability.TRANSCRIBER));
        assertEquals(List.of(speaks, "offline"), speech.order().get(Capability.SYNTHESIZER));
        assertTrue(speech.makers().keySet().containsAll(Set.of(hears, "whisper", "offline")));
        assertEquals(List.of("speech.pair"), mistakes("speech: {pair: assemblyai}"));
    }

    @Test
    void every_default_is_read_and_every_setting_has_a_default() throws Exception {
        String everyEngine =
                "speech: {transcriber: [assemblyai, whisper, openai, offline], translator:"
                        + " [google], synthesizer: [polly, piper]}";
        String everyCarrier =
                """

                public-url: https://gw.example.org
                public-http: {listen: 127.0.0.1}
                twilio: {}
                telnyx: {}
                clients: {}
                agent-defaults: {brain: [openai, ollama, backend]}
                brains: {backend: {base-url: https://backend.example.org}}
                """;
        ObjectNode defaults = ConfigTree.defaults();
        ObjectNode effective = READER.read(tree(everyEngine + everyCarrier)).tree();
        assertEquals(String.join("\n", keys("", defaults)), String.join("\n", keys("", effective)));
    }

    private static List<String> keys(String path, JsonNode node) {
        return node.properties().stream()
                .flatMap(
                        entry -> {
                            String key = path + "." + entry.getKey();
                            return entry.getValue().isObject()
                                    ? keys(key, entry.getValue()).stream()
                                    : List.of(key).stream();
                        })
                .sorted()
                .toList();
    }

    private static List<String> mistakes(String yaml) {
        return assertThrows(ConfigurationException.class, () -> READER.read(tree(yaml)))
                .problems()
                .stream()
                .map(Problem::key)
                .toList();
    }

    @Test
    void a_route_leads_to_an_agent_that_is_there() throws Exception {
        String agents =
                """

                agents:
                  desk: {language: es, greeting: "¿Diga?", pause: 800ms}
                """;
        Settings settings =
                READER.read(tree("routes: {\"+15551230001\": {agent: desk}}" + agents)).settings();
        assertEquals(
                Optional.of(new CallService.Attending("desk")),
                settings.routes().find("+15551230001").map(Route::service));
        AgentSettings desk = Objects.requireNonNull(settings.agents().agents().get("desk"));
        assertEquals(new Language("es"), desk.language());
        assertEquals(Optional.of("¿Diga?"), desk.greeting());
        assertEquals(Duration.ofMillis(800), desk.pause());
        assertEquals(List.of("echo-words"), desk.brains(), "the default needs no account");
        String route = "routes: {\"+15551230001\": {%s}}" + agents;
        assertEquals(
                List.of("routes.\"+15551230001\".agent"),
                mistakes(route.formatted("agent: nobody")));
        assertEquals(
                List.of("routes.\"+15551230001\".destination"),
                mistakes(route.formatted("agent: desk, destination: \"+525512345678\"")));
    }

    @Test
    void an_agent_thinks_with_brains_that_are_there() {
        assertEquals(
                List.of("agents.desk.brain[0]"), mistakes("agents: {desk: {brain: [telepathy]}}"));
        assertEquals(
                List.of("agents.desk.brain"),
                mistakes("agents: {desk: {brain: [echo-words, echo-words]}}"));
        assertEquals(List.of("agents.desk.brain"), mistakes("agents: {desk: {brain: []}}"));
        assertEquals(
                List.of("brains.openai.base-url"),
                mistakes(
                        "agents: {desk: {brain: [openai]}}\n"
                                + "brains: {openai: {base-url: \"http://example.com/v1\"}}"));
    }

    @Test
    void an_agents_voice_is_a_name_or_one_for_each_engine() throws Exception {
        String yaml =
                """
                agent-defaults: {voice: {polly: Mia, google: es-US-Neural2-A}}
                agents: {one: {}, two: {voice: nova}, three: {voice: none}, four: {voice: {polly: Lupe}}}
                """;
        Map<String, AgentSettings> agents = read(yaml).agents().agents();
        var mia = Map.of("polly", "Mia", "google", "es-US-Neural2-A");
        assertEquals(new VoiceChoice(Optional.empty(), mia), voices(agents, "one"));
        assertEquals(new VoiceChoice(Optional.of("nova"), Map.of()), voices(agents, "two"));
        assertEquals(VoiceChoice.USUAL, voices(agents, "three"));
        assertEquals(
                new VoiceChoice(
                        Optional.empty(), Map.of("polly", "Lupe", "google", "es-US-Neural2-A")),
                voices(agents, "four"));
        assertEquals(
                List.of("agents.desk.voice.polly"),
                mistakes("agents: {desk: {voice: {polly: 'M<ia'}}}"));
    }

    private static VoiceChoice voices(Map<String, AgentSettings> agents, String name) {
        return Objects.requireNonNull(agents.get(name)).voices();
    }

    private static final String TOOL =
            """
            tools: {hosts: [desk.example]}
            agents:
              desk:
                tools:
                  - name: %s
                    description: "Looks it up."
                    url: "%s"
                    parameters: %s
                    headers: {Authorization: "Bearer s3cret"}
            """;
    private static final String PLAIN = "{type: object, properties: {date: {type: string}}}";

    @Test
    void an_agent_has_tools_at_hosts_that_are_listed() throws Exception {
        String text = TOOL.formatted("find_room", "https://desk.example/rooms", PLAIN);
        HttpToolSettings tool =
                Objects.requireNonNull(read(text).agents().agents().get("desk"))
                        .abilities()
                        .tools()
                        .getFirst();
        assertEquals("find_room", tool.name());
        assertEquals(HttpToolSettings.Method.POST, tool.method());
        assertEquals(Duration.ofSeconds(5), tool.timeout());
        assertFalse(READER.read(tree(text)).tree().toString().contains("s3cret"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "find_room | https://elsewhere.example/ | {type: object} | url",
                "find_room | http://desk.example/ | {type: object} | url",
                "find_room | https://me:pw@desk.example/ | {type: object} | url",
                "hang_up | https://desk.example/ | {type: object} | name",
                "take_message | https://desk.example/ | {type: object} | name",
                "find room | https://desk.example/ | {type: object} | name",
                "find_room | https://desk.example/ | {type: string} | parameters",
                "find_room | https://desk.example/ | {type: object, properties: 3} | parameters",
                "find_room | https://desk.example/ | {type: object, properties: {a: {$ref:"
                        + " https://x.example/}}} | parameters"
            })
    void a_tool_that_cannot_be_is_refused_with_its_key(
            String name, String url, String parameters, String key) {
        assertEquals(
                List.of("agents.desk.tools[0]." + key),
                mistakes(TOOL.formatted(name, url, parameters)));
    }

    @Test
    void what_is_wrong_in_a_list_of_tools_is_found_where_it_stands() {
        String text = TOOL.formatted("find_room", "https://desk.example/rooms", PLAIN);
        assertEquals(
                List.of("agents.desk.tools[0].methd"), mistakes(text + "        methd: GET\n"));
        assertEquals(
                List.of("agents.desk"),
                mistakes(
                        text
                                + """
                                      - name: find_room
                                        description: "again"
                                        url: "https://desk.example/"
                                """));
        assertEquals(List.of("agents.desk.tools"), mistakes("agents: {desk: {tools: {find: {}}}}"));
        assertEquals(List.of("agents.desk.tools[0]"), mistakes("agents: {desk: {tools: [find]}}"));
        assertEquals(
                List.of("tools.defaults.timeout"), mistakes("tools: {defaults: {timeout: 1m}}"));
    }

    @Test
    void messages_are_taken_only_where_they_can_go() throws Exception {
        String takes = "agents: {desk: {abilities: [take-message]}}\n";
        assertEquals(List.of("agents.desk.abilities"), mistakes(takes));
        String url = "messages: {url: \"https://desk.example/\"%s}\n";
        assertEquals(List.of("messages"), mistakes(url.formatted("")));
        assertEquals(List.of("messages.secret"), mistakes(url.formatted(", secret: short")));
        Settings settings = read(takes + url.formatted(", secret: 0123456789abcdef"));
        assertEquals(
                Set.of(Ability.TAKE_MESSAGE),
                Objects.requireNonNull(settings.agents().agents().get("desk"))
                        .abilities()
                        .builtIn());
    }

    @Test
    void notices_go_where_nobody_reads_them_on_the_way() throws Exception {
        String notices = "notices: {url: \"%s\", secret: 0123456789abcdef%s}\n";
        assertEquals(
                List.of("notices.url"), mistakes(notices.formatted("http://ops.example/", "")));
        assertEquals(
                List.of("notices.url"),
                mistakes(notices.formatted("https://a:b@ops.example/", "")));
        assertEquals(List.of("notices"), mistakes("notices: {url: \"https://ops.example/\"}\n"));
        assertEquals(
                List.of("notices.secret"),
                mistakes("notices: {url: \"https://ops.example/\", secret: short}\n"));
        assertEquals(
                List.of("notices.state"),
                mistakes(notices.formatted("https://ops.example/", ", state: notices.json")));
        assertEquals(
                Optional.of(URI.create("http://127.0.0.1:9000/")),
                read(notices.formatted("http://127.0.0.1:9000/", "")).notices().webhook().url());
        assertEquals(Optional.empty(), read("").notices().webhook().url());
    }

    /// What is wrong with an agent's people, when anything is. A number of the gateway's own is +15551230001.
    private static List<String> mistakesOfPeople(String transfer) {
        return mistakes(
                """
                routes: {"+15551230001": {agent: desk}}
                limits: {destinations: ["+52*", "+15551230001"]}
                agents: {desk: {transfer: %s}}
                """
                        .formatted(transfer));
    }

    @Test
    void an_agent_puts_callers_through_to_people_who_may_be_rung() throws Exception {
        String yaml =
                """
                limits: {destinations: ["+52*"]}
                agents:
                  desk:
                    transfer:
                      to:
                        reception: {destination: "+525512345678", language: es}
                        night: {destination: "+525512345679", via: voipms}
                      when-failing: night
                  other: {}
                """;
        AgentsSettings agents = READER.read(tree(yaml)).settings().agents();
        People people = Objects.requireNonNull(agents.people().get("desk"));
        assertEquals(
                List.of(
                        new Person(
                                "reception",
                                new CallService.Interpreting(
                                        new E164("+525512345678"), Optional.empty()),
                                Optional.of(new Language("es"))),
                        new Person(
                                "night",
                                new CallService.Interpreting(
                                        new E164("+525512345679"), Optional.of("voipms")),
                                Optional.empty())),
                people.people());
        assertEquals(
                new TransferChoice(List.of("reception", "night"), Optional.of("night")),
                Objects.requireNonNull(agents.agents().get("desk")).transfer());
        assertEquals(People.NONE, agents.people().get("other"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    destination: "+15551230001"               | reception.destination
                    destination: "+442079460000"              | reception.destination
                    destination: "+52911"                     | reception.destination
                    destination: browser                      | reception.destination
                    via: none                                 | reception.destination
                    destination: "+525512345678", via: pigeon | reception.via
                    destination: "+525512345678", via: client | reception.via
                    destination: "+525512345678", language: 7 | reception.language
                    destination: "+525512345678", number: "1" | reception.number
                    """)
    void nobody_is_put_through_where_no_call_may_go(String reception, String mistake) {
        assertEquals(
                List.of("agents.desk.transfer.to." + mistake),
                mistakesOfPeople("{to: {reception: {%s}}}".formatted(reception)));
    }

    @Test
    void people_have_names_that_an_agent_can_use_and_one_of_them_is_there_when_it_fails() {
        assertEquals(
                List.of("agents.desk.transfer.to.\"The Desk\""),
                mistakesOfPeople("{to: {\"The Desk\": {destination: \"+525512345678\"}}}"));
        assertEquals(
                List.of("agents.desk.transfer.when-failing"),
                mistakesOfPeople(
                        "{to: {sales: {destination: \"+525512345678\"}}, when-failing: desk}"));
    }

    @Test
    void costs_have_prices_by_tariff_and_caps() throws Exception {
        assertEquals(
                new CostSettings(
                        Currency.getInstance("MXN"),
                        Optional.of(new BigDecimal("5.0")),
                        Optional.empty(),
                        ZoneId.of("America/Mexico_City"),
                        Optional.of(Path.of("/var/lib/sandalphone/costs.json")),
                        new PriceTable(
                                Map.of(
                                        "offline",
                                        Map.of(
                                                Service.LISTENED, BigDecimal.ZERO,
                                                Service.TRANSLATED, BigDecimal.ZERO,
                                                Service.SPOKEN, BigDecimal.ZERO),
                                        "assemblyai",
                                        Map.of(Service.LISTENED, new BigDecimal("0.15")),
                                        "whisper",
                                        Map.of(Service.LISTENED, new BigDecimal("0")),
                                        "piper",
                                        Map.of(Service.SPOKEN, BigDecimal.ZERO),
                                        "ollama",
                                        Map.of(
                                                Service.READ, BigDecimal.ZERO,
                                                Service.WRITTEN, BigDecimal.ZERO),
                                        "polly-neural",
                                        Map.of(Service.SPOKEN, new BigDecimal("0"))))),
                read("""
                costs:
                  currency: MXN
                  per-call: 5.0
                  time-zone: America/Mexico_City
                  ledger: /var/lib/sandalphone/costs.json
                  prices:
                    assemblyai: {hour-listened: 0.15}
                    polly-neural:
                      million-characters-translated: none
                      million-characters-spoken: 0
                """)
                        .costs());
    }

    /// Each is taken by something later, and fails there, or in silence.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "asterisk.ari.url | http://127.0.0.1:99999999/ari",
                "asterisk.ari.url | http://127.0.0.1:0/ari",
                "asterisk.ari.url | http://192.0.2.1:8088/ari",
                "asterisk.ari.url | http://asterisk.example:8088/ari",
                "asterisk.ari.password | \u00a0\u00a0",
                "asterisk.ari.password | a\\nb",
                "asterisk.ari.password | secret\\r",
                "asterisk.ari.password | \\u200bsecret",
                "asterisk.media.address | ::1",
                "asterisk.media.address | 0.0.0.0",
                "asterisk.media.address | 224.0.0.1",
                "asterisk.media.address | 255.255.255.255",
                "http.listen | 0.0.0.0",
                "http.listen | ::",
                "http.listen | 10.0.0.5",
                "http.token | \\t\\t\\t\\t\\t\\t\\t\\t\\t\\t\\t\\t\\t\\t\\t\\t\\t",
                "http.token | 0123456789abcdef\\nsecond",
                "http.token | 0123456789abcdef\\0",
                "http.token | 0123456789 abcdef",
                "http.token | 0123456789abcdef\u00e9",
                "http.tls.key | /proc/self/status",
                "http.tls.certificate | /nowhere/cert.pem",
                "http.tls.certificate | /proc/self/status",
                "public-http.tls.certificate | /proc/self/status",
                "costs.prices.assemblai.hour-listened | 0.1",
                "costs.prices.google-nmt2.million-characters-translated | 1",
                "costs.prices.assemblyai.million-characters-spoken | 1",
                "costs.per-call | -1",
                "costs.per-day | 1e400",
                "costs.prices.assemblyai.hour-listened | -0.1",
                "engines.assemblyai.api-key | \\t",
                "engines.assemblyai.endpoint | ws://streaming.assemblyai.com/v3/ws",
                "engines.assemblyai.endpoint | wss://host:99999999/",
                "engines.google.endpoint | http://translation.googleapis.com",
                "engines.google.endpoint | https://host:99999999",
                "engines.polly.secret-access-key | \u00a0",
                "engines.polly.endpoint | http://polly.us-east-1.amazonaws.com",
                "engines.polly.endpoint | https://host:99999999"
            })
    void what_would_fail_later_is_refused_here(String key, String value) throws Exception {
        String[] names = key.split("\\.", -1);
        String yaml =
                "{" + String.join(": {", names) + ": \"" + value + "\"" + "}".repeat(names.length);
        ObjectNode speech =
                tree(
                        "speech: {transcriber: [assemblyai], translator: [google], synthesizer:"
                                + " [polly]}");
        var mistaken =
                assertThrows(
                        ConfigurationException.class,
                        () -> READER.read(ConfigTree.merge(speech, tree(yaml))));
        String section = key.substring(0, key.lastIndexOf('.'));
        assertTrue(
                mistaken.problems().stream()
                        .anyMatch(
                                problem ->
                                        problem.key().equals(key) || problem.key().equals(section)),
                mistaken::getMessage);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http: {listen: 0.0.0.0, allow-plaintext: true}",
                "public-http: {listen: 0.0.0.0, allow-plaintext: true}",
                "http: {listen: \"::1\"}",
                "asterisk: {ari: {url: \"https://asterisk.example:8089/ari\"}}",
                "asterisk: {ari: {url: \"http://[::1]:8088/ari\"}}",
                "asterisk: {media: {address: 192.0.2.5}}",
                "costs: {prices: {google: {million-characters-translated: 1}, google-custom:"
                        + " {million-characters-translated: 2.5}, polly-long-form:"
                        + " {million-characters-spoken: 1}}}"
            })
    void what_looks_odd_and_is_right_is_taken(String yaml) throws Exception {
        assertEquals(Duration.ofSeconds(30), read(yaml).drain());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "asterisk: {ari: {url: localhost}} | asterisk.ari.url | \"localhost\" | an address"
                    + " that begins with https://, or with http:// on this machine, without user or"
                    + " password",
                "asterisk: {ari: {user: }} | asterisk.ari.user | nothing | text",
                "asterisk: {ari: {password: }} | asterisk.ari.password | nothing | a secret",
                "asterisk: {ari: {application: a b}} | asterisk.ari.application | \"a b\" | a name"
                        + " of letters, digits, _ and -",
                "asterisk: {ari: {request-timeout: 5}} | asterisk.ari.request-timeout | 5 | a"
                    + " length of time from 100ms to 1m, such as 500ms, 30s, 60m, 2h or PT1M30S",
                "asterisk: {trunk: {endpoint: PJSIP/x}} | asterisk.trunk.endpoint | \"PJSIP/x\" | a"
                        + " place for the number in it, {number} or {digits}",
                "asterisk: {trunk: {caller-id: \"100\"}} | asterisk.trunk.caller-id | \"100\" | a"
                    + " telephone number in E.164 form, in quotes, such as \"+525512345678\", or"
                    + " none",
                "asterisk: {silent-leg: {check-after: 11m}} | asterisk.silent-leg | end-after is"
                        + " less than check-after | keys that fit together",
                "asterisk: {media: {address: here}} | asterisk.media.address | \"here\" | an IP"
                        + " address such as 127.0.0.1 or ::1",
                "asterisk: 5 | asterisk | 5 | a section of keys; {} is one that has only defaults",
                "http: {listen: localhost} | http.listen | \"localhost\" | an IP address such as"
                        + " 127.0.0.1 or ::1",
                "http: {port: 65536} | http.port | 65536 | a whole number from 0 to 65535",
                "http: {token: short} | http.token | *** | a secret of at least 16 characters, all"
                        + " of them printable ASCII and no spaces",
                "http: {token: \"${NONE}\"} | http.token | the environment variable NONE, which is"
                        + " not set | a secret",
                "http: {tokn: x} | http.tokn | an unknown key | token (did you mean that?)",
                "routes: {\"+15551230001\": {destination: \"5512345678\"}} |"
                    + " routes.\"+15551230001\".destination | \"5512345678\" | a telephone number"
                    + " in E.164 form, in quotes, such as \"+525512345678\", or browser, with a"
                    + " section clients beside it",
                "routes: {\"+15551230001\": {destination: \"525512345678\"}} |"
                    + " routes.\"+15551230001\".destination | \"525512345678\" | a telephone number"
                    + " in E.164 form, in quotes, such as \"+525512345678\", or browser, with a"
                    + " section clients beside it",
                "routes: {\"+15551230001\": {destination: \"+34911234567\"}} |"
                        + " routes.\"+15551230001\".destination | \"+34911234567\" | a number that"
                        + " limits.destinations allows: list it there by itself, or by a prefix"
                        + " such as \"+52*\". No prefix covers premium-rate and satellite numbers,"
                        + " nor other countries that share its code",
                "twilio: | twilio | nothing | a section of keys; {} is one that has only defaults",
                "{limits: {destinations: [\"+1*\"]}, routes: {\"+15551230001\": {destination:"
                    + " \"+19005550199\"}}} | routes.\"+15551230001\".destination |"
                    + " \"+19005550199\" | a number that limits.destinations allows: list it there"
                    + " by itself, or by a prefix such as \"+52*\". No prefix covers premium-rate"
                    + " and satellite numbers, nor other countries that share its code",
                "routes: {\"+525512345678\": {destination: \"+525512345678\"}} |"
                        + " routes.\"+525512345678\".destination | \"+525512345678\" | a number"
                        + " that is none of our own: a call to it would come back",
                "routes: {\"*\": {destination: \"+525512345678\"}, \"525512345678\": {destination:"
                        + " \"+525587654321\"}} | routes.\"*\".destination | \"+525512345678\" | a"
                        + " number that is none of our own: a call to it would come back",
                "{asterisk: {trunk: {caller-id: \"+525512345678\"}}, routes: {\"*\": {destination:"
                        + " \"+525512345678\"}}} | routes.\"*\".destination | \"+525512345678\" |"
                        + " a number that is none of our own: a call to it would come back",
                "routes: {\"+15551230001\": {}} | routes.\"+15551230001\".destination | nothing | a"
                    + " telephone number in E.164 form, in quotes, such as \"+525512345678\", or"
                    + " browser, with a section clients beside it",
                "routes: {\"+15551230001\": } | routes.\"+15551230001\" | nothing | a section of"
                        + " keys",
                "routes: {anna: {destination: \"+525512345678\"}} | routes.anna | the name \"anna\""
                    + " | the called number, in quotes, such as \"+15551230001\", or \"*\" for any"
                    + " other",
                "routes: {\"*\": {destination: \"+525512345678\", relay: maybe}} |"
                        + " routes.\"*\".relay | \"maybe\" | true or false",
                "routes: {\"*\": {destination: \"+525512345678\", caller-language: x}} |"
                    + " routes.\"*\".caller-language | \"x\" | a language tag (BCP 47) such as en"
                    + " or es-MX",
                "routes: {\"*\": {destination: \"+525512345678\", ring-timeout: 10m}} |"
                    + " routes.\"*\".ring-timeout | \"10m\" | a length of time from 1s to 5m, such"
                    + " as 500ms, 30s, 60m, 2h or PT1M30S",
                "routes: {\"*\": {destination: \"+525512345678\", max-duration: 0s}} |"
                    + " routes.\"*\".max-duration | \"0s\" | a length of time from 1s to 24h, such"
                    + " as 500ms, 30s, 60m, 2h or PT1M30S",
                "routes: {\"*\": {destination: \"+525512345678\", relay: true, interpret: false}} |"
                        + " routes.\"*\" | relay is on although interpret is off | keys that fit"
                        + " together",
                "routes: {\"+15551230001\": {destination: \"+525512345678\"}, \"5551230001\":"
                        + " {destination: \"+525512345678\"}} | routes | two routes for the same"
                        + " number, written differently: 5551230001 | keys that fit together",
                "route-defaults: {ring-timeout: never} | route-defaults.ring-timeout | \"never\" |"
                        + " a length of time from 1s to 5m, such as 500ms, 30s, 60m, 2h or PT1M30S",
                "limits: {max-concurrent-calls: 0} | limits.max-concurrent-calls | 0 | a whole"
                        + " number from 1 to 10000",
                "limits: {destinations: \"+52*\"} | limits.destinations | \"+52*\" | a list, each"
                        + " entry a number, or a prefix of numbers that begins with a whole country"
                        + " code, in quotes, such as \"+525512345678\" or \"+52*\"; no emergency"
                        + " number",
                "limits: {destinations: [\"+52*\", \"*\"]} | limits.destinations[1] | \"*\" | a"
                    + " number, or a prefix of numbers that begins with a whole country code, in"
                    + " quotes, such as \"+525512345678\" or \"+52*\"; no emergency number",
                "limits: {daily: {calls-per-caller: 0}} | limits.daily.calls-per-caller | 0 | a"
                        + " whole number from 1 to 1000000, or none",
                "limits: {extra-regions: [XX]} | limits.extra-regions[0] | \"XX\" | a country or"
                        + " territory (ISO 3166) such as JM",
                "speech: {translator: [deep]} | speech.translator[0] | \"deep\" | one of google,"
                        + " offline",
                "costs: {currency: dollars} | costs.currency | \"dollars\" | a currency (ISO 4217)"
                        + " such as USD",
                "costs: {per-call: -1} | costs.per-call | -1 | an amount such as 5.00, or none",
                "costs: {per-day: 0} | costs.per-day | 0 | an amount above 0, or none",
                "costs: {per-day: 5} | costs | a cap, which no amount reaches without prices | keys"
                        + " that fit together",
                "costs: {time-zone: Mexico} | costs.time-zone | \"Mexico\" | a time zone such as"
                        + " UTC or America/Mexico_City",
                "costs: {ledger: day.json} | costs.ledger | \"day.json\" | the whole path of a"
                        + " file, or none",
                "costs: {prices: {polly: {hour-listened: cheap}}} |"
                        + " costs.prices.polly.hour-listened | \"cheap\" | an amount such as 5.00,"
                        + " or none",
                "costs: {prices: {polly: {hour-listend: 1}}} | costs.prices.polly.hour-listend | an"
                        + " unknown key | hour-listened (did you mean that?)",
                "costs: {prices: {Polly: {hour-listened: 1}}} | costs.prices.\"Polly\" | the name"
                        + " \"Polly\" | one of assemblyai, google, google-chirp-hd,"
                        + " google-chirp3-hd, google-custom, google-neural2, google-nmt,"
                        + " google-polyglot, google-speech, google-standard, google-studio,"
                        + " google-translation-llm, google-voice, google-wavenet, offline, ollama,"
                        + " openai, piper, polly, polly-generative, polly-long-form, polly-neural,"
                        + " polly-standard, whisper",
                "captions: {live: \"yes\"} | captions.live | \"yes\" | true or false",
                "shutdown: {drain-timeout: 5h} | shutdown.drain-timeout | \"5h\" | a length of time"
                        + " from 0s to 4h, such as 500ms, 30s, 60m, 2h or PT1M30S",
                "log: {format: xml} | log.format | \"xml\" | one of json, plain",
                "log: {level: loud} | log.level | \"loud\" | one of fatal, error, warn, info,"
                        + " debug, trace",
                "lgo: {level: info} | lgo | an unknown key | log (did you mean that?)",
            })
    void a_mistake_names_its_key_what_was_found_and_what_was_expected(
            String yaml, String key, String found, String expected) throws Exception {
        ObjectNode tree = ConfigTree.merge(tree("limits: {destinations: [\"+52*\"]}"), tree(yaml));
        assertEquals(
                List.of(new Problem(key, found, expected)),
                assertThrows(ConfigurationException.class, () -> READER.read(tree)).problems());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "routes: {\"*\": {destination: \"+525512345678\", ring: 5s}} |"
                        + " routes.\"*\".ring | ring-timeout",
                "routes: {\"+15551230001\": {destination: \"+525512345678\", max: 5m}} |"
                        + " routes.\"+15551230001\".max | max-duration",
                "limits: {calls: 5} | limits.calls | max-concurrent-calls",
                "speech: {resilience: {breaker: {trials: 2}}} |"
                        + " speech.resilience.breaker.trials | half-open-calls",
                "speech: {resilience: {breaker: {least: 2}}} | speech.resilience.breaker.least |"
                        + " min-calls",
                "speech: {resilience: {translation: {hedge: {least: 2}}}} |"
                        + " speech.resilience.translation.hedge.least | min-samples",
                "speech: {resilience: {direct: {remember: 2s}}} |"
                        + " speech.resilience.direct.remember | replay-buffer",
                "engines: {offline: {answer-within: 2s}} | engines.offline.answer-within |"
                        + " answer-timeout",
                "interpretation: {most-waiting: 2} | interpretation.most-waiting | max-lag",
            })
    void an_old_name_of_a_key_is_refused_with_the_new_one(String yaml, String key, String newName)
            throws Exception {
        ObjectNode tree = ConfigTree.merge(tree("limits: {destinations: [\"+52*\"]}"), tree(yaml));
        assertEquals(
                List.of(new Problem(key, "an old name", newName + ", its new name")),
                assertThrows(ConfigurationException.class, () -> READER.read(tree)).problems());
    }

    @Test
    void all_mistakes_are_reported_at_once() {
        var mistaken =
                assertThrows(
                        ConfigurationException.class,
                        () ->
                                new SettingsReader(Map.of(), Engines.providers())
                                        .read(
                                                ConfigTree.yaml(
                                                        "test.yaml",
                                                        """
                                                        asterisk: {}
                                                        http: {port: x}
                                                        routes:
                                                          "+15551230001": {destination: "+525512345678"}
                                                          bad: {destination: "+1", max-duration: 1}
                                                        log: {level: loud}
                                                        extra: 1
                                                        """)));
        assertEquals(
                """
                asterisk.ari.password
                http.port
                http.token
                routes."+15551230001".destination
                routes.bad
                routes.bad.destination
                routes.bad.max-duration
                log.level
                extra\
                """,
                String.join("\n", mistaken.problems().stream().map(Problem::key).toList()));
    }

    @Test
    void the_effective_configuration_shows_no_secret() throws Exception {
        String printed =
                ConfigTree.print(READER.read(Path.of("docs/sandalphone.example.yaml")).tree());
        assertFalse(printed.contains("hunter2") || printed.contains("0123456789abcdef"), printed);
        assertEquals("***", YAML.readTree(printed).at("/http/token").asText());
        assertEquals(
                "30m",
                YAML.readTree(printed).at("/routes/*/max-duration").asText(),
                "a route's own value");
        assertEquals(
                "en", YAML.readTree(printed).at("/routes/*/caller-language").asText(), "inherited");
    }

    private static Settings read(String yaml) throws Exception {
        return READER.read(tree(yaml)).settings();
    }

    private static ObjectNode tree(String yaml) throws ConfigurationException {
        ObjectNode tree = ConfigTree.yaml("test.yaml", yaml);
        return tree.has("asterisk") ? tree : tree.set("asterisk", tree.objectNode());
    }
}
