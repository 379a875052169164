package io.jenkins.mlops.testbed.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Opens the packed plugins and holds them to what a controller asks of an installable plugin. */
class HpiTest {

    private static final String VERSION = System.getProperty("mlops.version");
    private static final String JENKINS_VERSION = System.getProperty("mlops.jenkinsVersion");

    /** Classes that a controller, an API plugin or a test brings; packed ones would shadow or split them. */
    private static final List<String> FOREIGN = List.of(
            "hudson/",
            "jenkins/",
            "org/kohsuke/",
            "org/jenkinsci/",
            "org/jvnet/",
            "com/cloudbees/",
            "com/fasterxml/",
            "org/yaml/",
            "groovy/",
            "org/codehaus/groovy/",
            "jakarta/servlet/",
            "javax/servlet/",
            "org/slf4j/",
            "org/apache/commons/logging/",
            "net/java/sezpoz/",
            "edu/umd/cs/findbugs/",
            "org/checkerframework/",
            "io/jenkins/mlops/testbed/",
            "org/junit/",
            "junit/",
            "org/assertj/",
            "net/jqwik/",
            "org/eclipse/jetty/",
            "org/htmlunit/");

    private static final List<String> NATIVE = List.of(".so", ".dll", ".dylib", ".jnilib", ".exe");

    @ParameterizedTest
    @EnumSource
    void manifestSaysWhoseItIs(PluginModule module) throws IOException {
        Attributes manifest = Hpi.open(module).manifest();

        assertThat(manifest.getValue("Short-Name")).isEqualTo(module.shortName());
        assertThat(manifest.getValue("Artifact-Id")).isEqualTo(module.shortName());
        assertThat(manifest.getValue("Group-Id")).isEqualTo("io.jenkins.plugins.mlops");
        assertThat(manifest.getValue("Plugin-Version")).isEqualTo(VERSION);
        assertThat(manifest.getValue("Implementation-Version")).isEqualTo(VERSION);
        assertThat(manifest.getValue("Jenkins-Version")).isEqualTo(JENKINS_VERSION);
        assertThat(manifest.getValue("Hudson-Version")).isEqualTo(JENKINS_VERSION);
        assertThat(manifest.getValue("Minimum-Java-Version")).isEqualTo("17");
        assertThat(manifest.getValue("Long-Name")).startsWith("MLOps ");
        assertThat(manifest.getValue("Specification-Title")).isEqualTo(manifest.getValue("Long-Name"));
        assertThat(manifest.getValue("Plugin-License-Name")).isEqualTo("MIT License");
        assertThat(manifest.getValue("Support-Dynamic-Loading")).isEqualTo("true");
        assertThat(manifest.values())
                .as("no property left unset")
                .noneMatch(value -> value.toString().contains("${"));
    }

    /** Without these the plugin loads, and its actions vanish from the builds at the next start (JEP-200). */
    @ParameterizedTest
    @EnumSource
    void pluginJarCarriesThePluginsManifest(PluginModule module) throws IOException {
        Hpi hpi = Hpi.open(module);

        assertThat(hpi.pluginJarManifest().getValue("Short-Name")).isEqualTo(module.shortName());
        assertThat(hpi.pluginJarManifest().getValue("Plugin-Version")).isEqualTo(VERSION);
        assertThat(hpi.pluginJarManifest().getValue("Plugin-Dependencies"))
                .isEqualTo(hpi.manifest().getValue("Plugin-Dependencies"));
    }

    @Test
    void coreIsBundledOnceAndPassesTheClassFilter() throws IOException {
        Hpi registry = Hpi.open(PluginModule.REGISTRY);

        assertThat(jarsOf(registry)).containsOnlyOnce("mlops-core-" + VERSION + ".jar");
        assertThat(new String(
                        registry.jars().get("mlops-core-" + VERSION + ".jar").get("META-INF/MANIFEST.MF"),
                        StandardCharsets.UTF_8))
                .contains("Jenkins-ClassFilter-Whitelisted: true");
        for (PluginModule module : List.of(PluginModule.STEPS, PluginModule.MONITOR)) {
            assertThat(jarsOf(Hpi.open(module))).containsExactly(module.shortName() + ".jar");
        }
    }

    @Test
    void registryBundlesTheDatabaseAndNothingElse() throws IOException {
        Set<String> libraries = jarsOf(Hpi.open(PluginModule.REGISTRY)).stream()
                .map(jar -> jar.replaceFirst("-[0-9][^-]*(-SNAPSHOT)?\\.jar$", ".jar"))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(libraries)
                .containsExactlyInAnyOrder(
                        "mlops-registry.jar",
                        "mlops-core.jar",
                        "h2.jar",
                        "HikariCP.jar",
                        "flyway-core.jar",
                        "flyway-database-postgresql.jar",
                        "postgresql.jar");
    }

