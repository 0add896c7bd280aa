package io.sandalphone.telephony.asterisk;

import ch.loway.oss.ari4java.generated.models.Channel;
import ch.loway.oss.ari4java.generated.models.ChannelDestroyed;
import ch.loway.oss.ari4java.generated.models.Dial;
import ch.loway.oss.ari4java.generated.models.Message;

import io.sandalphone.telephony.CallerId;
import io.sandalphone.telephony.HangupCause;
import io.sandalphone.telephony.LegContext;
import io.vertx.core.Future;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;

/// The channel of the sound, which we make, and the phone's, which the dialplan rings from there
/// (`sandalphone-dial`). It rings once the connection is there, and no longer than that: a phone never
/// rings for nobody, and never twice.
///
/// Runs on the call's loop.
final class RungChannels extends RungParty {
    private static final String CONTEXT = "sandalphone-dial";

    private final String sound;
    private final DesiredState<String> events;
    private final DesiredState<HangupCause> soundEnd;
    private @Nullable String phone;
    private @Nullable DesiredState<HangupCause> phoneEnd;
    private @Nullable HangupCause ending;

    RungChannels(
            LegContext context,
            String endpoint,
            io.sandalphone.telephony.Dial dial,
            AriCommands ari,
            DesiredState.Repeats repeats,
            Listener listener) {
        super(context, endpoint, dial, ari, repeats, listener);
        sound = new Ids(context.callId()).sound(context.party(), context.attempt());
        events = new DesiredState<>(loop, ari::subscribe, repeats);
        soundEnd = end(sound);
    }

    @Override
    public String channel() {
        return sound;
    }

    @Override
    public Future<?> connect(String token) {
        return unlessRefused(
                ari.originate(sound, LegVariables.endpoint(token), CONTEXT, variables(token)));
    }

    /// What begins with two underscores, the phone's channel has too.
    private Map<String, String> variables(String token) {
        var variables = new HashMap<String, String>();
        variables.put(LegVariables.TOKEN, token);
        variables.put("__" + Ids.CALL_VARIABLE, context.callId());
        variables.put("__" + Ids.ROLE_VARIABLE, Ids.role(context.party()));
        variables.put("__" + LegVariables.ROOM, context.room());
        variables.put("__" + LegVariables.LONGEST, Long.toString(dial.longestCall().toSeconds()));
        variables.put(LegVariables.ENDPOINT, endpoint);
        variables.put(LegVariables.RING, Long.toString(dial.ring().toSeconds()));
        // The dialplan counts the calls that arrive in this group, and so counts this one too.
        variables.put("GROUP(sandalphone)", "call");
        CallerId shown = dial.callerId();
        if (!shown.number().isEmpty()) {
            variables.put("CALLERID(num)", shown.number());
            variables.put("CALLERID(name)", shown.name());
        }
        if (shown.restricted()) {
            variables.put("CALLERID(pres)", "prohib");
        }
        return variables;
    }

    /// Asterisk tells what happens to the phone first, and then rings it.
    @Override
    public void connected(LegSocket socket, MediaMessage.Started started) {
        events.want(sound)
                .onSuccess(
                        outcome -> {
                            if (outcome == DesiredState.Outcome.HOLDS && ending == null) {
                                socket.write(MediaMessage.answer());
                            }
                        });
    }

    @Override
    public Future<?> hangUp(HangupCause cause) {
        ending = cause;
        events.drop();
        DesiredState<HangupCause> first = phoneEnd;
        return first == null
                ? soundEnd.want(cause)
                : first.want(cause).compose(_ -> soundEnd.want(cause));
    }

    @Override
    public void drop() {
        events.drop();
        soundEnd.drop();
        if (phoneEnd != null) {
            phoneEnd.drop();
        }
    }

    @Override
    public void on(Message event) {
        switch (event) {
            // The other one who dials is nobody: it is our own request.
            case Dial dialled when dialled.getCaller() != null && dialled.getPeer() != null ->
                    dialled(dialled.getPeer().getId(), dialled.getDialstatus());
            case ChannelDestroyed destroyed -> listener.ended(LegVariables.cause(destroyed));
            default -> {}
        }
    }

    private void dialled(String channel, @Nullable String status) {
        found(channel);
        switch (status) {
            case "RINGING" -> listener.ringing();
            case "ANSWER" -> listener.answered();
            case null, default -> {}
        }
    }

    /// The phone's channel is known. One that is not wanted any more would go on alone.
    private void found(String channel) {
        if (channel.equals(phone)) {
            return;
        }
        phone = channel;
        DesiredState<HangupCause> unwanted = end(channel);
        phoneEnd = unwanted;
        if (ending != null) {
            var _ = unwanted.want(ending);
        }
    }

    /// Whether the phone rings or has answered. That it is gone the connection tells.
    @Override
    public void reconcile(Sweep.Inventory found) {
        for (Channel channel : found.channels()) {
            if (!channel.getId().equals(sound)
                    && Sweep.isOf(channel, context.callId(), context.party())) {
                dialled(channel.getId(), "Up".equals(channel.getState()) ? "ANSWER" : "RINGING");
            }
        }
    }
}
