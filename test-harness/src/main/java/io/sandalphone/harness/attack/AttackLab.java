package io.sandalphone.harness.attack;

import io.sandalphone.config.ConfigTree;
import io.sandalphone.config.ConfigurationException;
import io.sandalphone.harness.controller.ControllerProcess;
import io.sandalphone.harness.controller.ControllerProgram;
import io.sandalphone.harness.controller.ControllerSettings;
import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.Command;
import io.sandalphone.harness.lab.RunFolder;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Random;

/// What is attacked: a real Asterisk with production's configuration, and a controller beside it, in
/// network namespaces of their own. Both are made when they are first wanted, and shared by the
/// items that want the same.
///
/// Used from one thread.
public final class AttackLab implements AutoCloseable {
    /// Longer than anything takes that goes well, on a busy machine too.
    public static final Duration SOON = Duration.ofMinutes(1);

    /// A number of ours whose calls are interpreted from the caller to the destination.
    public static final String ONE_WAY = "+12125550101";

    /// One whose calls are interpreted both ways.
    public static final String BOTH_WAYS = "+12125550102";

    /// Whom Asterisk rings for [#ONE_WAY] when no controller is there.
    public static final String FALLBACK = "+12025550188";

    private static final Map<String, String> DESTINATIONS =
            Map.of(ONE_WAY, "+12025550111", BOTH_WAYS, "+12025550112");

    /// A host of the carrier's side that is not the trunk.
    public static final String STRANGER_ADDRESS = "10.77.0.9";

    private static final int FIRST_RTP_PORT = 10_000;
    private static final int LAST_RTP_PORT = 12_999;

    /// How many calls may live at once, with a controller and without one.
    public static final int CALLS = 50;

    private final Effort effort;
    private final Path folder = RunFolder.create("attack");
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private @Nullable AsteriskHost host;
    private @Nullable AriProxy proxy;
    private @Nullable ControllerProcess controller;
    private String running = "";

    AttackLab(Effort effort) {
        this.effort = effort;
    }

    /// How much is to be tried.
    public Effort effort() {
        return effort;
    }

    /// Chance of an item's own.
    public Random random(AttackCase of) {
        return effort.random(of.number());
    }

    /// An empty folder for an item's files; it goes when the lab is closed.
    public Path newFolder(String name) throws IOException {
        return Files.createTempDirectory(folder, name);
    }

    /// Whom the controller rings for one of the numbers of ours.
    public static String destinationOf(String called) {
        String destination = DESTINATIONS.get(called);
        if (destination == null) {
            throw new IllegalArgumentException(called + " is no number of the lab's");
        }
        return destination;
    }

    /// The Asterisk that items share. One that crashed, or whose calls an earlier item left behind, is
    /// replaced.
    public AsteriskHost host() {
        AsteriskHost shared = host;
        if (shared == null) {
            shared =
                    boot(
                            new AsteriskHost.Options(
                                    fallbackRoutes(),
                                    FIRST_RTP_PORT,
                                    LAST_RTP_PORT,
                                    Map.of(
                                            "MAX_CONCURRENT_CALLS",
                                            Integer.toString(CALLS),
                                            // None ends for this before an item has looked at it.
                                            "FALLBACK_RING_SECONDS",
                                            "30")));
            opened.push(shared);
            host = shared;
        } else if (!shared.isRunning()) {
            shared.start();
        }
        return shared;
    }

    /// A host that is made for one item, which closes it.
    public AsteriskHost boot(AsteriskHost.Options options) {
        AsteriskHost made = AsteriskHost.boot(options);
        Command.run(
                made.carrier()
                        .command("ip", "address", "add", STRANGER_ADDRESS + "/24", "dev", "lab0"));
        return made;
    }

    /// Whom Asterisk rings without a controller.
    public static Map<String, String> fallbackRoutes() {
        return Map.of(ONE_WAY, FALLBACK);
    }

    /// The controller beside [#host], with settings as tests have them: tone engines, two routes.
    public ControllerProcess controller() throws ConfigurationException {
        return controller("");
    }

    /// The controller, with `yaml` laid over these settings. The one that runs is kept when it has the
    /// same.
    public ControllerProcess controller(String yaml) throws ConfigurationException {
        AsteriskHost beside = host();
        ControllerProcess current = controller;
        if (current != null
                && running.equals(yaml)
                && current.isUp()
                && current.sessions().isEmpty()) {
            return current;
        }
        stopController();
        ControllerProcess started =
                ControllerProcess.start(
                        beside, configuration(beside, yaml), ControllerProgram.QUICK);
        controller = started;
        running = yaml;
        return started;
    }

    /// What stands between Asterisk and a controller that has its settings.
    public AriProxy proxy() throws Exception {
        AriProxy shared = proxy;
        if (shared == null) {
            shared = AriProxy.open(host().vps());
            opened.push(shared);
            proxy = shared;
        }
        return shared;
    }

    /// Ends the shared controller, if there is one, and waits until nothing of its calls is left.
    public void stopController() {
        ControllerProcess current = controller;
        controller = null;
        if (current != null) {
            current.close();
        }
        AsteriskHost shared = host;
        if (shared != null && shared.isRunning() && !shared.channels().isEmpty()) {
            shared.kill();
            shared.start();
        }
    }

    /// The whole text of the settings of a controller beside `beside`, with `yaml` laid over them.
    public static String configuration(AsteriskHost beside, String yaml)
            throws ConfigurationException {
        String usual =
                ControllerSettings.tones()
                        .limit(CALLS)
                        .route(ONE_WAY, destinationOf(ONE_WAY), "")
                        .route(BOTH_WAYS, destinationOf(BOTH_WAYS), "relay: true")
                        .yaml(beside);
        return yaml.isBlank()
                ? usual
                : ConfigTree.print(
                        ConfigTree.merge(
                                ConfigTree.yaml("the lab's", usual),
                                ConfigTree.yaml("the item's", yaml)));
    }

    /// The phones of everybody beside [#host].
    public Phones phones() throws IOException {
        return Phones.open(host());
    }

    @Override
    public void close() {
        ControllerProcess current = controller;
        if (current != null) {
            current.close();
        }
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
        RunFolder.delete(folder);
    }
}
