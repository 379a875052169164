package io.jenkins.mlops.testbed.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SecretBytes;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.Result;
import hudson.util.Secret;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jenkinsci.plugins.plaincredentials.impl.FileCredentialsImpl;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Credentials in a Jenkinsfile: what a controller with the credentials-binding plugin 702 prints for the same scripts. */
class WithCredentialsTest {
    private static final String TOKEN = "hush-hush-42";
    private static final String PASSWORD = "pa55-wörd";

    @TempDir
    private Path home;

    private Host host;

    @BeforeEach
    void start() throws Exception {
        host = new Host(home);
        UsernamePasswordCredentialsImpl hidden =
                new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, "hidden", "", "tiger", PASSWORD);
        hidden.setUsernameSecret(true);
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .addAll(List.of(
                        new StringCredentialsImpl(CredentialsScope.GLOBAL, "token", "", Secret.fromString(TOKEN)),
                        new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, "login", "", "scott", PASSWORD),
                        hidden,
                        new FileCredentialsImpl(
                                CredentialsScope.GLOBAL,
                                "conf",
                                "",
                                "conf.json",
                                SecretBytes.fromRawBytes("{\"key\": 1}\n".getBytes(StandardCharsets.UTF_8)))));
        SystemCredentialsProvider.getInstance().save();
    }

    @AfterEach
    void stop() {
        host.close();
    }

    @Test
    void secretsAreBoundInsideTheBlockOnlyAndMaskedInTheLog() throws Exception {
        WorkflowRun run = host.run("""
                node {
                    withCredentials([
                            string(credentialsId: 'token', variable: 'TOK'),
                            usernamePassword(credentialsId: 'login', usernameVariable: 'U', passwordVariable: 'P')]) {
                        sh 'echo "[$TOK] [$U] [$P]"; printf "user:$TOK" | base64'
                        echo "in ${env.TOK} ${TOK.length()} ${env.U} ${env.P}"
                        withEnv(['TOK=other']) { echo "over ${env.TOK}" }
                    }
                    echo "after ${env.TOK} ${env.U} ${env.P}"
                    sh 'echo "shell [$TOK]"'
                }
                """);
        Host.expect(Result.SUCCESS, run);
        assertThat(Host.log(run))
                .contains("Masking supported pattern matches of $TOK or $P\n")
                .contains("\n[****] [scott] [****]\n", "\nin **** 12 scott ****\n", "\nover other\n")
                .containsPattern("\n[A-Za-z0-9+/]+\\*{4}[^\n]*\n")
                .contains("\nafter null null null\n", "\nshell []\n")
                .doesNotContain(TOKEN, PASSWORD, "aHVzaC1odXNoLTQy", "h1c2gtaHVzaC00");
        assertThat(Files.readString(new File(run.getRootDir(), "build.xml").toPath()))
                .doesNotContain(TOKEN, PASSWORD);
    }

    @Test
    void aSecretFileIsThereForTheBlockOnly() throws Exception {
        WorkflowRun run = host.run("""
                node {
                    withCredentials([file(credentialsId: 'conf', variable: 'CONF')]) {
                        sh 'cat "$CONF"; basename "$CONF"; stat -c "mode %a" "$CONF"; echo "at $CONF"; echo "$CONF" > where'
                    }
                    sh 'test -e "$(cat where)" || echo gone'
                }
                """);
        Host.expect(Result.SUCCESS, run);
        assertThat(Host.log(run))
                .contains(
                        "Masking supported pattern matches of $CONF\n",
                        "\n{\"key\": 1}\n",
                        "\nconf.json\n",
                        "\nmode 400\n")
                .contains("\nat ****\n", "\ngone");
    }

    @Test
    void declarativeBindsCredentialsByTheirKind() throws Exception {
        WorkflowRun run = host.run("""
                pipeline {
                    agent any
                    environment { T = credentials('token'); L = credentials('hidden'); F = credentials('conf') }
                    stages { stage('x') { steps { sh 'echo "$T $L_USR $L_PSW $L"; cat "$F"' } } }
                }
                """);
        Host.expect(Result.SUCCESS, run);
        assertThat(Host.log(run))
                .contains("Masking supported pattern matches of $T or $L or $L_USR or $L_PSW or $F\n")
                .contains("\n**** **** **** ****\n", "\n{\"key\": 1}\n")
                .doesNotContain(TOKEN, PASSWORD, "tiger");
    }

    @Test
    void anErrorThatTellsASecretIsMasked() throws Exception {
        WorkflowRun run = host.run("""
                withCredentials([string(credentialsId: 'token', variable: 'TOK')]) { error "failed with ${TOK}" }
                """);
        Host.expect(Result.FAILURE, run);
        assertThat(Host.log(run))
                .contains("\norg.jenkinsci.plugins.credentialsbinding.impl.MaskedException: failed with ****\n")
                .doesNotContain(TOKEN);
    }

    @Test
    void maskingGoesOnAfterARestart() throws Exception {
        host.start("""
                node {
                    withCredentials([string(credentialsId: 'token', variable: 'TOK'), file(credentialsId: 'conf', variable: 'CONF')]) {
                        semaphore 'wait'
                        echo "still ${env.TOK}"
                        sh 'cat "$CONF"; echo "$CONF" > where'
                    }
                    sh 'test -e "$(cat where)" || echo gone'
                }
                """, true);
        SemaphoreStep.waitForStart("wait/1", null);
        host.close();
        host = new Host(home);
        SemaphoreStep.success("wait/1", null);
        WorkflowRun run = Host.await(host.build("p0"));
        Host.expect(Result.SUCCESS, run);
        assertThat(Host.log(run))
                .contains("\nstill ****\n", "{\"key\": 1}", "\ngone")
                .doesNotContain(TOKEN);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            string(credentialsId: 'nope', variable: 'T')  | ERROR: Could not find credentials entry with ID 'nope'
            string(credentialsId: 'login', variable: 'T') | ERROR: Credentials 'login' is of type 'Username with password' where 'org.jenkinsci.plugins.plaincredentials.StringCredentials' was expected
            file(credentialsId: 'conf', variable: 'T')    | MissingContextVariableException: Required context class hudson.FilePath is missing
            sshUserPrivateKey(credentialsId: 'token')     | No such DSL method 'sshUserPrivateKey' found among steps
            """)
    void whatCantBeBoundEndsTheBuild(String binding, String message) throws Exception {
        WorkflowRun run = host.run("withCredentials([" + binding + "]) { echo 'NEVER' }");
        Host.expect(Result.FAILURE, run);
        assertThat(Host.log(run).replace('"', '\''))
                .contains(message.replace("''", "'"))
                .doesNotContain("NEVER\n");
    }
}
