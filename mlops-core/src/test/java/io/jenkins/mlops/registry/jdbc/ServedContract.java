package io.jenkins.mlops.registry.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.mlops.gate.Verdict;
import io.jenkins.mlops.registry.AliasInDoubt;
import io.jenkins.mlops.registry.Deployment;
import io.jenkins.mlops.registry.DeploymentRequest;
import io.jenkins.mlops.registry.DeploymentState;
import io.jenkins.mlops.registry.LedgerFile;
import io.jenkins.mlops.registry.ModelCatalog;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Page;
import io.jenkins.mlops.registry.ServedQuery;
import io.jenkins.mlops.registry.ServedVersion;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the registry tells of the past, on every database. */
abstract class ServedContract {
    private static final Page.Request ALL = Page.Request.first(100);

    private final TestClock clock = new TestClock();
    private JdbcModelRegistry registry;

    abstract RegistryDatabase openEmpty() throws Exception;

    @BeforeEach
    void open() throws Exception {
        registry = new JdbcModelRegistry(openEmpty(), clock);
    }

    @AfterEach
    void close() {
        registry.close();
    }

    private long tick() {
        clock.advance(1_000);
        return clock.millis();
    }

    private ModelVersion promoted(String key, String model) {
        ModelVersion version = registry.register(Samples.registration(key, model));
        registry.requestPromotion(Samples.request(registry, "p" + key, version, "champion", Verdict.PASS));
        return version;
    }

    private static DeploymentRequest request(String key, ModelVersion version, String endpoint) {
        return new DeploymentRequest(
                key,
                endpoint,
                "process",
                version.model(),
                version.number(),
                version.digest(),
                "champion",
                false,
                null,
                Samples.build(5),
                "deployer");
    }

    private void serve(String key, ModelVersion version, String endpoint) {
        registry.beginDeployment(request(key, version, endpoint));
        registry.finishDeployment(key, DeploymentState.SERVING, "http://localhost:1/", "");
    }

    private List<Integer> aliases(long millis) {
        return registry.aliasesAt(ServedQuery.at(millis), ALL).items().stream()
                .map(served -> served.version().number())
                .toList();
    }

    private List<Integer> endpoints(long millis) {
        return registry.endpointsAt(ServedQuery.at(millis), ALL).items().stream()
                .map(served -> served.version().number())
                .toList();
    }

    @Test
    void tellsWhatAnAliasPointedAt() {
        long before = clock.millis();
        long one = tick();
        promoted("a", "m");
        long two = tick();
        promoted("b", "m");
        promoted("c", "other");
        long back = tick();
        registry.rollback("r", "m", "champion", 0, "ann", "worse");
        long gone = tick();
        registry.deleteAlias("m", "champion", "ann");

        assertThat(aliases(before)).isEmpty();
        assertThat(aliases(one)).containsExactly(1);
        assertThat(aliases(two - 1)).containsExactly(1);
        assertThat(aliases(two)).containsExactlyInAnyOrder(2, 1);
        assertThat(aliases(back)).containsExactlyInAnyOrder(1, 1);
        assertThat(aliases(gone)).containsExactly(1);
        ServedVersion served =
                registry.aliasesAt(new ServedQuery(two, "m", null), ALL).items().get(0);
        assertThat(served.alias()).isEqualTo("champion");
        assertThat(served.endpoint()).isNull();
        assertThat(served.sinceMillis()).isEqualTo(two);
        assertThat(served.version().commit().commit()).isEqualTo("0123456789abcdef");
        assertThat(served.version().dataDigests()).hasSize(1);
        assertThat(served.promotion().evidenceHash()).isEqualTo(Samples.EVIDENCE);
    }

