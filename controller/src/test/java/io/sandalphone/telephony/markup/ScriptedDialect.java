package io.sandalphone.telephony.markup;

import io.sandalphone.telephony.CallerId;
import io.sandalphone.telephony.HangupCause;
import io.sandalphone.telephony.stream.FormParameters;
import io.sandalphone.telephony.stream.StreamAddress;

import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;

/// A carrier that answers what it was told to, in turn, and then that all is done.
final class ScriptedDialect implements Dialect {
    final List<NewCall> begun = new CopyOnWriteArrayList<>();
    final List<String> asked = new CopyOnWriteArrayList<>();
    final Deque<RestAnswer> toBegin = new ConcurrentLinkedDeque<>();
    final Deque<RestAnswer> toChange = new ConcurrentLinkedDeque<>();
    // By call.
    final Map<String, Deque<Standing>> toSay = new ConcurrentHashMap<>();

    @Override
    public String name() {
        return "scripted";
    }

    @Override
    public String credentialsRefused() {
        return "wrong credentials";
    }

    @Override
    public String streamDocument(StreamAddress stream, String token, Afterwards afterwards) {
        return "stream "
                + token
                + switch (afterwards) {
                    case Afterwards.Room(String room, String second) ->
                            ", room " + room + ", stream " + second;
                    case Afterwards.WayBack(String address) -> ", calls " + address;
                    case Afterwards.Farewell _ -> ", farewell";
                };
    }

    @Override
    public String rejection(HangupCause cause) {
        return "reject " + cause;
    }

    @Override
    public CallerId caller(FormParameters parameters) {
        return CallerId.UNKNOWN;
    }

    @Override
    public RestAnswer begin(NewCall call) {
        begun.add(call);
        return toBegin.isEmpty()
                ? new RestAnswer.Done(Optional.of(MarkupScene.CALL))
                : toBegin.poll();
    }

    @Override
    public RestAnswer end(String callId, boolean answered) {
        return change(answered ? "complete" : "cancel");
    }

    @Override
    public RestAnswer redirect(String callId, String document) {
        return change(document);
    }

    @Override
    public Map<String, String> place(String callId) {
        return Map.of(LegPlaces.CALL, callId);
    }

    @Override
    public Optional<String> callAt(Map<String, String> at) {
        return Optional.ofNullable(at.get(LegPlaces.CALL)).filter(id -> id.startsWith("call-"));
    }

    @Override
    public Standing standing(String callId) {
        asked.add("standing " + callId);
        Deque<Standing> said = toSay.getOrDefault(callId, new ConcurrentLinkedDeque<>());
        return said.isEmpty() ? new Standing.Connected() : said.poll();
    }

    private RestAnswer change(String what) {
        asked.add(what);
        return toChange.isEmpty()
                ? new RestAnswer.Done(Optional.of(MarkupScene.CALL))
                : toChange.poll();
    }

    @Override
    public void close() {}

    static RestAnswer refused(RestAnswer.Reason reason, HangupCause cause) {
        return new RestAnswer.Refused(400, "", reason, cause);
    }

    static RestAnswer refused(RestAnswer.Reason reason) {
        return refused(reason, HangupCause.FAILURE);
    }
}
