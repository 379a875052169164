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

class SandboxTest {
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
    void letsOrdinaryScriptsDoTheirWork() throws Exception {
        WorkflowRun run = host.run("""
                class P implements Serializable { int x; def twice() { x * 2 } }
                @NonCPS def plain(x) { def out = []; x.each { out << it + 1 }; out }
                def m = [a: 1, b: [2, 3]]
                m.c = 'x'
                def p = new P(x: 4)
                p.x = 5
                def parsed = new groovy.json.JsonSlurper().parseText('{"a": [1, {"b": 2}]}').a[1].b
                echo "1 ${m} ${m.b[1]} ${m['a'] + 2} ${p.twice()} ${plain([1, 2])} ${parsed}"
                echo "0 ${Collections.unmodifiableMap([k: 'v'])['k']}"
                echo "2 ${[3, 1, 2].sort().collect { it * 2 }.join(',')} ${(1..3).collect { it }} ${-m.a}"
                echo "3 ${'Hello'.toUpperCase()} ${String.format('%.2f', 1.5d)} ${'a b' =~ /b/ ? 'found' : 'no'}"
                echo "4 ${'7' as int} ${Math.max(1, 2)} ${env.BUILD_NUMBER} ${BUILD_NUMBER} ${currentBuild.number}"
                m.each { k, v -> if (k == 'c') { println "5 $k $v" } }
                try { error 'e' } catch (e) { echo "6 ${e.message} ${e.class.simpleName}" }
                """);
        Host.expect(Result.SUCCESS, run);
        assertThat(Host.log(run))
                .contains(
                        "1 [a:1, b:[2, 3], c:x] 3 3 10 [2, 3] 2",
                        "0 v",
                        "2 2,4,6 [1, 2, 3] -1",
                        "3 HELLO 1.50 found",
                        "4 7 2 1 1 1",
                        "5 c x",
                        "6 e AbortException");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            new File('/tmp')                        | new java.io.File java.lang.String
            ['/tmp'] as File                        | new java.io.File java.lang.String
            'ls'.execute()                          | staticMethod org.codehaus.groovy.runtime.
            System.exit(3)                          | staticMethod java.lang.System exit int
            Jenkins.get()                           | staticMethod jenkins.model.Jenkins get
            currentBuild.rawBuild                   | method org.jenkinsci.plugins.workflow.support.steps.build.RunWrapper getRawBuild
            evaluate('1')                           | method groovy.lang.Script evaluate java.lang.String
            ''.getClass().classLoader               | method java.lang.Class getClassLoader
            [1].with { System.getenv() }            | staticMethod java.lang.System getenv
            """)
    void refusesWhatCouldEscape(String code, String member) throws Exception {
        WorkflowRun run = host.run("def x = " + code);
        Host.expect(Result.FAILURE, run);
        assertThat(Host.log(run)).contains("RejectedAccessException: Scripts not permitted to use " + member);
    }

    @Test
    void showsOfAStepsResultWhatIsMarked() throws Exception {
        WorkflowRun run = host.run("def r = probe('me')\necho \"got ${r.name}\"\necho r.secret");
        Host.expect(Result.FAILURE, run);
        assertThat(Host.log(run))
                .contains("got me")
                .contains(
                        "Scripts not permitted to use method io.jenkins.mlops.testbed.pipeline.ProbeStep$Answer getSecret")
                .doesNotContain("hidden me");
    }

    @Test
    void isNotThereForTrustedScripts() throws Exception {
        WorkflowRun run =
                Host.await(host.start("echo \"${Jenkins.get().getItems().size()} ${probe('me').secret}\"", false));
        Host.expect(Result.SUCCESS, run);
        assertThat(Host.log(run)).contains("1 hidden me");
    }
}
