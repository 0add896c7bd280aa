package io.sandalphone.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.tngtech.archunit.core.importer.ClassFileImporter;

import io.micrometer.core.instrument.Meter;
import io.sandalphone.metrics.PromQl.Match;
import io.sandalphone.metrics.PromQl.Selector;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// The alert rules and dashboards in `ops/` name what the gateway emits, and what it emits is shown there or has a reason not to be.
/// Whether the rules fire is tried by `scripts/alerts --check`.
class OpsTest {
    private static final Path OPS = Path.of("../ops");
    private static final Path ALERTS = OPS.resolve("prometheus/alerts.yaml");
    private static final Path RUNBOOK = Path.of("docs/troubleshooting.md");

    private static final Pattern SERIES =
            Pattern.compile("(?m)^([a-zA-Z_][a-zA-Z0-9_]*)(?:\\{(.*)})? [^ ]+$");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern LEGEND = Pattern.compile("\\{\\{(\\w+)}}");

    /// What Prometheus adds to everything that it scrapes.
    private static final Set<String> ADDED = Set.of("job", "instance");

    /// What others emit: Prometheus itself, and Asterisk's `res_prometheus`, as `telephony.asterisk.TrunkStatus` reads it.
    private static final Map<String, Map<String, Set<String>>> OTHERS =
            Map.of(
                    "up",
                    Map.of(),
                    "asterisk_pjsip_outbound_registration_status",
                    Map.of("domain", Set.of("…")));

    private static final List<Meter.Id> METERS = new ArrayList<>();

    /// Every metric as Prometheus sees it, with the values of its labels.
    private static final Map<String, Map<String, Set<String>>> EMITTED = new HashMap<>(OTHERS);

    @BeforeAll
    static void scrape() throws Exception {
        try (var metrics = new Metrics()) {
            AllMeters.register(
                    new ClassFileImporter()
                            .importUrl(
                                    Metrics.class
                                            .getProtectionDomain()
                                            .getCodeSource()
                                            .getLocation()),
                    metrics.registry());
            METERS.clear();
            metrics.registry().getMeters().stream()
                    .map(Meter::getId)
                    .filter(id -> id.getName().startsWith("sandalphone."))
                    .forEach(METERS::add);
            Matcher series = SERIES.matcher(metrics.scrape());
            while (series.find()) {
                var labels = EMITTED.computeIfAbsent(series.group(1), _ -> new TreeMap<>());
                Matcher label = LABEL.matcher(series.group(2) == null ? "" : series.group(2));
                while (label.find()) {
                    labels.computeIfAbsent(label.group(1), _ -> new TreeSet<>())
                            .add(label.group(2));
                }
            }
        }
        assertTrue(EMITTED.size() > 200, () -> "only " + EMITTED.keySet());
    }

    @Test
    void what_the_rules_and_dashboards_name_is_emitted() throws Exception {
        List<String> wrong = new ArrayList<>();
        expressions()
                .forEach(
                        (where, expression) -> {
                            PromQl query = PromQl.read(expression);
                            Set<String> known = new HashSet<>(ADDED);
                            for (Selector selector : query.selectors()) {
                                Map<String, Set<String>> labels = EMITTED.get(selector.metric());
                                if (labels == null) {
                                    wrong.add(where + ": no such metric: " + selector.metric());
                                } else {
                                    known.addAll(labels.keySet());
                                    selector.matches().stream()
                                            .filter(match -> !exists(match, labels))
                                            .forEach(
                                                    match ->
                                                            wrong.add(
                                                                    where
                                                                            + ": never so: "
                                                                            + selector.metric()
                                                                            + match));
                                }
                            }
                            query.grouping().stream()
                                    .filter(label -> !known.contains(label))
                                    .forEach(
                                            label ->
                                                    wrong.add(where + ": no such label: " + label));
                        });
        assertEquals(List.of(), wrong);
    }

    private static boolean exists(Match match, Map<String, Set<String>> labels) {
        if (ADDED.contains(match.label())) {
            return true;
        }
        Set<String> values = labels.getOrDefault(match.label(), Set.of());
        return values.contains("…") || (!values.isEmpty() && values.containsAll(match.values()));
    }

    @Test
    void legends_name_labels_that_are_there() throws Exception {
        List<String> wrong = new ArrayList<>();
        for (Path board : boards()) {
            for (JsonNode panel : json(board).path("panels")) {
                for (JsonNode target : panel.path("targets")) {
                    Set<String> known = new HashSet<>(ADDED);
                    PromQl.read(target.path("expr").asText())
                            .selectors()
                            .forEach(each -> known.addAll(labels(each)));
                    Matcher legend = LEGEND.matcher(target.path("legendFormat").asText());
                    while (legend.find()) {
                        if (!known.contains(legend.group(1))) {
                            wrong.add(panel.path("title").asText() + ": " + legend.group());
                        }
                    }
                }
            }
        }
        assertEquals(List.of(), wrong);
    }

    private static Set<String> labels(Selector selector) {
        return EMITTED.getOrDefault(selector.metric(), Map.of()).keySet();
    }

