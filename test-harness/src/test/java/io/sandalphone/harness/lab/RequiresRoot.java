package io.sandalphone.harness.lab;

import org.junit.jupiter.api.extension.ExtendWith;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Tests that make network namespaces: skipped, with a line that says so, for whoever is not root;
/// with `CI=true` they fail instead.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(LabConditions.Root.class)
public @interface RequiresRoot {}
