package io.sandalphone.harness;

import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.importer.ClassFileImporter;

import io.sandalphone.harness.lab.SharedByClass;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// A failed test is tried once more in the same process. What its class closed in the end must be there again then.
class RunsAgainTest {
    @Test
    void no_constant_of_a_test_class_is_closed_in_the_end() {
        noFields()
                .that()
                .areStatic()
                .and()
                .areFinal()
                .should(
                        be(
                                DescribedPredicate.describe(
                                        "closed by @AfterAll: a SharedByClass is made anew",
                                        RunsAgainTest::isClosedForGood)))
                .check(
                        new ClassFileImporter()
                                .importUrl(
                                        RunsAgainTest.class
                                                .getProtectionDomain()
                                                .getCodeSource()
                                                .getLocation()));
    }

    private static boolean isClosedForGood(JavaField field) {
        return !field.getRawType().isEquivalentTo(SharedByClass.class)
                && field.getOwner().getAllMethods().stream()
                        .anyMatch(method -> method.isAnnotatedWith(AfterAll.class))
                && field.getAllInvolvedRawTypes().stream().anyMatch(RunsAgainTest::canBeClosed);
    }

    private static boolean canBeClosed(JavaClass type) {
        return type.getAllMethods().stream()
                .anyMatch(
                        method ->
                                method.getName().equals("close")
                                        && method.getRawParameterTypes().isEmpty());
    }
}
