package io.jenkins.mlops.testbed.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Holds the declared plugin dependencies against the classes that the packed code names.
 *
 * <p>On the testbed all doubles stand on one class path, so a missing dependency shows on a controller only, as a
 * {@code NoClassDefFoundError}.
 */
class PluginDependenciesTest {

    /** Package prefix, without a dot behind, to the plugin that brings it; the longest prefix counts. */
    private static final Map<String, String> PLUGIN_OF_PACKAGE = Map.ofEntries(
            Map.entry("com.cloudbees.plugins.credentials", "credentials"),
            Map.entry("com.codahale.metrics", "metrics"),
            Map.entry("com.fasterxml.jackson", "jackson2-api"),
            Map.entry("io.jenkins.plugins.checks", "checks-api"),
            // Mailer shows what its own dependency, jakarta-mail-api, brings.
            Map.entry("jakarta.mail", "mailer"),
            Map.entry("jenkins.metrics", "metrics"),
            Map.entry("jenkins.plugins.mailer", "mailer"),
            Map.entry("org.jenkinsci.plugins.plaincredentials", "plain-credentials"),
            Map.entry("org.jenkinsci.plugins.scriptsecurity", "script-security"),
            Map.entry("org.jenkinsci.plugins.structs", "structs"),
            Map.entry("org.jenkinsci.plugins.workflow.steps", "workflow-step-api"),
            Map.entry("org.jenkinsci.plugins.workflow.actions", "workflow-api"),
            Map.entry("org.jenkinsci.plugins.workflow.flow", "workflow-api"),
            Map.entry("org.jenkinsci.plugins.workflow.graph", "workflow-api"),
            Map.entry("org.jenkinsci.plugins.workflow.graphanalysis", "workflow-api"),
            Map.entry("org.jenkinsci.plugins.workflow.log", "workflow-api"),
            Map.entry("org.jenkinsci.plugins.workflow.pickles", "workflow-api"),
            Map.entry("org.jenkinsci.plugins.workflow.support", "workflow-support"),
            Map.entry("org.yaml.snakeyaml", "snakeyaml-api"),
            Map.entry("io.jenkins.plugins.mlops.registry", "mlops-registry"),
            Map.entry("io.jenkins.mlops", "mlops-registry"));

    /** Classes of plugins in packages of the core. */
    private static final Map<String, String> PLUGIN_OF_CLASS =
            Map.of("hudson.tasks.MailAddressResolver", "mailer", "hudson.tasks.Mailer", "mailer");

    /** What Jenkins core shows to every plugin. */
    private static final List<String> CORE_PACKAGES = List.of(
            "java.",
            "javax.",
            "jdk.",
            "com.sun.management.",
            "com.sun.net.httpserver.",
            "org.w3c.dom",
            "org.xml.sax",
            "hudson.",
            "jenkins.",
            "org.kohsuke.stapler",
            "org.kohsuke.accmod",
            "org.kohsuke.args4j",
            "org.jvnet.localizer",
            "org.apache.commons.jelly",
            "com.thoughtworks.xstream",
            "net.sf.json",
            "jakarta.servlet",
            "org.springframework.security",
            "org.slf4j",
            "edu.umd.cs.findbugs.annotations");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void declaresWhatItsClassesName(PluginModule module) throws IOException {
        Hpi hpi = Hpi.open(module);
        Map<String, String> firstUse = new TreeMap<>();
        List<String> unknown = new ArrayList<>();
        for (JavaClass type : ownClasses(hpi)) {
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                JavaClass target = dependency.getTargetClass().getBaseComponentType();
                if (target.isPrimitive() || isBundled(hpi, target)) {
                    continue;
                }
                Optional<String> plugin = pluginOf(target);
                if (plugin.isPresent()) {
                    firstUse.putIfAbsent(plugin.get(), dependency.getDescription());
                } else if (CORE_PACKAGES.stream().noneMatch(target.getName()::startsWith)
                        && !target.getName().equals("org.jenkinsci.Symbol")) {
                    unknown.add(dependency.getDescription());
                }
            }
        }

        assertThat(unknown).as("names classes of unknown origin").isEmpty();
        Set<String> declared = new TreeSet<>(hpi.pluginDependencies().keySet());
        assertThat(firstUse.keySet()).as("used: %s", firstUse).isEqualTo(declared);
    }

    /**
     * Where an optional plugin is absent, Jenkins passes over an optional extension, and over no other class: what else
     * names the plugin must be out of reach then.
     */
    @ParameterizedTest
    @EnumSource
    void namesOptionalPluginsOnlyBehindOptionalExtensions(PluginModule module) throws IOException {
        Hpi hpi = Hpi.open(module);
        List<String> elsewhere = new ArrayList<>();
        JavaClasses classes = ownClasses(hpi);
        Set<JavaClass> optional = classes.stream()
                .filter(PluginDependenciesTest::isOptionalExtension)
                .collect(Collectors.toSet());
        // An optional descriptor keeps what it describes from being made.
        optional.stream()
                .map(JavaClass::getEnclosingClass)
                .flatMap(Optional::stream)
                .toList()
                .forEach(optional::add);
        for (JavaClass type : classes) {
            boolean mayFailToLink = isOptionalExtension(type)
                    || type.getDirectDependenciesToSelf().stream()
                            .map(Dependency::getOriginClass)
                            .allMatch(user -> user.equals(type) || optional.contains(user));
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                Optional<String> plugin = pluginOf(dependency.getTargetClass().getBaseComponentType());
                if (!mayFailToLink
                        && plugin.isPresent()
                        && hpi.optionalPlugins().contains(plugin.get())) {
                    elsewhere.add(dependency.getDescription());
                }
            }
        }

        assertThat(elsewhere).isEmpty();
    }

    private static boolean isOptionalExtension(JavaClass type) {
        return type.tryGetAnnotationOfType("hudson.Extension")
                .map(annotation -> annotation.get("optional").orElse(false).equals(true))
                .orElse(false);
    }

    /** The plugin's own classes and the core's, which run in the class loader of the plugin that bundles them. */
    private JavaClasses ownClasses(Hpi hpi) throws IOException {
        List<URL> jars = new ArrayList<>();
        for (String jar : hpi.jars().keySet()) {
            if (jar.equals(hpi.pluginJarName()) || jar.startsWith("mlops-core-")) {
                Path file = Files.write(folder.resolve(jar), hpi.entries().get("WEB-INF/lib/" + jar));
                jars.add(URI.create("jar:" + file.toUri() + "!/").toURL());
            }
        }
        return new ClassFileImporter().importUrls(jars);
    }

    private static boolean isBundled(Hpi hpi, JavaClass type) {
        String path = type.getName().replace('.', '/') + ".class";
        return hpi.jars().values().stream().anyMatch(jar -> jar.containsKey(path));
    }

    private static Optional<String> pluginOf(JavaClass type) {
        String named = PLUGIN_OF_CLASS.get(type.getName());
        if (named != null) {
            return Optional.of(named);
        }
        return PLUGIN_OF_PACKAGE.entrySet().stream()
                .filter(entry -> type.getPackageName().equals(entry.getKey())
                        || type.getPackageName().startsWith(entry.getKey() + "."))
                .max(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue);
    }
}
