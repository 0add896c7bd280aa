package io.sandalphone.harness.agents;

import io.sandalphone.harness.agents.ToneConversation.Interrupted;
import io.sandalphone.harness.controller.ControllerProgram;
import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.pairs.Kind;
import io.sandalphone.harness.pairs.PairLab;
import io.sandalphone.harness.tone.ToneWord;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What came of the same conversation over one kind of telephone, in real time, with tone engines.
///
/// @param kind what carries it
/// @param scenarios each with `ok`, or what came instead
/// @param answer from the end of a question until its answer is heard, less the pause by which the agent knows the end; milliseconds
/// @param silent from the beginning of an interruption until the agent is silent, milliseconds
/// @param wordsAfter how many words of the agent began to be heard more than 200 ms after interruptions
public record CarrierResult(
        Kind kind, Map<String, String> scenarios, Times answer, Times silent, int wordsAfter) {
    private static final List<ToneWord> ASKED =
            List.of(ToneWord.W1, ToneWord.W2, ToneWord.W4, ToneWord.W5, ToneWord.W6);

    /// Each measured `times` times, in calls over `kind`. `host` is there for SIP.
    static CarrierResult of(
            Kind kind, Optional<AsteriskHost> host, int times, ControllerProgram program)
            throws Exception {
        try (PairLab lab = ToneConversation.open(kind, host, "", program)) {
            return new Run(lab, times).run(kind);
        }
    }

    /// One after the other: what fails costs that row, and the next one is tried in a call of its own.
    private static final class Run {
        private final PairLab lab;
        private final int times;
        private final Map<String, String> scenarios = new LinkedHashMap<>();
        private final List<Double> answers = new ArrayList<>();
        private final List<Interrupted> interruptions = new ArrayList<>();
        private Optional<ToneConversation> call = Optional.empty();

        Run(PairLab lab, int times) {
            this.lab = lab;
            this.times = times;
        }

        CarrierResult run(Kind kind) {
            row("greeted", this::call);
            row("answered", this::answers);
            row("interrupts", this::interruptions);
            row("silence is no turn", () -> call().silent());
            row("a cough does not stop it", () -> call().coughedAtInVain());
            row(
                    "hangs up amid the answer",
                    () -> {
                        call().leftAmidTheAnswer();
                        call = Optional.empty();
                    });
            return new CarrierResult(
                    kind,
                    scenarios,
                    Times.of(
                            answers.stream()
                                    .mapToDouble(each -> each - ToneConversation.PAUSE.toMillis())),
                    Times.of(interruptions.stream().mapToDouble(Interrupted::silentMillis)),
                    interruptions.stream().mapToInt(Interrupted::wordsAfter).sum());
        }

        private ToneConversation call() {
            if (call.isEmpty()) {
                call = Optional.of(ToneConversation.greeted(lab));
            }
            return call.get();
        }

        private void answers() {
            for (int i = 0; i < times; i++) {
                answers.add(call().answered(ASKED.get(i % ASKED.size())));
            }
        }

        private void interruptions() {
            for (int i = 0; i < times; i++) {
                interruptions.add(call().interrupted());
            }
        }

        private void row(String name, Runnable scenario) {
            try {
                scenario.run();
                scenarios.put(name, "ok");
            } catch (AssertionError e) {
                scenarios.put(name, "FAILED: " + firstLine(e));
                call.ifPresent(failed -> failed.caller().hangUp());
                call = Optional.empty();
            }
        }

        private static String firstLine(AssertionError e) {
            return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        }
    }
}
