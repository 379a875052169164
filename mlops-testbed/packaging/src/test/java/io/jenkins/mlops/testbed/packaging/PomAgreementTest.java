package io.jenkins.mlops.testbed.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds the two poms of each plugin together: what the default build packs is what the standard build would. */
class PomAgreementTest {

    private static final String OWN_GROUP = "io.jenkins.plugins.mlops";

    @ParameterizedTest
    @EnumSource
    void bothPomsNameTheSamePlugin(PluginModule module) throws IOException {
        Pom standard = standard(module);
        Pom testbed = testbed(module);

        assertThat(standard.text("artifactId")).isEqualTo(module.shortName());
        assertThat(testbed.text("artifactId")).isEqualTo(module.shortName() + "-testbed");
        assertThat(testbed.text("properties/plugin.shortName")).isEqualTo(module.shortName());
        assertThat(standard.text("groupId")).isEqualTo(OWN_GROUP);
        assertThat(standard.text("packaging")).isEqualTo("hpi");
        assertThat(standard.text("version")).isEqualTo(testbed.text("parent/version"));
        for (String element : List.of("name", "description")) {
            assertThat(standard.text(element)).as(element).isEqualTo(testbed.text(element));
        }
        assertThat(testbed.text("properties/plugin.longName")).isEqualTo(standard.text("name"));
    }

    @ParameterizedTest
    @EnumSource
    void bothPomsAskForTheSamePlugins(PluginModule module) throws IOException {
        Set<String> standard = new TreeSet<>();
        Set<String> optional = new TreeSet<>();
        for (Pom.Dependency dependency : standard(module).dependencies()) {
            boolean ofJenkins = dependency.groupId().startsWith("org.jenkins-ci.plugins")
                    || dependency.groupId().startsWith("io.jenkins.plugins")
                    || dependency.groupId().startsWith("org.jenkinsci.plugins");
            if (ofJenkins
                    && dependency.scope().isEmpty()
                    && !dependency.artifactId().equals("mlops-core")) {
                standard.add(dependency.artifactId());
                if (dependency.optional()) {
                    optional.add(dependency.artifactId());
                }
            }
        }

        assertThat(Hpi.open(module).pluginDependencies().keySet()).isEqualTo(standard);
        assertThat(Hpi.open(module).optionalPlugins()).isEqualTo(optional);
    }

    @ParameterizedTest
    @EnumSource
    void theSuitesOwnPluginsAreAskedForInThisVersion(PluginModule module) throws IOException {
        Hpi.open(module).pluginDependencies().forEach((name, version) -> {
            if (name.startsWith("mlops-")) {
                assertThat(version).as(name).isEqualTo(System.getProperty("mlops.version"));
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void bothPomsTakeTheSameBaseline(PluginModule module) throws IOException {
        Pom standard = standard(module);

        assertThat(standard.text("properties/jenkins.version")
                        .replace("${jenkins.baseline}", standard.text("properties/jenkins.baseline")))
                .isEqualTo(System.getProperty("mlops.jenkinsVersion"));
        assertThat(standard.text("dependencyManagement/dependencies/dependency/version"))
                .as("BOM: its versions are the minimum versions of the other")
                .isEqualTo(pluginParent().text("properties/bom.version"));
        assertThat(standard.text("properties/hpi.compatibleSinceVersion"))
                .isEqualTo(pluginParent().text("properties/plugin.compatibleSince"));
        assertThat(standard.text("properties/assertj.version")).isEqualTo(System.getProperty("mlops.assertjVersion"));
    }

    @Test
    void allThreeStandardPomsHaveOneParent() throws IOException {
        Set<String> parents = new TreeSet<>();
        for (PluginModule module : PluginModule.values()) {
            parents.add(standard(module).text("parent/version"));
        }

        assertThat(parents).hasSize(1);
    }

    @Test
    void theStandardBuildChecksTheSameBundledLibraries() throws IOException {
        Set<String> expected = Set.of(standard(PluginModule.REGISTRY)
                .text("properties/hpi.bundledArtifacts")
                .split(","));
        Set<String> packed = new TreeSet<>();
        for (String jar : Hpi.open(PluginModule.REGISTRY).jars().keySet()) {
            packed.add(jar.replaceFirst("(-[0-9][^-]*(-SNAPSHOT)?)?\\.jar$", ""));
        }
        packed.remove(PluginModule.REGISTRY.shortName());

        assertThat(packed).isEqualTo(new TreeSet<>(expected));
    }

    @Test
    void jenkinsOwnRepositoryIsNamedInTheStandardPomsOnly() throws IOException {
        for (PluginModule module : PluginModule.values()) {
            assertThat(standard(module).has("repositories")).isTrue();
            assertThat(testbed(module).has("repositories")).isFalse();
        }
        assertThat(pluginParent().has("repositories")).isFalse();
        assertThat(Pom.read(PluginModule.root().resolve("pom.xml")).has("repositories"))
                .isFalse();
    }

    private static Pom standard(PluginModule module) throws IOException {
        return Pom.read(module.folder().resolve("pom.xml"));
    }

    private static Pom testbed(PluginModule module) throws IOException {
        return Pom.read(module.folder().resolve("testbed-pom.xml"));
    }

    private static Pom pluginParent() throws IOException {
        return Pom.read(PluginModule.root().resolve("mlops-testbed/plugin-parent/pom.xml"));
    }
}
