package io.sandalphone.telephony.client;

import io.sandalphone.call.CallEvent;
import io.sandalphone.speech.Language;
import io.sandalphone.telephony.CallerId;
import io.sandalphone.telephony.Party;
import io.vertx.core.json.JsonObject;

import org.jspecify.annotations.Nullable;

import java.util.Base64;

/// Writes what we say to one client in text frames. `callId` is as the client wrote it.
final class ClientWords {
    private final String callId;
    private final String audioHead;

    ClientWords(String callId) {
        this.callId = callId;
        audioHead = "{\"type\":\"audio_out\",\"callId\":\"" + callId + "\",\"chunk\":\"";
    }

    private JsonObject message(String type) {
        return new JsonObject().put("type", type).put("callId", callId);
    }

    String ready() {
        return message("ready").encode();
    }

    /// `callId` of an error may be empty: then the client had not yet said which call it means.
    static String error(String callId, ClientFault fault) {
        return error(callId, fault.sentence(), fault.kind().wireName());
    }

    private static String error(String callId, String sentence, String code) {
        return new JsonObject()
                .put("type", "error")
                .put("callId", callId)
                .put("message", sentence)
                .put("code", code)
                .encode();
    }

    /// An error that is nothing the client did wrong; `code` is a short fixed word.
    String error(String sentence, String code) {
        return error(callId, sentence, code);
    }

    /// Sound. Fifty of these leave each second, so they are put together by hand: base64 and the call's id
    /// need no escaping.
    String audio(byte[] pcm) {
        return audioHead + Base64.getEncoder().encodeToString(pcm) + "\"}";
    }

    /// What is known of an utterance. `final` is false while its translation is to come; then a later
    /// message with the same `role` and `utterance` replaces this one. `delayMillis`, where it is known, is
    /// the time from the end of the speech to its first translated sound. `skipped` is there where no translation
    /// will be heard.
    String transcript(CallEvent.Caption caption) {
        JsonObject json =
                message("transcript")
                        .put("role", role(caption.speaker()))
                        .put("language", caption.sourceLanguage().tag())
                        .put("text", orEmpty(caption.said()))
                        .put("translation", orEmpty(caption.translated()))
                        .put("final", caption.translated() != null || caption.skipped())
                        .put("utterance", caption.utterance());
        Long spoken = caption.timing().speechEnd();
        Long heard = caption.timing().firstAudio();
        if (spoken != null && heard != null) {
            json.put("delayMillis", heard - spoken);
        }
        if (caption.skipped()) {
            json.put("skipped", true);
        }
        return json.encode();
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    /// What became of the call: a short fixed word.
    String state(String state) {
        return message("state").put("state", state).encode();
    }

    /// That two people talk, and what this one is in the call.
    String talking(Party party, Language own, Language other) {
        return message("state")
                .put("state", "talking")
                .put("role", role(party))
                .put("language", own.tag())
                .put("otherLanguage", other.tag())
                .encode();
    }

    /// That somebody calls a client that stands by. `caller` is what it may be shown of them.
    String incoming(CallerId caller, Language own, Language other) {
        return message("state")
                .put("state", "incoming")
                .put("from", caller.restricted() ? "" : caller.number())
                .put("name", caller.restricted() ? "" : caller.name())
                .put("language", own.tag())
                .put("otherLanguage", other.tag())
                .encode();
    }

    /// That the client stands by, after a call that rang there and does not any more. `reason` is a short
    /// fixed word.
    String standsByAfter(String reason) {
        return message("state").put("state", "standby").put("reason", reason).encode();
    }

    static String pong(String id) {
        return new JsonObject().put("type", "pong").put("id", id).encode();
    }

    private static String role(Party party) {
        return party == Party.CALLER ? "caller" : "callee";
    }
}
