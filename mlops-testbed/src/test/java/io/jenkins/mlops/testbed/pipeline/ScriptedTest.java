package io.jenkins.mlops.testbed.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.ParameterDefinition;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.model.StringParameterValue;
import hudson.tasks.LogRotator;
import hudson.triggers.SCMTrigger;
import hudson.triggers.TimerTrigger;
import java.nio.file.Path;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.job.properties.PipelineTriggersJobProperty;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScriptedTest {
    @TempDir
    private Path home;

    private Host host;

    @BeforeEach
    void start() throws Exception {
        host = new Host(home);
    }

    @AfterEach
    void stop() {
        host.close();
    }

    @Test
    void printsWhatAControllerPrints() throws Exception {
        WorkflowRun run = host.run("""
                node {
                    stage('One') {
                        sh 'echo hi'
                    }
                }
                """);
        Host.expect(Result.SUCCESS, run);
        assertThat(Host.log(run))
                .contains(
                        "[Pipeline] Start of Pipeline\n[Pipeline] node\nRunning on ",
                        "\n[Pipeline] {\n[Pipeline] stage\n[Pipeline] { (One)\n[Pipeline] sh\n+ echo hi\nhi\n[Pipeline] }\n"
                                + "[Pipeline] // stage\n[Pipeline] }\n[Pipeline] // node\n[Pipeline] End of Pipeline\n"
                                + "Finished: SUCCESS");
    }

    @Test
    void filesGoThroughTheBuild() throws Exception {
        WorkflowRun run = host.run("""
                node {
                    dir('in') {
                        writeFile file: 'a.txt', text: 'alpha'
                        echo "there ${fileExists('a.txt')} ${fileExists('b.txt')} ${readFile('a.txt')} ${isUnix()}"
                        stash name: 's', includes: '*.txt'
                        archiveArtifacts artifacts: '*.txt'
                        deleteDir()
                    }
                    unstash 's'
                    echo "back ${readFile 'a.txt'} ${pwd().endsWith('p0')}"
                }
                """);
        Host.expect(Result.SUCCESS, run);
        assertThat(Host.log(run)).contains("there true false alpha true", "back alpha true");
        assertThat(run.getArtifacts()).hasSize(1);
        assertThat(run.getArtifacts().get(0).relativePath).isEqualTo("a.txt");
    }

    @Test
    void anErrorEndsTheBuildWithItsMessageOnly() throws Exception {
        WorkflowRun run = host.run("error 'out of data'");
        Host.expect(Result.FAILURE, run);
        assertThat(Host.log(run))
                .contains("\nERROR: out of data\nFinished: FAILURE")
                .doesNotContain("\tat ");
    }

    @Test
    void anUnexpectedErrorIsShownWithItsOrigin() throws Exception {
        WorkflowRun run = host.run("int x = 1\nx.nonsense()");
        Host.expect(Result.FAILURE, run);
        assertThat(Host.log(run)).contains("groovy.lang.MissingMethodException", "WorkflowScript:2");
    }

    @Test
    void anUnknownStepIsNamed() throws Exception {
        WorkflowRun run = host.run("ecko 'x'");
        Host.expect(Result.FAILURE, run);
        assertThat(Host.log(run)).contains("No such DSL method 'ecko' found among steps [");
    }

    @Test
    void aStepThatNeedsAWorkspaceSaysSo() throws Exception {
        WorkflowRun run = host.run("sh 'true'");
        Host.expect(Result.FAILURE, run);
        assertThat(Host.log(run))
                .containsPattern("Required context class hudson.(FilePath|Launcher|EnvVars) is missing")
                .contains("Perhaps you forgot to surround the sh step with a step that provides this, such as: node");
    }

    @Test
    void failuresAreCaughtAndWeighed() throws Exception {
        WorkflowRun run = host.run("""
                int tries = 0
                retry(3) { tries++; if (tries < 3) { error "try ${tries}" } }
                catchError(buildResult: 'UNSTABLE', stageResult: 'FAILURE') { error 'caught' }
                warnError('careful') { error 'warned' }
                try { error 'seen' } catch (e) { echo "message ${e.message}" } finally { echo 'finally' }
                echo "tries ${tries} ${currentBuild.result}"
                """);
        Host.expect(Result.UNSTABLE, run);
        assertThat(Host.log(run))
                .contains("ERROR: try 1", "ERROR: try 2", "Retrying", "ERROR: caught", "message seen", "finally")
                .contains("tries 3 UNSTABLE");
    }

    @Test
    void branchesRunAtTheSameTime() throws Exception {
        WorkflowRun run = host.start("""
                def r = parallel(a: { semaphore 'par'; 'va' }, b: { semaphore 'par'; 'vb' })
                echo "r ${r.a} ${r.b}"
                """, true);
        SemaphoreStep.waitForStart("par/1", run);
        SemaphoreStep.waitForStart("par/2", run);
        SemaphoreStep.success("par/2", null);
        SemaphoreStep.success("par/1", null);
        Host.await(run);
        Host.expect(Result.SUCCESS, run);
        assertThat(Host.log(run)).contains("[Pipeline] { (Branch: a)", "r va vb");
    }

    @Test
    void oneFailingBranchStopsTheOthers() throws Exception {
        WorkflowRun run = host.run("parallel a: { error 'a broke' }, b: { semaphore 'never' }, failFast: true");
        Host.expect(Result.FAILURE, run);
        assertThat(Host.log(run)).contains("Failed in branch a", "ERROR: a broke");
    }

    @Test
    void stoppingABuildEndsItsProcess() throws Exception {
        WorkflowRun run = host.start("node { try { sh 'echo up; sleep 300' } finally { echo 'cleaned' } }", true);
        Host.awaitLog(run, "\nup");
        run.doStop();
        Host.await(run);
        Host.expect(Result.ABORTED, run);
        assertThat(Host.log(run)).contains("Aborted by", "Sending interrupt signal to process", "cleaned");
    }

    @Test
    void aTimeoutStopsItsBody() throws Exception {
        WorkflowRun run = host.run("timeout(time: 100, unit: 'MILLISECONDS') { semaphore 'late' }");
        Host.expect(Result.ABORTED, run);
        assertThat(Host.log(run)).contains("Cancelling nested steps due to timeout", "Timeout has been exceeded");
    }

    @Test
    void waitUntilAsksAgain() throws Exception {
        WorkflowRun run =
                host.run("int n = 0\nwaitUntil(initialRecurrencePeriod: 10) { n++; return n > 2 }\necho \"n ${n}\"");
        Host.expect(Result.SUCCESS, run);
        assertThat(Host.log(run)).contains("n 3");
    }

    @Test
    void whatCannotBeWrittenEndsTheBuild() throws Exception {
        WorkflowRun run = await("def t = new Thread()\nsleep 1\necho 'no'");
        Host.expect(Result.FAILURE, run);
        assertThat(Host.log(run)).contains("java.io.NotSerializableException: java.lang.Thread");
    }

    private WorkflowRun await(String trusted) throws Exception {
        return Host.await(host.start(trusted, false));
    }

    @Test
    void windowsScriptsAreRefusedAsByAnyUnixAgent() throws Exception {
        WorkflowRun run = host.run("node { bat script: 'dir', returnStdout: true }");
        Host.expect(Result.FAILURE, run);
        assertThat(Host.log(run))
                .contains("[Pipeline] bat\n")
                .contains("\njava.io.IOException: Batch scripts can only be run on Windows nodes\n\tat ");
    }

    @Test
    void anAbsentStepIsNamed() throws Exception {
        WorkflowRun run = host.run("node { cleanWs notFailBuild: true }");
        Host.expect(Result.FAILURE, run);
        assertThat(Host.log(run))
                .contains("java.lang.NoSuchMethodError: No such DSL method 'cleanWs' found among steps [archive")
                .contains("; this host has no 'cleanWs', which may be a step of a plugin that a controller has");
    }

    @Test
    void otherScriptsAreLoaded() throws Exception {
        WorkflowRun run = host.run("""
                node {
                    writeFile file: 'lib.groovy', text: 'def twice(n) { sh "echo in $n"; return n * 2 }\\nx = 5\\nreturn this'
                    def lib = load 'lib.groovy'
                    echo "got ${lib.twice(21)} ${lib.x}"
                    writeFile file: 'value.groovy', text: 'echo "inside"; 42'
                    echo "value ${load('value.groovy')}"
                    writeFile file: 'bad.groovy', text: 'System.exit(1)'
                    try { load 'bad.groovy' } catch (e) { echo "refused ${e.message}" }
                    try { load 'none.groovy' } catch (e) { echo "absent ${e.class.name}" }
                }
                """);
        Host.expect(Result.SUCCESS, run);
        assertThat(Host.log(run))
                .contains("[Pipeline] load\n[Pipeline] { (lib.groovy)\n[Pipeline] }\n[Pipeline] // load\n")
                .contains("\nin 21\n", "\ngot 42 5\n", "\ninside\n", "\nvalue 42\n")
                .contains("\nrefused Scripts not permitted to use staticMethod java.lang.System exit int")
                .contains("\nabsent java.nio.file.NoSuchFileException\n");
    }

    @Test
    void theJobKeepsItsProperties() throws Exception {
        WorkflowRun run = host.run("""
                properties([
                    pipelineTriggers([cron('H 4 * * *'), pollSCM('H/15 * * * 1-5'), upstream('other')]),
                    parameters([string(name: 'A', defaultValue: 'x'),
                        choice(name: 'B', choices: ['one', 'two'], description: 'one of two')]),
                    buildDiscarder(logRotator(numToKeepStr: '3')),
                    disableConcurrentBuilds()])
                """);
        Host.expect(Result.SUCCESS, run);
        assertThat(Host.log(run)).containsOnlyOnce("this host does not start builds by them");
        expectProperties(run);
        host.close();
        host = new Host(home);
        expectProperties(host.build("p0"));
    }

    static void expectProperties(WorkflowRun run) {
        WorkflowJob job = run.getParent();
        PipelineTriggersJobProperty triggers = job.getProperty(PipelineTriggersJobProperty.class);
        assertThat(triggers.getTriggers().get(0)).isInstanceOf(TimerTrigger.class);
        assertThat(triggers.getTriggers().get(0).getSpec()).isEqualTo("H 4 * * *");
        assertThat(triggers.getTriggers().get(1)).isInstanceOf(SCMTrigger.class);
        assertThat(job.isConcurrentBuild()).isFalse();
        assertThat(((LogRotator) job.getBuildDiscarder()).getNumToKeep()).isEqualTo(3);
        assertThat(job.getProperty(ParametersDefinitionProperty.class).getParameterDefinitions())
                .hasSize(2)
                .last()
                .returns("one of two", ParameterDefinition::getDescription)
                .returns(
                        new StringParameterValue("B", "one", "one of two"),
                        ParameterDefinition::getDefaultParameterValue);
    }

    @Test
    void aCrontabThatIsNoneIsRefused() throws Exception {
        WorkflowRun run = host.run("properties([pipelineTriggers([cron('every now and then')])])");
        Host.expect(Result.FAILURE, run);
        assertThat(Host.log(run)).contains("Invalid input: \"every now and then\"");
    }
}
