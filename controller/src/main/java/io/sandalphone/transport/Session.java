package io.sandalphone.transport;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.media.codec.Upsampler;
import io.sandalphone.telephony.CallConnection;
import io.sandalphone.telephony.CallerId;
import io.sandalphone.telephony.ConnectionEvent;
import io.sandalphone.telephony.HangupCause;
import io.sandalphone.telephony.LegAudio;
import io.sandalphone.telephony.Party;
import io.sandalphone.time.Loop;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// One call: rings until it is answered or refused, passes its sound, and ends. Its state belongs to the call's loop.
final class Session implements SipTransport {
    private final CallConnection connection;
    private final Loop loop;
    private final Map<String, String> metadata;
    private final Runnable ended;
    private final Upsampler wide = Upsampler.narrowBand();
    private final AudioPublisher heard;
    private final Mouth mouth;
    private final Loop.Timer undecided;
    private Stage stage = Stage.RINGING;
    private @Nullable LegAudio audio;
    private boolean everHeard;
    private boolean speaking;
    private @Nullable SipTransportError lost;
    private volatile boolean connected;
    private volatile boolean over;

    private enum Stage {
        /// Nothing is decided.
        RINGING,
        /// It was answered.
        TAKEN,
        /// It is being ended.
        LEFT,
        /// It is over.
        ENDED
    }

    /// Takes a call that has just arrived over `connection`, on its loop. `ended` is run once, when it is over.
    Session(CallConnection connection, Did did, CallerId caller, Limits limits, Runnable ended) {
        this.connection = connection;
        this.ended = ended;
        loop = connection.loop();
        metadata =
                Map.of(
                        PROVIDER, did.provider().word(),
                        CALLER_ID, caller.number(),
                        DID, did.number());
        heard = new AudioPublisher(frames(limits.unheard()), this::answer);
        mouth =
                new Mouth(
                        (long) frames(limits.unsent()) * Mouth.FRAME_BYTES,
                        played -> {
                            if (audio != null) {
                                audio.whenPlayed(played);
                            }
                        });
        connection.listen(this::on);
        undecided =
                loop.schedule(
                        limits.decision(),
                        () -> {
                            lost = new ProviderConnectionError("nothing was decided in time");
                            refuse(HangupCause.BUSY);
                        });
    }

    private static int frames(Duration sound) {
        return Math.toIntExact(sound.toMillis() / AudioFrame.MILLIS);
    }

    /// Answers the call, unless something else was decided. Any thread.
    void answer() {
        loop.execute(
                () -> {
                    if (stage == Stage.RINGING) {
                        stage = Stage.TAKEN;
                        undecided.cancel();
                        connection.answer();
                        connection.attachAudio();
                    }
                });
    }

    /// Does not take the call, or hangs up. Any thread.
    void reject(CallRejectedError.Reason reason) {
        HangupCause cause =
                switch (reason) {
                    case REJECTED -> HangupCause.REJECTED;
                    case BUSY -> HangupCause.BUSY;
                };
        loop.execute(() -> refuse(cause));
    }

    /// Gives a call that rings back to its carrier, and hangs up any other. Any thread.
    void giveBack() {
        loop.execute(
                () -> {
                    if (stage == Stage.RINGING) {
                        leave(connection::returnToDialplan);
                    } else {
                        leave(() -> connection.release(HangupCause.NORMAL));
                    }
                });
    }

    /// The call's sound is lost for `why`, which ends it. On the call's loop.
    void fail(SipTransportError why) {
        if (stage == Stage.RINGING || stage == Stage.TAKEN) {
            lost = why;
            leave(() -> connection.release(HangupCause.NORMAL));
        }
    }

    /// Whoever has been answered hears nothing of a cause.
    private void refuse(HangupCause cause) {
        leave(() -> connection.release(stage == Stage.RINGING ? cause : HangupCause.NORMAL));
    }

    private void leave(Runnable way) {
        if (stage == Stage.RINGING || stage == Stage.TAKEN) {
            undecided.cancel();
            way.run();
            stage = Stage.LEFT;
            silence();
        }
    }

