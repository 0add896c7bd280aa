package io.sandalphone.harness.converse;

import io.sandalphone.harness.agents.AgentDelays;
import io.sandalphone.harness.agents.Reached;
import io.sandalphone.harness.agents.Stretch;
import io.sandalphone.harness.agents.VirtualCall;
import io.sandalphone.harness.fakes.chat.ChatScript;
import io.sandalphone.harness.receptionist.Greetings;
import io.sandalphone.harness.receptionist.Receptionist;
import io.sandalphone.speech.Language;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A telephone in a call in virtual time, to an agent of its own: what is said is understood as it is written, and what the agent says
/// is known word for word. What is around the agent takes as long as half of the time. There is no background, keys are not heard,
/// and every language is understood.
final class VirtualPhone implements CallerPhone {
    /// As long as the one that telephones dial with.
    private static final Duration KEY = Duration.ofMillis(200);

    private static final Duration LOOK = Duration.ofMillis(100);

    private final VirtualCall call;

    private VirtualPhone(VirtualCall call) {
        this.call = call;
    }

    /// In a call to the agent of `conversation`.
    static VirtualPhone of(Conversation conversation) {
        boolean model = conversation.agent() == Conversation.Agent.RECEPTIONIST;
        ChatScript usual = model ? new Receptionist() : ChatScript.echo();
        return new VirtualPhone(
                new VirtualCall(
                        new VirtualCall.Setup(
                                conversation.language(),
                                model
                                        ? Optional.of(Greetings.in(conversation.language()))
                                        : Optional.empty(),
                                conversation.script(usual),
                                /* ownEnds= */ true,
                                AgentDelays.usual(),
                                1,
                                conversation.title(),
                                Optional.of(conversation.person()))));
    }

    @Override
    public long now() {
        return call.now();
    }

    @Override
    public void pass(Duration time) {
        call.pass(time);
    }

    @Override
    public Stretch say(String text, Language language, boolean interrupts) {
        return call.says(text);
    }

    @Override
    public Stretch make(Noise noise, Duration lasting) {
        return noise == Noise.MM_HM ? call.hums(lasting) : call.sounds(lasting);
    }

    @Override
    public Stretch press(String keys) {
        return new Stretch(call.now(), call.now() + KEY.toMillis() * keys.length());
    }

    @Override
    public void hangUp() {
        call.hangUp();
    }

    @Override
    public Optional<String> ended() {
        return call.ended();
    }

    @Override
    public List<Stretch> agentSounds() {
        return call.sounds();
    }

    @Override
    public String agentWords(long from, long until, Language language) {
        return call.words(from, until);
    }

    @Override
    public Optional<List<String>> messages() {
        return Optional.of(call.messages());
    }

    @Override
    public boolean hasPerson(Reached reached) {
        return true;
    }

    @Override
    public Optional<String> awaitPerson(Duration within) {
        long until = now() + within.toMillis();
        while (call.toldToPerson().isEmpty() && ended().isEmpty() && now() < until) {
            pass(LOOK);
        }
        return call.toldToPerson();
    }

    @Override
    public void close() {
        call.close();
    }
}
