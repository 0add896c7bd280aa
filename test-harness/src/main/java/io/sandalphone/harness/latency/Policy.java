package io.sandalphone.harness.latency;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.sandalphone.config.ConfigTree;
import io.sandalphone.config.ConfigurationException;
import io.sandalphone.config.Section;
import io.sandalphone.speech.segment.ClauseRules;
import io.sandalphone.translate.CommitMode;
import io.sandalphone.translate.LaneSettings;

import java.util.List;

/// One way to interpret what is said: the settings of the gateway, but for when it commits.
///
/// @param name in the report
/// @param settings of its lanes
record Policy(String name, LaneSettings settings) {
    /// Those that stand side by side in a report, first the one to which the others are compared.
    static List<Policy> sideBySide() throws ConfigurationException {
        return List.of(
                of("patient", "utterance", false),
                of("clause", "clause", false),
                of("clause + speculation", "clause", true));
    }

    private static Policy of(String name, String commit, boolean speculation)
            throws ConfigurationException {
        ObjectNode alone = JsonNodeFactory.instance.objectNode();
        ObjectNode own = ConfigTree.defaults().withObject("/interpretation");
        own.put("commit", commit);
        own.withObject("/speculation").put("enabled", speculation);
        alone.set("interpretation", own);
        Section root = Section.root(alone);
        return new Policy(name, root.finish(LaneSettings.read(root.section("interpretation"))));
    }

    /// The same with clauses of at least so many words.
    Policy leastWords(int words) {
        return new Policy(
                name + ", least " + words,
                new LaneSettings(
                        (glossary, from, to) ->
                                CommitMode.byClause(
                                        ClauseRules.of(from).orElseThrow().withLeastWords(words),
                                        glossary,
                                        from,
                                        to),
                        settings.speculation(),
                        settings.firstAudioTimeout(),
                        settings.stallTimeout(),
                        settings.lag(),
                        settings.voiceOver()));
    }
}
