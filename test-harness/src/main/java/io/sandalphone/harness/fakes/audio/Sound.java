package io.sandalphone.harness.fakes.audio;

import io.sandalphone.media.codec.PolyphaseFilter;
import io.sandalphone.media.codec.RationalResampler;
import io.vertx.core.buffer.Buffer;

import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// Sound as bytes, and at other rates than the telephone's.
final class Sound {
    static final int TELEPHONE = 8000;

    private static final ConcurrentMap<String, PolyphaseFilter> FILTERS = new ConcurrentHashMap<>();

    private Sound() {}

    /// `pcm` at another rate.
    static short[] at(int to, short[] pcm, int from) {
        if (from == to) {
            return pcm;
        }
        PolyphaseFilter filter =
                FILTERS.computeIfAbsent(from + ">" + to, _ -> PolyphaseFilter.between(from, to));
        int length = Math.toIntExact((long) pcm.length * to / from);
        // A tenth of a second of silence drives the last of the sound out of the filter.
        short[] all =
                new RationalResampler(filter).resample(Arrays.copyOf(pcm, pcm.length + from / 10));
        return Arrays.copyOf(all, length);
    }

    /// 16 bit, least significant byte first.
    static Buffer bytes(short[] pcm) {
        Buffer bytes = Buffer.buffer(pcm.length * 2);
        for (short sample : pcm) {
            bytes.appendShortLE(sample);
        }
        return bytes;
    }

    /// What 16 bit with the least significant byte first mean.
    static short[] samples(byte[] bytes) {
        short[] pcm = new short[bytes.length / 2];
        Buffer buffer = Buffer.buffer(bytes);
        for (int at = 0; at < pcm.length; at++) {
            pcm[at] = buffer.getShortLE(2 * at);
        }
        return pcm;
    }
}
