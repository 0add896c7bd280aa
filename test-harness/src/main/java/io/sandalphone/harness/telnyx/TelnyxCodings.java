package io.sandalphone.harness.telnyx;

import io.sandalphone.harness.carrier.LinearCoding;
import io.sandalphone.harness.carrier.SoundCoding;

import java.nio.ByteOrder;
import java.util.Map;
import java.util.Optional;

/// How a stream's document has its sound coded, in each direction on its own: the attributes of TeXML's
/// `<Stream>` and what they are when they are left out.
///
/// @param encoding the name that `start` announces for the sound towards the server
/// @param rate its samples per second
/// @param towardsServer how sound towards the server is written
/// @param fromServer how sound from the server is read
/// @param played whether the stream takes raw sound from the server at all
/// @param problem what of it is not simulated or does not exist, empty when nothing
record TelnyxCodings(
        String encoding,
        int rate,
        SoundCoding towardsServer,
        SoundCoding fromServer,
        boolean played,
        String problem) {
    private static final int LINEAR_RATE = 16_000;

    /// @param callCodec what the call itself speaks
    static TelnyxCodings of(Map<String, String> attributes, String callCodec, ByteOrder l16) {
        String wanted = attributes.getOrDefault("codec", "default");
        String encoding = wanted.equals("default") ? callCodec : wanted;
        int rate = encoding.equals("L16") ? LINEAR_RATE : 8000;
        Optional<SoundCoding> out = coding(encoding, rate, l16);

        // Raw sound is taken only when that was asked for: the default is whole files of MP3.
        boolean raw = attributes.getOrDefault("bidirectionalMode", "mp3").equals("rtp");
        String answer = attributes.getOrDefault("bidirectionalCodec", "PCMU");
        String answerRate = attributes.getOrDefault("bidirectionalSamplingRate", "8000");
        Optional<SoundCoding> in =
                answerRate.matches("8000|16000")
                        ? coding(answer, Integer.parseInt(answerRate), l16)
                        : Optional.empty();
        String problem = "";
        if (out.isEmpty()) {
            problem = "codec " + wanted;
        } else if (raw && in.isEmpty()) {
            problem = "bidirectionalCodec " + answer + " at " + answerRate;
        }
        return new TelnyxCodings(
                encoding,
                rate,
                out.orElseGet(SoundCoding::pcmu),
                in.orElseGet(SoundCoding::pcmu),
                raw && in.isPresent(),
                problem);
    }

    private static Optional<SoundCoding> coding(String name, int rate, ByteOrder l16) {
        return switch (name) {
            case "PCMU" -> rate == 8000 ? Optional.of(SoundCoding.pcmu()) : Optional.empty();
            case "PCMA" -> rate == 8000 ? Optional.of(SoundCoding.pcma()) : Optional.empty();
            case "L16" -> Optional.of(new LinearCoding(rate, l16));
            default -> Optional.empty();
        };
    }
}
