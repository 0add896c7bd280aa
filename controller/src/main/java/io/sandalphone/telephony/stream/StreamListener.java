package io.sandalphone.telephony.stream;

/// Hears what comes over a stream, on the call's loop.
public interface StreamListener {
    /// The stream is there; the first thing that is heard.
    void opened();

    /// A message came: text in UTF-8, which nobody writes any more.
    void message(byte[] text);

    /// The socket is closed, by whom and for what reason ever; the last thing that is heard.
    void closed();
}
