package io.sandalphone.translate;

import io.sandalphone.speech.Language;
import io.sandalphone.telephony.Party;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.List;

/// Interprets one conversation: a lane from the caller to the destination, and with relay one back.
/// People who speak the same language get no interpreter, and a direction the engines cannot serve
/// gets none either. Runs on the call's loop.
public final class Interpreter implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Interpreter.class);

    private final List<Lane> lanes = new ArrayList<>();
    private final EchoGuards echoes = new EchoGuards();

    /// Begins to interpret at once.
    public static Interpreter start(
            InterpreterKit kit, Conversation conversation, InterpreterListener listener) {
        var interpreter = new Interpreter();
        interpreter.add(kit, conversation, Party.CALLER, listener);
        if (conversation.relay()) {
            interpreter.add(kit, conversation, Party.DESTINATION, listener);
        }
        interpreter.lanes.forEach(Lane::start);
        return interpreter;
    }

    private Interpreter() {}

    private void add(
            InterpreterKit kit,
            Conversation conversation,
            Party speaker,
            InterpreterListener listener) {
        Language from = conversation.language(speaker);
        Language to = conversation.language(speaker.other());
        if (from.sameAs(to)) {
            notInterpreted(conversation, from, to);
            return;
        }
        if (kit.engines().interpret(from, to)) {
            lanes.add(new Lane(kit, conversation, speaker, echoes, listener));
        } else {
            notInterpreted(conversation, from, to);
        }
    }

    private static void notInterpreted(Conversation conversation, Language from, Language to) {
        log.atInfo()
                .addKeyValue("call", conversation.callId())
                .addKeyValue("from", from)
                .addKeyValue("to", to)
                .log("lane is not interpreted");
    }

    /// The path of every lane.
    public List<String> describe() {
        return lanes.stream().map(Lane::describe).toList();
    }

    /// Stops; what has not been spoken is dropped, and the voices come back to full level.
    @Override
    public void close() {
        lanes.forEach(Lane::close);
    }
}
