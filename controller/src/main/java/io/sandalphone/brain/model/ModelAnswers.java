package io.sandalphone.brain.model;

import io.sandalphone.brain.BrainReply;
import io.sandalphone.brain.BrainRequest;
import io.sandalphone.brain.Toolbox;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.Usage;

/// The answers of one brain's models. Thread-safe.
public final class ModelAnswers {
    private final String brain;
    private final ModelMeters.Brain meters;

    /// Those that a brain gives.
    ///
    /// @param brain the name of the brain, and the tariff of its tokens
    public ModelAnswers(String brain, ModelMeters meters) {
        this.brain = brain;
        this.meters = meters.of(brain);
    }

    /// Answers `request` by `dialogue`: round by round, as long as the model wants tools used, and may. What it says goes to `out` as it
    /// comes.
    public void answer(BrainRequest request, Dialogue dialogue, BrainReply out)
            throws SpeechException, InterruptedException {
        for (int round = 0; ; round++) {
            boolean last = round == Toolbox.MOST_ROUNDS;
            ModelAnswer answer = begin(out);
            try {
                dialogue.ask(last, answer);
            } finally {
                bill(request.usage(), answer);
            }
            answer.end();
            var calls = new CalledTools(request, answer.calls());
            calls.wishes().forEach(out::wish);
            meters.unknownTools().increment(calls.unknown());
            if (last || !calls.goOn(answer.said())) {
                return;
            }
            if (!answer.said().isBlank()) {
                out.text(" ");
            }
            dialogue.used(answer.said(), calls.use());
        }
    }

    ModelAnswer begin(BrainReply out) {
        return new ModelAnswer(out, meters);
    }

    /// What the server says of tokens comes last, and from some not at all.
    private void bill(Usage usage, ModelAnswer answer) {
        if (!answer.begun()) {
            return;
        }
        if (answer.estimated()) {
            meters.estimated().increment();
        }
        meters.promptTokens().increment((double) answer.read());
        meters.answerTokens().increment((double) answer.written());
        usage.read(brain, answer.read());
        usage.written(brain, answer.written());
    }
}
