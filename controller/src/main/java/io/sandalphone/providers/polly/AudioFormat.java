package io.sandalphone.providers.polly;

import io.sandalphone.media.codec.SampleCoding;

import software.amazon.awssdk.services.polly.model.OutputFormat;

/// The forms of 8 kHz audio to choose from.
public enum AudioFormat {
    /// G.711 mu-law, a byte a sample: the telephone's own.
    MULAW(OutputFormat.MULAW, SampleCoding.MU_LAW),
    /// Signed 16-bit little-endian PCM: twice the bytes, and a little less noise.
    PCM(OutputFormat.PCM, SampleCoding.PCM_16);

    private final OutputFormat wire;
    private final SampleCoding coding;

    AudioFormat(OutputFormat wire, SampleCoding coding) {
        this.wire = wire;
        this.coding = coding;
    }

    OutputFormat wire() {
        return wire;
    }

    /// A decoder for one stream of this format.
    SampleCoding.Decoder decoder() {
        return coding.decoder();
    }
}
