package io.sandalphone.translate;

import io.sandalphone.bus.Sentence;
import io.sandalphone.media.AudioFrame;
import io.sandalphone.speech.Language;
import io.sandalphone.telephony.LegAudio;
import io.sandalphone.telephony.Party;
import io.sandalphone.time.Loop;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Optional;
import java.util.function.Consumer;

/// Tells one party, in their own language and nobody else, that the call is interpreted. The two hear each other by
/// then, and go on doing so: the other voice sinks while it sounds, as under a translation. Ends once, in what came of
/// it. Runs on the call's loop.
final class Announcement {
    private static final Logger log = LoggerFactory.getLogger(Announcement.class);

    /// What came of it.
    enum End {
        /// Heard to the end.
        SPOKEN,
        /// It cannot be said in the party's language.
        NO_VOICE,
        /// Not just now.
        FAILED
    }

    private final InterpreterDependencies dependencies;
    private final Conversation conversation;
    private final Party party;
    private final Consumer<End> ended;
    private Sentence sentence = new Sentence(new short[0]);
    private boolean ducked;
    private boolean over;
    private boolean cancelled;
    private Loop.Timer work = () -> {};
    private Loop.Timer deadline = () -> {};

    /// `ended` is not called inside this constructor, nor after [#cancel].
    Announcement(
            InterpreterDependencies dependencies,
            Conversation conversation,
            Party party,
            Consumer<End> ended) {
        this.dependencies = dependencies;
        this.conversation = conversation;
        this.party = party;
        this.ended = ended;
    }

    void start() {
        Announcements announcements = dependencies.announcements();
        var voice = dependencies.engines().synthesizer();
        Language language = conversation.language(party);
        Optional<String> text = announcements.text(language, voice);
        if (text.isEmpty()) {
            log.atWarn()
                    .addKeyValue("call", conversation.callId())
                    .addKeyValue("party", party)
                    .addKeyValue("language", language)
                    .log("announcement cannot be spoken: no text or no voice in the language");
            end(End.NO_VOICE);
            return;
        }
        deadline =
                loop().schedule(
                                dependencies.settings().firstAudioTimeout(),
                                () -> failed("overdue"));
        work =
                loop().offload(
                                () ->
                                        announcements.sound(
                                                voice, text.get(), language, conversation.usage()),
                                this::speak,
                                failure -> failed(failure.getClass().getSimpleName()));
    }

    private Loop loop() {
        return conversation.loop();
    }

    private void speak(short[] pcm) {
        deadline.cancel();
        if (!over) {
            sentence = new Sentence(pcm);
            conversation.audio(party).speak(this::poll, this::drained);
        }
    }

    private @Nullable AudioFrame poll() {
        if (over || sentence.isOver()) {
            return null;
        }
        if (!ducked) {
            ducked = true;
            other().duck(dependencies.settings().voiceOver().depth());
        }
        AudioFrame frame = sentence.poll();
        if (sentence.isOver()) {
            rise();
        }
        return frame;
    }

    private LegAudio other() {
        return conversation.audio(party.other());
    }

    private void rise() {
        if (ducked) {
            ducked = false;
            other().restore();
        }
    }

    private void drained() {
        if (sentence.isOver()) {
            end(End.SPOKEN);
        }
    }

    private void failed(String why) {
        if (!over) {
            work.cancel();
            log.atWarn()
                    .addKeyValue("call", conversation.callId())
                    .addKeyValue("party", party)
                    .addKeyValue("failure", why)
                    .log("announcement not spoken, tried again later");
            end(End.FAILED);
        }
    }

    private void end(End end) {
        if (over) {
            return;
        }
        over = true;
        deadline.cancel();
        AnnouncementMeters meters = dependencies.announcements().meters();
        (switch (end) {
                    case SPOKEN -> meters.spoken();
                    case NO_VOICE -> meters.noVoice();
                    case FAILED -> meters.failed();
                })
                .increment();
        loop().execute(
                        () -> {
                            if (!cancelled) {
                                ended.accept(end);
                            }
                        });
    }

    /// No more of it is heard, and the other voice is back.
    void cancel() {
        over = true;
        cancelled = true;
        deadline.cancel();
        work.cancel();
        rise();
    }
}
