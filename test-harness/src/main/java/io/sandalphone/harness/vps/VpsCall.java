package io.sandalphone.harness.vps;

import io.sandalphone.harness.calls.Heartbeat;
import io.sandalphone.harness.calls.SoundGap;
import io.sandalphone.harness.lab.NetNamespace;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.measure.Levels;
import io.sandalphone.harness.measure.SoundTimeline;
import io.sandalphone.harness.measure.Wav;
import io.sandalphone.harness.sip.PhoneCall;
import io.sandalphone.harness.sip.SipPhone;
import io.sandalphone.harness.tone.ToneDetector;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneWord;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.Callable;

/// Makes one call through an installed gateway, as its trunk would: calls it, answers what it rings, says a
/// recording as the caller, and waits until the destination hears something after the caller has
/// fallen silent, which only the translation can be.
@CommandLine.Command(
        name = "vps-call",
        description = "Calls a gateway as its trunk, and waits for the translation.",
        sortOptions = false)
public final class VpsCall implements Callable<Integer> {
    private static final Duration SETUP = Duration.ofSeconds(30);
    private static final Duration TRANSLATION = Duration.ofSeconds(30);
    // Calls are interpreted again by then.
    private static final Duration AGAIN = Duration.ofSeconds(2);
    private static final int TRUNK_PORT = 5060;
    private static final int FRAME_MILLIS = 20;
    private static final int FRAME = 160;
    // What is still under way of the caller's own voice when they have ended.
    private static final Duration OWN_VOICE = Duration.ofMillis(300);
    private static final double AUDIBLE_DBOV = -40;
    private static final int AUDIBLE_FRAMES = 10;

    // Longer than any command. Nobody interprets the destination, who is heard as they are.
    private static final ToneWord HUMMED = ToneWord.W8;
    private static final ToneSpeech HUM =
            new ToneSpeech(Duration.ofMinutes(3), Duration.ofMillis(31), ToneSpeech.USUAL.level());

    // When a command began, in milliseconds of the monotonic clock.
    private static final String BEGAN = "BEGAN_MILLIS";

    @CommandLine.Option(names = "--namespace", required = true, description = "Where the trunk is.")
    private @Nullable String namespace;

    @CommandLine.Option(names = "--trunk", required = true, description = "Its IPv4 address there.")
    private @Nullable String trunk;

    @CommandLine.Option(names = "--gateway", required = true, description = "The gateway's.")
    private @Nullable String gateway;

    @CommandLine.Option(names = "--called", required = true, description = "The number called.")
    private @Nullable String called;

    @CommandLine.Option(
            names = "--destination",
            required = true,
            description = "The number that its route rings.")
    private @Nullable String destination;

    @CommandLine.Option(names = "--speech", required = true, description = "WAV of 8 kHz.")
    private @Nullable Path speech;

    @CommandLine.Option(
            names = "--leave",
            description = "End without hanging up: both telephones are gone, and nobody is told.")
    private boolean leave;

