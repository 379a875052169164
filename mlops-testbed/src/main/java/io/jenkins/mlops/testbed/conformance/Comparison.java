package io.jenkins.mlops.testbed.conformance;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.objectweb.asm.Opcodes;

/** Looks for what a double has otherwise than the real class. */
final class Comparison {
    /** Only the host implements these, so members that the double leaves out harm nobody. */
    private static final Set<String> HOST_ONLY = Set.of(
            "org/kohsuke/stapler/StaplerRequest2",
            "org/kohsuke/stapler/StaplerResponse2",
            "org/kohsuke/stapler/Ancestor",
            "hudson/Launcher",
            "hudson/Proc",
            "hudson/model/Actionable",
            "hudson/model/BuildableItem",
            "hudson/model/Computer",
            "hudson/model/Item",
            "hudson/model/Label",
            "hudson/model/Node",
            "hudson/model/TopLevelItem",
            "jenkins/model/ParameterizedJobMixIn$ParameterizedJob",
            "jenkins/tasks/SimpleBuildStep");

    private static final int CLASS_FLAGS = Opcodes.ACC_PUBLIC
            | Opcodes.ACC_PROTECTED
            | Opcodes.ACC_FINAL
            | Opcodes.ACC_INTERFACE
            | Opcodes.ACC_ABSTRACT
            | Opcodes.ACC_ENUM
            | Opcodes.ACC_ANNOTATION
            | Opcodes.ACC_STATIC;
    private static final int MEMBER_FLAGS =
            Opcodes.ACC_PUBLIC | Opcodes.ACC_PROTECTED | Opcodes.ACC_STATIC | Opcodes.ACC_FINAL | Opcodes.ACC_ABSTRACT;
    private static final int INHERITED_FLAGS = Opcodes.ACC_PUBLIC | Opcodes.ACC_PROTECTED | Opcodes.ACC_STATIC;

    private final ClassPool doubles;
    private final ClassPool real;
    private final Set<String> problems = new TreeSet<>();
    private int members;

    Comparison(ClassPool doubles, ClassPool real) {
        this.doubles = doubles;
        this.real = real;
    }

    Set<String> problems() {
        return problems;
    }

    int members() {
        return members;
    }

    void check(ClassShape mine) throws IOException {
        if (!real.has(mine.name())) {
            problem(mine, "there is no such class");
            return;
        }
        ClassShape theirs = real.get(mine.name());
        if ((mine.access() & CLASS_FLAGS) != (theirs.access() & CLASS_FLAGS)) {
            problem(mine, "is " + flags(mine.access()) + "but really " + flags(theirs.access()));
        }
        List<ClassShape> closure = real.closure(mine.name());
        Set<String> ancestors = closure.stream().map(ClassShape::name).collect(Collectors.toSet());
        TreeSet<String> supers = new TreeSet<>(mine.interfaces());
        supers.add(mine.superName());
        for (String s : supers) {
            if (!s.equals("java/lang/Object") && !ancestors.contains(s)) {
                problem(mine, "extends " + s);
            }
        }
        for (ClassShape.Member m : mine.members().values()) {
            if (m.accessible()) {
                members++;
                checkMember(mine, m, theirs, closure);
            }
        }
        if (extensible(mine) && !HOST_ONLY.contains(mine.name())) {
            checkAbstract(mine, closure);
        }
    }

    private void checkMember(ClassShape mine, ClassShape.Member m, ClassShape theirs, List<ClassShape> closure) {
        ClassShape.Member same = theirs.members().get(m.key());
        if (same != null) {
            if ((m.access() & MEMBER_FLAGS) != (same.access() & MEMBER_FLAGS)) {
                problem(mine, m.key() + " is " + flags(m.access()) + "but really " + flags(same.access()));
            }
            if (!m.exceptions().equals(same.exceptions())) {
                problem(mine, m.key() + " throws " + m.exceptions() + " but really " + same.exceptions());
            }
            return;
        }
        if (!m.isConstructor()) {
            for (ClassShape c : closure) {
                ClassShape.Member inherited = c.members().get(m.key());
                if (inherited != null && (inherited.access() & (Opcodes.ACC_PUBLIC | Opcodes.ACC_PROTECTED)) != 0) {
                    if ((m.access() & INHERITED_FLAGS) != (inherited.access() & INHERITED_FLAGS)) {
                        problem(mine, m.key() + " is inherited as " + flags(inherited.access()));
                    }
                    return;
                }
            }
        }
        problem(mine, "has no " + m.key());
    }

    private static boolean extensible(ClassShape c) {
        return (c.access() & (Opcodes.ACC_FINAL | Opcodes.ACC_ANNOTATION)) == 0
                && (c.isInterface()
                        || c.members().values().stream().anyMatch(m -> m.isConstructor() && m.accessible()));
    }

    private void checkAbstract(ClassShape mine, List<ClassShape> closure) throws IOException {
        Set<String> known = doubles.closure(mine.name()).stream()
                .flatMap(c -> c.members().keySet().stream())
                .collect(Collectors.toSet());
        for (ClassShape c : closure) {
            for (ClassShape.Member m : c.members().values()) {
                if (m.isAbstract() && !known.contains(m.key()) && !implemented(m.key(), closure)) {
                    problem(mine, "lacks the abstract " + m.key() + " of " + c.name());
                }
            }
        }
    }

    private static boolean implemented(String key, List<ClassShape> closure) {
        return closure.stream().map(c -> c.members().get(key)).anyMatch(m -> m != null && !m.isAbstract());
    }

    private void problem(ClassShape mine, String text) {
        problems.add(mine.name().replace('/', '.') + ": " + text);
    }

    private static String flags(int access) {
        StringBuilder b = new StringBuilder();
        int[] bits = {
            Opcodes.ACC_PUBLIC,
            Opcodes.ACC_PROTECTED,
            Opcodes.ACC_STATIC,
            Opcodes.ACC_FINAL,
            Opcodes.ACC_ABSTRACT,
            Opcodes.ACC_INTERFACE,
            Opcodes.ACC_ENUM,
            Opcodes.ACC_ANNOTATION
        };
        String[] names = {"public", "protected", "static", "final", "abstract", "interface", "enum", "annotation"};
        for (int i = 0; i < bits.length; i++) {
            if ((access & bits[i]) != 0) {
                b.append(names[i]).append(' ');
            }
        }
        return b.length() == 0 ? "neither public nor protected " : b.toString();
    }
}
