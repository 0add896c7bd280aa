package io.sandalphone.telephony.asterisk.ari;

import ch.loway.oss.ari4java.generated.models.Message;

/// Hears what happens on the connection to Asterisk. Everything is called in order on the
/// connection's context, and must not block.
public interface AriListener {
    /// Events flow from now on; requests may be sent. Whatever happened before is unknown: events
    /// of the gap are lost, channels may have entered the application unheard, and it may be another
    /// Asterisk than before, which has none of the channels and bridges we knew.
    void up();

    /// Something happened, in the order in which Asterisk told it.
    void event(Message event);

    /// Events no longer flow; we are reconnecting. Calls in Asterisk go on by themselves.
    ///
    /// @param why a short fixed word for log and metric
    void down(String why);

    /// Another controller took over this application: no event comes any more, for good. Requests can
    /// still be sent, to take off what is ours; the calls are the other one's now.
    void replaced();
}
