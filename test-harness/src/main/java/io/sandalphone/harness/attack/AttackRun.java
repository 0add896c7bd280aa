package io.sandalphone.harness.attack;

import java.nio.file.Path;
import java.util.ArrayList;
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

    /// Tries `cases`, in their order.
    public List<Verdict> of(List<AttackCase> cases) {
        List<Verdict> verdicts = new ArrayList<>();
        CompletableFuture<NamedTests> named =
                NamedTests.run(cases.stream().map(AttackCase::number).toList(), tests);
        try (var lab = new AttackLab(effort)) {
            for (AttackCase each : cases) {
                var tries = new Tries();
                try {
                    each.run(lab, tries);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException("interrupted", e);
                } catch (Exception | AssertionError e) {
                    tries.broken("trying it", Tries.message(e));
                }
                if (!NamedTestList.of(each.number()).isEmpty()) {
                    named.join().judge(each.number(), tries);
                }
                String line =
                        "%02d %-6s  %s: %s"
                                .formatted(
                                        each.number(),
                                        tries.ok() ? "ok" : "NOT OK",
                                        each.tried(),
                                        tries.happened());
                lines.accept(line);
                verdicts.add(new Verdict(each.number(), tries.ok(), line, tries.broken()));
            }
        }
        return verdicts;
    }
}
