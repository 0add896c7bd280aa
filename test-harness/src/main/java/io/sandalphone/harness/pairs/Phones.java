package io.sandalphone.harness.pairs;

import com.fasterxml.jackson.databind.JsonNode;

import java.time.Duration;
import java.util.List;

/// The telephones of one kind, of all lines of a [PairLab], and what carries them to the gateway. Each line is
/// used from one thread at a time, and several lines from several threads.
interface Phones extends AutoCloseable {
    /// What the gateway must know of them: YAML, laid over the rest of its settings.
    String settings();

    /// Somebody calls the line.
    PairPhone call(Line line);

    /// Waits until the line's destination is rung, and gives their telephone.
    PairPhone awaitRung(Line line, Duration patience);

    /// The line's destination rings until [PairPhone#answer], or answers by itself, which it does unless
    /// told otherwise.
    void answerWhenTold(Line line, boolean whenTold);

    /// Whether a session, as operators are shown it, is the latest call of the line's caller.
    boolean isCallOf(Line line, JsonNode session);

    /// The next `requests` that change something at the carrier fail.
    void failRest(int requests);

    /// Whoever is rung or talks at the carrier still, a line each.
    List<String> left();

    /// Forgets calls that are over and what was heard in them; [#problems] begins anew.
    void forgetEnded();

    /// What a correct gateway leaves empty.
    List<String> problems();

    @Override
    void close();
}