    @Test
    void every_meter_is_shown_or_has_a_reason_not_to_be() throws Exception {
        Set<String> shown = new HashSet<>();
        for (String expression : expressions().values()) {
            PromQl.read(expression).selectors().forEach(each -> shown.add(stem(each.metric())));
        }
        Map<String, String> reasons = new LinkedHashMap<>();
        JsonNode list = new YAMLMapper().readTree(OPS.resolve("not-shown.yaml").toFile());
        list.properties().forEach(each -> reasons.put(each.getKey(), each.getValue().asText()));
        Set<String> unused = new TreeSet<>(reasons.keySet());
        Set<String> unexplained = new TreeSet<>();
        for (Meter.Id meter : METERS) {
            if (prometheusNames(meter).noneMatch(shown::contains)) {
                List<String> why =
                        reasons.keySet().stream()
                                .filter(pattern -> covers(pattern, meter.getName()))
                                .toList();
                unused.removeAll(why);
                if (why.isEmpty()) {
                    unexplained.add(meter.getName());
                }
            }
        }
        assertEquals(Set.of(), unexplained, "neither shown nor in ops/not-shown.yaml");
        assertEquals(Set.of(), unused, "in ops/not-shown.yaml for no reason");
        reasons.forEach((pattern, why) -> assertFalse(why.isBlank(), pattern));
    }

    private static boolean covers(String pattern, String meter) {
        return pattern.endsWith(".*")
                ? meter.startsWith(pattern.substring(0, pattern.length() - 1))
                : meter.equals(pattern);
    }

    /// Without what Prometheus adds to a meter of several series.
    private static String stem(String metric) {
        return metric.replaceFirst("_(total|count|sum|max|bucket)$", "");
    }

    private static Stream<String> prometheusNames(Meter.Id meter) {
        String name = meter.getName().replace('.', '_');
        String unit = meter.getBaseUnit() == null ? "" : "_" + meter.getBaseUnit();
        return Stream.of(name, name + unit).map(OpsTest::stem);
    }

    @Test
    void every_alert_leads_to_its_paragraph_and_every_paragraph_belongs_to_one() throws Exception {
        String page = Files.readString(RUNBOOK);
        String section = page.substring(page.indexOf("\n## Alerts\n"));
        Set<String> paragraphs = new TreeSet<>();
        Matcher heading = Pattern.compile("(?m)^### (\\w+)$").matcher(section);
        while (heading.find()) {
            paragraphs.add("controller/docs/troubleshooting.md#" + slug(heading.group(1)));
        }
        Set<String> links = new TreeSet<>();
        for (JsonNode rule : rules()) {
            String alert = rule.path("alert").asText();
            String link = rule.path("annotations").path("runbook").asText();
            assertTrue(link.endsWith("#" + slug(alert)), alert + " leads to " + link);
            assertTrue(
                    Set.of("critical", "warning")
                            .contains(rule.path("labels").path("severity").asText()),
                    alert);
            assertFalse(rule.path("annotations").path("summary").asText().isBlank(), alert);
            links.add(link);
        }
        assertEquals(paragraphs, links);
        assertEquals(rules().size(), links.size(), "two alerts of one name");
    }

    /// As pages of Markdown make an anchor of a heading.
    private static String slug(String heading) {
        return heading.toLowerCase(Locale.ROOT);
    }

    @Test
    void panels_stand_beside_each_other_and_boards_are_told_apart() throws Exception {
        Set<String> uids = new HashSet<>();
        for (Path board : boards()) {
            JsonNode json = json(board);
            assertEquals(board.getFileName().toString(), json.path("uid").asText() + ".json");
            assertTrue(uids.add(json.path("uid").asText()), board::toString);
            Set<Integer> ids = new HashSet<>();
            Set<String> places = new HashSet<>();
            for (JsonNode panel : json.path("panels")) {
                String title = board.getFileName() + ": " + panel.path("title").asText();
                assertTrue(ids.add(panel.path("id").asInt()), title);
                JsonNode at = panel.path("gridPos");
                assertTrue(at.path("x").asInt() + at.path("w").asInt() <= 24, title);
                for (int x = 0; x < at.path("w").asInt(); x++) {
                    for (int y = 0; y < at.path("h").asInt(); y++) {
                        String place =
                                (at.path("x").asInt() + x) + "," + (at.path("y").asInt() + y);
                        assertTrue(places.add(place), title + " lies on another one");
                    }
                }
            }
        }
    }

    /// Where each stands, and what it is.
    private static Map<String, String> expressions() throws IOException {
        Map<String, String> expressions = new LinkedHashMap<>();
        for (JsonNode rule : rules()) {
            expressions.put(rule.path("alert").asText(), rule.path("expr").asText());
        }
        for (Path board : boards()) {
            for (JsonNode panel : json(board).path("panels")) {
                for (JsonNode target : panel.path("targets")) {
                    expressions.put(
                            "%s, %s, %s"
                                    .formatted(
                                            board.getFileName(),
                                            panel.path("title").asText(),
                                            target.path("refId").asText()),
                            target.path("expr").asText());
                }
            }
        }
        assertTrue(expressions.size() > 100, () -> "only " + expressions.keySet());
        return expressions;
    }

    private static List<JsonNode> rules() throws IOException {
        JsonNode groups = new YAMLMapper().readTree(ALERTS.toFile()).path("groups");
        return StreamSupport.stream(groups.spliterator(), false)
                .flatMap(group -> StreamSupport.stream(group.path("rules").spliterator(), false))
                .toList();
    }

    private static List<Path> boards() throws IOException {
        try (Stream<Path> files = Files.list(OPS.resolve("grafana"))) {
            return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
        }
    }

    private static JsonNode json(Path file) throws IOException {
        return new ObjectMapper().readTree(file.toFile());
    }
}
