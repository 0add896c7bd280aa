package org.example.calls;

import io.sandalphone.transport.CallRejectedError;
import io.sandalphone.transport.Did;
import io.sandalphone.transport.SipTransport;
import io.sandalphone.transport.SipTransportHandler;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Talks with each caller by three servers of one's own: Whisper understands them, a model of Ollama's answers, Piper speaks. Stops
/// speaking when they begin to. A caller who withholds their number is refused.
public final class Assistant {
    private final Whisper whisper = new Whisper(uri("WHISPER_URL"), Echo.env("WHISPER_MODEL"));
    private final Ollama ollama = new Ollama(uri("OLLAMA_URL"), Echo.env("OLLAMA_MODEL"));
    private final Piper piper = new Piper(uri("PIPER_URL"));

    public static void main(String[] args) {
        var numbers = new ArrayList<Did>();
        if (Echo.env("TWILIO_NUMBER") != null) {
            numbers.add(
                    Did.twilio(
                            Echo.env("TWILIO_NUMBER"),
                            Echo.env("TWILIO_ACCOUNT_SID"),
                            Echo.env("TWILIO_AUTH_TOKEN")));
        }
        if (Echo.env("TELNYX_NUMBER") != null) {
            numbers.add(Did.telnyx(Echo.env("TELNYX_NUMBER"), Echo.env("TELNYX_PUBLIC_KEY")));
        }
        var handler =
                SipTransportHandler.of(numbers, new Assistant()::onSession, Echo.env("PUBLIC_URL"));
        int port = handler.listen(Integer.parseInt(Echo.env("PORT")));
        System.out.println("port " + port + ", webhook POST " + handler.webhook());
    }

    private static URI uri(String name) {
        return URI.create(Echo.env(name));
    }

    private void onSession(SipTransport transport, Did number) {
        if (transport.metadata().get(SipTransport.CALLER_ID).isEmpty()) {
            throw new CallRejectedError("withheld");
        }
        // One turn after another; the caller is listened to meanwhile.
        try (ExecutorService turns =
                Executors.newSingleThreadExecutor(Thread.ofVirtual().factory())) {
            var conversation = new ArrayList<Ollama.Message>();
            conversation.add(
                    new Ollama.Message("system", "You are on the telephone. Answer briefly."));
            turns.submit(() -> say(transport, "Hello! How can I help?"));
            var utterances =
                    new Utterances(
                            transport::clearAudio,
                            pcm -> turns.submit(() -> answer(transport, conversation, pcm)));
            transport.receiveAudio().consume(utterances::hear).exceptionally(_ -> null).join();
        }
    }

    private Void answer(SipTransport transport, List<Ollama.Message> conversation, byte[] pcm)
            throws Exception {
        String said = whisper.transcribe(pcm);
        if (!said.isBlank()) {
            conversation.add(new Ollama.Message("user", said));
            String answer = ollama.chat(conversation);
            conversation.add(new Ollama.Message("assistant", answer));
            say(transport, answer);
        }
        return null;
    }

    private Void say(SipTransport transport, String text) throws Exception {
        transport.sendAudio(piper.synthesize(text));
        return null;
    }
}
