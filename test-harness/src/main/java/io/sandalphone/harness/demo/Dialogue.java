package io.sandalphone.harness.demo;

import io.sandalphone.harness.fakes.assemblyai.KnownRecording;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.Synthesizer;
import io.sandalphone.telephony.Party;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// What the two phones of the demo say, each in its language, English or Spanish.
record Dialogue(Language callers, Script caller, Language destinations, Script destination) {
    static final Language ENGLISH = new Language("en");
    static final Language SPANISH = new Language("es");

    /// From the caller's last word to the destination's first: the translation has sounded by then.
    private static final int BEFORE_REPLY = 5 * Script.RATE;

    /// The caller speaks the language `from` and says `say`, or packaged prompts when that is null; the
    /// destination answers in the other language with `reply`, or with prompts. `prompter` says what is no
    /// recording.
    ///
    /// @param inTurn whether the destination waits until the caller has spoken; else it says its own meanwhile
    static Dialogue of(
            Language from,
            @Nullable String say,
            @Nullable String reply,
            boolean inTurn,
            Synthesizer prompter)
            throws IOException, SpeechException, InterruptedException {
        Language to = other(from);
        Script caller = script(Party.CALLER, from, say, Script.LEAD, prompter);
        int start = inTurn ? caller.spoken() + BEFORE_REPLY : Script.LEAD;
        return new Dialogue(
                from, caller, to, script(Party.DESTINATION, to, reply, start, prompter));
    }

    /// The one of the two languages that has this code, as picocli has options converted.
    static Language language(String code) {
        return Stream.of(ENGLISH, SPANISH)
                .filter(language -> language.tag().equals(code))
                .findFirst()
                .orElseThrow(
                        () ->
                                new CommandLine.TypeConversionException(
                                        "expected en or es, not " + code));
    }

    /// The one that the other phone speaks.
    static Language other(Language language) {
        return language.equals(ENGLISH) ? SPANISH : ENGLISH;
    }

    private static Script script(
            Party speaker,
            Language language,
            @Nullable String wish,
            int start,
            Synthesizer prompter)
            throws IOException, SpeechException, InterruptedException {
        return wish == null
                ? Script.prompts(speaker, language, start)
                : Script.of(speaker, wish, language, start, prompter);
    }

    /// What is known of what was said. The destination's words are only asked for when somebody listened to
    /// them, which with `relay` is to be said.
    List<KnownSpeech> known(boolean relay, LiveView view) {
        boolean both = view.utterances().stream().anyMatch(u -> u.speaker() == Party.DESTINATION);
        if (relay && !both) {
            view.say(
                    "what the destination said was not interpreted: no engine for it, or no words");
        }
        List<KnownSpeech> known = new ArrayList<>(caller.known());
        if (both) {
            known.addAll(destination.known());
        }
        return known;
    }

    /// All that is said; empty where a part of it is a recording whose words are not known.
    List<KnownRecording> recordings() {
        if (caller.known().isEmpty() || destination.known().isEmpty()) {
            return List.of();
        }
        return Stream.of(caller, destination)
                .flatMap(script -> script.known().stream())
                .map(
                        said ->
                                KnownRecording.of(
                                        said.pcm(), language(said.speaker()).base(), said.text()))
                .toList();
    }

    private Language language(Party speaker) {
        return switch (speaker) {
            case CALLER -> callers;
            case DESTINATION -> destinations;
        };
    }

    /// How long both take.
    long millis() {
        return Math.max(caller.millis(), destination.millis());
    }

    /// What a language is called.
    static String name(Language language) {
        return Locale.of(language.base()).getDisplayLanguage(Locale.ENGLISH);
    }
}
