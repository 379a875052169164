package io.jenkins.mlops.registry.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.mlops.gate.Verdict;
import io.jenkins.mlops.registry.ApprovalRule;
import io.jenkins.mlops.registry.BuildRef;
import io.jenkins.mlops.registry.Deployment;
import io.jenkins.mlops.registry.DeploymentRequest;
import io.jenkins.mlops.registry.DeploymentState;
import io.jenkins.mlops.registry.Downstream;
import io.jenkins.mlops.registry.Ledger;
import io.jenkins.mlops.registry.Listing;
import io.jenkins.mlops.registry.ModelCatalog;
import io.jenkins.mlops.registry.ModelListing;
import io.jenkins.mlops.registry.ModelListing.Order;
import io.jenkins.mlops.registry.ModelSummary;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.PromotionPolicy;
import io.jenkins.mlops.registry.Registration;
import io.jenkins.mlops.registry.VersionFile;
import io.jenkins.mlops.registry.VersionListing;
import io.jenkins.mlops.registry.VersionPoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds for lists on every database; each answer is compared with a walk through the whole registry. */
abstract class CatalogContract {
    private static final Set<String> OPEN = Set.of("open", "no-such-job");

    private final TestClock clock = new TestClock();
    private JdbcModelRegistry registry;

    /** An open database without any data. */
    abstract RegistryDatabase openEmpty() throws Exception;

    @BeforeEach
    void fill() throws Exception {
        registry = new JdbcModelRegistry(openEmpty(), clock);
        registry.createModel("empty", "", "ann");
        for (int i = 1; i <= 7; i++) {
            version("churn", i % 2 == 0 ? "open" : "secret", i);
        }
        version("Fraud 50%", "secret", 1);
        version("fraud_eu", "open", 1);
        registry.deleteVersion("churn", 7, "ann");
        version("gone", "open", 1);
        registry.deleteModel("gone", "ann");
        promote("churn", 2, "champion");
        promote("churn", 3, "production");
        registry.setPolicy(PromotionPolicy.byDefault().withApprovals(List.of(new ApprovalRule(1, Set.of()))), "admin");
        promote("churn", 5, "champion");
        promote("churn", 4, "champion");
        promote("Fraud 50%", 1, "champion");
    }

    @AfterEach
    void closeRegistry() {
        registry.close();
    }

    private void version(String model, String job, int number) {
        clock.advance(1_000);
        registry.register(Registration.of(
                        model + number,
                        model,
                        List.of(new VersionFile("model.bin", number, Ledger.sha256(model + number))),
                        number == 6 ? "Zoë" : "ann")
                .withBuild(new BuildRef(job, number, null, null), null)
                .withMetrics(number == 4 ? Map.of() : Map.of("auc", number == 6 ? Double.NaN : (number * 7 % 5) / 5.0))
                .withTags(Map.of("team", number == 2 ? "Growth_1" : "core"), "build " + number));
    }

    private void promote(String model, int number, String alias) {
        registry.requestPromotion(Samples.request(
                registry, model + number + alias, registry.version(model, number), alias, Verdict.PASS));
    }

    private ModelCatalog catalog() {
        return registry.catalog();
    }

    private List<String> names(ModelListing query) {
        Listing<ModelSummary> found = catalog().models(query);
        assertThat(found).isEqualTo(ModelCatalog.walking(registry).models(query));
        return found.items().stream().map(ModelSummary::name).toList();
    }

    private List<Integer> numbers(VersionListing query) {
        Listing<ModelVersion> found = catalog().versions(query);
        assertThat(found).isEqualTo(ModelCatalog.walking(registry).versions(query));
        return found.items().stream().map(ModelVersion::number).toList();
    }

    @Test
    void listsModelsInEveryOrder() {
        assertThat(names(ModelListing.first(10))).containsExactly("Fraud 50%", "churn", "empty", "fraud_eu");
        assertThat(names(new ModelListing(null, null, Order.NAME, true, 1, 2))).containsExactly("empty", "churn");
        assertThat(names(new ModelListing(null, null, Order.NEWEST, true, 0, 10)))
                .containsExactly("fraud_eu", "Fraud 50%", "churn", "empty");
        assertThat(names(new ModelListing(null, null, Order.WAITING, true, 0, 2)))
                .containsExactly("churn", "Fraud 50%");
        assertThat(names(new ModelListing("FRAUD", null, Order.NAME, false, 0, 10)))
                .containsExactly("Fraud 50%", "fraud_eu");
        assertThat(names(new ModelListing("50%", null, Order.NAME, false, 0, 10)))
                .containsExactly("Fraud 50%");
        assertThat(names(new ModelListing("d_", null, Order.NAME, false, 0, 10)))
                .containsExactly("fraud_eu");
        assertThat(names(new ModelListing("' OR 1=1 --", null, Order.NAME, false, 0, 10)))
                .isEmpty();
        assertThat(names(new ModelListing(null, null, Order.NAME, false, 99, 10)))
                .isEmpty();
    }

