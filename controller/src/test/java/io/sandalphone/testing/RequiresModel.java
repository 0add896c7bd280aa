package io.sandalphone.testing;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// These tests load a model file. It is fetched as `scripts/models get` does, into the same cache folder,
/// unless it is there. Where no place that has it can be reached they are skipped, with a reason that
/// begins with `no model: `.
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RequiresModel.Condition.class)
public @interface RequiresModel {
    /// The model's name in the manifest.
    String value();

    /// Decides for one test or class.
    final class Condition implements ExecutionCondition {
        /// What fetching came to, by the model's name; empty: it is there.
        private static final Map<String, String> TRIED = new ConcurrentHashMap<>();

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            String name =
                    AnnotationSupport.findAnnotation(context.getElement(), RequiresModel.class)
                            .map(RequiresModel::value)
                            .orElse("");
            if (name.isEmpty()) {
                return ConditionEvaluationResult.enabled("needs no model");
            }
            String missing = TRIED.computeIfAbsent(name, TestModels::fetch);
            if (missing.isEmpty()) {
                return ConditionEvaluationResult.enabled("the model is there");
            }
            System.err.println("SKIPPED: " + context.getDisplayName() + ": " + missing);
            return ConditionEvaluationResult.disabled("no model: " + missing);
        }
    }
}
