package io.sandalphone.harness.lab;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// What this machine must offer before a test of the lab can run.
final class LabConditions {
    private static final Set<String> SAID = ConcurrentHashMap.newKeySet();

    private LabConditions() {}

    /// Root, for namespaces and mounts.
    static final class Root implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return AsteriskHost.isRoot()
                    ? ConditionEvaluationResult.enabled("root")
                    : missing("they need root for network namespaces");
        }
    }

    /// Skips, saying so once; on CI nothing may be skipped, so there it throws.
    static ConditionEvaluationResult missing(String why) {
        if ("true".equals(System.getenv("CI"))) {
            throw new IllegalStateException("CI=true, and tests cannot run: " + why);
        }
        if (SAID.add(why)) {
            System.err.println("SKIPPED: tests of the real Asterisk: " + why);
        }
        return ConditionEvaluationResult.disabled(why);
    }
}