    @Test
    void cutsTheOrdersAnywhere() {
        for (Set<String> jobs : Arrays.asList(null, OPEN, Set.of("secret"))) {
            for (Order order : Order.values()) {
                for (boolean descending : new boolean[] {true, false}) {
                    for (int offset = 0; offset < 5; offset++) {
                        names(new ModelListing(null, jobs, order, descending, offset, 2));
                    }
                }
            }
            for (String metric : new String[] {null, "auc"}) {
                for (String search : new String[] {null, "build"}) {
                    for (boolean descending : new boolean[] {true, false}) {
                        for (int offset = 0; offset < 7; offset++) {
                            numbers(new VersionListing("churn", jobs, search, metric, descending, offset, 2));
                        }
                    }
                }
            }
        }
    }

    @Test
    void keepsCountWhenTheNewestIsDeletedAndPutBack() {
        registry.deleteVersion("churn", 6, "ann");
        assertThat(numbers(VersionListing.newest("churn", null, 3))).containsExactly(5, 4, 3);
        assertThat(numbers(VersionListing.newest("churn", OPEN, 3))).containsExactly(4, 2);
        names(new ModelListing(null, OPEN, Order.NEWEST, true, 0, 10));
        registry.deleteVersion("fraud_eu", 1, "ann");
        assertThat(names(ModelListing.first(10).visibleBy(OPEN))).containsExactly("churn");
        assertThat(catalog().jobs()).containsExactly("open", "secret");
        names(new ModelListing(null, null, Order.NEWEST, false, 0, 10));
        version("gone", "open", 2);
        assertThat(names(ModelListing.first(10).visibleBy(OPEN))).containsExactly("churn", "gone");
    }

    @Test
    void followsADigestDown() {
        String data = "sha256:" + Ledger.sha256("data");
        for (int i = 1; i <= 3; i++) {
            registry.register(Registration.of(
                            "made " + i,
                            "made " + i % 2,
                            List.of(new VersionFile("model.bin", i, Ledger.sha256("made " + i))),
                            "ann")
                    .withBuild(new BuildRef(i == 3 ? "secret" : "open", 70 + i, null, null), null)
                    .withRun("run", List.of(data)));
        }
        serve("made 0", 1, "zero");
        serve("made 1", 2, "one");
        for (ModelCatalog each : List.of(catalog(), ModelCatalog.walking(registry))) {
            Downstream all = each.downstream(data, null, 2);
            assertThat(List.of(all.versions(), all.models(), all.newest().size()))
                    .containsExactly(3, 2, 2);
            assertThat(all.newest().get(0).number()).isEqualTo(2);
            assertThat(all.serving()).extracting(Deployment::endpoint).containsExactly("one", "zero");
            Downstream open = each.downstream(data, OPEN, 10);
            assertThat(List.of(open.versions(), open.models())).containsExactly(2, 2);
            assertThat(open.serving()).extracting(Deployment::endpoint).containsExactly("zero");
            assertThat(each.downstream("sha256:" + Ledger.sha256("made 3"), OPEN, 10)
                            .versions())
                    .isZero();
            assertThat(each.downstream("sha256:" + Ledger.sha256("made 3"), null, 10)
                            .versions())
                    .isEqualTo(1);
            assertThat(each.serving(Set.of("made 0", "made 1"), OPEN))
                    .extracting(Deployment::endpoint)
                    .containsExactly("zero");
            assertThat(each.serving(Set.of(), null)).isEmpty();
            assertThat(each.policies(Set.of("churn", "made 0"))).containsOnlyKeys("churn", "made 0");
            assertThat(each.trends(Map.of("churn", "auc", "made 0", "none"), null, 10))
                    .containsEntry("churn", each.trend("churn", "auc", null, 10))
                    .containsEntry("made 0", List.of());
        }
    }

    private void serve(String model, int number, String endpoint) {
        ModelVersion version = registry.version(model, number);
        registry.beginDeployment(new DeploymentRequest(
                endpoint, endpoint, "process", model, number, version.digest(), null, true, null, null, "ann"));
        registry.finishDeployment(endpoint, DeploymentState.SERVING, null, "");
    }