    @ParameterizedTest
    @EnumSource
    void holdsNoClassOfTheHostOrOfTheTests(PluginModule module) throws IOException {
        Hpi hpi = Hpi.open(module);

        hpi.jars()
                .forEach((jar, contents) -> assertThat(contents.keySet())
                        .as("classes in %s of %s", jar, module.hpi())
                        .noneMatch(path ->
                                path.endsWith(".class") && FOREIGN.stream().anyMatch(path::startsWith)));
        assertThat(hpi.pluginJar().keySet())
                .as("classes of %s", hpi.pluginJarName())
                .filteredOn(path -> path.endsWith(".class"))
                .allMatch(path -> path.startsWith(module.basePackage().replace('.', '/')));
    }

    @ParameterizedTest
    @EnumSource
    void holdsNoClassTwice(PluginModule module) throws IOException {
        Map<String, String> jarOfClass = new TreeMap<>();
        Hpi.open(module)
                .jars()
                .forEach((jar, contents) -> contents.keySet().stream()
                        .filter(path -> path.endsWith(".class") && !path.endsWith("module-info.class"))
                        .forEach(path -> assertThat(jarOfClass.put(path, jar))
                                .as("%s in %s and in", path, jar)
                                .isNull()));
    }

    @ParameterizedTest
    @EnumSource
    void holdsNoNativeCodeAndNoLooseClasses(PluginModule module) throws IOException {
        List<String> paths = Hpi.open(module).allPaths();

        assertThat(paths).noneMatch(path -> NATIVE.stream().anyMatch(path::endsWith));
        assertThat(paths).noneMatch(path -> path.startsWith("WEB-INF/classes/"));
    }

    @ParameterizedTest
    @EnumSource
    void indexesEveryExtension(PluginModule module) throws IOException {
        Hpi hpi = Hpi.open(module);
        Set<String> annotated = SourceAnnotations.classesWith("Extension", sources(module));

        assertThat(annotated).as("extensions in the sources of %s", module).isNotEmpty();
        assertThat(indexed(hpi, "META-INF/annotations/hudson.Extension.txt")).isEqualTo(annotated);
        assertThat(hpi.pluginJar()).containsKey("META-INF/annotations/hudson.Extension");
    }

    @ParameterizedTest
    @EnumSource
    void indexesEverySymbolAndInitializer(PluginModule module) throws IOException {
        Hpi hpi = Hpi.open(module);

        for (String annotation : List.of("org.jenkinsci.Symbol", "hudson.init.Initializer", "hudson.init.Terminator")) {
            String simpleName = annotation.substring(annotation.lastIndexOf('.') + 1);
            assertThat(new TreeSet<>(hpi.pluginJarLines("META-INF/services/annotations/" + annotation)))
                    .as("index of %s", annotation)
                    .isEqualTo(SourceAnnotations.classesWith(simpleName, sources(module)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyDataBoundConstructorHasItsFile(PluginModule module) throws IOException {
        Set<String> files = SourceAnnotations.classesWith("DataBoundConstructor", sources(module)).stream()
                .map(name -> name.replace('.', '/').replace('$', '/') + ".stapler")
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(Hpi.open(module).pluginJar().keySet()).containsAll(files);
    }

    @ParameterizedTest
    @EnumSource
    void describesItselfToThePluginManager(PluginModule module) throws IOException {
        assertThat(Hpi.open(module).pluginJar()).containsKey("index.jelly");
        assertThat(String.join("\n", Hpi.open(module).pluginJarLines("index.jelly")))
                .as("index.jelly: escaped by default, one div")
                .startsWith("<?jelly escape-by-default='true'?>")
                .contains("<div>");
    }

    @ParameterizedTest
    @EnumSource
    void bundlesTheMessagesOfEveryPropertiesFile(PluginModule module) throws IOException {
        Map<String, byte[]> jar = Hpi.open(module).pluginJar();

        assertThat(jar.keySet().stream().filter(path -> path.endsWith("/Messages.properties")))
                .allMatch(path -> jar.containsKey(path.replace(".properties", ".class")));
    }

    /** For the log of the build: what an administrator downloads. */
    @Test
    void reportsTheSizes() throws IOException {
        StringBuilder report = new StringBuilder();
        for (PluginModule module : PluginModule.values()) {
            report.append(String.format(
                    "%8.1f kB  %s%n",
                    Files.size(module.hpi()) / 1e3, module.hpi().getFileName()));
            Hpi hpi = Hpi.open(module);
            for (String jar : hpi.jars().keySet()) {
                report.append(
                        String.format("%10.1f kB  %s%n", hpi.entries().get("WEB-INF/lib/" + jar).length / 1e3, jar));
            }
        }
        Path file = Path.of("target", "hpi-sizes.txt");
        Files.createDirectories(file.getParent());
        Files.writeString(file, report);
        System.out.print(report);

        assertThat(Files.size(PluginModule.REGISTRY.hpi()))
                .as("bytes of the largest")
                .isLessThan(16_000_000L);
    }

    private static Path sources(PluginModule module) {
        return module.folder().resolve("src/main/java");
    }

    private static Set<String> jarsOf(Hpi hpi) {
        return hpi.jars().keySet();
    }

    /** SezPoz lists {@code class}, {@code class#field} or {@code class#method()}, then {@code {members}}. */
    private static Set<String> indexed(Hpi hpi, String path) {
        return hpi.pluginJarLines(path).stream()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .map(line -> line.replaceFirst("[#{].*$", "").trim())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