    @Test
    void tellsWhatAnEndpointServed() {
        ModelVersion first = promoted("a", "m");
        long before = clock.millis();
        long one = tick();
        serve("d1", first, "iris");
        ModelVersion second = promoted("b", "m");
        long two = tick();
        serve("d2", second, "iris");
        ModelVersion other = promoted("c", "other");
        serve("d3", other, "lilies");
        long back = tick();
        registry.finishDeployment("d2", DeploymentState.ROLLED_BACK, null, "errors");
        long end = tick();
        registry.finishDeployment("d1", DeploymentState.RETIRED, null, "taken down");

        assertThat(endpoints(before)).isEmpty();
        assertThat(endpoints(one)).containsExactly(1);
        assertThat(endpoints(two)).containsExactly(2, 1);
        assertThat(endpoints(back)).containsExactlyInAnyOrder(1, 1);
        assertThat(endpoints(end)).containsExactly(1);
        ServedVersion served = registry.endpointsAt(new ServedQuery(two, null, "iris"), ALL)
                .items()
                .get(0);
        assertThat(served.endpoint()).isEqualTo("iris");
        assertThat(served.version()).isEqualTo(second);
        assertThat(served.promotion().version()).isEqualTo(2);
        assertThat(served.deployment().build().number()).isEqualTo(5);
        assertThat(registry.endpointsAt(new ServedQuery(two, "other", "iris"), ALL)
                        .items())
                .isEmpty();
    }

    @Test
    void answersPageByPage() {
        for (int i = 0; i < 5; i++) {
            promoted("k" + i, "m" + i);
        }
        List<String> models = new ArrayList<>();
        Page<ServedVersion> page = registry.aliasesAt(ServedQuery.at(clock.millis()), Page.Request.first(2));
        while (true) {
            page.items().forEach(served -> models.add(served.version().model()));
            if (page.nextToken() == null) {
                break;
            }
            page = registry.aliasesAt(ServedQuery.at(clock.millis()), new Page.Request(2, page.nextToken()));
        }

        assertThat(models).containsExactly("m0", "m1", "m2", "m3", "m4");
        assertThatThrownBy(() -> registry.aliasesAt(ServedQuery.at(0), new Page.Request(2, "nonsense")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void writesAFileThatCanBeChecked() throws IOException {
        promoted("a", "m");
        StringBuilder file = new StringBuilder();

        String head = LedgerFile.write(registry, file).headHash();

        assertThat(LedgerFile.verify(new StringReader(file.toString()), head).intact())
                .isTrue();
        assertThat(head).isEqualTo(registry.verifyLedger().headHash());
        assertThat(registry.ledgerAfter(1, 2)).extracting(entry -> entry.seq()).containsExactly(2L, 3L);
    }

    /** A promotion has moved the alias already when the endpoint takes the version back. */
    @Test
    void knowsWhichAliasPointsAtWhatAnEndpointTookBack() {
        serve("d1", promoted("good", "churn"), "eu");
        ModelVersion bad = promoted("bad", "churn");
        assertThat(inDoubt()).isEmpty();

        registry.beginDeployment(request("d2", bad, "eu"));
        assertThat(inDoubt()).as("it is being tried").isEmpty();
        registry.finishDeployment("d2", DeploymentState.ROLLED_BACK, null, "three failed checks");
        assertThat(inDoubt()).singleElement().satisfies(doubt -> {
            assertThat(doubt.alias()).isEqualTo("champion");
            assertThat(doubt.display())
                    .isEqualTo("'champion' still points at version 2, which was rolled back at endpoint 'eu': three"
                            + " failed checks");
        });

        serve("d3", bad, "eu");
        assertThat(inDoubt()).as("it stood at the second attempt").isEmpty();
        registry.beginDeployment(request("d4", bad, "us"));
        registry.finishDeployment("d4", DeploymentState.FAILED, null, "");
        assertThat(inDoubt())
                .extracting(AliasInDoubt::display)
                .singleElement()
                .asString()
                .contains("never came to");
        registry.rollback("r", "churn", "champion", 0, "ann", "bad");
        assertThat(inDoubt()).as("the alias was given back").isEmpty();
        for (ModelCatalog catalog : List.of(registry.catalog(), ModelCatalog.walking(registry))) {
            assertThat(catalog.deploymentsOf("churn", 2))
                    .extracting(Deployment::operationKey)
                    .containsSubsequence("d3", "d2");
            assertThat(catalog.deploymentsOf("churn", 3)).isEmpty();
        }
    }

    private List<AliasInDoubt> inDoubt() {
        return AliasInDoubt.of(
                registry.catalog(), "churn", registry.model("churn").aliases());
    }
}
