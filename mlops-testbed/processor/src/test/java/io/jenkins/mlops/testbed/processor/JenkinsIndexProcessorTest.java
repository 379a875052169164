package io.jenkins.mlops.testbed.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles small sources with the processor and reads what it left beside the class files. */
class JenkinsIndexProcessorTest {

    private static final Map<String, String> ANNOTATIONS = Map.of(
            "org.jenkinsci.Symbol", "package org.jenkinsci; public @interface Symbol { String[] value(); }",
            "hudson.init.Initializer", "package hudson.init; public @interface Initializer {}",
            "org.kohsuke.stapler.DataBoundConstructor",
                    "package org.kohsuke.stapler; public @interface DataBoundConstructor {}");

    @TempDir
    private Path classes;

    @Test
    void listsAnnotatedClassesByBinaryNameAndSorted() throws IOException {
        compile(Map.of(
                "p.Zoo",
                "package p; @org.jenkinsci.Symbol(\"zoo\") public class Zoo {}",
                "p.Gate",
                "package p; public class Gate {"
                        + " @org.jenkinsci.Symbol({\"gate\", \"door\"}) public static class DescriptorImpl {} }"));

        assertThat(index("org.jenkinsci.Symbol")).containsExactly("p.Gate$DescriptorImpl", "p.Zoo");
    }

    @Test
    void listsTheOwnerOfAnAnnotatedMethodOnce() throws IOException {
        compile(Map.of(
                "p.Startup",
                "package p; public class Startup {"
                        + " @hudson.init.Initializer public static void first() {}"
                        + " @hudson.init.Initializer public static void second() {} }"));

        assertThat(index("hudson.init.Initializer")).containsExactly("p.Startup");
    }

    @Test
    void writesTheParameterNamesOfDataBoundConstructors() throws IOException {
        compile(
                Map.of(
                        "p.Outer",
                        "package p; public class Outer {"
                                + " @org.kohsuke.stapler.DataBoundConstructor public Outer(String name, int folds) {}"
                                + " public static class Inner { @org.kohsuke.stapler.DataBoundConstructor public Inner() {} } }"));

        assertThat(Files.readString(classes.resolve("p/Outer.stapler"))).isEqualTo("constructor=name,folds\n");
        assertThat(Files.readString(classes.resolve("p/Outer/Inner.stapler"))).isEqualTo("constructor=\n");
    }

    @Test
    void writesNothingWhereNothingIsAnnotated() throws IOException {
        compile(Map.of("p.Plain", "package p; public class Plain {}"));

        assertThat(classes.resolve("META-INF")).doesNotExist();
    }

    private List<String> index(String annotation) throws IOException {
        return Files.readAllLines(classes.resolve(JenkinsIndexProcessor.INDEX_FOLDER + annotation));
    }

    private void compile(Map<String, String> sources) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<JavaFileObject> units = Stream.concat(ANNOTATIONS.entrySet().stream(), sources.entrySet().stream())
                .<JavaFileObject>map(entry -> new SourceText(entry.getKey(), entry.getValue()))
                .toList();
        JavaCompiler.CompilationTask task =
                compiler.getTask(null, null, null, List.of("-d", classes.toString()), null, units);
        task.setProcessors(List.of(new JenkinsIndexProcessor()));
        assertThat(task.call()).as("compiles").isTrue();
    }

    /** A source file that stands in memory. */
    private static final class SourceText extends SimpleJavaFileObject {
        private final String text;

        SourceText(String className, String text) {
            super(URI.create("string:///" + className.replace('.', '/') + Kind.SOURCE.extension), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
