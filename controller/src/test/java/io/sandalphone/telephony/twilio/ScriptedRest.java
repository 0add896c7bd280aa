package io.sandalphone.telephony.twilio;

import io.sandalphone.telephony.markup.RestAnswer;
import io.sandalphone.telephony.markup.Standing;
import io.sandalphone.telephony.stream.FormParameters;

import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;

/// Twilio's REST interface that answers what it was told to, in turn, and then that all is done.
final class ScriptedRest implements RestApi {
    final List<FormParameters> created = new CopyOnWriteArrayList<>();
    final List<FormParameters> updated = new CopyOnWriteArrayList<>();
    final Deque<RestAnswer> toCreate = new ConcurrentLinkedDeque<>();
    final Deque<RestAnswer> toUpdate = new ConcurrentLinkedDeque<>();

    @Override
    public RestAnswer createCall(FormParameters form) {
        created.add(form);
        return toCreate.isEmpty()
                ? new RestAnswer.Done(Optional.of(TwilioScene.CALL))
                : toCreate.poll();
    }

    @Override
    public RestAnswer updateCall(String callSid, FormParameters form) {
        updated.add(form);
        return toUpdate.isEmpty() ? new RestAnswer.Done(Optional.of(callSid)) : toUpdate.poll();
    }

    @Override
    public Standing standing(String callSid) {
        return new Standing.Connected();
    }

    /// The values of `Status` that were asked for, in order.
    List<String> statuses() {
        return updated.stream().flatMap(form -> form.get("Status").stream()).toList();
    }
}
