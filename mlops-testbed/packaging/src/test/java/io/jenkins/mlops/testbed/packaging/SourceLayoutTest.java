package io.jenkins.mlops.testbed.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Habits of the sources that no compiler and no formatter holds. */
class SourceLayoutTest {

    private static final List<String> MODULES = List.of(
            "mlops-core", "mlops-testbed", "mlops-registry-plugin", "mlops-pipeline-steps", "mlops-monitor-plugin");

    private static final Pattern UNFINISHED = Pattern.compile("\\b(TODO|FIXME|XXX)\\b");

    @Test
    void everyPackageOfOurOwnSaysWhatItIsFor() throws IOException {
        Set<Path> without = sources().stream()
                .filter(file -> file.toString().contains("/io/jenkins/"))
                .map(Path::getParent)
                .filter(folder -> !Files.exists(folder.resolve("package-info.java")))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(without).isEmpty();
    }

    @Test
    void nothingIsLeftUnfinished() throws IOException {
        Set<String> found = new TreeSet<>();
        for (Path file : sources()) {
            List<String> lines = Files.readAllLines(file);
            for (int i = 0; i < lines.size(); i++) {
                if (UNFINISHED.matcher(lines.get(i)).find()) {
                    found.add(file + ":" + (i + 1) + ": " + lines.get(i).trim());
                }
            }
        }

        assertThat(found).isEmpty();
    }

    private static Set<Path> sources() throws IOException {
        Set<Path> files = new TreeSet<>();
        for (String module : MODULES) {
            Path folder = PluginModule.root().resolve(module).resolve("src/main/java");
            if (Files.isDirectory(folder)) {
                try (Stream<Path> walk = Files.walk(folder)) {
                    walk.filter(file -> file.toString().endsWith(".java")).forEach(files::add);
                }
            }
        }
        return files;
    }
}
