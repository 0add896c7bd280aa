package io.sandalphone.translate;

import io.sandalphone.speech.Language;
import io.sandalphone.telephony.LegAudio;
import io.sandalphone.telephony.Party;
import io.sandalphone.time.Loop;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// Interprets one call: a lane from the caller to the destination, and with relay one back. People
/// who speak the same language get no interpreter, and a direction the engines cannot serve gets
/// none either. Runs on the call's loop.
public final class Interpreter implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Interpreter.class);

    private final List<Lane> lanes = new ArrayList<>();

    /// Begins to interpret at once.
    public static Interpreter start(
            InterpreterKit kit,
            Loop loop,
            LegAudio caller,
            LegAudio destination,
            Language callerLanguage,
            Language destinationLanguage,
            boolean relay,
            ProgressListener listener) {
        var interpreter = new Interpreter();
        interpreter.add(
                kit,
                callerLanguage,
                destinationLanguage,
                () ->
                        new Lane(
                                kit,
                                loop,
                                Party.CALLER,
                                caller,
                                destination,
                                callerLanguage,
                                destinationLanguage,
                                listener));
        if (relay) {
            interpreter.add(
                    kit,
                    destinationLanguage,
                    callerLanguage,
                    () ->
                            new Lane(
                                    kit,
                                    loop,
                                    Party.DESTINATION,
                                    destination,
                                    caller,
                                    destinationLanguage,
                                    callerLanguage,
                                    listener));
        }
        interpreter.lanes.forEach(Lane::start);
        return interpreter;
    }

    private Interpreter() {}

    private void add(InterpreterKit kit, Language from, Language to, Supplier<Lane> lane) {
        if (!from.sameAs(to) && kit.engines().interpret(from, to)) {
            lanes.add(lane.get());
        } else {
            log.info("lane not interpreted from={} to={}", from, to);
        }
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
