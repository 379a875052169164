package io.jenkins.plugins.mlops.examples;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Item;
import hudson.security.Permission;
import io.jenkins.mlops.gate.Verdict;
import io.jenkins.mlops.registry.ApprovalRule;
import io.jenkins.mlops.registry.BuildRef;
import io.jenkins.mlops.registry.Ledger;
import io.jenkins.mlops.registry.ModelRegistry;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Promotion;
import io.jenkins.mlops.registry.PromotionPolicy;
import io.jenkins.mlops.registry.PromotionRequest;
import io.jenkins.mlops.registry.Registration;
import io.jenkins.mlops.registry.VersionFile;
import io.jenkins.plugins.mlops.examples.WebMethods.Door;
import io.jenkins.plugins.mlops.registry.MlopsPermissions;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import java.lang.reflect.Field;
import java.net.URL;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.Page;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Knocks at every door that the web has into the three plugins, with the wrong verb, crumb and rights. */
@WithJenkins
class WebMethodsTest {
    private static final String SECRET = "secret-model";
    private static final String OUTER = "io.jenkins.plugins.mlops.";

    /** Doors with an own lock, and the test that tries it. */
    private static final Map<String, String> TESTED_ELSEWHERE = Map.of(
            OUTER + "registry.mlflow.MlflowApi", "takes any verb and path, with API tokens or a run's: MlflowApiTest",
            OUTER + "monitor.hook.HooksRoot", "takes no login, but the secret of a job's hook: HooksRootTest",
            OUTER + "monitor.hook.RecorderRoot", "takes no login, but the secret of a monitor: RecorderRootTest",
            OUTER + "monitor.trigger.DataPollingAction", "is there for jobs that watch data: DataChangedTriggerTest",
            OUTER + "monitor.MonitorPage", "is there for monitors: MonitorTest",
            OUTER + "registry.remote.WebhookDoor", "takes signed messages, of whoever sends them: RemoteRegistryTest");

    /** What anyone with Overall/Read may know, because it tells of no model. */
    private static final Set<String> TELLING_NOTHING = Set.of("version", "health");

    private final Map<String, String> places = new HashMap<>();
    private final Map<String, String> values = new HashMap<>();
    private final Map<String, JenkinsRule.WebClient> clients = new HashMap<>();

    @BeforeEach
    void fill(JenkinsRule j) {
        j.jenkins.setSecurityRealm(j.createDummySecurityRealm());
        j.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader"));
        ModelRegistry registry = RegistryConnection.get().registry();
        for (int i = 0; i < 2; i++) {
            ModelVersion version = registry.register(Registration.of(
                            "v" + i, SECRET, List.of(new VersionFile("m.bin", 1, Ledger.sha256("m" + i))), "ada")
                    .withBuild(new BuildRef("no-such-job", 1, null, null), null));
            Promotion promotion = registry.requestPromotion(new PromotionRequest(
                    "p" + i,
                    SECRET,
                    version.number(),
                    "champion",
                    "ada",
                    version.digest(),
                    registry.policy(SECRET).revision(),
                    Verdict.PASS,
                    "sha256:" + Ledger.sha256("evidence"),
                    null,
                    version.build(),
                    "",
                    i == 0 ? List.of() : List.of(new ApprovalRule(1, Set.of()))));
            values.put("id", promotion.id());
        }
        registry.confirmApplied(); // else the clock of promotions does so, if the test takes longer than a minute
        values.putAll(Map.of(
                "alias", "champion", "reason", "because", "time", "2100-01-01T00:00:00Z", "page", "", "model", ""));
        values.putAll(Map.of("endpoint", "", "approvals", "1", "approvers", "", "gates", "", "expiryHours", "1"));
        values.putAll(Map.of("revision", "", "search", "", "credentialsId", "", "value", "https://example.com"));
        values.putAll(Map.of("url", "", "webhookCredentialsId", "", "version", "1"));
        places.put(OUTER + "monitor.EndpointsPage", "mlops-endpoints/");
        String rest = OUTER + "registry.rest.";
        places.put(rest + "MlopsRootAction", "mlops/");
        places.put(rest + "MlopsRootAction$ModelsResource", "mlops/models/");
        places.put(rest + "MlopsRootAction$PromotionsResource", "mlops/promotions/");
        places.put(rest + "ModelResource", "mlops/models/" + SECRET + "/");
        places.put(rest + "PromotionResource", "mlops/promotions/" + values.get("id") + "/");
        places.put(rest + "LedgerResource", "mlops/ledger/");
        places.put(rest + "RemoteResource", "mlops/remote/");
        String pages = OUTER + "registry.pages.";
        places.put(pages + "InboxPage", "mlops/inbox/");
        places.put(pages + "ModelPage", "mlops/model/" + SECRET + "/");
        places.put(pages + "VersionPage", "mlops/model/" + SECRET + "/version/2/");
        places.put(pages + "RemotePage", "mlops/model/" + SECRET + "/remote/");
        places.put(pages + "PolicyPage", "mlops/model/" + SECRET + "/policy/");
        places.put(pages + "RetentionPage", "mlops/model/" + SECRET + "/retention/");
    }

