package io.sandalphone.harness.converse;

import io.sandalphone.harness.agents.Reached;
import io.sandalphone.harness.agents.Stretch;
import io.sandalphone.speech.Language;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The telephone of the caller in a conversation, in a call that the agent has answered. Times are milliseconds of the call; those of
/// sound are when it leaves this telephone, and when it is heard there. One thread.
interface CallerPhone extends AutoCloseable {
    /// What time it is.
    long now();

    /// Lets so much time pass.
    void pass(Duration time);

    /// Says `text` from now on, over the agent's voice where it `interrupts`; does not wait for its end.
    Stretch say(String text, Language language, boolean interrupts);

    /// Makes a sound that is no word from now on; does not wait for its end.
    Stretch make(Noise noise, Duration lasting);

    /// Presses keys, one after another, from now on; does not wait for the last.
    Stretch press(String keys);

    /// Ends the call.
    void hangUp();

    /// Why the call is over; empty while it is not.
    Optional<String> ended();

    /// When the agent was heard so far, but for its breaths.
    List<Stretch> agentSounds();

    /// What the agent was heard to say from `from` up to `until`, in `language`.
    String agentWords(long from, long until, Language language);

    /// The messages that the agent has delivered; empty where nobody receives any.
    Optional<List<String>> messages();

    /// Whether there is a person to whom the agent can put this caller through, with whom it goes so.
    boolean hasPerson(Reached reached);

    /// Waits until a person has been rung within this time, has answered, and is joined with the caller. Gives what they were told
    /// before; empty where that does not come to pass.
    Optional<String> awaitPerson(Duration within);

    @Override
    void close();
}
