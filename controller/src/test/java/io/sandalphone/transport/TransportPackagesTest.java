package io.sandalphone.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;

import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// What `transport/pom.xml` takes of the controller's classes is a whole: nothing that it needs is left out, and it needs no
/// library but those that the artifact names. Where a class is missing, add it to `transport.classes` there; where one brings a
/// library, to `transport.without`, or have the library's user not need it.
class TransportPackagesTest {
    private static final Path POM = Path.of("../transport/pom.xml");

    /// The packages of the artifact's dependencies, and of what they bring.
    private static final List<String> LIBRARIES =
            List.of(
                    "java.",
                    "javax.crypto.",
                    "javax.xml.stream.",
                    "org.jspecify.annotations.",
                    "org.slf4j.",
                    "io.vertx.core.",
                    "io.vertx.ext.web.",
                    "io.netty.",
                    "com.fasterxml.jackson.core.",
                    "com.fasterxml.jackson.databind.",
                    "io.micrometer.core.instrument.",
                    "io.github.bucket4j.",
                    "com.google.i18n.phonenumbers.");

    private static final JavaClasses CODE =
            new ClassFileImporter()
                    .importUrl(
                            SipTransport.class.getProtectionDomain().getCodeSource().getLocation());

    private static final List<Pattern> WITH = patterns("transport.classes");
    private static final List<Pattern> WITHOUT = patterns("transport.without");

    /// What stands in a property of the module, as patterns for the names of classes.
    private static List<Pattern> patterns(String property) {
        try {
            var found =
                    Pattern.compile("(?s)<%1$s>(.*?)</%1$s>".formatted(Pattern.quote(property)))
                            .matcher(Files.readString(POM));
            assertTrue(found.find(), property);
            return Arrays.stream(found.group(1).strip().split("\\s*,\\s*"))
                    .map(each -> each.replace('/', '.').replace(".", "\\."))
                    .map(each -> Pattern.compile(each.replace("*", "[^.]*")))
                    .toList();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static boolean isTaken(JavaClass type) {
        String name = type.getName();
        return WITH.stream().anyMatch(each -> each.matcher(name).matches())
                && WITHOUT.stream().noneMatch(each -> each.matcher(name).matches());
    }

    private static JavaClass element(JavaClass type) {
        return type.getBaseComponentType();
    }

    @Test
    void no_class_of_the_library_needs_one_that_is_left_out() {
        assertEquals(
                Set.of(),
                needs(type -> type.getName().startsWith("io.sandalphone.") && !isTaken(type)));
    }

    @Test
    void no_class_of_the_library_needs_another_library() {
        assertEquals(
                Set.of(),
                needs(
                        type ->
                                !type.isPrimitive()
                                        && !type.getName().startsWith("io.sandalphone.")
                                        && LIBRARIES.stream()
                                                .noneMatch(type.getName()::startsWith)));
    }

    private static Set<String> needs(java.util.function.Predicate<JavaClass> wrong) {
        Set<String> needed = new TreeSet<>();
        for (JavaClass type : CODE) {
            if (isTaken(type)) {
                for (Dependency each : type.getDirectDependenciesFromSelf()) {
                    JavaClass target = element(each.getTargetClass());
                    if (wrong.test(target)) {
                        needed.add(type.getName() + " needs " + target.getName());
                    }
                }
            }
        }
        return needed;
    }

    @Test
    void the_library_is_a_small_part_of_the_gateway() {
        long taken = CODE.stream().filter(TransportPackagesTest::isTaken).count();
        long all = CODE.size();
        assertTrue(taken > 150 && taken < all / 3, () -> taken + " of " + all + " classes");
    }
}
