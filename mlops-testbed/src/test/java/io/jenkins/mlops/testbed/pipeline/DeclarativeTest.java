package io.jenkins.mlops.testbed.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import java.nio.file.Path;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeclarativeTest {
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
    void runsItsSectionsInOrder() throws Exception {
        WorkflowRun run = host.run("""
                def helper(x) { return "h$x" }
                pipeline {
                    agent any
                    options { timeout(time: 5, unit: 'MINUTES') }
                    parameters { string(name: 'A', defaultValue: 'da'); booleanParam(name: 'B', defaultValue: true) }
                    environment {
                        ONE = 'uno'
                        TWO = "${ONE}-dos"
                        THREE = "${env.TWO}-${helper(3)}"
                    }
                    stages {
                        stage('First') {
                            environment { FOUR = "${THREE}-4" }
                            steps { echo "first ${params.A} ${params.B}"; sh 'echo shell $FOUR' }
                            post { always { echo 'after first' } }
                        }
                        stage('Not') {
                            when { anyOf { environment name: 'ONE', value: 'no'; expression { return params.A == 'x' } } }
                            steps { echo 'NEVER' }
                        }
                        stage('Yes') {
                            when { not { branch 'main' }; equals expected: 'uno', actual: env.ONE }
                            steps { script { for (i in [1, 2]) { echo "turn ${i}" } } }
                        }
                        stage('Nested') { stages { stage('Inner') { steps { echo 'inner' } } } }
                        stage('Par') {
                            parallel {
                                stage('p1') { steps { echo 'in p1' } }
                                stage('p2') { agent { label 'built-in || !nowhere' } steps { echo 'in p2' } }
                            }
                        }
                        stage('Matrix') {
                            matrix {
                                axes {
                                    axis { name 'OS'; values 'l', 'w' }
                                    axis { name 'V'; values '1', '2' }
                                }
                                excludes { exclude { axis { name 'OS'; values 'w' }; axis { name 'V'; values '2' } } }
                                stages { stage('Cell') { steps { echo "cell ${OS}${V}" } } }
                            }
                        }
                    }
                    post {
                        always { echo "always ${currentBuild.currentResult}" }
                        success { echo 'success' }
                        failure { echo 'FAILED' }
                        cleanup { echo 'cleanup' }
                    }
                }
                """.replace("|| !nowhere' } steps", "|| !nowhere' }\nsteps"));
        Host.expect(Result.SUCCESS, run);
        assertThat(Host.log(run))
                .contains(
                        "first da true",
                        "shell uno-dos-h3-4",
                        "after first",
                        "skipped due to when conditional",
                        "turn 2",
                        "inner",
                        "in p1",
                        "in p2",
                        "cell l1",
                        "cell l2",
                        "cell w1")
                .contains("always SUCCESS\n[Pipeline] echo\nsuccess\n[Pipeline] echo\ncleanup")
                .contains("[Pipeline] { (Declarative: Post Actions)")
                .doesNotContain("NEVER", "FAILED", "cell w2");
    }

    @Test
    void aFailureSkipsWhatFollowsAndIsTold() throws Exception {
        WorkflowRun run = host.run("""
                pipeline {
                    agent none
                    stages {
                        stage('Bad') { steps { error 'broken' } post { failure { echo 'stage failed' } } }
                        stage('Next') { steps { echo 'NEVER' } }
                    }
                    post { failure { echo 'build failed' } success { echo 'NEVER' } unsuccessful { echo 'no luck' } }
                }
                """.replace("} post", "}\npost")
                .replace("} success", "}\nsuccess")
                .replace("} unsuccessful", "}\nunsuccessful"));
        Host.expect(Result.FAILURE, run);
        assertThat(Host.log(run))
                .contains("stage failed", "Stage \"Next\" skipped due to earlier failure(s)", "build failed", "no luck")
                .contains("\nERROR: broken\nFinished: FAILURE")
                .doesNotContain("NEVER");
    }

    @Test
    void unstableGoesOn() throws Exception {
        WorkflowRun run = host.run("""
                pipeline {
                    agent none
                    stages {
                        stage('Weak') { steps { unstable 'so so' } }
                        stage('Next') { steps { echo 'next' } }
                    }
                    post { unstable { echo 'build unstable' } }
                }
                """);
        Host.expect(Result.UNSTABLE, run);
        assertThat(Host.log(run)).contains("WARNING: so so", "next", "build unstable");
    }

    @Test
    void anAbortRunsThePostSection() throws Exception {
        WorkflowRun run = host.start("""
                pipeline {
                    agent none
                    stages { stage('Wait') { steps { sleep 300 } } }
                    post { aborted { echo 'was aborted' } }
                }
                """, true);
        Host.awaitLog(run, "Sleeping for");
        run.doStop();
        Host.await(run);
        Host.expect(Result.ABORTED, run);
        assertThat(Host.log(run)).contains("was aborted", "Aborted by");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            pipeline { stages { stage('x') { steps { echo 'x' } } } }          | Missing required section "agent"
            pipeline { agent none }                                            | Missing required section "stages"
            pipeline { agent none; stages { stage('x') { } } }                 | Expected one of "steps", "stages", "matrix", or "parallel" for stage "x"
            pipeline { agent none; stuff { }; stages { stage('x') { steps { echo 'x' } } } } | Undefined section "stuff"
            pipeline { agent { docker 'x' }; stages { stage('x') { steps { echo 'x' } } } }  | Invalid agent type "docker"
            pipeline { agent none; stages { stage('x') { steps { echo 'x' } } }; post { maybe { echo 'x' } } } | Invalid condition "maybe"
            pipeline { agent none; triggers { sometimes('x') }; stages { stage('x') { steps { echo 'x' } } } } | Invalid trigger type "sometimes". Valid trigger types: [cron, pollSCM, upstream]
            pipeline { agent none; tools { maven 'x' }; stages { stage('x') { steps { echo 'x' } } } } | The section "tools" is not in this host
            """)
    void mistakesAreFoundBeforeAnythingRuns(String script, String message) throws Exception {
        WorkflowRun run = host.run(script);
        Host.expect(Result.FAILURE, run);
        assertThat(Host.log(run)).contains("WorkflowScript: 1: " + message).doesNotContain("[Pipeline] stage");
    }

    @Test
    void theJobKeepsItsTriggersAndOptions() throws Exception {
        WorkflowRun run = host.run("""
                pipeline {
                    agent none
                    triggers { cron('H 4 * * *'); pollSCM('H/15 * * * 1-5') }
                    options { buildDiscarder(logRotator(numToKeepStr: '3')); disableConcurrentBuilds(); timestamps() }
                    parameters {
                        string(name: 'A', defaultValue: 'x')
                        choice(name: 'B', choices: ['one', 'two'], description: 'one of two')
                    }
                    stages { stage('x') { steps { echo 'ran' } } }
                }
                """);
        Host.expect(Result.SUCCESS, run);
        assertThat(Host.log(run))
                .contains("\nran\n", "the option timestamps has no effect here")
                .containsOnlyOnce("this host does not start builds by them");
        ScriptedTest.expectProperties(run);
    }
}
