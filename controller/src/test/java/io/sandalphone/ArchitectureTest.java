package io.sandalphone;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static com.tngtech.archunit.library.plantuml.rules.PlantUmlArchCondition.Configuration.consideringOnlyDependenciesInDiagram;
import static com.tngtech.archunit.library.plantuml.rules.PlantUmlArchCondition.adhereToPlantUmlDiagram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;

import io.sandalphone.metrics.Metrics;

import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Holds the code to the tree of packages: dependencies point down the rows, never up and never
/// within one, and only where the diagram has an arrow.
class ArchitectureTest {
    private static final String ROOT = "io.sandalphone.";

    private static final Path DIAGRAM = Path.of("docs/packages.puml");

    private static final Pattern PACKAGE =
            Pattern.compile("\\[([a-z.]+)] <<io\\.sandalphone\\.[a-z.]+>>");

    /// The rows, from the whole down to the leaves: the blocks of packages in the diagram.
    private static final List<List<String>> ROWS = rows();

    private static List<List<String>> rows() {
        try {
            return Stream.of(Files.readString(DIAGRAM).split("\n\n"))
                    .map(
                            block ->
                                    PACKAGE.matcher(block)
                                            .results()
                                            .map(line -> line.group(1))
                                            .toList())
                    .filter(row -> !row.isEmpty())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final JavaClasses CODE =
            new ClassFileImporter()
                    .importUrl(Metrics.class.getProtectionDomain().getCodeSource().getLocation());

    /// The entry of the rows to which a class belongs: the longest that its package begins with.
    private static Optional<String> entry(JavaClass type) {
        return ROWS.stream()
                .flatMap(List::stream)
                .filter(
                        entry ->
                                type.getPackageName().equals(ROOT + entry)
                                        || type.getPackageName().startsWith(ROOT + entry + "."))
                .max((a, b) -> a.length() - b.length());
    }

    private static int row(String entry) {
        for (int row = 0; row < ROWS.size(); row++) {
            if (ROWS.get(row).contains(entry)) {
                return row;
            }
        }
        throw new IllegalArgumentException(entry);
    }

    @Test
    void the_diagram_has_the_layers() {
        assertEquals(11, ROWS.size(), ROWS::toString);
        assertEquals(List.of("app", "transport"), ROWS.getFirst());
    }

    @Test
    void dependencies_point_down_the_rows_never_up_and_never_within_one() {
        List<String> wrong = new ArrayList<>();
        for (JavaClass type : CODE) {
            String own = entry(type).orElseThrow(() -> new AssertionError("no row has " + type));
            type.getDirectDependenciesFromSelf().stream()
                    .filter(dependency -> dependency.getTargetClass().getName().startsWith(ROOT))
                    .forEach(
                            dependency -> {
                                String other = entry(dependency.getTargetClass()).orElseThrow();
                                if (!own.equals(other) && row(other) <= row(own)) {
                                    wrong.add(own + " uses " + other + ": " + dependency);
                                }
                            });
        }
        assertEquals(List.of(), wrong);
    }

    @Test
    void the_diagram_has_every_dependency() {
        classes()
                .should(adhereToPlantUmlDiagram(DIAGRAM, consideringOnlyDependenciesInDiagram()))
                .check(CODE);
    }

    @Test
    void every_package_says_its_one_sentence_and_is_null_marked() {
        var packages = CODE.stream().map(JavaClass::getPackage).collect(Collectors.toSet());
        assertTrue(packages.size() > 15, "found only " + packages);
        var silent =
                packages.stream()
                        .filter(named -> !named.isAnnotatedWith(NullMarked.class))
                        .map(JavaPackage::getName)
                        .toList();
        assertEquals(List.of(), silent);
    }

    @Test
    void calls_know_no_carrier_and_no_vendor_by_name() {
        noClasses()
                .that()
                .resideInAnyPackage("io.sandalphone.call..", "io.sandalphone.translate..")
                .should()
                .dependOnClassesThat(
                        DescribedPredicate.describe(
                                "belong to a carrier's or a vendor's library",
                                type ->
                                        type.getPackageName().startsWith("ch.loway.oss.ari4java")
                                                || type.getPackageName()
                                                        .startsWith("io.vertx.core.http")))
                .check(CODE);
    }

    @Test
    void no_packages_depend_on_each_other_in_a_circle() {
        slices().matching("io.sandalphone.(**)").should().beFreeOfCycles().check(CODE);
    }
}
