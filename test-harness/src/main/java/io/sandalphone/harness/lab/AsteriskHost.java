package io.sandalphone.harness.lab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A real Asterisk with production's configuration (`asterisk-conf/`) on a small network of its
/// own: namespace `vps` holds Asterisk, namespace `carrier` is the trunk's side, where phones live.
/// Needs root and the cached root file system ([#whyNot] says whether they are there).
///
/// Asterisk trusts [#CARRIER_ADDRESS] as its trunk: what calls in from there is a call from the
/// carrier, and what Asterisk dials is sent to port 5060 there. The cached root file system is never
/// written to: a run sees it through an overlay, mounted where only Asterisk's process sees it, so
/// that the mounts go when the process goes, however it ends.
///
/// Used from one thread at a time.
public final class AsteriskHost implements AutoCloseable {
    /// Where the trunk is, and the phones.
    public static final String CARRIER_ADDRESS = "10.77.0.1";

    /// Where carriers of media streams are, in the same network as the trunk: from there their calls may come
    /// back by SIP.
    public static final String STREAM_CARRIER_ADDRESS = "10.77.0.3";

    /// Where a second POP of the trunk is, in the same network.
    public static final String SECOND_CARRIER_ADDRESS = "10.77.0.4";

    /// Where Asterisk is.
    public static final String ADDRESS = "10.77.0.2";

    /// The name and the secret of the controller at [#ari].
    public static final String ARI_USER = "sandalphone";

    public static final String ARI_SECRET = "lab-only-lab-only";

    /// The media ports that `asterisk-conf/render` wants for each call.
    public static final int PORTS_PER_CALL = 16;

    private static final Duration BOOT = Duration.ofSeconds(60);
    private static final Duration STOP = Duration.ofSeconds(20);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern DROPPED = Pattern.compile("counter packets ([0-9]+) .* drop");
    private static final Pattern REFUSED =
            Pattern.compile(
                    "counter packets ([0-9]+) .* log prefix \"sandalphone ari log-in refused");

    /// How one host of the lab differs from another. `fallbackRoutes` is whom Asterisk rings without
    /// a controller, by called number (`*` for any other); `values` are further values of
    /// `asterisk-conf/values.example`, by their keys, in place of the lab's own; `files` are further files of
    /// Asterisk's root file system, by their paths there.
    public record Options(
            Map<String, String> fallbackRoutes,
            int firstRtpPort,
            int lastRtpPort,
            Map<String, String> values,
            Map<String, String> files) {
        public Options {
            fallbackRoutes = Map.copyOf(fallbackRoutes);
            values = Map.copyOf(values);
            files = Map.copyOf(files);
        }

        public Options(
                Map<String, String> fallbackRoutes,
                int firstRtpPort,
                int lastRtpPort,
                Map<String, String> values) {
            this(fallbackRoutes, firstRtpPort, lastRtpPort, values, Map.of());
        }

        public Options(Map<String, String> fallbackRoutes, int firstRtpPort, int lastRtpPort) {
            this(fallbackRoutes, firstRtpPort, lastRtpPort, Map.of());
        }

        /// As many calls as there are ports for.
        private int calls() {
            return (lastRtpPort - firstRtpPort + 1) / PORTS_PER_CALL;
        }
    }

    private final NetNamespace carrier;
    private final NetNamespace vps;
    private final Path folder;
    private final Path rootfs;
    private final HttpClient http;
    private final Map<String, Supplier<String>> reports = new LinkedHashMap<>();
    private final @Nullable SetClock clock;
    private @Nullable Process asterisk;

    private AsteriskHost(
            NetNamespace carrier,
            NetNamespace vps,
            Path rootfs,
            Path folder,
            @Nullable SetClock clock) {
        this.clock = clock;
        this.carrier = carrier;
        this.vps = vps;
        this.rootfs = rootfs;
        this.folder = folder;
        this.http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(Duration.ofSeconds(5))
                        .executor(Executors.newCachedThreadPool(vps.threadFactory()))
                        .build();
    }

    /// Why no host can be had on this machine, or null if one can.
    public static @Nullable String whyNot() {
        if (!isRoot()) {
            return "they need root for network namespaces and mounts";
        }
        if (!Files.isDirectory(Project.asteriskRootfs())) {
            return "Asterisk's root file system is not prepared; as root: scripts/lib/rootfs.sh";
        }
        return null;
    }

