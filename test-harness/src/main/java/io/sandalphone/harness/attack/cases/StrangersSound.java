package io.sandalphone.harness.attack.cases;

import io.sandalphone.harness.attack.AttackCase;
import io.sandalphone.harness.attack.AttackLab;
import io.sandalphone.harness.attack.Phones;
import io.sandalphone.harness.attack.Tries;
import io.sandalphone.harness.controller.ControllerProcess;
import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.Command;
import io.sandalphone.harness.lab.NetNamespace;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.measure.MuLaw;
import io.sandalphone.harness.sip.PhoneCall;
import io.sandalphone.harness.tone.ToneDetector;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneWord;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/// Sound from those who have no part in a call: another host that sends to a leg whose phone has sent
/// nothing yet, and a user of the same machine who sends to every port while a call is attached.
final class StrangersSound implements AttackCase {
    private static final ToneWord STRANGE = ToneWord.W5;
    private static final int FIRST = 10_000;
    private static final int LAST = 12_999;

    @Override
    public int number() {
        return 24;
    }

    @Override
    public String tried() {
        return "RTP from another host to a silent leg, and from the same machine to every port";
    }

    @Override
    public void run(AttackLab lab, Tries tries) throws Exception {
        AsteriskHost host = lab.host();
        ControllerProcess controller = lab.controller();
        List<Path> rules = firewall(host.configuration());
        tries.check(
                "a firewall for media",
                rules.size() == 1,
                () -> "rendered " + rules.size() + " files of nftables");
        for (Path file : rules) {
            Command.run(host.vps().command("nft", "-f", file.toString()));
        }
        try {
            for (int i = 0; i < lab.effort().of(1, 4); i++) {
                fromAnotherHost(lab, controller, tries);
            }
            for (int i = 0; i < lab.effort().of(1, 8); i++) {
                fromTheSameMachine(lab, controller, tries);
            }
        } finally {
            if (!rules.isEmpty()) {
                Command.run(host.vps().command("nft", "flush", "ruleset"));
            }
        }
    }

    private static List<Path> firewall(Path configuration) throws IOException {
        try (Stream<Path> files = Files.walk(configuration)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.getFileName().toString().contains("nft"))
                    .toList();
        }
    }

    private static void fromAnotherHost(AttackLab lab, ControllerProcess controller, Tries tries)
            throws Exception {
        NetNamespace carrier = lab.host().carrier();
        try (Phones phones = lab.phones();
                DatagramSocket socket =
                        carrier.call(
                                () ->
                                        new DatagramSocket(
                                                new InetSocketAddress(
                                                        AttackLab.STRANGER_ADDRESS, 0)))) {
            PhoneCall caller = phones.call(AttackLab.ONE_WAY);
            caller.media().stopSending();
            caller.awaitAnswered(AttackLab.SOON);
            PhoneCall destination =
                    phones.destinations()
                            .awaitIncoming(
                                    AttackLab.destinationOf(AttackLab.ONE_WAY), AttackLab.SOON);
            InetSocketAddress leg = caller.media().remote();
            short[] tone = ToneSpeech.USUAL.withWord(Duration.ofSeconds(1)).render(STRANGE);
            for (int i = 0; i < 150; i++) {
                byte[] packet = packet(tone, i);
                socket.send(new DatagramPacket(packet, packet.length, leg));
                pace(20);
            }
            tries.check(
                    "another host's sound",
                    loudest(destination) < ToneDetector.AUDIBLE,
                    () -> "the destination hears it at " + loudest(destination) + " dBov");
            tries.check(
                    "sound for another host",
                    !receives(socket),
                    () -> "what the destination says is sent to a stranger");
        }
        controller.awaitIdle(AttackLab.SOON);
    }

    private static boolean receives(DatagramSocket socket) throws IOException {
        socket.setSoTimeout(500);
        try {
            socket.receive(new DatagramPacket(new byte[2000], 2000));
            return true;
        } catch (SocketTimeoutException _) {
            return false;
        }
    }

    private static void fromTheSameMachine(AttackLab lab, ControllerProcess controller, Tries tries)
            throws Exception {
        NetNamespace vps = lab.host().vps();
        var over = new AtomicBoolean();
        CompletableFuture<Integer> flood = new CompletableFuture<>();
        vps.threadFactory().newThread(() -> flood(over, flood)).start();
        try (Phones phones = lab.phones();
                var pair = phones.join(controller, AttackLab.ONE_WAY)) {
            pair.caller().media().say(ToneSpeech.USUAL.render(ToneWord.W1));
            pair.awaitSpoken(AttackLab.SOON, ToneWord.W1);
            pace(1500);
            for (PhoneCall listener : List.of(pair.caller(), pair.destination())) {
                tries.check(
                        "sound of the same machine, at the "
                                + (listener == pair.caller() ? "caller's" : "destination's"),
                        loudest(listener) < ToneDetector.AUDIBLE,
                        () -> "it is heard at " + loudest(listener) + " dBov");
            }
        } finally {
            over.set(true);
            flood.join();
        }
    }

    /// Sends a tone to every even port of the range, again and again, each time from the same port.
    private static void flood(AtomicBoolean over, CompletableFuture<Integer> done) {
        short[] tone = ToneSpeech.USUAL.withWord(Duration.ofSeconds(1)).render(STRANGE);
        int round = 0;
        try (var socket =
                new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            while (!over.get()) {
                byte[] packet = packet(tone, round);
                for (int port = FIRST; port <= LAST; port += 2) {
                    try {
                        socket.send(
                                new DatagramPacket(
                                        packet,
                                        packet.length,
                                        new InetSocketAddress(
                                                InetAddress.getLoopbackAddress(), port)));
                    } catch (IOException _) {
                        // Nobody listens there.
                    }
                }
                round++;
                // Often enough for every port, and what the machine has left is for the call.
                pace(40);
            }
            done.complete(round);
        } catch (IOException | RuntimeException e) {
            done.completeExceptionally(e);
        }
    }

    /// RTP with 20 ms of `tone`.
    private static byte[] packet(short[] tone, int number) {
        ByteBuffer packet = ByteBuffer.allocate(172);
        packet.put((byte) 0x80).put((byte) 0).putShort((short) number);
        packet.putInt(number * 160).putInt(0xBADCAFE);
        int from = number % (tone.length / 160 - 4) * 160;
        packet.put(MuLaw.encode(Arrays.copyOfRange(tone, from, from + 160)));
        return packet.array();
    }

    private static double loudest(PhoneCall listener) {
        return ToneDetector.listen(listener.media().received().heardByArrival().pcm())
                .loudest(STRANGE);
    }

    private static void pace(int millis) {
        long until = System.nanoTime() + millis * 1_000_000L;
        Poll.until(AttackLab.SOON, () -> System.nanoTime() >= until, "time passes");
    }
}
