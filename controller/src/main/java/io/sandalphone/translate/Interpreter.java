package io.sandalphone.translate;

import io.sandalphone.speech.Language;
import io.sandalphone.telephony.Party;
import io.sandalphone.time.Loop;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Interprets one conversation: a lane from the caller to the destination, and with relay one back.
/// People who speak the same language get no interpreter, and a direction the engines cannot serve
/// gets none either. Where a part of ours does not start, nothing of it is left open, the people talk
/// on, and it is tried again later.
///
/// Where that is [announced][Announcement], nobody is interpreted before both were told. A party who cannot be told just
/// now is told later, and the two talk on untranslated until then. Runs on the call's loop.
public final class Interpreter implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Interpreter.class);

    private static final Duration RETRY = Duration.ofSeconds(10);

    private final InterpreterDependencies dependencies;
    private final Conversation conversation;
    private final InterpreterListener listener;
    private final List<Lane> lanes = new ArrayList<>();
    private final EchoGuards echoes = new EchoGuards();
    private final List<Announcement> announcements = new ArrayList<>();
    private final Map<Party, ListenerWishes> wishes = new EnumMap<>(Party.class);
    private Set<Party> silent = EnumSet.noneOf(Party.class);
    private int telling;
    private boolean untold;
    private Loop.Timer retry = () -> {};

    /// Begins to interpret at once. Throws nothing.
    public static Interpreter start(
            InterpreterDependencies dependencies,
            Conversation conversation,
            InterpreterListener listener) {
        var interpreter = new Interpreter(dependencies, conversation, listener);
        interpreter.announce();
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

    /// Tells those who are to be told and were not, both at the same time, and then begins.
    private void announce() {
        List<Party> parties =
                dependencies.announcements().wanted()
                                && speakers().stream().anyMatch(this::translates)
                        ? EnumSet.complementOf(announced()).stream().toList()
                        : List.of();
        if (parties.isEmpty()) {
            begin();
            return;
        }
        untold = false;
        telling = parties.size();
        announcements.clear();
        for (Party party : parties) {
            announcements.add(
                    new Announcement(
                            dependencies, conversation, party, end -> announced(party, end)));
        }
        announcements.forEach(Announcement::start);
    }

    private EnumSet<Party> announced() {
        EnumSet<Party> told = EnumSet.noneOf(Party.class);
        told.addAll(conversation.announced());
        return told;
    }

    private void announced(Party party, Announcement.End end) {
        switch (end) {
            case SPOKEN, NO_VOICE -> conversation.announced().add(party);
            case FAILED -> untold = true;
        }
        telling--;
        if (telling > 0) {
            return;
        }
        if (untold) {
            silent = speakers();
            tell(silent, Set.of(Stage.SYNTHESIS));
            retry = conversation.loop().schedule(RETRY, this::announce);
        } else {
            begin();
        }
    }

    // A native library that does not load is an Error.
    @SuppressWarnings("CatchingThrowable")
    private void begin() {
        try {
            dependencies.engines().prepare();
            for (Party speaker : speakers()) {
                if (interpreted(speaker)) {
                    lanes.add(new Lane(dependencies, conversation, speaker, echoes, listener));
                }
            }
            lanes.forEach(Lane::start);
            wishes.forEach(this::apply);
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

    /// Whether anything is spoken to `listener`, or would be if it were wanted.
    public boolean speaksTo(Party listener) {
        return lanes.stream().anyMatch(lane -> lane.speaksTo(listener));
    }

    /// Speaks to `listener` as they wish from now on.
    public void wish(Party listener, ListenerWishes wishes) {
        this.wishes.put(listener, wishes);
        apply(listener, wishes);
    }

    private void apply(Party listener, ListenerWishes wishes) {
        lanes.stream().filter(lane -> lane.speaksTo(listener)).forEach(lane -> lane.wish(wishes));
    }

    /// Speaks to `listener` once more what was spoken to them last.
    public void repeat(Party listener) {
        lanes.stream().filter(lane -> lane.speaksTo(listener)).forEach(Lane::repeat);
    }

    /// Whom the other one is to hear translated.
    private Set<Party> speakers() {
        return conversation.relay() ? EnumSet.allOf(Party.class) : EnumSet.of(Party.CALLER);
    }

    /// Whether there is something to interpret, and somebody who can.
    private boolean translates(Party speaker) {
        Language from = conversation.language(speaker);
        Language to = conversation.language(speaker.other());
        return !from.sameAs(to) && dependencies.engines().interpret(from, to);
    }

    private boolean interpreted(Party speaker) {
        Language from = conversation.language(speaker);
        Language to = conversation.language(speaker.other());
        boolean interpreted = translates(speaker);
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
        announcements.forEach(Announcement::cancel);
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
