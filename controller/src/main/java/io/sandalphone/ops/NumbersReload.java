package io.sandalphone.ops;

import io.sandalphone.config.ConfigurationException;
import io.sandalphone.config.Numberless;
import io.sandalphone.config.Problem;
import io.sandalphone.routing.NumbersFile;
import io.sandalphone.routing.RouteTable;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// Reads the numbers file anew while we run, as a whole: one with a mistake changes nothing, and the one before goes on being
/// used. Thread-safe; one reading at a time.
public final class NumbersReload {
    private static final Logger log = LoggerFactory.getLogger(NumbersReload.class);

    // Of more mistakes than anybody reads the log is spared; it has other lines.
    private static final int MOST_LOGGED = 20;

    private final NumbersFile file;
    private final NumbersFile.Check check;
    private final Consumer<RouteTable> use;
    private final NumbersMeters meters;
    private final ReentrantLock one = new ReentrantLock();
    private volatile Optional<String> unavailableReason = Optional.empty();

    /// What came of a reading.
    public sealed interface Outcome {
        /// The file is in use: `numbers` of its own, `routes` with those of the configuration. Keys that are `doubtful`
        /// were perhaps meant otherwise.
        record Loaded(int numbers, int routes, List<Problem> doubtful) implements Outcome {
            public Loaded {
                doubtful = List.copyOf(doubtful);
            }
        }

        /// It has mistakes.
        record Refused(List<Problem> problems) implements Outcome {
            public Refused {
                problems = List.copyOf(problems);
            }
        }
    }

    /// `check` is what only the running gateway knows of numbers, `use` has calls take the routes that were read.
    public NumbersReload(
            NumbersFile file,
            NumbersFile.Check check,
            Consumer<RouteTable> use,
            NumbersMeters meters) {
        this.file = file;
        this.check = check;
        this.use = use;
        this.meters = meters;
    }

    /// Reads the file for the first time.
    ///
    /// @throws ConfigurationException when it has mistakes, with which nothing is to start
    public void begin() throws ConfigurationException {
        one.lock();
        try {
            use(file.read(check));
        } finally {
            one.unlock();
        }
    }

    /// Reads the file, and has calls take it unless it has mistakes. Blocks.
    public Outcome reload() {
        one.lock();
        try {
            NumbersFile.Read read = file.read(check);
            use(read);
            meters.loaded().increment();
            log.atInfo().addKeyValue("numbers", read.numbers()).log("numbers file loaded");
            return new Outcome.Loaded(read.numbers(), read.routes().size(), file.doubtful());
        } catch (ConfigurationException mistaken) {
            refused(mistaken.problems());
            return new Outcome.Refused(mistaken.problems());
        } finally {
            one.unlock();
        }
    }

    private void use(NumbersFile.Read read) {
        use.accept(read.routes());
        meters.inUse().set(read.numbers());
        meters.stale().set(0);
        unavailableReason = Optional.empty();
        file.doubtful().stream()
                .limit(MOST_LOGGED)
                .forEach(
                        key ->
                                log.atWarn()
                                        .addKeyValue("at", place(key))
                                        .addKeyValue("expected", key.expected())
                                        .log("numbers file has a key that is kept in extra"));
    }

    /// What was found may be somebody's number, or words: it is told to operators who show their token alone.
    private void refused(List<Problem> problems) {
        meters.refused().increment();
        meters.stale().set(1);
        unavailableReason =
                Optional.of(
                        "%s; %d in all, the file before it is in use"
                                .formatted(place(problems.getFirst()), problems.size()));
        for (Problem problem : problems.subList(0, Math.min(MOST_LOGGED, problems.size()))) {
            log.atError()
                    .addKeyValue("at", place(problem))
                    .addKeyValue("expected", problem.expected())
                    .log("numbers file has a mistake and is not used, the one before it is");
        }
        if (problems.size() > MOST_LOGGED) {
            log.atError()
                    .addKeyValue("mistakes", problems.size())
                    .log("numbers file has more mistakes than are told here");
        }
    }

    /// File, line and key, without a number in the key.
    private String place(Problem problem) {
        String source = file.path().toString();
        String place = problem.key();
        int behind = place.startsWith(source) ? source.length() : 0;
        return place.substring(0, behind) + Numberless.text(place.substring(behind));
    }

    /// Why the file as it is now is not in use, if it is not. Any thread may ask.
    public Optional<String> unavailableReason() {
        return unavailableReason;
    }
}
