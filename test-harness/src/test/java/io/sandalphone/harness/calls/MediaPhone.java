package io.sandalphone.harness.calls;

import io.sandalphone.harness.ari.FakeAri;
import io.sandalphone.harness.ari.RecordedRequest;
import io.sandalphone.media.codec.G711;
import io.sandalphone.media.rtp.RtpPacket;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/// What one party of a call on [FakeAri] says, as it reaches the controller: RTP from the
/// ExternalMedia channel that stands beside the party's leg.
final class MediaPhone {
    private static final int SAMPLES = 160;

    private final DatagramSocket from;
    private final SocketAddress to;
    private int sequence;

    /// The party of `leg`, whose sound is attached.
    MediaPhone(FakeAri fake, String leg) {
        RecordedRequest snoop =
                fake.awaitRequest("POST", "/channels/" + leg.replace(".", "\\.") + "/snoop/.*");
        String id = snoop.path().substring(snoop.path().lastIndexOf('/') + 1);
        String media =
                fake.bridges().values().stream()
                        .filter(members -> members.contains(id))
                        .flatMap(List::stream)
                        .filter(member -> !member.equals(id))
                        .findFirst()
                        .orElseThrow();
        String[] host =
                fake.requests().stream()
                        .filter(request -> request.path().equals("/channels/externalMedia"))
                        .filter(request -> request.parameter("channelId").equals(media))
                        .findFirst()
                        .orElseThrow()
                        .parameter("external_host")
                        .split(":", 2);
        from = fake.media(media);
        to = new InetSocketAddress(host[0], Integer.parseInt(host[1]));
    }

    /// Sends `pcm`, at 8 kHz, at once; what is left over of 20 ms is not sent.
    void say(short[] pcm) {
        for (int start = 0; start + SAMPLES <= pcm.length; start += SAMPLES) {
            var packet = ByteBuffer.allocate(RtpPacket.HEADER_BYTES + SAMPLES);
            RtpPacket.writeHeader(packet, false, 0, sequence, sequence * SAMPLES, 0x5150);
            sequence++;
            G711.MU_LAW.encode(
                    Arrays.copyOfRange(pcm, start, start + SAMPLES),
                    packet,
                    RtpPacket.HEADER_BYTES);
            try {
                from.send(new DatagramPacket(packet.array(), packet.capacity(), to));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
