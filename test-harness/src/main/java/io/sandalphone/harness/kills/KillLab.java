package io.sandalphone.harness.kills;

import com.fasterxml.jackson.databind.JsonNode;

import io.sandalphone.harness.calls.CallLab;
import io.sandalphone.harness.controller.ControllerProcess;
import io.sandalphone.harness.controller.ControllerProgram;
import io.sandalphone.harness.controller.ControllerSettings;
import io.sandalphone.harness.controller.ResourceUsage;
import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.lab.RunFolder;
import io.sandalphone.harness.sip.Answer;
import io.sandalphone.harness.sip.PhoneCall;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneWord;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// A gateway that is there to be killed, beside an Asterisk, and a number to call for each moment. A character spoken costs 1, so a word
/// costs [#WORD_COST].
///
/// Used from one thread, but that calls are looked at from several: [#session], [#rung] and [#invitations].
final class KillLab implements AutoCloseable {
    /// What the translation of one word costs.
    static final int WORD_COST = 3;

    /// How long a translated word sounds.
    static final Duration WORD = Duration.ofMillis(800);

    /// The number that is called by whoever arrives: Asterisk knows it without a gateway.
    static final String KNOWN = "+12125550101";

    /// Who is rung for it without a gateway.
    static final String FALLBACK = "+12125550102";

    /// How an agent begins its greeting.
    static final ToneWord GREETING = ToneWord.W7;

    /// Within which a gateway whose code has never run translates its first word, and how long one word is waited for.
    private static final Duration WARM = Duration.ofMinutes(1);

    private static final Duration HEARD = Duration.ofSeconds(4);

    /// Clients keep idle threads for a minute or so, for the next call.
    private static final int IDLE_THREADS = 10;

    private final Path folder;
    private final boolean journal;
    private final CallLab lab;
    private final Set<String> ringing = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> invitations = new ConcurrentHashMap<>();
    private final int socketsIdle;
    private final ResourceUsage idle;

    private KillLab(AsteriskHost host, boolean journal, ControllerProgram program)
            throws IOException, InterruptedException {
        this.journal = journal;
        folder = RunFolder.create("kills");
        Files.createDirectories(folder.resolve("journal"));
        try {
            lab = CallLab.open(host, settings(), program);
        } catch (RuntimeException | AssertionError e) {
            RunFolder.delete(folder);
            throw e;
        }
        try {
            lab.destinations()
                    .onIncoming(
                            called -> {
                                invitations.merge(called, 1, Integer::sum);
                                return ringing.contains(called) ? Answer.ring() : Answer.atOnce();
                            });
            warmUp();
            socketsIdle = sockets();
            idle = ResourceUsage.of(controller());
        } catch (IOException | InterruptedException | RuntimeException | AssertionError e) {
            close();
            throw e;
        }
    }

    /// Starts one. Without `journal` a call that lost its gateway is left to itself.
    static KillLab open(AsteriskHost host, boolean journal, ControllerProgram program)
            throws IOException, InterruptedException {
        return new KillLab(host, journal, program);
    }

    private ControllerSettings settings() {
        ControllerSettings settings =
                ControllerSettings.tones().engine("tone", "word", WORD.toMillis() + "ms");
        for (Moment moment : Moment.values()) {
            if (moment != Moment.GREETED) {
                settings = settings.route(called(moment), destination(moment), "relay: true");
            }
        }
        settings =
                settings.with(
                        """
                        agents:
                          desk:
                            greeting: "%s whh waa"
                            sentences: {patience: wcc, filler: wcc, sorry: wcc wcc, give-up: wcc wcc, goodbye: wcc}
                        routes:
                          "%s": {agent: desk}
                        """
                                .formatted(GREETING.text(), called(Moment.GREETED)));
        settings =
                settings.with(
                        "costs: {ledger: %s, prices: {tone: {million-characters-spoken: 1000000}}}"
                                .formatted(folder.resolve("ledger")));
        return journal
                ? settings.with("journal: {file: %s}".formatted(folder.resolve("journal/calls")))
                : settings;
    }

    /// The first call of a virtual machine finds code that has never run.
    private void warmUp() throws IOException, InterruptedException {
        PhoneCall caller = call(Moment.SILENT);
        caller.awaitAnswered(CallLab.SOON);
        Poll.until(
                CallLab.SOON,
                () -> session(caller).filter(KillLab::isInterpreted).isPresent(),
                () -> "the first call is interpreted: " + controller().sessions());
        PhoneCall destination = awaitRung(Moment.SILENT);
        Poll.until(
                WARM,
                () -> {
                    caller.media().say(ToneSpeech.USUAL.render(ToneWord.W3));
                    return KilledCall.hears(destination, ToneWord.V3, HEARD);
                },
                "the first word is translated");
        caller.hangUp();
        lab.awaitIdle();
        forget();
    }

    /// The number that is called by those of a moment.
    static String called(Moment moment) {
        return moment == Moment.ARRIVING ? KNOWN : "+1555010011" + moment.line();
    }

    /// The number that is rung for it.
    static String destination(Moment moment) {
        return "+1202555011" + moment.line();
    }

    static boolean isInterpreted(JsonNode session) {
        return session.path("audio_attached").asBoolean()
                && session.path("state").asText().equals("talking");
    }

