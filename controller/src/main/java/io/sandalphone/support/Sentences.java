package io.sandalphone.support;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.StringEntry;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The sentences that classes of the gateway can say: the texts that stand in them. A line of the log whose sentence is not one of
/// its class's was put together from something else, whoever wrote it.
final class Sentences {
    private static final String OURS = "io.sandalphone.";

    private final Map<String, Set<String>> known = new HashMap<>();

    /// Whether there is such a class of the gateway.
    boolean isClass(String name) {
        return !of(name).isEmpty();
    }

    /// Whether that class can say it.
    boolean says(String className, String sentence) {
        return of(className).contains(sentence);
    }

    private Set<String> of(String className) {
        return known.computeIfAbsent(className, Sentences::read);
    }

    /// Those of the class and of the ones within it. Nothing of any other program's.
    private static Set<String> read(String className) {
        if (!className.startsWith(OURS)) {
            return Set.of();
        }
        Set<String> texts = new HashSet<>();
        model(className.replace('.', '/'))
                .ifPresent(
                        outer -> {
                            add(outer, texts);
                            outer.findAttribute(Attributes.nestMembers()).stream()
                                    .flatMap(members -> members.nestMembers().stream())
                                    .map(ClassEntry::asInternalName)
                                    .flatMap(member -> model(member).stream())
                                    .forEach(inner -> add(inner, texts));
                        });
        return Set.copyOf(texts);
    }

    private static Optional<ClassModel> model(String internalName) {
        try (InputStream file =
                Sentences.class.getResourceAsStream("/" + internalName + ".class")) {
            return file == null
                    ? Optional.empty()
                    : Optional.of(ClassFile.of().parse(file.readAllBytes()));
        } catch (IOException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static void add(ClassModel model, Set<String> texts) {
        for (PoolEntry entry : model.constantPool()) {
            if (entry instanceof StringEntry text) {
                texts.add(text.stringValue());
            }
        }
    }
}
