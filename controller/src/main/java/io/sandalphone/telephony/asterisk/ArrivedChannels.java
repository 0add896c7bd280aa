package io.sandalphone.telephony.asterisk;

import ch.loway.oss.ari4java.generated.models.ChannelDestroyed;
import ch.loway.oss.ari4java.generated.models.Message;

import io.sandalphone.telephony.HangupCause;
import io.sandalphone.telephony.asterisk.DesiredState.Outcome;
import io.sandalphone.time.Loop;
import io.vertx.core.Future;

/// A caller's channel that goes on in the dialplan, which opens the connection of its sound to us
/// (`sandalphone-leg`). Asterisk tells nothing of the channel any more then: the connection does. The
/// caller hears ringing until it is answered over the connection.
///
/// Runs on the call's loop.
final class ArrivedChannels implements LegChannels {
    private static final String CONTEXT = "sandalphone-leg";

    private final String channel;
    private final DesiredState<String> room;
    private final DesiredState<String> token;
    private final DesiredState<String> place;
    private final DesiredState<HangupCause> end;
    private final String roomName;
    private final Listener listener;

    ArrivedChannels(
            String channel,
            String roomName,
            Loop loop,
            AriCommands ari,
            DesiredState.Repeats repeats,
            Listener listener) {
        this.channel = channel;
        this.roomName = roomName;
        this.listener = listener;
        room = new DesiredState<>(loop, name -> ari.set(channel, LegVariables.ROOM, name), repeats);
        token =
                new DesiredState<>(
                        loop, word -> ari.set(channel, LegVariables.TOKEN, word), repeats);
        place = new DesiredState<>(loop, context -> ari.continueAt(channel, context), repeats);
        end = new DesiredState<>(loop, cause -> ari.hangUp(channel, cause), repeats);
    }

    @Override
    public String channel() {
        return channel;
    }

    @Override
    public Future<?> connect(String word) {
        return Future.all(room.want(roomName), token.want(word))
                .compose(_ -> place.want(CONTEXT))
                .compose(ArrivedChannels::held);
    }

    @Override
    public void connected(LegSocket socket, MediaMessage.Started started) {
        // It rings until the other party is there.
    }

    @Override
    public void answer(LegSocket socket) {
        socket.write(MediaMessage.answer());
        listener.answered();
    }

    @Override
    public boolean arrived() {
        return true;
    }

    @Override
    public Future<?> giveBack() {
        return place.want(Overlay.UNTRANSLATED).compose(ArrivedChannels::held);
    }

    private static Future<?> held(Outcome outcome) {
        return outcome == Outcome.HOLDS
                ? Future.succeededFuture()
                : Future.failedFuture("the caller is gone");
    }

    @Override
    public Future<?> hangUp(HangupCause cause) {
        forgetPlace();
        return end.want(cause);
    }

    @Override
    public void drop() {
        forgetPlace();
        end.drop();
    }

    private void forgetPlace() {
        room.drop();
        token.drop();
        place.drop();
    }

    @Override
    public void on(Message event) {
        if (event instanceof ChannelDestroyed destroyed) {
            listener.ended(LegVariables.cause(destroyed));
        }
    }

    /// Whether the caller is there the connection tells.
    @Override
    public void reconcile(Sweep.Inventory found) {}
}