    /// Whether calls that lost their gateway are to be taken up again.
    boolean adopts() {
        return journal;
    }

    ControllerProcess controller() {
        return lab.controller();
    }

    AsteriskHost host() {
        return lab.host();
    }

    /// The destination's telephone rings until somebody takes the call, or answers by itself.
    void answerWhenTold(Moment moment, boolean whenTold) {
        if (whenTold) {
            ringing.add(destination(moment));
        } else {
            ringing.remove(destination(moment));
        }
    }

    /// Somebody calls, from a number that nobody else calls from.
    PhoneCall call(Moment moment) throws IOException {
        return lab.call(called(moment).substring(1));
    }

    PhoneCall awaitRung(Moment moment) throws InterruptedException {
        return lab.destinations().awaitIncoming(destination(moment), CallLab.SOON);
    }

    /// How often the number has been rung so far.
    int invitations(String number) {
        return invitations.getOrDefault(number, 0);
    }

    /// The telephones that ring or talk now for a call of this moment: that of its destination, and of whom Asterisk rings by itself.
    List<PhoneCall> rung(Moment moment) {
        return lab.destinations().calls().stream()
                .filter(
                        call ->
                                call.called().equals(destination(moment))
                                        || (moment == Moment.ARRIVING
                                                && call.called().equals(FALLBACK)))
                .toList();
    }

    /// The session of whoever calls so.
    Optional<JsonNode> session(PhoneCall caller) {
        return lab.session(caller.caller());
    }

    /// What the translation of `phrase` costs: there are spaces between its words, which cost as well.
    static int cost(List<ToneWord> phrase) {
        return phrase.size() * (WORD_COST + 1) - 1;
    }

    /// What a call has cost so far, as operators are shown it.
    static double cost(JsonNode session) {
        return session.at("/cost/amount").asDouble();
    }

    /// What all calls of the day have cost.
    double costToday() {
        return controller().get("/sessions").json().at("/cost_today/amount").asDouble();
    }

    /// Everybody hangs up who did not yet.
    void hangUpAll() {
        lab.callers().calls().forEach(PhoneCall::hangUp);
        lab.destinations().calls().forEach(PhoneCall::hangUp);
    }

    /// What is left of calls when all have ended: waits for it to go, and gives a line for each thing that stays. `ids` are the calls'.
    List<String> left(List<String> ids) {
        List<String> left = new ArrayList<>();
        check(
                left,
                () -> controller().sessions().isEmpty(),
                () -> "sessions " + controller().sessions());
        check(
                left,
                () -> host().channels().isEmpty() && host().bridges().isEmpty(),
                () -> "channels %s, bridges %s".formatted(host().channels(), host().bridges()));
        check(
                left,
                () -> lab.callers().calls().isEmpty() && lab.destinations().calls().isEmpty(),
                () ->
                        "telephones %s %s"
                                .formatted(lab.callers().calls(), lab.destinations().calls()));
        check(left, () -> inJournal(ids).isEmpty(), () -> "in the journal: " + inJournal(ids));
        check(
                left,
                () -> sockets() <= socketsIdle,
                () -> "%d UDP sockets, at first %d".formatted(sockets(), socketsIdle));
        check(
                left,
                () -> ResourceUsage.of(controller()).threads() <= idle.threads() + IDLE_THREADS,
                () -> "threads: %s, at first %s".formatted(ResourceUsage.of(controller()), idle));
        forget();
        return left;
    }

    /// The next kill begins with nobody rung.
    private void forget() {
        lab.destinations().forgetIncoming();
        invitations.clear();
        ringing.clear();
    }

    private static void check(List<String> left, BooleanSupplier gone, Supplier<String> what) {
        try {
            Poll.until(CallLab.SOON, gone, what);
        } catch (AssertionError e) {
            left.add("left behind: " + what.get());
        }
    }

    /// Ends whatever Asterisk still has, so that the next kill finds nothing of this one.
    void sweep() {
        hangUpAll();
        host().console("channel request hangup all");
    }

    private int sockets() {
        return host().udpPorts("127.0.0.1").size()
                + host().udpPorts(AsteriskHost.ADDRESS).size()
                + host().udpPorts("0.0.0.0").size();
    }

    /// Of calls that are over: their ids, and any telephone number.
    private List<String> inJournal(List<String> ids) {
        if (!journal) {
            return List.of();
        }
        String text = journalText();
        List<String> found = new ArrayList<>();
        ids.stream().filter(text::contains).forEach(found::add);
        for (Moment moment : Moment.values()) {
            if (text.contains(destination(moment))) {
                found.add("the number called by who was " + moment);
            }
        }
        return found;
    }

    private String journalText() {
        Path parent = folder.resolve("journal");
        if (!Files.isDirectory(parent)) {
            return "";
        }
        var text = new StringBuilder();
        try (Stream<Path> files = Files.walk(parent)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                text.append(read(file)).append('\n');
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static String read(Path file) throws IOException {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (NoSuchFileException _) {
            // It was replaced just now.
            return "";
        }
    }

    @Override
    public void close() {
        lab.close();
        RunFolder.delete(folder);
    }
}
