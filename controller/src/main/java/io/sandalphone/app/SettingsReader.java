package io.sandalphone.app;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.sandalphone.brain.BrainProvider;
import io.sandalphone.call.JournalSettings;
import io.sandalphone.config.ConfigTree;
import io.sandalphone.config.ConfigurationException;
import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;
import io.sandalphone.cost.CostSettings;
import io.sandalphone.models.ModelFolder;
import io.sandalphone.notices.NoticeSettings;
import io.sandalphone.ops.HttpSettings;
import io.sandalphone.ops.PublicHttpSettings;
import io.sandalphone.routing.CallService;
import io.sandalphone.routing.CallTerms;
import io.sandalphone.routing.DialRules;
import io.sandalphone.routing.Limits;
import io.sandalphone.routing.NumbersFile;
import io.sandalphone.routing.RouteRules;
import io.sandalphone.routing.RouteTable;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechProvider;
import io.sandalphone.speech.text.protect.Glossary;
import io.sandalphone.telephony.asterisk.AsteriskCarrier;
import io.sandalphone.telephony.asterisk.AsteriskSettings;
import io.sandalphone.telephony.client.ClientServer;
import io.sandalphone.telephony.client.ClientSettings;
import io.sandalphone.telephony.stream.StreamSettings;
import io.sandalphone.telephony.telnyx.TelnyxCarrier;
import io.sandalphone.telephony.telnyx.TelnyxSettings;
import io.sandalphone.telephony.twilio.TwilioCarrier;
import io.sandalphone.telephony.twilio.TwilioSettings;
import io.sandalphone.translate.AnnouncementSettings;
import io.sandalphone.translate.LaneSettings;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Builds [Settings] from the operator's file, laid over the defaults that the jar brings.
final class SettingsReader {
    /// The sections that stand for carriers. One of which nothing but its name is left is a mistake: it could be
    /// meant to be there as well as not to be.
    private static final List<String> CARRIERS = List.of("asterisk", "twilio", "telnyx", "clients");

    private final Map<String, String> environment;
    private final List<SpeechProvider> providers;

    /// `environment` is for what stands as `${NAME}` in a file, `providers` are those that can be
    /// asked for.
    SettingsReader(Map<String, String> environment, List<SpeechProvider> providers) {
        this.environment = Map.copyOf(environment);
        this.providers = List.copyOf(providers);
    }

    /// What stands as `${NAME}` in a file.
    Map<String, String> environment() {
        return environment;
    }

    /// What a file came to: the settings, and for people every key there is with the value it has,
    /// secrets masked.
    record Effective(Settings settings, ObjectNode tree) {}

    /// The defaults, for commands that take no calls: what a call needs and has no default is made up.
    Effective readDefaults() throws ConfigurationException {
        Map<String, String> madeUp = new HashMap<>(environment);
        madeUp.putIfAbsent("SANDALPHONE_ARI_PASSWORD", "none");
        madeUp.putIfAbsent("SANDALPHONE_TOKEN", "none-is-served-here");
        return new SettingsReader(madeUp, providers).read(JsonNodeFactory.instance.objectNode());
    }

    Effective read(Path file) throws ConfigurationException {
        return read(file, JsonNodeFactory.instance.objectNode());
    }

    /// The same with `over` laid over the file: what the command line says.
    Effective read(Path file, ObjectNode over) throws ConfigurationException {
        return read(ConfigTree.merge(ConfigTree.file(file), over), folder(file));
    }

    private static Path folder(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        return folder == null ? file.toAbsolutePath() : folder;
    }

    Effective read(ObjectNode file) throws ConfigurationException {
        return read(file, Path.of("").toAbsolutePath());
    }

    /// `folder` is where other files are that the file names without saying where.
    private Effective read(ObjectNode file, Path folder) throws ConfigurationException {
        ObjectNode merged = ConfigTree.merge(ConfigTree.defaults(), file);
        CARRIERS.stream()
                .filter(key -> file.has(key) && ConfigTree.isEmpty(file.get(key)))
                .forEach(key -> merged.set(key, file.get(key)));
        Section root = Section.root(merged, environment);
        Settings settings = root.finish(settings(root, file::has, folder));
        return new Effective(settings, root.effective());
    }

    /// What `key` says, when the operator's file has such a section: a carrier that it does not name is
    /// not there.
    private static <T> Setting<Optional<T>> carrier(
            Section root,
            Predicate<String> named,
            String key,
            Function<Section, Setting<T>> reader) {
        if (!named.test(key)) {
            root.ignore(key);
            return root.make(Optional::empty);
        }
        Setting<T> carrier =
                reader.apply(
                        root.section(key, "a section of keys; {} is one that has only defaults"));
        return root.make(() -> Optional.of(carrier.get()));
    }