    private String url(Door door) {
        String place = door.ofDescriptor()
                ? "descriptorByName/" + described(door.type()).getName() + "/"
                : places.get(door.owner());
        assertThat(place)
                .as("a URL of %s: state it in this test, so that its permissions are tried", door)
                .isNotNull();
        String query = door.query(values);
        return place + door.segment() + (query.isEmpty() ? "" : "?" + query);
    }

    /** What a descriptor describes: the class around it, or, of settings, itself. */
    private static Class<?> described(Class<?> descriptor) {
        Class<?> around = descriptor.getEnclosingClass();
        return around == null ? descriptor : around;
    }

    private List<Door> doors() throws Exception {
        return WebMethods.all().stream()
                .filter(door -> !TESTED_ELSEWHERE.containsKey(door.owner()))
                .toList();
    }

    private WebResponse call(JenkinsRule j, String user, HttpMethod verb, String path, boolean crumb) throws Exception {
        JenkinsRule.WebClient client = clients.get(user);
        if (client == null) {
            client = j.createWebClient().withThrowExceptionOnFailingStatusCode(false);
            client.setJavaScriptEnabled(false);
            client.getOptions().setPrintContentOnFailingStatusCode(false);
            client.login(user);
            clients.put(user, client);
        }
        WebRequest request = new WebRequest(new URL(client.getContextPath() + path), verb);
        return client.<Page>getPage(crumb ? client.addCrumb(request) : request).getWebResponse();
    }

    private static long entries() {
        return RegistryConnection.get().registry().verifyLedger().entries();
    }

    @Test
    void findsTheDoors() throws Exception {
        assertThat(WebMethods.all())
                .extracting(Door::toString)
                .contains(
                        OUTER + "registry.rest.ModelResource.doOverride",
                        OUTER + "registry.pages.InboxPage.doDecide",
                        OUTER + "registry.pages.ModelPage.doDecide",
                        OUTER + "registry.pages.VersionPage.doWithdraw",
                        OUTER + "registry.database.PostgresDatabase$DescriptorImpl.doFillCredentialsIdItems",
                        OUTER + "steps.PromoteModelStep$DescriptorImpl.doFillOnFailItems");
    }

    @Test
    void whatWantsPostAnswersToNothingElse(JenkinsRule j) throws Exception {
        long before = entries();
        Map<String, Integer> open = new TreeMap<>();
        for (Door door : doors()) {
            if (door.wantsPost()) {
                int status = call(j, "admin", HttpMethod.GET, url(door), false).getStatusCode();
                if (status != 405 && status != 404) {
                    open.put(door.toString(), status);
                }
            }
        }

        assertThat(open).isEmpty();
        assertThat(entries()).isEqualTo(before);
    }

    @Test
    void whatWantsPostWantsACrumb(JenkinsRule j) throws Exception {
        long before = entries();
        Map<String, Integer> open = new TreeMap<>();
        for (Door door : doors()) {
            if (door.wantsPost()) {
                int status = call(j, "admin", HttpMethod.POST, url(door), false).getStatusCode();
                if (status != 403) {
                    open.put(door.toString(), status);
                }
            }
        }

        assertThat(open).isEmpty();
        assertThat(entries()).isEqualTo(before);
    }

    @Test
    void whoMayOnlyReadChangesNothing(JenkinsRule j) throws Exception {
        long before = entries();
        Map<String, Integer> open = new TreeMap<>();
        for (Door door : doors()) {
            if (door.wantsPost() && !door.ofDescriptor()) {
                int status = call(j, "reader", HttpMethod.POST, url(door), true).getStatusCode();
                if (status != 403 && status != 404) { // 404 where he may not even know of the page
                    open.put(door.toString(), status);
                }
            }
        }

        assertThat(open).isEmpty();
        assertThat(entries()).isEqualTo(before);
    }

    @Test
    void whoMayOnlyReadLearnsNothingOfOthersModels(JenkinsRule j) throws Exception {
        Map<String, String> told = new TreeMap<>();
        for (Door door : doors()) {
            if (door.wantsPost() && !door.ofDescriptor()) {
                continue;
            }
            HttpMethod verb = door.wantsPost() ? HttpMethod.POST : HttpMethod.GET;
            WebResponse answer = call(j, "reader", verb, url(door), door.wantsPost());
            String body = answer.getContentAsString();
            boolean silent = answer.getStatusCode() == 403 || answer.getStatusCode() == 404;
            // what was asked for may be repeated in a refusal: the asker knew it
            boolean tells = body.contains("no-such-job") || body.contains("\"" + SECRET + "\"");
            if (!silent && (answer.getStatusCode() != 200 || tells)) {
                told.put(door.toString(), answer.getStatusCode() + " " + body);
            }
        }

        assertThat(told).isEmpty();
    }

