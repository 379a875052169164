package io.jenkins.plugins.mlops.examples;

import io.jenkins.mlops.registry.Deployment;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jvnet.hudson.test.JenkinsRule;

/** A job whose workspace holds an example, as a checkout would leave it there. */
final class ExampleJob {
    /** Example folders stand in the module's own folder, from which Maven runs the tests. */
    static final Path EXAMPLES = Path.of("").toAbsolutePath();

    private ExampleJob() {}

    /** A job in whose workspace the example's folder is the root. */
    static WorkflowJob of(JenkinsRule j, String example, String jenkinsfile, String prefix) throws Exception {
        String suffix = jenkinsfile.substring("Jenkinsfile".length()).replace('.', '-');
        WorkflowJob job = j.createProject(WorkflowJob.class, example + suffix);
        Path folder = EXAMPLES.resolve(example);
        copy(folder, Path.of(j.jenkins.getWorkspaceFor(job).getRemote()));
        String script = Files.readString(folder.resolve(jenkinsfile), StandardCharsets.UTF_8);
        job.setDefinition(new CpsFlowDefinition(prefix + script, true));
        return job;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path relative = from.relativize(file);
                if (!relative.startsWith("target") && Files.isRegularFile(file)) {
                    Path copy = to.resolve(relative);
                    Files.createDirectories(copy.getParent());
                    Files.copy(file, copy);
                }
            }
        }
    }

    /** A served process outlives its build by design; the test's machine is to be left as it was. */
    static void endServedProcesses() {
        for (Deployment endpoint : RegistryConnection.get().registry().endpoints()) {
            ProcessHandle.allProcesses()
                    .filter(process -> process.info().commandLine().orElse("").contains("mlops-endpoints")
                            && process.info().commandLine().orElse("").contains(endpoint.endpoint()))
                    .forEach(ProcessHandle::destroy);
        }
    }
}
