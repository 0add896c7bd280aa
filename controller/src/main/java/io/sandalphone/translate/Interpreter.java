package io.sandalphone.translate;

import io.sandalphone.speech.Language;
import io.sandalphone.telephony.Party;
import io.sandalphone.time.Loop;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Interprets one conversation: a lane from the caller to the destination, and with relay one back.
/// People who speak the same language get no interpreter, and a direction the engines cannot serve
/// gets none either. Where a part of ours does not start, nothing of it is left open, the people talk
/// on, and it is tried again later. Runs on the call's loop.
public final class Interpreter implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Interpreter.class);

    private static final Duration RETRY = Duration.ofSeconds(10);

    private final InterpreterDependencies dependencies;
    private final Conversation conversation;
    private final InterpreterListener listener;
    private final List<Lane> lanes = new ArrayList<>();
    private final EchoGuards echoes = new EchoGuards();
    private Set<Party> silent = EnumSet.noneOf(Party.class);
    private Loop.Timer retry = () -> {};

    /// Begins to interpret at once. Throws nothing.
    public static Interpreter start(
            InterpreterDependencies dependencies,
            Conversation conversation,
            InterpreterListener listener) {
        var interpreter = new Interpreter(dependencies, conversation, listener);
        interpreter.begin();
        return interpreter;
    }

    private Interpreter(
            InterpreterDependencies dependencies,
            Conversation conversation,
            InterpreterListener listener) {
        this.dependencies = dependencies;
        this.conversation = conversation;
        this.listener = listener;
    }

    // A native library that does not load is an Error.
    @SuppressWarnings("CatchingThrowable")
    private void begin() {
        try {
            for (Party speaker : speakers()) {
                if (interpreted(speaker)) {
                    lanes.add(new Lane(dependencies, conversation, speaker, echoes, listener));
                }
            }
            lanes.forEach(Lane::start);
        } catch (Throwable fault) {
            dependencies.health().notStarted(conversation.callId(), fault);
            closeLanes();
            silent = speakers();
            tell(silent, Set.of(Stage.RECOGNITION));
            retry = conversation.loop().schedule(RETRY, this::begin);
            return;
        }
        if (!lanes.isEmpty()) {
            dependencies.health().started();
        }
        tell(silent, Set.of());
        silent = EnumSet.noneOf(Party.class);
        log.atInfo()
                .addKeyValue("call", conversation.callId())
                .addKeyValue("lanes", describe())
                .log("call interpreted");
    }

    /// Whom the other one is to hear translated.
    private Set<Party> speakers() {
        return conversation.relay() ? EnumSet.allOf(Party.class) : EnumSet.of(Party.CALLER);
    }

    private boolean interpreted(Party speaker) {
        Language from = conversation.language(speaker);
        Language to = conversation.language(speaker.other());
        boolean interpreted = !from.sameAs(to) && dependencies.engines().interpret(from, to);
        if (!interpreted) {
            log.atInfo()
                    .addKeyValue("call", conversation.callId())
                    .addKeyValue("from", from)
                    .addKeyValue("to", to)
                    .log("lane is not interpreted");
        }
        return interpreted;
    }

    private void tell(Set<Party> speakers, Set<Stage> lacking) {
        speakers.forEach(speaker -> listener.availability(new Availability(speaker, lacking)));
    }

    /// The path of every lane.
    List<String> describe() {
        return lanes.stream().map(Lane::describe).toList();
    }

    /// Stops; what has not been spoken is dropped, and the voices come back to full level.
    @Override
    public void close() {
        retry.cancel();
        closeLanes();
    }

    // One that does not close must not keep the others open, nor a voice low.
    @SuppressWarnings("CatchingThrowable")
    private void closeLanes() {
        for (Lane lane : lanes) {
            try {
                lane.close();
            } catch (Throwable fault) {
                dependencies.health().faulted(fault);
            }
        }
        lanes.clear();
    }
}
