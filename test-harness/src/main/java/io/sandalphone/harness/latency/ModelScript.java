package io.sandalphone.harness.latency;

import io.sandalphone.speech.Language;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/// What is said in the calls of a real gateway, one utterance of the set at a time: a file holds its id, by which the models
/// there, which are in another process, know what they will hear. Thread-safe.
///
/// @param seed from which their delays and mistakes are drawn
/// @param file that holds the id, or does not exist while nothing is said
record ModelScript(EvaluationSet set, long seed, Path file) {
    /// One utterance.
    ///
    /// @param language in which it is said
    /// @param others words of that language, for those that are misheard
    record Line(EvaluationSet.Utterance said, Language language, List<String> others) {
        Line {
            others = List.copyOf(others);
        }
    }

    /// From now on `said` is said.
    void says(EvaluationSet.Utterance said) {
        try {
            // Whoever reads it meanwhile reads the one before or this one, whole.
            Path next = file.resolveSibling(file.getFileName() + ".next");
            Files.writeString(next, said.id());
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What is said now.
    Optional<Line> line() {
        String id = id();
        for (Language language : PolicyRuns.LANGUAGES) {
            List<EvaluationSet.Utterance> all = set.spokenIn(language);
            for (EvaluationSet.Utterance each : all) {
                if (each.id().equals(id)) {
                    return Optional.of(new Line(each, language, PolicyRuns.words(all)));
                }
            }
        }
        return Optional.empty();
    }

    /// Of what is said now.
    Chance chance() {
        return new Chance(seed, id());
    }

    private String id() {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }
}
