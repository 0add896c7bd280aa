package io.sandalphone.agent;

import io.sandalphone.brain.Turn;
import io.sandalphone.brain.Wish;

/// Hears what comes of a conversation with an agent, on the call's loop.
public interface AttendantListener {
    /// One of the two has said this, as far as it was heard.
    void said(Turn turn);

    /// The agent wants this to happen, and has said all it had to say before.
    void wished(Wish wish);

    /// The call has lasted as long as the agent may talk, or it was [told][Attendant#bidGoodbye] to, and it has said goodbye.
    void timeUp();

    /// The agent can answer no more; the caller was told so, if that could be done.
    void failed();
}
