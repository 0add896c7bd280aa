package io.sandalphone.agent;

import io.sandalphone.brain.CallFacts;
import io.sandalphone.speech.Usage;
import io.sandalphone.speech.input.HeardLevels;
import io.sandalphone.telephony.LegAudio;
import io.sandalphone.time.Loop;

/// A call as an agent sees it: everything about it happens on `loop`; `audio` is the caller's, `usage` hears what it costs.
/// `withheld` when the caller asks that neither their number nor their name be shown, which may be among the `facts` all the same.
///
/// @param levels are told how loud the caller is
/// @param allowance what the agent may still use up in this call
/// @param mayTransfer whether the caller may be put through to one of the agent's people, should there be any
/// @param nobodyCame whether the agent comes back because none of them could be reached; it begins by saying so
public record AgentCall(
        CallFacts facts,
        boolean withheld,
        Loop loop,
        LegAudio audio,
        Usage usage,
        HeardLevels levels,
        CallAllowance allowance,
        boolean mayTransfer,
        boolean nobodyCame) {
    /// One that begins now, and in which nobody was rung yet.
    public AgentCall(CallFacts facts, boolean withheld, Loop loop, LegAudio audio, Usage usage) {
        this(
                facts,
                withheld,
                loop,
                audio,
                usage,
                new HeardLevels(),
                new CallAllowance(loop.nanoTime()),
                true,
                false);
    }
}
