package io.sandalphone.brain.model;

import io.sandalphone.brain.BrainRequest;
import io.sandalphone.brain.Wish;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The tools that a model has called in one round: those that are wishes, those in the toolbox, and those that there are not. One
/// thread at a time.
final class CalledTools {
    private static final String NOTED = "ok";

    private final BrainRequest request;
    private final List<ToolCall> calls;
    private final List<Wish> wishes = new ArrayList<>();
    private int usable;
    private int unknown;

    CalledTools(BrainRequest request, List<ToolCall> calls) {
        this.request = request;
        this.calls = List.copyOf(calls);
        for (ToolCall call : calls) {
            Optional<Wish> wish = wish(call);
            wish.ifPresent(wishes::add);
            if (request.tools().named(call.name()).isPresent()) {
                usable++;
            } else if (wish.isEmpty()) {
                unknown++;
            }
        }
    }

    private Optional<Wish> wish(ToolCall call) {
        return Tools.wish(call.name(), call.arguments(), request.abilities());
    }

    List<Wish> wishes() {
        return wishes;
    }

    /// How many there are not.
    int unknown() {
        return unknown;
    }

    /// Whether the model, which has `said` this, is to hear what came of them: where a tool gives something, and where it has called
    /// nothing that there is, and said nothing.
    boolean goOn(String said) {
        boolean astray =
                unknown > 0
                        && wishes.isEmpty()
                        && said.isBlank()
                        && !(request.abilities().isEmpty() && request.tools().tools().isEmpty());
        return usable > 0 || astray;
    }

    /// Uses those in the toolbox, and gives the results of all.
    List<UsedTool> use() throws InterruptedException {
        List<UsedTool> results = new ArrayList<>();
        for (ToolCall call : calls) {
            boolean wished = request.tools().named(call.name()).isEmpty() && wish(call).isPresent();
            results.add(
                    new UsedTool(
                            call,
                            wished ? NOTED : request.tools().use(call.name(), call.arguments())));
        }
        return results;
    }
}
