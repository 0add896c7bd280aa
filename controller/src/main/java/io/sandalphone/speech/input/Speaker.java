package io.sandalphone.speech.input;

import io.sandalphone.telephony.LegAudio;
import io.sandalphone.telephony.Party;
import io.sandalphone.time.Loop;

/// Whom a [SpeechInput] listens to: a party of the call `callId`, on its `loop`. `levels` are told how loud they are.
public record Speaker(String callId, Loop loop, Party party, LegAudio audio, HeardLevels levels) {}
