package io.sandalphone.harness.fakes.chat;

import java.util.List;

/// How one answer is written in a server's protocol. Each text is an event as it goes over the wire, with what ends it.
interface Dialect {
    /// `Content-Type` of an answer that is streamed.
    String streamType();

    /// What comes before all else.
    List<String> opening();

    /// What comes before the words at the model's own pace, an event for each of its tokens.
    List<String> thoughts();

    String text(String token);

    /// The call of a tool in as many pieces as it comes in.
    List<String> call(int index, ToolCall call);

    /// What comes after all else.
    List<String> closing(Finish finish, int tokens);

    /// An error amid the answer.
    String error();

    /// An event that is broken.
    String garbled();

    /// What says nothing and is to be ignored; empty where the protocol has no such thing, or the server does not send it.
    String comment();

    /// The whole answer at once.
    String whole(String text, List<ToolCall> calls, Finish finish, int tokens);
}
