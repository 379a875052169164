package io.jenkins.mlops.testbed.pipeline;

import groovy.lang.GroovyClassLoader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.jenkinsci.plugins.scriptsecurity.sandbox.RejectedAccessException;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/**
 * What sandboxed scripts may use: their own classes, what is marked {@link Whitelisted}, the steps, and the harmless part
 * of the JDK and of Groovy that {@code sandbox-rules.txt} names.
 */
final class SandboxRules {
    /** The methods of a script that come to steps. */
    static final Set<String> STEPS = Set.of("invokeMethod", "print", "println", "sleep");

    private static final SandboxRules INSTANCE = new SandboxRules();

    private final Set<String> allowed = new HashSet<>();

    private SandboxRules() {
        try (InputStream in = SandboxRules.class.getResourceAsStream("sandbox-rules.txt");
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            lines.lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .forEach(this::read);
        } catch (IOException x) {
            throw new UncheckedIOException(x);
        }
    }

    static SandboxRules get() {
        return INSTANCE;
    }

    /** A line is a class and the members of it that are allowed; {@code name} for all overloads, or one signature. */
    private void read(String line) {
        String[] words = line.split("\\s+");
        for (int i = 1; i < words.length; i++) {
            allowed.add(words[0] + " " + words[i]);
        }
    }

    boolean permits(Executable member) {
        Class<?> home = member.getDeclaringClass();
        if (isScripts(home) && !member.isSynthetic() || isMarked(member)) {
            return true;
        }
        if (home == PipelineScript.class || home == PipelineClosure.class) {
            return STEPS.contains(member.getName());
        }
        String name = member instanceof Constructor ? "new" : member.getName();
        return allowed.contains(home.getName() + " " + name)
                || allowed.contains(home.getName() + " " + name + "(" + parameters(member, ",") + ")");
    }

    boolean permitsRead(Field field) {
        Class<?> home = field.getDeclaringClass();
        return isScripts(home) || isMarked(field) || allowed.contains(home.getName() + " " + field.getName());
    }

    boolean permitsWrite(Field field) {
        return isScripts(field.getDeclaringClass()) || isMarked(field);
    }

    private static boolean isScripts(Class<?> home) {
        return home.getClassLoader() instanceof GroovyClassLoader;
    }

    private static boolean isMarked(AnnotatedElement member) {
        return member.isAnnotationPresent(Whitelisted.class);
    }

    private static String parameters(Executable member, String separator) {
        StringBuilder text = new StringBuilder();
        for (Class<?> type : member.getParameterTypes()) {
            text.append(text.isEmpty() ? "" : separator).append(type.getCanonicalName());
        }
        return text.toString();
    }

    static RejectedAccessException refuse(Executable member) {
        String home = member.getDeclaringClass().getName();
        String parameters = member.getParameterCount() == 0 ? "" : " " + parameters(member, " ");
        if (member instanceof Constructor) {
            return new RejectedAccessException("new", home + parameters);
        }
        String kind = Modifier.isStatic(member.getModifiers()) ? "staticMethod" : "method";
        return new RejectedAccessException(kind, home + " " + member.getName() + parameters);
    }
}
