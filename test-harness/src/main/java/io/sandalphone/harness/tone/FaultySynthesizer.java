package io.sandalphone.harness.tone;

import io.sandalphone.harness.tone.ToneFaults.Fault;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.PcmSink;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SpeechException.Kind;
import io.sandalphone.speech.SynthesisRequest;
import io.sandalphone.speech.Synthesizer;

import java.util.Set;

/// A synthesizer that throws or hangs where [ToneFaults] say so.
record FaultySynthesizer(Synthesizer synthesizer, ToneFaults faults) implements Synthesizer {
    @Override
    public String name() {
        return synthesizer.name();
    }

    @Override
    public boolean speaks(Language language) {
        return synthesizer.speaks(language);
    }

    @Override
    public void synthesize(SynthesisRequest request, PcmSink out)
            throws SpeechException, InterruptedException {
        Set<Fault> active = faults.activeFor(request.text());
        if (active.contains(Fault.SYNTHESIZER_THROWS)) {
            throw new SpeechException(Kind.PROVIDER_FAULT, "the synthesizer was told to fail");
        }
        if (active.contains(Fault.SYNTHESIZER_HANGS)) {
            ToneFaults.hang();
        }
        synthesizer.synthesize(request, out);
    }

    @Override
    public void close() {
        synthesizer.close();
    }
}
