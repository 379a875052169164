package io.jenkins.mlops.testbed.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.mlops.testbed.steps.InputStep;
import java.nio.file.Path;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestartTest {
    @TempDir
    private Path home;

    @Test
    void aScriptGoesOnInTheMiddleOfItsLoops() throws Exception {
        try (Host host = new Host(home)) {
            WorkflowRun run = host.start("""
                    def total = 0
                    def names = [a: 1, b: 2]
                    def add = { x -> total += x }
                    for (e in names) {
                        semaphore 'loop'
                        add(e.value)
                        echo "${e.key} ${total}"
                    }
                    [10, 20].each { semaphore 'each'; add(it) }
                    env.KEPT = 'yes'
                    echo "total ${total} ${env.KEPT}"
                    """, true);
            SemaphoreStep.waitForStart("loop/1", run);
            SemaphoreStep.success("loop/1", null);
            SemaphoreStep.waitForStart("loop/2", run);
        }
        try (Host host = new Host(home)) {
            WorkflowRun run = host.build("p0");
            SemaphoreStep.success("loop/2", null);
            SemaphoreStep.waitForStart("each/1", run);
        }
        try (Host host = new Host(home)) {
            SemaphoreStep.success("each/1", null);
            SemaphoreStep.success("each/2", null);
            WorkflowRun run = Host.await(host.build("p0"));
            Host.expect(Result.SUCCESS, run);
            assertThat(Host.log(run)).contains("a 1", "b 3", "total 33 yes", "Resuming build", "Ready to run");
        }
        try (Host host = new Host(home)) {
            assertThat(host.build("p0").getResult()).isEqualTo(Result.SUCCESS);
            assertThat(host.build("p0").isBuilding()).isFalse();
        }
    }

    @Test
    void theStepsOfANodeBlockGoOn() throws Exception {
        try (Host host = new Host(home)) {
            WorkflowRun run = host.start("""
                    node {
                        withEnv(['V=1']) {
                            dir('sub') {
                                parallel a: { sh 'echo begin; while [ ! -f go ]; do sleep 0.05; done; echo end $V' },
                                    b: { semaphore 'b'; writeFile file: 'go', text: '' }
                            }
                        }
                        echo "after ${sh(script: 'ls sub', returnStdout: true).trim()}"
                    }
                    """, true);
            Host.awaitLog(run, "begin");
            SemaphoreStep.waitForStart("b/1", run);
        }
        try (Host host = new Host(home)) {
            SemaphoreStep.success("b/1", null);
            WorkflowRun run = Host.await(host.build("p0"));
            Host.expect(Result.SUCCESS, run);
            assertThat(Host.log(run))
                    .containsOnlyOnce("\nend 1")
                    .containsOnlyOnce("\nbegin")
                    .contains("after go");
        }
    }

    @Test
    void aQuestionIsAnsweredAfterTheRestart() throws Exception {
        try (Host host = new Host(home)) {
            WorkflowRun run = host.start("""
                    pipeline {
                        agent none
                        stages {
                            stage('Ask') { steps { input 'Really?' } }
                            stage('Go') { steps { echo 'went' } }
                        }
                        post { success { echo 'posted' } }
                    }
                    """, true);
            Host.awaitLog(run, "Really?");
        }
        try (Host host = new Host(home)) {
            WorkflowRun run = host.build("p0");
            Host.awaitLog(run, "Ready to run");
            List<InputStep.Execution> questions = InputStep.Execution.of(run);
            assertThat(questions).hasSize(1);
            questions.get(0).proceed();
            Host.await(run);
            Host.expect(Result.SUCCESS, run);
            assertThat(Host.log(run)).contains("Approved by", "went", "posted");
        }
    }

    @Test
    void loadedScriptsAreThereAgain() throws Exception {
        try (Host host = new Host(home)) {
            WorkflowRun run = host.start("""
                    node {
                        writeFile file: 'one.groovy', text: 'def one() { semaphore "in"; return 1 }\\nthis'
                        writeFile file: 'two.groovy', text: 'def two() { return 2 }\\nthis'
                        def one = load 'one.groovy'
                        def two = load 'two.groovy'
                        echo "sum ${one.one() + two.two()}"
                    }
                    """, true);
            SemaphoreStep.waitForStart("in/1", run);
        }
        try (Host host = new Host(home)) {
            SemaphoreStep.success("in/1", null);
            WorkflowRun run = Host.await(host.build("p0"));
            Host.expect(Result.SUCCESS, run);
            assertThat(Host.log(run)).contains("\nsum 3\n");
        }
    }
}
