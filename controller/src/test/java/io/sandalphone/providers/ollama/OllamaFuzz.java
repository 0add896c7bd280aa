package io.sandalphone.providers.ollama;

import io.sandalphone.brain.BrainRequest;
import io.sandalphone.brain.model.ModelAnswer;
import io.sandalphone.brain.model.UsedTool;
import io.sandalphone.fuzz.FuzzRun;
import io.sandalphone.fuzz.FuzzedDialogue;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.http.BodyLines;

import okio.Buffer;

import java.io.IOException;
import java.util.List;

/// `scripts/fuzz --target ollama`: the lines of an answer.
public final class OllamaFuzz {
    private OllamaFuzz() {}

    public static void fuzzerInitialize() {
        FuzzRun.begin();
    }

    private static final class Body implements FuzzedDialogue.Server {
        private final byte[] bytes;

        Body(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public void tell(ModelAnswer answer) throws SpeechException, InterruptedException {
            var lines = new BodyLines(new Buffer().write(bytes));
            var read = new LineAnswer(answer);
            try {
                for (String line = lines.next(); line != null; line = lines.next()) {
                    read.line(line);
                }
            } catch (IOException flood) {
                throw new SpeechException(SpeechException.Kind.PROVIDER_FAULT, "cut off", flood);
            }
        }

        @Override
        public void used(BrainRequest request, String said, List<UsedTool> tools) {
            tools.forEach(tool -> tool.call().argumentObject());
        }
    }

    public static void fuzzerTestOneInput(byte[] input) {
        FuzzedDialogue.with(new Body(input));
        FuzzRun.each(input, _ -> {});
    }

    public static void fuzzerTearDown() {
        FuzzRun.tell();
    }
}
