package io.sandalphone.harness.demo;

import io.sandalphone.telephony.Party;

/// A recording that one phone plays, and the words in it.
@SuppressWarnings("ArrayRecordComponent")
public record KnownSpeech(Party speaker, String text, short[] pcm) {}
