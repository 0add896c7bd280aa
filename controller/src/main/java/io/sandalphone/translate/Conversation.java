package io.sandalphone.translate;

import io.sandalphone.speech.Language;
import io.sandalphone.speech.Usage;
import io.sandalphone.speech.input.HeardLevels;
import io.sandalphone.telephony.LegAudio;
import io.sandalphone.telephony.Party;
import io.sandalphone.time.Loop;

import java.util.Set;

/// Two people who talk, as an interpreter sees them: what they speak and how each is heard and
/// spoken to. With `relay` the caller hears the destination translated too. Everything about it
/// happens on `loop`; `callId` is for the log, `usage` hears what it costs, and `numbers` go on from
/// one interpreter of the call to the next, as does `announced`: whom nothing more is announced to. `levels` are told how loud the two are.
public record Conversation(
        String callId,
        Loop loop,
        LegAudio caller,
        LegAudio destination,
        Language callerLanguage,
        Language destinationLanguage,
        boolean relay,
        Usage usage,
        UtteranceNumbers numbers,
        Set<Party> announced,
        HeardLevels levels) {
    /// One in which nobody asks how loud the two are.
    public Conversation(
            String callId,
            Loop loop,
            LegAudio caller,
            LegAudio destination,
            Language callerLanguage,
            Language destinationLanguage,
            boolean relay,
            Usage usage,
            UtteranceNumbers numbers,
            Set<Party> announced) {
        this(
                callId,
                loop,
                caller,
                destination,
                callerLanguage,
                destinationLanguage,
                relay,
                usage,
                numbers,
                announced,
                new HeardLevels());
    }

    LegAudio audio(Party party) {
        return party == Party.CALLER ? caller : destination;
    }

    Language language(Party party) {
        return party == Party.CALLER ? callerLanguage : destinationLanguage;
    }
}
