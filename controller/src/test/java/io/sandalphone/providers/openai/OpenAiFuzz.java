package io.sandalphone.providers.openai;

import io.sandalphone.brain.BrainRequest;
import io.sandalphone.brain.model.ModelAnswer;
import io.sandalphone.brain.model.UsedTool;
import io.sandalphone.fuzz.FuzzRun;
import io.sandalphone.fuzz.FuzzedDialogue;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.http.EventStream;
import io.sandalphone.speech.http.HttpRefusal;

import okio.Buffer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// `scripts/fuzz --target openai`: the events of a streamed answer, a line each, the same as a body of server-sent events, and each
/// line as a transcription and a refusal.
public final class OpenAiFuzz {
    private OpenAiFuzz() {}

    public static void fuzzerInitialize() {
        FuzzRun.begin();
    }

    public static void fuzzerTestOneInput(byte[] input) {
        FuzzedDialogue.with(
                new Answering() {
                    @Override
                    void tell(StreamedAnswer answer) throws SpeechException {
                        for (String event : events(input)) {
                            answer.event(event);
                        }
                    }
                });
        FuzzedDialogue.with(
                new Answering() {
                    @Override
                    void tell(StreamedAnswer answer) throws SpeechException, InterruptedException {
                        var events = new EventStream(new Buffer().write(input));
                        try {
                            for (String data = events.next(); data != null; data = events.next()) {
                                answer.event(data);
                            }
                        } catch (IOException flood) {
                            throw new SpeechException(
                                    SpeechException.Kind.PROVIDER_FAULT, "cut off", flood);
                        }
                    }
                });
    }

    private static List<String> events(byte[] input) {
        List<String> events = new ArrayList<>();
        FuzzRun.each(input, frame -> events.add(new String(frame, StandardCharsets.UTF_8)));
        events.forEach(OpenAiFuzz::whole);
        return events;
    }

    private static void whole(String text) {
        var _ = HttpRefusal.of(400, text).failure();
        try {
            var _ = HeardAnswer.parse(text, 2);
        } catch (SpeechException unusable) {
            // The utterance is played to another engine.
        }
    }

    private abstract static class Answering implements FuzzedDialogue.Server {
        abstract void tell(StreamedAnswer answer) throws SpeechException, InterruptedException;

        @Override
        public void tell(ModelAnswer answer) throws SpeechException, InterruptedException {
            var streamed = new StreamedAnswer(answer);
            tell(streamed);
            streamed.end();
        }

        @Override
        public void used(BrainRequest request, String said, List<UsedTool> tools) {
            var messages = new ChatMessages(request);
            messages.used(said, tools);
            if (messages.json().size() != 3 + tools.size()) {
                throw new IllegalStateException("a result that is not told");
            }
        }
    }

    public static void fuzzerTearDown() {
        FuzzRun.tell();
    }
}
