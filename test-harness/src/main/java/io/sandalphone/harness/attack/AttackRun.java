package io.sandalphone.harness.attack;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// Runs items in labs side by side, tests of the inside in a virtual machine beside them, and has a
/// line printed for each item as soon as it is known.
public final class AttackRun {
    private final Effort effort;
    private final List<Path> tests;
    private final Consumer<String> lines;

    /// How one item went.
    ///
    /// @param line what is printed of it
    /// @param broken everything that was not withstood
    /// @param took how long it was tried, with its named tests
    public record Verdict(int number, boolean ok, String line, List<String> broken, Duration took) {
        public Verdict {
            broken = List.copyOf(broken);
        }
    }

    /// `tests` are the folders of compiled tests, `lines` prints.
    public AttackRun(Effort effort, List<Path> tests, Consumer<String> lines) {
        this.effort = effort;
        this.tests = List.copyOf(tests);
        this.lines = lines;
    }

    /// Tries the items of each list one after the other in a lab of their own, all labs side by side.
    public List<Verdict> of(List<List<AttackCase>> labs) {
        List<Integer> numbers =
                labs.stream().flatMap(List::stream).map(AttackCase::number).toList();
        CompletableFuture<NamedTests> named = NamedTests.run(numbers, tests, effort);
        List<CompletableFuture<List<CompletableFuture<Verdict>>>> running = new ArrayList<>();
        for (List<AttackCase> lab : labs) {
            running.add(
                    CompletableFuture.supplyAsync(
                            () -> tryAll(lab, named),
                            task ->
                                    Thread.ofPlatform()
                                            .name("lab of " + lab.getFirst().number())
                                            .start(task)));
        }
        return running.stream()
                .map(CompletableFuture::join)
                .flatMap(List::stream)
                .map(CompletableFuture::join)
                .sorted(Comparator.comparingInt(Verdict::number))
                .toList();
    }

    /// What came of each; of those that have named tests it is known once these have run.
    private List<CompletableFuture<Verdict>> tryAll(
            List<AttackCase> cases, CompletableFuture<NamedTests> named) {
        List<CompletableFuture<Verdict>> verdicts = new ArrayList<>();
        try (var lab = new AttackLab(effort)) {
            for (AttackCase each : cases) {
                long begin = System.nanoTime();
                var tries = new Tries();
                try {
                    each.run(lab, tries);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException("interrupted", e);
                } catch (Exception | AssertionError e) {
                    tries.broken("trying it", Tries.message(e));
                }
                Duration took = Duration.ofNanos(System.nanoTime() - begin);
                verdicts.add(
                        each.hasNamedTests()
                                ? named.thenApply(
                                        tests ->
                                                verdict(
                                                        each,
                                                        tries,
                                                        took.plus(
                                                                tests.judge(each.number(), tries))))
                                : CompletableFuture.completedFuture(verdict(each, tries, took)));
            }
        }
        return verdicts;
    }

    private Verdict verdict(AttackCase item, Tries tries, Duration took) {
        String line =
                "%02d %-6s  %s: %s (%d s)"
                        .formatted(
                                item.number(),
                                tries.ok() ? "ok" : "NOT OK",
                                item.tried(),
                                tries.happened(),
                                took.toSeconds());
        lines.accept(line);
        return new Verdict(item.number(), tries.ok(), line, tries.broken(), took);
    }
}
