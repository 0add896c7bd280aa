package io.sandalphone.telephony.asterisk;

import io.sandalphone.telephony.CallerId;
import io.sandalphone.telephony.Dial;
import io.sandalphone.telephony.Party;

import java.util.HashMap;
import java.util.Map;

/// What the channel of a party whom we ring is born with.
final class ChannelVariables {
    private ChannelVariables() {}

    /// Its place in the call, and what the rung phone shows. `first` says whether it is the first of its call.
    static Map<String, String> of(String callId, Party party, Dial dial, boolean first) {
        var variables = new HashMap<String, String>();
        variables.put(Ids.CALL_VARIABLE, callId);
        variables.put(Ids.ROLE_VARIABLE, Ids.role(party));
        CallerId shown = dial.callerId();
        if (!shown.number().isEmpty()) {
            variables.put("CONNECTEDLINE(num,i)", shown.number());
            variables.put("CONNECTEDLINE(name,i)", shown.name());
        }
        if (shown.restricted()) {
            variables.put("CONNECTEDLINE(pres,i)", "prohib");
        }
        if (first) {
            // The dialplan counts the calls that arrive in this group, and so counts this one too.
            variables.put("GROUP(sandalphone)", "call");
        }
        return variables;
    }
}