    static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    /// Boots a host and returns once calls can be made.
    public static AsteriskHost boot(Options options) {
        return boot(options, null);
    }

    /// The same with an Asterisk whose time of day is `clock`'s.
    public static AsteriskHost boot(Options options, @Nullable SetClock clock) {
        NetNamespace.sweep();
        RunFolder.sweep();
        var opened = new ArrayList<AutoCloseable>();
        try {
            NetNamespace carrier = NetNamespace.create("carrier");
            opened.add(carrier);
            NetNamespace vps = NetNamespace.create("vps");
            opened.add(vps);
            carrier.connect(CARRIER_ADDRESS + "/24", vps, ADDRESS + "/24");
            carrier.addAddress(STREAM_CARRIER_ADDRESS + "/24");
            carrier.addAddress(SECOND_CARRIER_ADDRESS + "/24");
            Path folder = RunFolder.create("asterisk");
            opened.add(() -> RunFolder.delete(folder));
            var host = new AsteriskHost(carrier, vps, Project.asteriskRootfs(), folder, clock);
            opened.add(host);
            host.render(options);
            host.start();
            return host;
        } catch (RuntimeException e) {
            for (AutoCloseable resource : opened.reversed()) {
                try {
                    resource.close();
                } catch (Exception suppressed) {
                    e.addSuppressed(suppressed);
                }
            }
            throw e;
        }
    }

