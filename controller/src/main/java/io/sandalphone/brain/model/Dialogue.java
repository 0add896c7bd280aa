package io.sandalphone.brain.model;

import io.sandalphone.speech.SpeechException;

import java.util.List;

/// One answer of a model behind a server, in that server's protocol: asked once, and again with what came of the tools that the model
/// wants used. One thread at a time.
public interface Dialogue {
    /// Asks the server, and tells `answer` what comes. Blocks until all has come; an interrupt ends it, and the work at the server.
    ///
    /// @param last whether no tool is used any more, whatever the model calls
    void ask(boolean last, ModelAnswer answer) throws SpeechException, InterruptedException;

    /// The model has said this and called these tools, each of which has given something.
    void used(String said, List<UsedTool> tools);
}
