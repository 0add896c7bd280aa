package io.sandalphone.harness.attack;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// Runs items against one lab, those that are tests of the inside beside it, and has a line printed
/// for each as soon as it is known.
public final class AttackRun {
    private final Effort effort;
    private final List<Path> tests;
    private final Consumer<String> lines;

    /// How one item went.
    ///
    /// @param line what is printed of it
    /// @param broken everything that was not withstood
    public record Verdict(int number, boolean ok, String line, List<String> broken) {
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

    /// Tries `cases`: those that mostly wait beside the others, which are tried in their order.
    public List<Verdict> of(List<AttackCase> cases) {
        CompletableFuture<NamedTests> named =
                NamedTests.run(cases.stream().map(AttackCase::number).toList(), tests);
        CompletableFuture<List<Verdict>> beside =
                CompletableFuture.supplyAsync(
                        () -> tryAll(cases.stream().filter(AttackCase::waits).toList(), named),
                        task -> Thread.ofPlatform().name("beside").start(task));
        List<Verdict> verdicts =
                new ArrayList<>(
                        tryAll(cases.stream().filter(each -> !each.waits()).toList(), named));
        verdicts.addAll(beside.join());
        verdicts.sort(Comparator.comparingInt(Verdict::number));
        return verdicts;
    }

    private List<Verdict> tryAll(List<AttackCase> cases, CompletableFuture<NamedTests> named) {
        List<Verdict> verdicts = new ArrayList<>();
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
                if (each.hasNamedTests()) {
                    named.join().judge(each.number(), tries);
                }
                String line =
                        "%02d %-6s  %s: %s (%d s)"
                                .formatted(
                                        each.number(),
                                        tries.ok() ? "ok" : "NOT OK",
                                        each.tried(),
                                        tries.happened(),
                                        (System.nanoTime() - begin) / 1_000_000_000);
                lines.accept(line);
                verdicts.add(new Verdict(each.number(), tries.ok(), line, tries.broken()));
            }
        }
        return verdicts;
    }
}