    private void render(Options options) {
        var values = new TreeMap<String, String>();
        values.put("TRUNK_MODE", "ip");
        values.put("TRUNK_ACCOUNT", "100000_lab");
        values.put("TRUNK_PASSWORD", "");
        values.put("TRUNK_HOST", CARRIER_ADDRESS);
        values.put("TRUNK_BACKUP_HOST", "");
        values.put("TRUNK_TRANSPORT", "udp");
        values.put("TRUNK_CA_FILE", "");
        values.put("TRUNK_ADDRESSES", CARRIER_ADDRESS);
        // Phones come and go here; Asterisk must dial without having seen one first.
        values.put("TRUNK_QUALIFY_SECONDS", "0");
        values.put("TRUNK_REWRITE_CONTACT", "no");
        values.put("SIP_BIND", ADDRESS + ":5060");
        values.put("EXTERNAL_ADDRESS", "");
        values.put("LOCAL_NETWORKS", "");
        values.put("MEDIA_NETWORKS", CARRIER_ADDRESS);
        values.put("WAY_BACK_ADDRESSES", STREAM_CARRIER_ADDRESS);
        values.put("WAY_BACK_MEDIA_NETWORKS", STREAM_CARRIER_ADDRESS);
        values.put("MAX_CONCURRENT_CALLS", Integer.toString(options.calls()));
        values.put("RTP_FIRST_PORT", Integer.toString(options.firstRtpPort()));
        values.put("RTP_LAST_PORT", Integer.toString(options.lastRtpPort()));
        values.put("ARI_USER", ARI_USER);
        values.put("ARI_SECRET", ARI_SECRET);
        values.put("SESSION_SECONDS", "1200");
        values.put("HOLD_SECONDS", "300");
        values.put("DESTINATIONS", "+1* +52*");
        values.put("CALLER_ID", "");
        values.put("SHOW_CALLER", "no");
        values.put("LONGEST_CALL_MINUTES", "10");
        values.put("FALLBACK_RING_SECONDS", "2");
        values.put(
                "FALLBACK_ROUTES",
                options.fallbackRoutes().entrySet().stream()
                        .map(route -> route.getKey() + "=" + route.getValue())
                        .collect(Collectors.joining(" ")));
        values.putAll(options.values());
        List<String> lines =
                values.entrySet().stream()
                        .map(value -> value.getKey() + "=" + value.getValue())
                        .toList();
        try {
            Files.createDirectories(folder.resolve("root"));
            Files.createDirectories(folder.resolve("work"));
            Path file = Files.write(folder.resolve("values"), lines);
            Command.run(
                    Project.renderScript().toString(),
                    file.toString(),
                    written("etc/asterisk").toString());
            for (Map.Entry<String, String> each : options.files().entrySet()) {
                Files.writeString(written(each.getKey()), each.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The folder of Asterisk's configuration, as it was rendered.
    public Path configuration() {
        return written("etc/asterisk");
    }

    /// What Asterisk has written, or is given, at a path of its root file system.
    private Path written(String path) {
        return folder.resolve("written").resolve(path);
    }

    /// The UDP ports that are taken at `address` in [#vps].
    public List<Integer> udpPorts(String address) {
        Pattern socket = Pattern.compile(" " + Pattern.quote(address) + ":([0-9]+) ");
        return Command.run(vps.command("ss", "-Hlun"))
                .lines()
                .map(socket::matcher)
                .filter(Matcher::find)
                .map(match -> Integer.valueOf(match.group(1)))
                .toList();
    }

    /// Loads the rendered firewall into [#vps].
    public void loadFirewall() {
        Command.run(vps.command("nft", "-f", written("etc/asterisk/firewall.nft").toString()));
    }

    /// Removes it again, if it is loaded.
    public void unloadFirewall() {
        Command.run(vps.command("nft", "table ip sandalphone; delete table ip sandalphone"));
    }

    /// How many packets the firewall has dropped.
    public long firewallDrops() {
        return counted(DROPPED);
    }

    /// How many log-ins at ARI were refused, as the firewall saw it.
    public long refusedLogIns() {
        return counted(REFUSED);
    }

    private long counted(Pattern rule) {
        return Command.run(vps.command("nft", "list", "table", "ip", "sandalphone"))
                .lines()
                .map(rule::matcher)
                .filter(Matcher::find)
                .mapToLong(match -> Long.parseLong(match.group(1)))
                .sum();
    }

    /// What runs an Asterisk in `namespace`, with the root file system `rootfs` and, over that, what stands in the
    /// folder `written` of `folder`, which must have folders `root` and `work` as well. Its time of
    /// day is `clock`'s, if there is one.
    static List<String> command(
            NetNamespace namespace, Path rootfs, Path folder, @Nullable SetClock clock) {
        // `ip netns exec` gives the process mounts of its own; what is mounted here is seen by it
        // alone and goes with it.
        // -p is what a server gives it: real-time priority over whatever else is busy there.
        String script =
                """
                set -e
                cd "$1"
                mkdir -p written/run/asterisk
                chmod 755 written written/etc written/run
                mount -t overlay overlay -o "lowerdir=$2,upperdir=written,workdir=work" root
                mount --rbind /dev root/dev
                mount -t proc proc root/proc
                chroot root chown -R asterisk: /etc/asterisk /run/asterisk \\
                    /var/lib/asterisk /var/log/asterisk /var/spool/asterisk
                rm -f root/run/asterisk/*
                if [ -n "$3" ]; then
                    mkdir -p root/run/clock
                    mount --bind "$3" root/run/clock
                fi
                shift 3
                exec chroot root "$@" asterisk -f -p -U asterisk -G asterisk
                """;
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "sh",
                                "-c",
                                script,
                                "sh",
                                folder.toString(),
                                rootfs.toString(),
                                clock == null ? "" : clock.folder().toString()));
        if (clock != null) {
            words.addAll(SetClock.before(Path.of("/run/clock")));
        }
        return namespace.command(words);
    }

    /// Starts Asterisk, on the state that an earlier one left, and returns once calls can be made.
    public void start() {
        if (asterisk != null && asterisk.isAlive()) {
            throw new IllegalStateException("Asterisk already runs");
        }
        try {
            asterisk =
                    new ProcessBuilder(command(vps, rootfs, folder, clock))
                            .redirectErrorStream(true)
                            .redirectOutput(
                                    ProcessBuilder.Redirect.appendTo(
                                            folder.resolve("console.log").toFile()))
                            .start();
            asterisk.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        awaitAri(asterisk);
        console("core waitfullybooted");
    }

    private void awaitAri(Process process) {
        Poll.until(BOOT, () -> !process.isAlive() || answers(), "Asterisk answers at ARI");
        if (!process.isAlive()) {
            throw new IllegalStateException("Asterisk ended at once:\n" + consoleLog() + log());
        }
    }

    private boolean answers() {
        try {
            return get("channels").statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /// Ends Asterisk as an operator would, hanging up whatever calls there are.
    public void stop() {
        end("TERM");
    }

    /// Ends Asterisk with SIGKILL, as a crash does.
    public void kill() {
        end("KILL");
    }

    private void end(String signal) {
        Process process = running();
        Command.run("kill", "-" + signal, Long.toString(process.pid()));
        try {
            if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
                throw new IllegalStateException("Asterisk ignored SIG" + signal);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while Asterisk ended", e);
        }
    }

    private Process running() {
        if (asterisk == null || !asterisk.isAlive()) {
            throw new IllegalStateException("Asterisk does not run");
        }
        return asterisk;
    }

    /// Asterisk's process id; for measuring what it takes.
    public long pid() {
        return running().pid();
    }

    /// Whether Asterisk runs; it does not after it crashed.
    public boolean isRunning() {
        return asterisk != null && asterisk.isAlive();
    }

    /// The network of the trunk and the phones.
    public NetNamespace carrier() {
        return carrier;
    }

    /// The network of Asterisk and the controller.
    public NetNamespace vps() {
        return vps;
    }

    /// Where ARI is, for whoever is in [#vps].
    public URI ari() {
        return URI.create("http://127.0.0.1:8088/ari");
    }

    /// Asks ARI as somebody does who has the controller's password; paths begin with `/ari/`.
    public LoopbackHttp ariRequests() {
        return new LoopbackHttp(vps, ari().getPort(), Map.of("Authorization", authorization()));
    }

    private static String authorization() {
        String login = ARI_USER + ":" + ARI_SECRET;
        return "Basic "
                + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
    }

    /// Runs a command on Asterisk's console and returns what it prints.
    public String console(String command) {
        return Command.run(
                "nsenter",
                "--target",
                Long.toString(running().pid()),
                "--mount",
                "--net",
                "--root",
                "--wd",
                "asterisk",
                "-rx",
                command);
    }

    /// Asterisk's version, such as `22.10.1`.
    public String version() {
        String words = console("core show version");
        return words.replaceFirst("^Asterisk ([0-9.]+).*(?s:.*)$", "$1");
    }

    /// The channels there are, as ARI lists them.
    public JsonNode channels() {
        return list("channels");
    }

    /// The bridges there are, as ARI lists them.
    public JsonNode bridges() {
        return list("bridges");
    }

    /// The value of a variable or a function of a channel, such as `CHANNEL(rtp,dest)`.
    public String variable(String channel, String name) {
        String query = URLEncoder.encode(name, StandardCharsets.UTF_8);
        return list("channels/" + channel + "/variable?variable=" + query).path("value").asText();
    }

    private JsonNode list(String what) {
        try {
            HttpResponse<String> response = get(what);
            if (response.statusCode() != 200) {
                throw new IllegalStateException(what + ": " + response.statusCode());
            }
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Restarts Asterisk if it holds anything of any call, starts it if it does not run.
    void startAfresh() {
        if (asterisk != null && asterisk.isAlive()) {
            if (channels().isEmpty() && bridges().isEmpty()) {
                return;
            }
            kill();
        }
        start();
    }

    /// Waits until nothing of any call is left, and throws naming what is if it stays.
    public void awaitIdle(Duration patience) {
        Poll.until(
                patience,
                () -> channels().isEmpty() && bridges().isEmpty(),
                () -> "Asterisk is idle: channels " + channels() + ", bridges " + bridges());
    }

    private HttpResponse<String> get(String path) throws IOException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(ari() + "/" + path))
                        .timeout(Duration.ofSeconds(10))
                        .header("Authorization", authorization())
                        .build();
        try {
            return vps.call(() -> http.send(request, HttpResponse.BodyHandlers.ofString()));
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /// All that Asterisk has logged so far: notices, warnings, errors.
    public String log() {
        return text(written("var/log/asterisk/messages.log"));
    }

    /// What Asterisk, or the shell that starts it, said on its standard output.
    public String consoleLog() {
        return text(folder.resolve("console.log"));
    }

    /// Its security log: who was refused.
    public String securityLog() {
        return text(written("var/log/asterisk/security.log"));
    }

    /// Names a text, such as the log of a controller, that belongs into the report of each failed
    /// test from now on.
    public void report(String name, Supplier<String> text) {
        reports.put(name, text);
    }

    Map<String, Supplier<String>> reports() {
        return reports;
    }

    private static String text(Path file) {
        try {
            // What strangers send may stand there, in whatever bytes they like.
            return Files.exists(file)
                    ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                    : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Ends Asterisk and removes the networks, the mounts and the files, whatever state they are in.
    @Override
    public void close() {
        http.shutdownNow();
        if (asterisk != null) {
            asterisk.destroyForcibly().onExit().join();
        }
        vps.close();
        carrier.close();
        RunFolder.delete(folder);
    }
}