    private void on(ConnectionEvent event) {
        switch (event) {
            case ConnectionEvent.AudioAttached _ -> attached();
            case ConnectionEvent.AudioLost(var why) -> fail(broken(why));
            case ConnectionEvent.Failed(var why) -> fail(broken(why));
            case ConnectionEvent.Silent _ -> fail(broken("silent"));
            case ConnectionEvent.CarrierLost _,
                    ConnectionEvent.TakenOver _,
                    ConnectionEvent.LeftThere _ ->
                    fail(broken("carrier"));
            case ConnectionEvent.Gone _ -> gone();
            case ConnectionEvent.Released _ -> end();
            case ConnectionEvent.Ringing _,
                    ConnectionEvent.Answered _,
                    ConnectionEvent.Joined _,
                    ConnectionEvent.KeyPressed _ -> {}
        }
    }

    private static ProviderConnectionError broken(String why) {
        return new ProviderConnectionError("the connection of a call is lost: " + why);
    }

    private void attached() {
        LegAudio attached = connection.audio(Party.CALLER);
        audio = attached;
        everHeard = true;
        connected = true;
        attached.hear(frame -> heard.offer(bytes(wide.resample(frame.pcm()))));
        said();
    }

    private static byte[] bytes(short[] pcm) {
        var bytes = new byte[2 * pcm.length];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().put(pcm);
        return bytes;
    }

    /// The caller hung up, or their sound never came.
    private void gone() {
        if (stage == Stage.TAKEN && !everHeard) {
            lost = broken("no_start");
        }
        leave(() -> connection.release(HangupCause.NORMAL));
        end();
    }

    private void silence() {
        connected = false;
        over = true;
        audio = null;
        mouth.clear();
    }

    private void end() {
        if (stage != Stage.ENDED) {
            stage = Stage.ENDED;
            silence();
            heard.end(lost);
            ended.run();
        }
    }

    /// All that was said has been played, and what does not fill a frame has waited long enough.
    private void drained() {
        speaking = false;
        mouth.flush();
        speak();
    }

    private void speak() {
        if (audio != null && !speaking && !mouth.isEmpty()) {
            speaking = true;
            audio.speak(mouth, this::drained);
        }
    }

    @Override
    public AudioPublisher receiveAudio() {
        return heard;
    }

    @Override
    public boolean sendAudio(byte[] pcm) {
        if (pcm.length % 2 != 0) {
            throw new AudioCodecError(
                    pcm.length + " bytes are no whole number of samples of 16 bits");
        }
        if (over || !mouth.reserve(pcm.length)) {
            return false;
        }
        byte[] own = pcm.clone();
        answer();
        loop.execute(
                () -> {
                    mouth.append(own);
                    said();
                });
        return true;
    }

    @Override
    public CompletionStage<Mark> sendMark(String name) {
        var reached = new CompletableFuture<Mark>();
        Mouth.Awaited awaited =
                played ->
                        reached.completeAsync(
                                () -> new Mark(name, played), Thread::startVirtualThread);
        if (over || !mouth.reserve(Mouth.FRAME_BYTES)) {
            awaited.over(false);
            return reached;
        }
        answer();
        loop.execute(
                () -> {
                    mouth.mark(awaited);
                    said();
                });
        return reached;
    }

    /// Says what has come, or forgets it when the call is over meanwhile.
    private void said() {
        if (over) {
            mouth.clear();
        } else {
            speak();
        }
    }

    @Override
    public void clearAudio() {
        loop.execute(
                () -> {
                    if (audio != null) {
                        audio.stop();
                    }
                    speaking = false;
                    mouth.clear();
                });
    }

    @Override
    public void close() {
        loop.execute(() -> refuse(HangupCause.REJECTED));
    }

    @Override
    public boolean isConnected() {
        return connected;
    }

    @Override
    public Map<String, String> metadata() {
        return metadata;
    }

    @Override
    public long framesDropped() {
        return heard.dropped();
    }
}
