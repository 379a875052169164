package io.jenkins.mlops.testbed.processor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.tools.StandardLocation;

/**
 * Writes the annotation indexes and the constructor files that a Jenkins controller reads from a plugin's jar.
 *
 * <p>Two kinds of files come out:
 *
 * <ul>
 *   <li>{@code META-INF/services/annotations/<annotation>}: the binary names of the classes that carry the annotation
 *       or have a member that does, one a line, sorted, in UTF-8. Jenkins looks up {@code @Symbol} and
 *       {@code @Initializer} there and nowhere else, so a class that is missing here is never found.
 *   <li>{@code <class>.stapler} (nested classes in a folder named as the outer class): the parameter names of the
 *       {@code @DataBoundConstructor}, for readers that do not take them from the class file.
 * </ul>
 *
 * <p>The annotations are known by name: it works with the real annotations and with doubles of them. The index of
 * {@code @Extension} is SezPoz's and not written here.
 */
public final class JenkinsIndexProcessor extends AbstractProcessor {

    static final String INDEX_FOLDER = "META-INF/services/annotations/";
    static final String DATA_BOUND_CONSTRUCTOR = "org.kohsuke.stapler.DataBoundConstructor";

    /** The annotations that Jenkins core, Stapler and structs mark as indexed. */
    static final Set<String> INDEXED = Set.of(
            "org.jenkinsci.Symbol",
            "hudson.init.Initializer",
            "hudson.init.Terminator",
            "hudson.cli.declarative.CLIMethod",
            "hudson.cli.declarative.CLIResolver",
            "hudson.cli.declarative.OptionHandlerExtension",
            "org.kohsuke.accmod.Restricted",
            "org.kohsuke.stapler.export.ExportedBean");

    private final Map<String, Set<String>> classesByAnnotation = new TreeMap<>();

    /** Made by the compiler. */
    public JenkinsIndexProcessor() {}

    @Override
    public Set<String> getSupportedAnnotationTypes() {
        Set<String> names = new TreeSet<>(INDEXED);
        names.add(DATA_BOUND_CONSTRUCTOR);
        return names;
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latestSupported();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        if (round.processingOver()) {
            if (!round.errorRaised()) {
                classesByAnnotation.forEach(this::writeIndex);
            }
            return false;
        }
        for (TypeElement annotation : annotations) {
            String name = annotation.getQualifiedName().toString();
            for (Element element : round.getElementsAnnotatedWith(annotation)) {
                if (name.equals(DATA_BOUND_CONSTRUCTOR)) {
                    writeConstructorFile((ExecutableElement) element);
                } else {
                    classesByAnnotation
                            .computeIfAbsent(name, unused -> new TreeSet<>())
                            .add(nameOfOwner(element));
                }
            }
        }
        return false;
    }

    /** The class or package that an annotated element is, or is a member of. */
    private String nameOfOwner(Element element) {
        for (Element owner = element; ; owner = owner.getEnclosingElement()) {
            if (owner instanceof TypeElement type) {
                return processingEnv.getElementUtils().getBinaryName(type).toString();
            }
            if (owner instanceof PackageElement aPackage) {
                return aPackage.getQualifiedName().toString();
            }
        }
    }

    private void writeIndex(String annotation, Set<String> classes) {
        write(INDEX_FOLDER + annotation, List.of(), String.join("\n", classes) + "\n");
    }

    private void writeConstructorFile(ExecutableElement constructor) {
        if (constructor.getKind() != ElementKind.CONSTRUCTOR) {
            return; // javac reports it: the annotation's target does not allow it
        }
        TypeElement type = (TypeElement) constructor.getEnclosingElement();
        String parameters = constructor.getParameters().stream()
                .map(parameter -> parameter.getSimpleName().toString())
                .collect(Collectors.joining(","));
        String path = type.getQualifiedName().toString().replace('.', '/') + ".stapler";
        write(path, List.of(constructor), "constructor=" + parameters + "\n");
    }

    private void write(String path, List<? extends Element> origins, String content) {
        try (Writer out = processingEnv
                .getFiler()
                .createResource(StandardLocation.CLASS_OUTPUT, "", path, origins.toArray(Element[]::new))
                .openWriter()) {
            out.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + path + " into the folder of class files", e);
        }
    }
}
