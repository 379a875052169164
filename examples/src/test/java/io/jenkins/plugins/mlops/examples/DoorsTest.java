package io.jenkins.plugins.mlops.examples;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.ExtensionList;
import hudson.cli.CLICommand;
import hudson.cli.CLICommandInvoker;
import hudson.security.Permission;
import io.jenkins.mlops.gate.Verdict;
import io.jenkins.mlops.registry.Ledger;
import io.jenkins.mlops.registry.ModelRegistry;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Promotion;
import io.jenkins.mlops.registry.PromotionPolicy;
import io.jenkins.mlops.registry.PromotionRequest;
import io.jenkins.mlops.registry.PromotionState;
import io.jenkins.mlops.registry.Registration;
import io.jenkins.mlops.registry.VersionFile;
import io.jenkins.plugins.mlops.registry.MlopsPermissions;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import jenkins.model.GlobalConfiguration;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * The doors to an alias beside the web's, which {@link WebMethodsTest} tries, and MLflow's API: commands, steps and
 * configuration. A new one fails here until it is said which it is, and tried.
 */
@WithJenkins
class DoorsTest {
    private static final String OURS = "io.jenkins.plugins.mlops.";
    private static final String MODEL = "guarded";

    private static <T> Set<String> ours(Class<T> type, java.util.function.Function<T, String> name) {
        return StreamSupport.stream(ExtensionList.lookup(type).spliterator(), false)
                .filter(extension -> extension.getClass().getName().startsWith(OURS))
                .map(name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void allDoorsAreKnown(JenkinsRule j) {
        assertThat(ours(CLICommand.class, CLICommand::getName))
                .as("commands: try a new one below, unless it is for administrators")
                .containsExactly(
                        "mlops-export",
                        "mlops-import",
                        "mlops-ledger",
                        "mlops-models",
                        "mlops-promote",
                        "mlops-rebuild",
                        "mlops-retention");
        assertThat(ours(StepDescriptor.class, StepDescriptor::getFunctionName))
                .as("steps: those that move an alias go through PromotionDesk, and are tried below")
                .containsExactly(
                        "compareModels",
                        "deployEndpoint",
                        "evaluateModel",
                        "fetchModel",
                        "logMetric",
                        "logParam",
                        "monitorEndpoint",
                        "promoteModel",
                        "recordFeedback",
                        "registerModel",
                        "requestPromotion",
                        "rollbackModel",
                        "trainModel");
        assertThat(ours(GlobalConfiguration.class, one -> one.getClass().getSimpleName()))
                .as(
                        "configuration, by page and as code, for administrators: policies are reviewed before they are kept")
                .containsExactly(
                        "MonitorConfiguration",
                        "NoticeConfiguration",
                        "RegistryConfiguration",
                        "RemoteConfiguration",
                        "RetentionConfiguration",
                        "TriggerConfiguration");
    }

    /** A model whose first version is champion, and whose policy asks for the approval of somebody who isn't here. */
    private static Promotion guard() {
        ModelRegistry registry = RegistryConnection.get().registry();
        for (int i = 1; i <= 2; i++) {
            registry.register(Registration.of(
                    "v" + i, MODEL, List.of(new VersionFile("m.bin", 1, Ledger.sha256("m" + i))), "ada"));
        }
        registry.override("o2", MODEL, 2, "champion", "root", "once");
        registry.override("o1", MODEL, 1, "champion", "root", "again");
        registry.setPolicy(
                PromotionPolicy.byDefault()
                        .withModel(MODEL, 0)
                        .withApprovals("1 of user:boss")
                        .withRollbackApprovals("1 of user:boss"),
                "root");
        ModelVersion second = registry.version(MODEL, 2);
        return registry.requestPromotion(new PromotionRequest(
                "p",
                MODEL,
                2,
                "champion",
                "ada",
                second.digest(),
                registry.policy(MODEL).revision(),
                Verdict.PASS,
                "sha256:" + Ledger.sha256("evidence"),
                null,
                null,
                ""));
    }

    private static int champion() {
        return RegistryConnection.get()
                .registry()
                .byAlias(MODEL, "champion")
                .orElseThrow()
                .number();
    }

    @Test
    void noRightMovesAnAliasByCommandPastItsPolicy(JenkinsRule j) throws Exception {
        j.jenkins.setSecurityRealm(j.createDummySecurityRealm());
        MockAuthorizationStrategy rights = new MockAuthorizationStrategy();
        rights.grant(Jenkins.READ, MlopsPermissions.VIEW).everywhere().toEveryone();
        Map<String, Permission> roles = new TreeMap<>();
        for (Field field : MlopsPermissions.class.getDeclaredFields()) {
            if (field.getType() == Permission.class) {
                Permission permission = (Permission) field.get(null);
                roles.put("may-" + permission.name, permission);
                rights.grant(permission).everywhere().to("may-" + permission.name);
            }
        }
        rights.grant(MlopsPermissions.APPROVE).everywhere().to("boss");
        j.jenkins.setAuthorizationStrategy(rights);
        Promotion open = guard();
        for (String role : roles.keySet()) {
            for (String[] arguments : new String[][] {{"--approve", open.id()}, {MODEL, "2"}}) {
                new CLICommandInvoker(j, "mlops-promote").asUser(role).invokeWithArgs(arguments);
                assertThat(champion()).as("%s by %s", role, List.of(arguments)).isEqualTo(1);
            }
            for (String command : List.of("mlops-import", "mlops-rebuild")) {
                assertThat(new CLICommandInvoker(j, command)
                                .asUser(role)
                                .withStdin(InputStream.nullInputStream())
                                .invoke()
                                .returnCode())
                        .as("%s as %s, who is no administrator", command, role)
                        .isEqualTo(6);
            }
        }
        assertThat(RegistryConnection.get().registry().promotion(open.id())).isEqualTo(open);
        // The one whom the policy names gets through, so the others were not kept out by a mistake of this test.
        assertThat(new CLICommandInvoker(j, "mlops-promote")
                        .asUser("boss")
                        .invokeWithArgs("--approve", open.id())
                        .returnCode())
                .isZero();
        assertThat(champion()).isEqualTo(2);
    }

    @Test
    void noJenkinsfileMovesAnAliasPastThePolicyNorItsReplay(JenkinsRule j) throws Exception {
        guard();
        for (String script : List.of(
                "requestPromotion model: '" + MODEL + "', version: 2",
                "promoteModel model: '" + MODEL + "', version: 2, wait: false",
                "promoteModel model: '" + MODEL + "', version: 2, wait: false, approvals: 0, gates: []",
                "rollbackModel name: '" + MODEL + "', toVersion: 2")) {
            WorkflowJob job = j.createProject(WorkflowJob.class);
            job.setDefinition(new CpsFlowDefinition(script, true));
            WorkflowRun build = j.buildAndAssertSuccess(job);
            assertThat(champion()).as(script + "\n" + JenkinsRule.getLog(build)).isEqualTo(1);
            // A replay runs another script in the same job: it has no other way to an alias than these.
        }
        assertThat(RegistryConnection.get().registry().pending())
                .hasSizeGreaterThanOrEqualTo(4)
                .allMatch(promotion -> promotion.state() == PromotionState.AWAITING_APPROVAL);
    }
}