    @Test
    void whoMayNotEvenReadIsAnsweredNothing(JenkinsRule j) throws Exception {
        Map<String, Integer> open = new TreeMap<>();
        for (Door door : doors()) {
            HttpMethod verb = door.wantsPost() ? HttpMethod.POST : HttpMethod.GET;
            int status = call(j, "nobody", verb, url(door), false).getStatusCode();
            if (status != 403 && status != 404 && !TELLING_NOTHING.contains(door.segment())) {
                open.put(door.toString(), status);
            }
        }

        assertThat(open).isEmpty();
    }

    /**
     * Each right alone against each door: only the right to override moves an alias past a policy that asks for
     * somebody else's approval, and only by the doors made for it.
     */
    @Test
    void noRightMovesAnAliasPastItsPolicyButOne(JenkinsRule j) throws Exception {
        MockAuthorizationStrategy rights = new MockAuthorizationStrategy();
        rights.grant(Jenkins.READ, Item.READ, MlopsPermissions.VIEW)
                .everywhere()
                .toEveryone();
        Map<String, Permission> roles = new TreeMap<>();
        for (Field field : MlopsPermissions.class.getDeclaredFields()) {
            if (field.getType() == Permission.class) {
                Permission permission = (Permission) field.get(null);
                roles.put("may-" + permission.name, permission);
                rights.grant(permission).everywhere().to("may-" + permission.name);
            }
        }
        j.jenkins.setAuthorizationStrategy(rights);
        ModelRegistry registry = RegistryConnection.get().registry();
        // Both versions have served, so there is something to roll back to.
        registry.override("o2", SECRET, 2, "champion", "root", "once");
        registry.override("o1", SECRET, 1, "champion", "root", "again");
        values.putAll(Map.of("version", "2", "to", "2", "decision", "approve", "comment", "", "number", "2"));

        Set<String> moved = new TreeSet<>();
        for (String role : roles.keySet()) {
            for (Door door : doors()) {
                if (!door.wantsPost() || door.ofDescriptor()) {
                    continue;
                }
                awaitTheBoss(registry, role + "/" + door);
                call(j, role, HttpMethod.POST, url(door), true);
                if (registry.byAlias(SECRET, "champion").orElseThrow().number() != 1) {
                    moved.add(role + " by " + door);
                    registry.override("back/" + role + door, SECRET, 1, "champion", "root", "put back");
                }
            }
        }

        assertThat(roles).hasSizeGreaterThan(5);
        assertThat(moved)
                .containsExactly(
                        "may-Override by " + OUTER + "registry.pages.VersionPage.doOverride",
                        "may-Override by " + OUTER + "registry.rest.ModelResource.doOverride");
    }

    /** A policy that nobody here can meet, and an open promotion under it, whatever the last call did to them. */
    private void awaitTheBoss(ModelRegistry registry, String key) {
        PromotionPolicy policy = PromotionPolicy.byDefault()
                .withModel(SECRET, 0)
                .withApprovals("1 of user:boss")
                .withRollbackApprovals("1 of user:boss");
        if (!registry.policy(SECRET).asksTheSame(policy)) {
            registry.setPolicy(policy, "root");
        }
        ModelVersion second = registry.version(SECRET, 2);
        Promotion open = registry.pending().stream()
                .filter(promotion ->
                        promotion.version() == 2 && promotion.requestedBy().equals("ada"))
                .filter(promotion -> promotion.policy().asksTheSame(policy))
                .findFirst()
                .orElseGet(() -> registry.requestPromotion(new PromotionRequest(
                        key,
                        SECRET,
                        2,
                        "champion",
                        "ada",
                        second.digest(),
                        registry.policy(SECRET).revision(),
                        Verdict.PASS,
                        "sha256:" + Ledger.sha256("evidence"),
                        null,
                        second.build(),
                        "")));
        values.put("id", open.id());
        values.put("revision", String.valueOf(open.revision()));
        places.put(OUTER + "registry.rest.PromotionResource", "mlops/promotions/" + open.id() + "/");
    }

    @Test
    void theAdministratorIsLetIn(JenkinsRule j) throws Exception {
        Map<String, String> shut = new TreeMap<>();
        for (Door door : doors()) {
            if (!door.wantsPost()) {
                WebResponse answer = call(j, "admin", HttpMethod.GET, url(door), false);
                if (answer.getStatusCode() != 200) {
                    shut.put(door.toString(), answer.getStatusCode() + " " + answer.getContentAsString());
                }
            }
        }

        // Else the others would be content with a URL that leads nowhere.
        assertThat(shut).isEmpty();
    }
}
