package io.sandalphone.harness.lab;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

import java.util.Map;

/// What [RealAsterisk] promises.
final class RealAsteriskExtension
        implements ExecutionCondition,
                ParameterResolver,
                BeforeEachCallback,
                AfterTestExecutionCallback {
    private static final Namespace STORE = Namespace.create(RealAsteriskExtension.class);
    private static final AsteriskHost.Options OPTIONS =
            new AsteriskHost.Options(
                    Map.of(RealAsterisk.CALLED, RealAsterisk.DESTINATION), 10_000, 12_999);

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        String whyNot = AsteriskHost.whyNot();
        return whyNot == null
                ? ConditionEvaluationResult.enabled("a real Asterisk can be had")
                : LabConditions.missing(whyNot);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == AsteriskHost.class;
    }

    @Override
    public AsteriskHost resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return host(context);
    }

    /// The root store closes what is in it when the last test has run.
    private static AsteriskHost host(ExtensionContext context) {
        return context.getRoot()
                .getStore(STORE)
                .computeIfAbsent(AsteriskHost.class, _ -> fencedHost(), AsteriskHost.class);
    }

    private static AsteriskHost fencedHost() {
        AsteriskHost host = AsteriskHost.boot(OPTIONS);
        try {
            host.loadFirewall();
            return host;
        } catch (RuntimeException e) {
            host.close();
            throw e;
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        AsteriskHost host = host(context);
        host.startAfresh();
        context.getStore(STORE).put("log length", host.log().length());
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        if (context.getExecutionException().isEmpty()) {
            return;
        }
        AsteriskHost host = host(context);
        @Nullable Integer before = context.getStore(STORE).get("log length", Integer.class);
        String log = host.log();
        print(context, "Asterisk's log", log.substring(before == null ? 0 : before));
        host.reports().forEach((name, text) -> print(context, name, text.get()));
    }

    private static void print(ExtensionContext context, String name, String text) {
        System.err.printf("=== %s: %s%n%s%n===%n", context.getDisplayName(), name, text);
    }
}
