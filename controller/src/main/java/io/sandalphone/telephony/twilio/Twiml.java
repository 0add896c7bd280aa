package io.sandalphone.telephony.twilio;

import com.twilio.twiml.TwiMLException;
import com.twilio.twiml.VoiceResponse;
import com.twilio.twiml.voice.Conference;
import com.twilio.twiml.voice.Connect;
import com.twilio.twiml.voice.Dial;
import com.twilio.twiml.voice.Hangup;
import com.twilio.twiml.voice.Parameter;
import com.twilio.twiml.voice.Pause;
import com.twilio.twiml.voice.Reject;
import com.twilio.twiml.voice.Say;
import com.twilio.twiml.voice.Sip;
import com.twilio.twiml.voice.Stream;

import io.sandalphone.telephony.HangupCause;
import io.sandalphone.telephony.markup.Afterwards;

import java.util.List;
import java.util.Map;

/// The documents by which Twilio is told what to do with a call.
final class Twiml {
    /// The parameter that holds a stream's one-time token.
    static final String TOKEN = "token";

    private Twiml() {}

    /// Lets the sound of the call pass over a socket at `socketUrl`, as [TwilioDialect#streamDocument] says. `parameters` stand
    /// beside the token.
    static String stream(
            String socketUrl, Map<String, String> parameters, String token, Afterwards afterwards) {
        var document = new VoiceResponse.Builder().connect(connect(socketUrl, parameters, token));
        switch (afterwards) {
            case Afterwards.Room room ->
                    document.dial(new Dial.Builder().conference(conference(room.name())).build())
                            .connect(connect(socketUrl, parameters, room.secondToken()));
            case Afterwards.WayBack way -> {
                tell(document, way.steps());
                document.dial(dial(way)).hangup(new Hangup.Builder().build());
            }
            case Afterwards.Farewell farewell -> {
                tell(document, farewell.steps());
                document.hangup(new Hangup.Builder().build());
            }
        }
        return xml(document.build());
    }

    private static void tell(VoiceResponse.Builder document, List<Afterwards.Step> steps) {
        for (Afterwards.Step step : steps) {
            switch (step) {
                case Afterwards.Pause(int seconds) ->
                        document.pause(new Pause.Builder().length(seconds).build());
                case Afterwards.Sentence sentence -> document.say(say(sentence));
            }
        }
    }

    private static Dial dial(Afterwards.WayBack way) {
        return new Dial.Builder()
                .timeout(Afterwards.WayBack.RING_SECONDS)
                .sip(new Sip.Builder(way.address()).build())
                .build();
    }

    private static Conference conference(String room) {
        // An empty waitUrl is silence; by default there is music, and a beep for each who enters.
        return new Conference.Builder(room)
                .beep(Conference.Beep.FALSE)
                .waitUrl("")
                .startConferenceOnEnter(true)
                .endConferenceOnExit(true)
                .build();
    }

    private static Say say(Afterwards.Sentence sentence) {
        return new Say.Builder(sentence.text()).option("language", sentence.language()).build();
    }

    private static Connect connect(String socketUrl, Map<String, String> parameters, String token) {
        var stream = new Stream.Builder().url(socketUrl).parameter(parameter(TOKEN, token));
        parameters.forEach((name, value) -> stream.parameter(parameter(name, value)));
        return new Connect.Builder().stream(stream.build()).build();
    }

    private static Parameter parameter(String name, String value) {
        return new Parameter.Builder().name(name).value(value).build();
    }

    /// Takes the call not at all: the caller hears that the line is busy, or that the number is not in
    /// service, which is all that Twilio can tell them.
    static String reject(HangupCause cause) {
        boolean busy =
                switch (cause) {
                    case BUSY, CONGESTION, NO_ANSWER -> true;
                    case UNALLOCATED, NORMAL, REJECTED, ROUTING_LOOP, FAILURE -> false;
                };
        var reject = new Reject.Builder();
        if (busy) {
            reject.reason(Reject.Reason.BUSY);
        }
        return xml(new VoiceResponse.Builder().reject(reject.build()).build());
    }

    private static String xml(VoiceResponse response) {
        try {
            return response.toXml();
        } catch (TwiMLException e) {
            throw new IllegalStateException("a document of fixed parts", e);
        }
    }
}
