package io.sandalphone.harness.carrier;

import io.sandalphone.harness.sip.SpeechQueue;

/// What a call is doing: the verb that it runs, as the sound sees it. Owner: the carrier's loop.
interface Activity {
    /// Begins. When it is done by itself, it tells the call by [SimulatedCall#finished].
    void begin();

    /// Takes 20 ms of what the telephone says and gives 20 ms of what it hears.
    default short[] exchange(short[] said) {
        return new short[SpeechQueue.FRAME];
    }

    /// The telephone's key was pressed.
    default void press(char key) {}

    /// Is ended from outside: the call is over or goes on with another document.
    default void end() {}
}