    /// Likewise one that reaches us over the network, for which there must be a way.
    private static <T> Setting<Optional<T>> streamCarrier(
            Section root,
            Predicate<String> named,
            String key,
            Function<Section, Setting<T>> reader,
            BooleanSupplier reached) {
        return root.check(
                key,
                carrier(root, named, key, reader),
                "public-http.listen and public-url beside it",
                there -> there.isEmpty() || reached.getAsBoolean());
    }

    /// Where the listener for carriers and browsers is bound; nobody from outside reaches one that is
    /// not there.
    private static InetAddress listen(Optional<PublicHttpSettings> publicHttp) {
        return publicHttp.map(PublicHttpSettings::listen).orElse(InetAddress.getLoopbackAddress());
    }

    /// `named` says which sections stand in the operator's own file, which is in `folder`.
    private Setting<Settings> settings(Section root, Predicate<String> named, Path folder) {
        Setting<Optional<AsteriskSettings>> asterisk =
                carrier(root, named, "asterisk", AsteriskSettings::read);
        Setting<HttpSettings> http = HttpSettings.read(root.section("http"));
        Setting<Optional<PublicHttpSettings>> publicHttp =
                PublicHttpSettings.read(root.section("public-http"));
        Setting<Boolean> publicOperators =
                root.check(
                        "public-operators",
                        root.flag("public-operators"),
                        "false, or public-http.listen beside it",
                        on -> !on || publicHttp.get().isPresent());
        Setting<StreamSettings> streams =
                StreamSettings.read(root, root.make(() -> listen(publicHttp.get())));
        BooleanSupplier reached =
                () -> publicHttp.get().isPresent() && streams.get().publicUrl().isPresent();
        Setting<Optional<TwilioSettings>> twilio =
                streamCarrier(root, named, "twilio", TwilioSettings::read, reached);
        Setting<Optional<TelnyxSettings>> telnyx =
                streamCarrier(root, named, "telnyx", TelnyxSettings::read, reached);
        Setting<Optional<ClientSettings>> clients =
                root.check(
                        "clients",
                        carrier(root, named, "clients", ClientSettings::read),
                        "public-http.listen beside it",
                        there -> there.isEmpty() || publicHttp.get().isPresent());
        Supplier<Set<String>> carriers =
                () -> carriers(asterisk.get(), twilio.get(), telnyx.get(), clients.get());
        Section routeDefaults = root.section("route-defaults");
        Setting<CallTerms> terms = CallTerms.read(routeDefaults);
        // What routes are laid over is judged where there are none, too.
        var _ = routeDefaults.choice("service", CallService.Kind.class);
        var _ = RouteTable.readVia(routeDefaults, carriers);
        Setting<Limits> limits = Limits.read(root.section("limits"));
        Supplier<String> callerId =
                () -> asterisk.get().map(own -> own.trunk().callerId().own()).orElse("");
        Setting<AgentsSettings> agents =
                AgentsSettings.read(
                        root,
                        Brains.providers(),
                        DialRules.of(root.raw().path("routes"), limits, callerId, carriers));
        var rules =
                new RouteRules(
                        limits,
                        callerId,
                        carriers,
                        () -> agents.get().agents(),
                        () -> agents.get().rung());
        Setting<RouteTable> configured =
                RouteTable.read(root.section("routes"), routeDefaults, rules);
        Setting<Optional<NumbersFile>> numbers =
                numbers(root, folder, configured, routeDefaults, rules);
        Setting<RouteTable> routes = all(root, configured, numbers);
        Setting<ModelFolder> models = modelFolder(root.section("models"));
        Setting<SpeechSettings> speech =
                SpeechSettings.read(
                        root.section("speech"),
                        root.section("engines"),
                        providers,
                        root.make(() -> models.get().path()));
        Setting<Glossary> glossary = Glossary.read(root.section("glossary"));
        Setting<LaneSettings> interpretation = LaneSettings.read(root.section("interpretation"));
        Setting<AnnouncementSettings> announcement =
                announcement(
                        root, root.make(() -> languages(terms.get(), routes.get(), agents.get())));
        Setting<CostSettings> costs =
                CostSettings.read(
                        root.section("costs"),
                        providers,
                        Brains.providers().stream()
                                .filter(BrainProvider::countsTokens)
                                .map(BrainProvider::name)
                                .toList());
        Setting<NoticeSettings> notices = NoticeSettings.read(root.section("notices"));
        Setting<JournalSettings> journal = JournalSettings.read(root.section("journal"));
        Setting<Boolean> ignoreSounds = root.section("sounds").flag("ignore");
        Setting<Boolean> live = root.section("captions").flag("live");
        Setting<Boolean> inhibitSleep = root.section("power").flag("inhibit-sleep");
        Setting<Duration> drain =
                root.section("shutdown")
                        .duration("drain-timeout", Duration.ZERO, Duration.ofHours(4));
        Setting<Optional<Duration>> rehearsal =
                root.section("start")
                        .durationOrNone("rehearsal", Duration.ofSeconds(1), Duration.ofMinutes(1));
        Setting<Optional<Path>> nativeFolder = nativeFolder(root.section("native"));
        Setting<LogSettings> log = LogSettings.read(root.section("log"));
        return root.make(
                () ->
                        new Settings(
                                asterisk.get(),
                                http.get(),
                                publicHttp.get(),
                                publicOperators.get(),
                                streams.get(),
                                twilio.get(),
                                telnyx.get(),
                                clients.get(),
                                routes.get(),
                                numbers.get(),
                                terms.get(),
                                limits.get(),
                                agents.get(),
                                speech.get(),
                                glossary.get(),
                                interpretation.get(),
                                announcement.get(),
                                costs.get(),
                                journal.get(),
                                notices.get(),
                                ignoreSounds.get(),
                                live.get(),
                                inhibitSleep.get(),
                                drain.get(),
                                rehearsal.get(),
                                nativeFolder.get(),
                                models.get(),
                                log.get()));
    }

