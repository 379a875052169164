package io.jenkins.mlops.testbed.packaging;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Finds annotated classes and members in the sources: {@code @Extension} leaves no trace in class files. */
final class SourceAnnotations {

    private SourceAnnotations() {}

    /**
     * The classes under a source folder that carry an annotation, or have a member that does.
     *
     * @param sources a source folder, which may be absent
     * @param annotation the simple name, such as {@code Extension}
     * @return the binary names
     */
    static Set<String> classesWith(String annotation, Path sources) throws IOException {
        Set<String> classes = new TreeSet<>();
        if (!Files.isDirectory(sources)) {
            return classes;
        }
        List<Path> files;
        try (Stream<Path> walk = Files.walk(sources)) {
            files = walk.filter(file -> file.toString().endsWith(".java")).toList();
        }
        if (files.isEmpty()) {
            return classes;
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            Iterable<? extends JavaFileObject> units = manager.getJavaFileObjectsFromPaths(files);
            JavacTask task = (JavacTask) compiler.getTask(null, manager, null, List.of("-proc:none"), null, units);
            for (CompilationUnitTree unit : task.parse()) {
                new Finder(annotation, unit, classes).scan(unit, null);
            }
        }
        return classes;
    }

    /** Walks one file and keeps the names of the classes around. */
    private static final class Finder extends TreeScanner<Void, Void> {
        private final String annotation;
        private final CompilationUnitTree unit;
        private final Set<String> found;
        private final Deque<String> around = new ArrayDeque<>();

        Finder(String annotation, CompilationUnitTree unit, Set<String> found) {
            this.annotation = annotation;
            this.unit = unit;
            this.found = found;
        }

        @Override
        public Void visitClass(ClassTree tree, Void unused) {
            String name = around.isEmpty()
                    ? unit.getPackageName() + "." + tree.getSimpleName()
                    : around.peek() + "$" + tree.getSimpleName();
            around.push(name);
            note(tree.getModifiers());
            super.visitClass(tree, unused);
            around.pop();
            return null;
        }

        @Override
        public Void visitMethod(MethodTree tree, Void unused) {
            note(tree.getModifiers());
            return super.visitMethod(tree, unused);
        }

        @Override
        public Void visitVariable(VariableTree tree, Void unused) {
            note(tree.getModifiers());
            return super.visitVariable(tree, unused);
        }

        private void note(ModifiersTree modifiers) {
            for (AnnotationTree each : modifiers.getAnnotations()) {
                String name = each.getAnnotationType().toString();
                if (name.equals(annotation) || name.endsWith("." + annotation)) {
                    found.add(around.peek());
                }
            }
        }
    }
}
