package io.sandalphone.telephony.asterisk;

import ch.loway.oss.ari4java.generated.models.Message;

import io.sandalphone.telephony.HangupCause;
import io.vertx.core.Future;

import java.time.Duration;

/// The channels of one leg whose sound passes through us, and what is asked of Asterisk for them. Runs
/// on the call's loop.
interface LegChannels {
    /// Who hears what happens to the channels.
    interface Listener {
        /// The party's phone rings.
        void ringing();

        /// The party has answered.
        void answered();

        /// The channel that was there first has ended.
        void ended(HangupCause cause);
    }

    /// The channel whose events are these, by its id; it is there first, and Asterisk tells of it.
    String channel();

    /// Whether the party was there before us: Asterisk knows what to do with them without us.
    boolean arrived();

    /// Has Asterisk open the connection that shows `token`. Fails when Asterisk says that it does not.
    Future<?> connect(String token);

    /// How long the connection may take from then on.
    default Duration connectLimit() {
        return WebSocketLeg.CONNECT_LIMIT;
    }

    /// The connection is there, and `started` is what it says of itself.
    void connected(LegSocket socket, MediaMessage.Started started);

    /// Takes the call for a party who has arrived. They have answered then.
    void answer(LegSocket socket);

    /// Gives a party who has arrived back to the dialplan, as long as [#connect] was not asked for. Asked
    /// for until it holds; fails when there is nobody to be given back.
    Future<?> giveBack();

    /// Ends the leg for the party. Asked for until it holds, or [#drop].
    Future<?> hangUp(HangupCause cause);

    /// Asks for nothing any more.
    void drop();

    /// Something happened to the channel.
    void on(Message event);

    /// What there is at Asterisk, after events were missed.
    void reconcile(Sweep.Inventory found);
}
