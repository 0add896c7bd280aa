package io.sandalphone.telephony.asterisk;

import ch.loway.oss.ari4java.generated.models.ChannelDestroyed;

import io.sandalphone.telephony.HangupCause;

/// What we and the dialplan's contexts `sandalphone-leg` and `sandalphone-dial` say to each other.
final class LegVariables {
    /// The room in which the legs of a call meet when we are gone.
    static final String ROOM = "SP_ROOM";

    /// What the connection of a leg's sound shows us.
    static final String TOKEN = "SP_TOKEN";

    /// What is rung.
    static final String ENDPOINT = "SP_ENDPOINT";

    /// How long it rings, in seconds.
    static final String RING = "SP_RING";

    /// How long the leg may be there, in seconds.
    static final String LONGEST = "SP_LONGEST";

    /// Whose number the one who is rung is shown.
    static final String SHOWN = "SP_SHOWN";

    /// And whose name.
    static final String SHOWN_NAME = "SP_SHOWN_NAME";

    /// Whether both may be: `allowed` or `prohib`.
    static final String SHOWN_PRESENTATION = "SP_SHOWN_PRES";

    /// The channel of the party whose sound a connection carries, where the dialplan tells it there.
    static final String PARTY = "SP_PARTY";

    private LegVariables() {}

    /// What Asterisk dials to open a connection to us: mu-law, messages in JSON, answered by us (`n`),
    /// with the token in the address. The client's section stands in websocket_client.conf.
    static String endpoint(String token) {
        return "WebSocket/sandalphone/c(ulaw)f(json)nv(token=" + token + ")";
    }

    static HangupCause cause(ChannelDestroyed destroyed) {
        Integer cause = destroyed.getCause();
        return cause == null ? HangupCause.NORMAL : HangupCause.ofQ850(cause);
    }
}
