package io.sandalphone.app;

import io.sandalphone.systemd.ServiceManager;
import io.sandalphone.systemd.Watchdog;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import picocli.CommandLine;

import java.nio.file.Path;
import java.time.Duration;
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
            names = "--config",
            paramLabel = "FILE",
            required = true,
            description = "The configuration, as YAML.")
    private @Nullable Path config;

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
        Settings settings = reader.read(Objects.requireNonNull(config)).settings();
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
