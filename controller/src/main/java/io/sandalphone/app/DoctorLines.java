package io.sandalphone.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.sandalphone.config.Finding;

import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Locale;

/// What a doctor says, on the way out: a line as it is found, or all of it as one JSON array at the end.
final class DoctorLines {
    private final PrintWriter out;
    private final boolean json;
    private final ArrayNode lines = JsonNodeFactory.instance.arrayNode();
    private boolean fault;

    /// With `json` nothing is printed before [#end].
    DoctorLines(PrintWriter out, boolean json) {
        this.out = out;
        this.json = json;
    }

    void add(Doctor.Line line) {
        Finding finding = line.finding();
        fault |= finding.kind() == Finding.Kind.FAULT;
        if (json) {
            lines.addObject()
                    .put("part", line.part())
                    .put("kind", finding.kind().name().toLowerCase(Locale.ROOT))
                    .put("message", finding.message())
                    .put("setting", finding.setting());
        } else {
            out.println(line.text());
        }
    }

    /// Prints what is left, and returns the exit code.
    int end() {
        if (json) {
            try {
                out.println(
                        new ObjectMapper()
                                .writerWithDefaultPrettyPrinter()
                                .writeValueAsString(lines));
            } catch (com.fasterxml.jackson.core.JsonProcessingException impossible) {
                throw new UncheckedIOException(impossible);
            }
        }
        out.flush();
        return fault ? CommandLine.ExitCode.SOFTWARE : CommandLine.ExitCode.OK;
    }
}
