package io.sandalphone.telephony.asterisk.ari;

import ch.loway.oss.ari4java.generated.models.Message;

/// Hears what happens on the connection to Asterisk. Everything is called in order on the
/// connection's context, and must not block.
public interface AriListener {
    /// Events flow from now on; requests may be sent. Whatever happened before is unknown: events
    /// of the gap are lost, and channels may have entered the application unheard.
    ///
    /// @param restarted Asterisk itself was started anew since we were last up, so every channel
    ///     and bridge we knew is gone; false on the first connection, when we knew nothing
    void up(boolean restarted);

    /// Something happened, in the order in which Asterisk told it.
    void event(Message event);

    /// Events no longer flow; we are reconnecting. Calls in Asterisk go on by themselves.
    ///
    /// @param why a short fixed word for log and metric
    void down(String why);

    /// Another controller took over this application: the connection is closed for good and no more
    /// requests are sent. The calls are the other one's now.
    void replaced();
}