    private Setting<Optional<NumbersFile>> numbers(
            Section root,
            Path folder,
            Setting<RouteTable> configured,
            Section routeDefaults,
            RouteRules rules) {
        Setting<Optional<Path>> file =
                root.valueOrNone(
                        "numbers-file",
                        "a file, by its whole path or its name beside this one",
                        folder::resolve);
        Setting<ZoneId> zone = root.timeZone("numbers-time-zone");
        return root.make(
                () ->
                        file.get()
                                .map(
                                        path ->
                                                new NumbersFile(
                                                        path,
                                                        new NumbersFile.Rules(
                                                                configured.get(),
                                                                routeDefaults.raw(),
                                                                rules,
                                                                zone.get(),
                                                                environment))));
    }

    /// The routes of the configuration, and those of the numbers file as it is now.
    private static Setting<RouteTable> all(
            Section root, Setting<RouteTable> configured, Setting<Optional<NumbersFile>> numbers) {
        return root.elsewhere(
                () -> {
                    Optional<NumbersFile> file = numbers.get();
                    return file.isEmpty()
                            ? configured.get()
                            : file.get().read(NumbersFile.Check.NONE).routes();
                });
    }

    /// There must be a text for each language in which somebody may have to be told.
    private static Setting<AnnouncementSettings> announcement(
            Section root, Setting<Set<Language>> languages) {
        return root.check(
                "announcement",
                AnnouncementSettings.read(root.section("announcement")),
                "in announcement.texts a text for each language of routes and route-defaults",
                read ->
                        !read.spoken()
                                || languages.get().stream()
                                        .allMatch(each -> read.text(each).isPresent()));
    }

    private static Set<Language> languages(
            CallTerms usual, RouteTable routes, AgentsSettings agents) {
        Set<Language> languages = new LinkedHashSet<>(routes.languages());
        languages.addAll(agents.languages());
        languages.addAll(List.of(usual.callerLanguage(), usual.destinationLanguage()));
        return languages;
    }

    /// The names of those that are configured.
    private static Set<String> carriers(
            Optional<AsteriskSettings> asterisk,
            Optional<TwilioSettings> twilio,
            Optional<TelnyxSettings> telnyx,
            Optional<ClientSettings> clients) {
        Set<String> names = new LinkedHashSet<>();
        asterisk.ifPresent(_ -> names.add(AsteriskCarrier.NAME));
        twilio.ifPresent(_ -> names.add(TwilioCarrier.NAME));
        telnyx.ifPresent(_ -> names.add(TelnyxCarrier.NAME));
        clients.ifPresent(_ -> names.add(ClientServer.NAME));
        return names;
    }

    private Setting<ModelFolder> modelFolder(Section section) {
        return section.value(
                "folder",
                "the whole path of a folder, or cache",
                text -> {
                    if (text.equals("cache")) {
                        return ModelFolder.standard(environment);
                    }
                    Path path = Path.of(text);
                    if (!path.isAbsolute()) {
                        throw new IllegalArgumentException();
                    }
                    return new ModelFolder(path);
                });
    }

    private static Setting<Optional<Path>> nativeFolder(Section section) {
        return section.check(
                "folder",
                section.valueOrNone("folder", "the whole path of a folder", Path::of),
                "the whole path of a folder that is there, or none",
                folder ->
                        folder.map(path -> path.isAbsolute() && Files.isDirectory(path))
                                .orElse(true));
    }
}
