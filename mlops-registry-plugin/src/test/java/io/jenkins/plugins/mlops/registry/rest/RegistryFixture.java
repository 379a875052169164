package io.jenkins.plugins.mlops.registry.rest;

import hudson.model.Item;
import hudson.security.Permission;
import io.jenkins.mlops.gate.Verdict;
import io.jenkins.mlops.registry.BuildRef;
import io.jenkins.mlops.registry.DeploymentRequest;
import io.jenkins.mlops.registry.DeploymentState;
import io.jenkins.mlops.registry.Ledger;
import io.jenkins.mlops.registry.ModelRegistry;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Promotion;
import io.jenkins.mlops.registry.PromotionRequest;
import io.jenkins.mlops.registry.Registration;
import io.jenkins.mlops.registry.VersionFile;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import java.net.URL;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.Page;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** Versions, promotions and users for the tests of the web methods and commands. */
public final class RegistryFixture {
    private RegistryFixture() {}

    public static ModelRegistry registry() {
        return RegistryConnection.get().registry();
    }

    /** A version that a build of a job registered; the job need not be there, with null there was none. */
    public static ModelVersion version(String model, String job) {
        String key = UUID.randomUUID().toString();
        return registry()
                .register(
                        Registration.of(key, model, List.of(new VersionFile("model.bin", 3, Ledger.sha256(key))), "ada")
                                .withBuild(job == null ? null : new BuildRef(job, 1, null, null), null)
                                .withMetrics(Map.of("accuracy", 0.9)));
    }

    /** Moves an alias to a version by a promotion that nobody has to approve. */
    public static Promotion promote(ModelVersion version, String alias) {
        return registry()
                .requestPromotion(new PromotionRequest(
                        UUID.randomUUID().toString(),
                        version.model(),
                        version.number(),
                        alias,
                        "ada",
                        version.digest(),
                        registry().policy(version.model()).revision(),
                        Verdict.PASS,
                        "sha256:" + Ledger.sha256("evidence"),
                        null,
                        version.build(),
                        ""));
    }

    /** Serves a promoted champion at an endpoint. */
    public static void serve(ModelVersion version, String endpoint) {
        String key = UUID.randomUUID().toString();
        registry()
                .beginDeployment(new DeploymentRequest(
                        key,
                        endpoint,
                        "process",
                        version.model(),
                        version.number(),
                        version.digest(),
                        "champion",
                        false,
                        null,
                        version.build(),
                        "ada"));
        registry().finishDeployment(key, DeploymentState.SERVING, "http://localhost:1/", "");
    }

    /** A controller where {@code admin} may do all, {@code reader} reads jobs, and {@code grants} go to {@code user}. */
    public static void secure(JenkinsRule j, String user, Permission... grants) {
        j.jenkins.setSecurityRealm(j.createDummySecurityRealm());
        MockAuthorizationStrategy rights = new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader")
                .grant(Jenkins.READ)
                .everywhere()
                .to(user);
        if (grants.length > 0) {
            rights.grant(grants).everywhere().to(user);
        }
        j.jenkins.setAuthorizationStrategy(rights);
    }

    /** What a user is answered; an empty name is a visitor. */
    public static WebResponse get(JenkinsRule j, String user, String path) throws Exception {
        return call(j, user, HttpMethod.GET, path);
    }

    /** What a user is answered to a call, whatever its status; changes carry a crumb. */
    public static WebResponse call(JenkinsRule j, String user, HttpMethod method, String path) throws Exception {
        JenkinsRule.WebClient client = j.createWebClient().withThrowExceptionOnFailingStatusCode(false);
        client.getOptions().setPrintContentOnFailingStatusCode(false);
        if (!user.isEmpty()) {
            client.login(user);
        }
        WebRequest request = new WebRequest(new URL(client.getContextPath() + path), method);
        if (method == HttpMethod.POST) {
            client.addCrumb(request);
        }
        return client.<Page>getPage(request).getWebResponse();
    }
}
