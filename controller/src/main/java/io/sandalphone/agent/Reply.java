package io.sandalphone.agent;

import io.sandalphone.brain.Brain;
import io.sandalphone.brain.BrainReply;
import io.sandalphone.brain.BrainRequest;
import io.sandalphone.brain.Tool;
import io.sandalphone.brain.Toolbox;
import io.sandalphone.brain.Wish;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SynthesisRequest;
import io.sandalphone.speech.text.aloud.ReadAloud;
import io.sandalphone.time.Loop;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// One answer on its way from the brain to the voice: cut into clauses, made speakable, voiced one after the other, the
/// first while the brain goes on. Runs on the call's loop.
final class Reply {
    /// More than this nobody listens to; a brain that goes on is stopped.
    private static final int MOST_CHARACTERS = 10_000;

    private static final Pattern LINE_END = Pattern.compile("\\n\\s*$");

    private final AgentDependencies dependencies;
    private final AgentCall call;
    private final AgentSettings settings;
    private final AgentVoice voice;
    private final Runnable failed;
    private final ClauseCutter cutter = new ClauseCutter();
    private final Deque<String> clauses = new ArrayDeque<>();
    private AgentVoice.@Nullable Clause voicing;
    private Loop.Timer thinking = () -> {};
    private Loop.Timer speaking = () -> {};
    private boolean thought;
    private boolean synthesizing;
    // What is voiced next has no place yet.
    private boolean voicedNext;
    private boolean over;
    private boolean silent;
    private boolean begun;
    // What comes next begins a line.
    private boolean lineBegins = true;
    private @Nullable Wish wish;

    /// `failed` runs once when it cannot be said, or not to its end; never inside a call of this.
    Reply(
            AgentDependencies dependencies,
            AgentCall call,
            AgentSettings settings,
            AgentVoice voice,
            Runnable failed) {
        this.dependencies = dependencies;
        this.call = call;
        this.settings = settings;
        this.voice = voice;
        this.failed = failed;
    }

    /// Says what `brain` answers. What it has said when it begins to use a tool is said at once.
    void think(Brain brain, BrainRequest request) {
        BrainRequest asked = request.with(new Announced(request.tools()));
        thinking =
                call.loop()
                        .offload(
                                () -> {
                                    brain.answer(asked, new Thoughts(request.abilities()));
                                    return request;
                                },
                                _ -> thought(),
                                this::failed);
    }

    /// Says this.
    void say(String text) {
        cutter.add(text).forEach(this::clause);
        thought();
    }

    /// What is to happen once it was heard.
    Optional<Wish> wish() {
        return Optional.ofNullable(wish);
    }

    /// No more of it is wanted.
    void cancel() {
        over = true;
        thinking.cancel();
        speaking.cancel();
    }

    /// What the brain says, on its thread, brought home to the loop.
    private final class Thoughts implements BrainReply {
        private final Set<Wish.Ability> abilities;
        private int characters;

        Thoughts(Set<Wish.Ability> abilities) {
            this.abilities = abilities;
        }

        @Override
        public void text(String piece) {
            String wanted =
                    piece.substring(0, Math.min(piece.length(), MOST_CHARACTERS - characters));
            characters += wanted.length();
            if (!wanted.isEmpty()) {
                call.loop().execute(() -> think(wanted));
            }
            if (wanted.length() < piece.length()) {
                // It ends where it waits next.
                Thread.currentThread().interrupt();
            }
        }

        /// What was not offered does not come, whatever a brain was talked into.
        @Override
        public void wish(Wish wished) {
            if (abilities.contains(wished.ability())) {
                call.loop().execute(() -> wish = wished);
            }
        }

        @Override
        public void silence() {
            call.loop().execute(() -> silent = true);
        }
    }

    /// Tools that take their time while the caller waits.
    private final class Announced implements Toolbox {
        private final Toolbox tools;

        Announced(Toolbox tools) {
            this.tools = tools;
        }

        @Override
        public List<Tool> tools() {
            return tools.tools();
        }

        @Override
        public String use(String name, String arguments) throws InterruptedException {
            call.loop().execute(Reply.this::flush);
            return tools.use(name, arguments);
        }
    }

    /// Nothing follows for a while.
    private void flush() {
        if (!over && !thought) {
            clause(cutter.finish());
            speakNext();
        }
    }

    private void think(String piece) {
        if (over || thought) {
            return;
        }
        cutter.add(piece).forEach(this::clause);
        speakNext();
    }

    private void thought() {
        if (over || thought) {
            return;
        }
        thought = true;
        clause(cutter.finish());
        speakNext();
    }

    private void clause(String text) {
        if (text.isBlank()) {
            return;
        }
        boolean marks = lineBegins && (begun || !Speakable.beginsWithAmount(text));
        String said = marks ? Speakable.of(text) : Speakable.goingOn(text);
        begun = true;
        lineBegins = LINE_END.matcher(text).find();
        if (!said.isEmpty()) {
            clauses.addLast(said);
        }
    }

    /// One after the other: voices are faster than they can be heard, and the first sound of all matters most.
    private void speakNext() {
        if (over || synthesizing) {
            return;
        }
        String next = clauses.pollFirst();
        if (next == null) {
            if (thought) {
                complete();
            }
            return;
        }
        synthesizing = true;
        voicedNext = true;
        speaking =
                call.loop()
                        .offload(
                                () -> {
                                    synthesize(next);
                                    return next;
                                },
                                _ -> spoken(),
                                this::failed);
    }

    /// All was said. An answer of which nothing can be heard is none, unless something is to happen or nothing was to be said.
    private void complete() {
        if (voicing == null && wish == null && !silent) {
            failed(
                    new SpeechException(
                            SpeechException.Kind.PROVIDER_FAULT, "an answer without words"));
        } else {
            over = true;
            voice.complete();
        }
    }

    /// On a thread of its own: reading it in words takes milliseconds when it is first done.
    private void synthesize(String text) throws SpeechException, InterruptedException {
        dependencies
                .synthesizer()
                .synthesize(
                        new SynthesisRequest(
                                ReadAloud.inWords(text, settings.language()),
                                settings.language(),
                                settings.voices(),
                                call.usage(),
                                /* speculative= */ false),
                        pcm -> call.loop().execute(() -> append(text, pcm)));
    }

    private void append(String text, short[] pcm) {
        if (over) {
            return;
        }
        if (voicing == null || voicedNext) {
            voicedNext = false;
            voicing = voice.reserve(text);
        }
        voicing.append(pcm);
        if (voice.soundMillis() > settings.longestTurn().toMillis()) {
            dependencies.meters().capped().increment();
            cancel();
            voicing.finish();
            voice.complete();
        }
    }

    private void spoken() {
        if (over) {
            return;
        }
        synthesizing = false;
        if (voicing != null) {
            voicing.finish();
        }
        speakNext();
    }

    private void failed(Throwable why) {
        if (over) {
            return;
        }
        // What flooded us was cut off by ourselves; what came before is said.
        if (why instanceof InterruptedException) {
            thought();
            return;
        }
        cancel();
        AttendantLog.answerFailed(call.facts().callId(), why);
        if (voicing != null) {
            voicing.finish();
        }
        failed.run();
    }
}
