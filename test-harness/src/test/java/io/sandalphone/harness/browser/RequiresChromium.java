package io.sandalphone.harness.browser;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Runs where Chromium is installed. Elsewhere it is skipped and says so; on CI only where
/// `scripts/test` found none to install.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RequiresChromium.Condition.class)
@interface RequiresChromium {
    final class Condition implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            if (Chromium.program().isPresent()) {
                return ConditionEvaluationResult.enabled("Chromium is installed");
            }
            String why = "no browser: the Debian package chromium is not installed";
            boolean none = "false".equals(System.getenv("SANDALPHONE_BROWSER"));
            if (!none && "true".equals(System.getenv("CI"))) {
                throw new IllegalStateException("CI=true, and tests cannot run: " + why);
            }
            System.err.println("SKIPPED: tests of pages in a browser: " + why);
            return ConditionEvaluationResult.disabled(why);
        }
    }
}