    @Test
    void answersAReaderAsIfThereWereNothingElse() {
        for (Order order : Order.values()) {
            assertThat(names(new ModelListing(null, OPEN, order, false, 0, 10)))
                    .containsExactlyInAnyOrder("churn", "fraud_eu");
        }
        ModelSummary churn = catalog()
                .models(new ModelListing("churn", OPEN, Order.NAME, false, 0, 10))
                .items()
                .get(0);
        assertThat(churn.aliases()).containsExactly(Map.entry("champion", 2));
        assertThat(churn.newest().number()).isEqualTo(6);
        assertThat(churn.waiting()).isEqualTo(1);
        assertThat(names(ModelListing.first(10).visibleBy(Set.of()))).isEmpty();
        assertThat(catalog().models(ModelListing.first(10).visibleBy(Set.of())).total())
                .isZero();
        assertThat(numbers(VersionListing.newest("churn", OPEN, 2))).containsExactly(6, 4);
        assertThat(catalog().versions(VersionListing.newest("churn", OPEN, 2)).total())
                .isEqualTo(3);
        assertThat(catalog().trend("churn", "auc", OPEN, 10))
                .extracting(VersionPoint::number)
                .containsExactly(2, 6);
    }

    @Test
    void letsTheChampionStandForAModel() {
        ModelSummary churn = catalog().models(ModelListing.first(2)).items().get(1);
        assertThat(churn.champion().number()).isEqualTo(2);
        assertThat(churn.newest().number()).isEqualTo(6);
        assertThat(churn.aliases()).containsOnlyKeys("champion", "production");
        assertThat(catalog().models(ModelListing.first(3)).items().get(2).champion())
                .isNull();
        assertThat(ModelSummary.leadingAlias(Map.of("b", 1, "a", 2))).isEqualTo("a");
        assertThat(ModelSummary.leadingAlias(Map.of("b", 1, "production", 2))).isEqualTo("production");
        assertThat(ModelSummary.leadingAlias(Map.of())).isNull();
    }

    @Test
    void listsVersionsInEveryOrder() {
        assertThat(numbers(VersionListing.newest("churn", null, 3))).containsExactly(6, 5, 4);
        assertThat(numbers(new VersionListing("churn", null, null, null, false, 1, 2)))
                .containsExactly(2, 3);
        assertThat(numbers(new VersionListing("churn", null, null, "auc", true, 0, 10)))
                .containsExactly(2, 1, 3, 5, 6, 4);
        assertThat(numbers(new VersionListing("churn", null, null, "auc", false, 0, 10)))
                .containsExactly(5, 3, 1, 2, 6, 4);
        assertThat(numbers(new VersionListing("churn", null, null, "no such", true, 0, 2)))
                .containsExactly(6, 5);
        assertThat(numbers(VersionListing.newest("no such", null, 3))).isEmpty();
    }

    @Test
    void searchesVersions() {
        assertThat(search("growth_")).containsExactly(2);
        assertThat(search("BUILD 3")).containsExactly(3);
        assertThat(search("v4")).containsExactly(4);
        assertThat(search("zoë")).containsExactly(6);
        String digest = registry.version("churn", 5).digest();
        assertThat(search(digest)).containsExactly(5);
        assertThat(search(digest.substring("sha256:".length(), 20))).containsExactly(5);
        assertThat(search("%")).isEmpty();
    }

    private List<Integer> search(String text) {
        return numbers(new VersionListing("churn", null, text, null, true, 0, 10));
    }

    @Test
    void followsAMetricOverVersions() {
        List<VersionPoint> trend = catalog().trend("churn", "auc", null, 3);
        assertThat(trend).extracting(VersionPoint::number).containsExactly(3, 5, 6);
        assertThat(trend.get(2).value()).isNaN();
        assertThat(catalog().trend("churn", "auc", null, 10))
                .isEqualTo(new ArrayList<>(ModelCatalog.walking(registry).trend("churn", "auc", null, 10)));
        assertThat(catalog().trend("no such", "auc", null, 10)).isEmpty();
    }

    @Test
    void knowsJobsAliasesAndPromotions() {
        for (ModelCatalog each : List.of(catalog(), ModelCatalog.walking(registry))) {
            assertThat(each.jobs()).containsExactly("open", "secret");
            assertThat(each.aliasesEver("churn")).containsExactly("champion", "production");
            assertThat(each.promotionsOf("churn", 3)).hasSize(1);
            assertThat(each.promotionsOf("churn", 1)).isEmpty();
        }
    }
}
