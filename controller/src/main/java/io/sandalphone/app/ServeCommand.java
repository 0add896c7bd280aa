package io.sandalphone.app;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.sandalphone.config.ConfigurationException;
import io.sandalphone.config.Problem;
import io.sandalphone.systemd.ServiceManager;
import io.sandalphone.systemd.Watchdog;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import picocli.CommandLine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

/// Runs the gateway until SIGTERM or SIGINT stops it.
@CommandLine.Command(
        name = "serve",
        description = "Takes calls until SIGTERM stops it.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class ServeCommand implements Callable<Integer> {
    private static final Logger log = LoggerFactory.getLogger(ServeCommand.class);

    /// How long the parts may take to close when all calls are over.
    private static final Duration CLOSING = Duration.ofSeconds(30);

    private final SettingsReader reader;
    private final Service.Starter starter;

    @CommandLine.Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            required = true,
            description = "The configuration, as YAML.")
    private @Nullable Path config;

    @CommandLine.Option(
            names = {"-p", "--port"},
            paramLabel = "PORT",
            description = "Where carriers and browsers connect, in place of public-http.port.")
    private @Nullable Integer port;

    @CommandLine.Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description = "The IP address of that, in place of public-http.listen.")
    private @Nullable String host;

    @CommandLine.Option(
            names = "--ws-url",
            paramLabel = "URL",
            description =
                    "Where carriers reach the gateway's media streams from outside, such as"
                            + " wss://gw.example.org, in place of public-url.")
    private @Nullable String socketUrl;

    @CommandLine.Option(
            names = "--log-level",
            paramLabel = "LEVEL",
            description =
                    "fatal, error, warn, info, debug or trace, in place of log.level; fatal:"
                            + " nothing but what ends the program.")
    private @Nullable String logLevel;

    ServeCommand(SettingsReader reader, Service.Starter starter) {
        this.reader = reader;
        this.starter = starter;
    }

    /// The same with its configuration.
    ServeCommand(SettingsReader reader, Service.Starter starter, Path config) {
        this(reader, starter);
        this.config = config;
    }

    @Override
    public Integer call() throws Exception {
        Settings settings = settings();
        Logging.configure(settings.log());
        log.atInfo().addKeyValue("version", Version.current()).log("controller starts");
        ServiceManager manager =
                ServiceManager.of(reader.environment(), ProcessHandle.current().pid());
        Service service = starter.start(settings);
        Duration longestStop = settings.drain().plus(CLOSING);
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(
                                () -> {
                                    manager.stopping(longestStop);
                                    stop(service);
                                },
                                "shutdown"));
        manager.watchdog()
                .ifPresent(expected -> new Watchdog(service.loops(), manager, expected).start());
        manager.ready();
        log.info("controller is ready");
        // Only a signal ends the wait, and its shutdown hook ends the process.
        new CountDownLatch(1).await();
        return CommandLine.ExitCode.OK;
    }

    /// What the command line says comes before what the file says.
    private Settings settings() throws ConfigurationException {
        ObjectNode over = JsonNodeFactory.instance.objectNode();
        if (port != null) {
            over.withObject("/public-http").put("port", port);
        }
        if (host != null) {
            over.withObject("/public-http").put("listen", host);
        }
        if (socketUrl != null) {
            over.put("public-url", socketUrl.replaceFirst("^ws(s?)://", "http$1://"));
        }
        if (logLevel != null) {
            over.withObject("/log").put("level", logLevel);
        }
        Settings settings = reader.read(Objects.requireNonNull(config), over).settings();
        if (port != null && settings.publicHttp().isEmpty()) {
            throw new ConfigurationException(
                    List.of(
                            new Problem(
                                    "--port",
                                    "no listener for carriers and browsers",
                                    "--host ADDRESS, or public-http.listen in the file")));
        }
        return settings;
    }

    /// Runs in the shutdown hook. Halting there gives an orderly stop the exit code 0; left to itself
    /// the virtual machine would report the signal as a failure.
    private static void stop(Service service) {
        int code = CommandLine.ExitCode.OK;
        try {
            log.info("controller drains");
            service.stop();
            log.info("controller stopped");
        } catch (Exception e) {
            log.error("controller did not stop in order", e);
            code = CommandLine.ExitCode.SOFTWARE;
        }
        Runtime.getRuntime().halt(code);
    }
}
