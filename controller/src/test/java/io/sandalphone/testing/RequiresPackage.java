package io.sandalphone.testing;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// These tests use what a Debian or Ubuntu package installs. Where it is missing they are skipped with
/// a line that says so; with `CI=true` in the environment they fail instead.
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(RequiresPackage.All.class)
@ExtendWith(RequiresPackage.Condition.class)
public @interface RequiresPackage {
    /// The package's name.
    String value();

    /// A file it brings, by which its presence is known.
    String file();

    /// False for what is not in component main and may be refused: with `SANDALPHONE_FREE=true` in the
    /// environment its tests are skipped in any case, with a reason that begins with `no voice:`.
    boolean free() default true;

    /// Holds several of them.
    @Target({ElementType.TYPE, ElementType.METHOD})
    @Retention(RetentionPolicy.RUNTIME)
    @ExtendWith(RequiresPackage.Condition.class)
    @interface All {
        RequiresPackage[] value();
    }

    /// Decides for one test or class.
    final class Condition implements ExecutionCondition {
        private static final Set<String> SAID = ConcurrentHashMap.newKeySet();

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            var missing =
                    AnnotationSupport.findRepeatableAnnotations(
                                    context.getElement(), RequiresPackage.class)
                            .stream()
                            .filter(required -> !Files.exists(Path.of(required.file())))
                            .toList();
            if (missing.isEmpty()) {
                return ConditionEvaluationResult.enabled("the packages are installed");
            }
            String reason =
                    "not installed: "
                            + missing.stream()
                                    .map(RequiresPackage::value)
                                    .collect(Collectors.joining(", "));
            if ("true".equals(System.getenv("SANDALPHONE_FREE"))
                    && missing.stream().noneMatch(RequiresPackage::free)) {
                return ConditionEvaluationResult.disabled("no voice: " + reason);
            }
            if ("true".equals(System.getenv("CI"))) {
                throw new IllegalStateException("CI=true, and tests cannot run: " + reason);
            }
            if (SAID.add(context.getDisplayName() + reason)) {
                System.err.println("SKIPPED: " + context.getDisplayName() + ": " + reason);
            }
            return ConditionEvaluationResult.disabled(reason);
        }
    }
}