    @CommandLine.Option(
            names = "--amid",
            paramLabel = "COMMAND",
            description = {
                "Run by bash when the first translation was heard, with that moment in"
                    + " BEGAN_MILLIS. Neither of the two may be without the other one meanwhile: no"
                    + " packet to either is missing, nor anything of a tone that the destination"
                    + " hums. When it has ended the recording is said and translated once more."
            })
    private @Nullable String amid;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new VpsCall()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        Wav said = Wav.read(Objects.requireNonNull(speech));
        var network = NetNamespace.attach(Objects.requireNonNull(namespace));
        var here = new InetSocketAddress(InetAddress.ofLiteral(trunk), TRUNK_PORT);
        try (SipPhone phone = SipPhone.open(network, here)) {
            PhoneCall caller =
                    phone.call("+12125550100", "sip:" + called + "@" + gateway + ":" + TRUNK_PORT);
            PhoneCall callee = phone.awaitIncoming(Objects.requireNonNull(destination), SETUP);
            caller.awaitAnswered(SETUP);
            try {
                // Recognition begins when both are joined.
                Thread.sleep(Duration.ofSeconds(1));
                System.out.printf(
                        "translation heard %d ms after the caller's last word%n",
                        translation(said, caller, callee).toMillis());
                if (amid != null) {
                    System.out.println(during(amid, said, caller, callee));
                }
            } finally {
                // A call that went wrong is not in the way of the next one.
                if (!leave) {
                    caller.hangUp();
                    callee.awaitEnded(SETUP);
                }
            }
        }
        return CommandLine.ExitCode.OK;
    }

    /// The caller says `said`; gives how long after its end its translation begins to be heard, which is waited for.
    private static Duration translation(Wav said, PhoneCall caller, PhoneCall callee) {
        long from = caller.media().say(said.pcm());
        long silent = from + Duration.ofMillis(said.millis()).plus(OWN_VOICE).toNanos();
        Poll.until(
                Duration.ofMillis(said.millis()).plus(TRANSLATION),
                () -> audibleFrom(callee.media().received().heardByArrival(), silent).isPresent(),
                () -> "the destination hears a translation\n" + callee.history());
        long heard = audibleFrom(callee.media().received().heardByArrival(), silent).orElseThrow();
        return Duration.ofNanos(heard - silent).plus(OWN_VOICE);
    }

    /// Runs `command`, and gives what the two noticed of it.
    private static String during(String command, Wav said, PhoneCall caller, PhoneCall callee)
            throws IOException, InterruptedException {
        try (var heartbeat = new Heartbeat()) {
            callee.media().say(HUM.render(HUMMED));
            Poll.until(
                    SETUP,
                    () -> hums(caller.media().received().heardByTimestamp()),
                    "the caller hears the destination hum");
            long from = System.nanoTime();
            var shell = new ProcessBuilder("bash", "-c", command).inheritIO();
            shell.environment().put(BEGAN, Long.toString(Duration.ofNanos(from).toMillis()));
            int status = shell.start().waitFor();
            if (status != 0) {
                throw new IllegalStateException("the command failed: " + status);
            }
            long ended = System.nanoTime();
            Thread.sleep(AGAIN);
            // What was sent before has arrived by then.
            long hummed = System.nanoTime() - OWN_VOICE.toNanos();
            callee.media().hush();
            Duration again = translation(said, caller, callee);
            SoundGap callers = SoundGap.ofPackets(caller, from, System.nanoTime(), heartbeat);
            SoundGap hum = SoundGap.ofTone(caller, HUMMED, from, hummed, heartbeat);
            SoundGap callees = SoundGap.ofPackets(callee, from, System.nanoTime(), heartbeat);
            String missed =
                    "the caller missed %s and of the hum %s, the destination %s"
                            .formatted(text(callers, from), text(hum, from), text(callees, from));
            if (!callers.unnoticed() || !hum.unnoticed() || !callees.unnoticed()) {
                throw new AssertionError(missed);
            }
            return "%s%nmeanwhile %d ms, translated again %d ms after the last word"
                    .formatted(missed, Duration.ofNanos(ended - from).toMillis(), again.toMillis());
        }
    }

    private static String text(SoundGap gap, long from) {
        return "%s %d ms after the command began"
                .formatted(gap, Duration.ofNanos(gap.fromNanos() - from).toMillis());
    }

    private static boolean hums(SoundTimeline sound) {
        return !ToneDetector.listen(sound.pcm()).heard(HUMMED).isEmpty();
    }

    /// From when on something is to be heard in `sound` after `nanos`, if there is enough of it.
    static OptionalLong audibleFrom(SoundTimeline sound, long nanos) {
        int first = (int) Math.max(0, sound.millisAt(nanos) / FRAME_MILLIS);
        int audible = 0;
        OptionalLong from = OptionalLong.empty();
        for (int frame = first; (frame + 1) * FRAME <= sound.pcm().length; frame++) {
            double level = Levels.rms(sound.pcm(), frame * FRAME, (frame + 1) * FRAME);
            if (level > AUDIBLE_DBOV) {
                if (from.isEmpty()) {
                    from = OptionalLong.of(sound.nanosAt((long) frame * FRAME_MILLIS));
                }
                audible++;
            }
        }
        return audible >= AUDIBLE_FRAMES ? from : OptionalLong.empty();
    }
}
