package io.jenkins.mlops.registry.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.mlops.gate.Verdict;
import io.jenkins.mlops.registry.Listing;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.mlflow.Drift;
import io.jenkins.mlops.registry.mlflow.OutsideVersion;
import io.jenkins.mlops.registry.mlflow.RemoteLink;
import io.jenkins.mlops.registry.mlflow.RemoteTask;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The outbox and what was found at the server, on every database. */
abstract class RemoteStoreContract {
    private static final String SERVER = "https://mlflow.example";

    private final TestClock clock = new TestClock();
    private JdbcModelRegistry registry;
    private JdbcRemoteStore store;

    abstract RegistryDatabase openEmpty() throws Exception;

    @BeforeEach
    void open() throws Exception {
        RegistryDatabase database = openEmpty();
        registry = new JdbcModelRegistry(database, clock);
        store = new JdbcRemoteStore(database, clock);
    }

    @AfterEach
    void close() {
        registry.close();
    }

    private List<String> due() {
        return store.due(clock.millis(), 100).stream()
                .map(task -> task.model() + " " + task.display())
                .toList();
    }

    private void collect() {
        while (store.collect() > 0) {
            // all of it
        }
    }

    @Test
    void theOutboxFollowsTheLedgerInOrderOfEachModel() {
        assertThat(store.state()).isEmpty();
        assertThat(store.collect()).isZero();
        ModelVersion before = registry.register(Samples.registration("before", "m"));
        registry.requestPromotion(Samples.request(registry, "p0", before, "champion", Verdict.PASS));
        store.connect(SERVER, false);
        store.connect(SERVER, false);
        collect();
        assertThat(due()).containsExactly("m the alias 'champion'");
        store.done(store.due(clock.millis(), 1).get(0));

        ModelVersion version = registry.register(Samples.registration("a", "m"));
        registry.requestPromotion(Samples.request(registry, "p1", version, "champion", Verdict.PASS));
        registry.register(Samples.registration("b", "other"));
        collect();
        assertThat(due()).as("the oldest of each").containsExactly("m version 2", "other the model");
        RemoteTask first = store.due(clock.millis(), 1).get(0);
        store.failed(first, false, clock.millis() + 1_000, "down");
        assertThat(due()).as("the others of m wait").containsExactly("other the model");
        clock.advance(1_000);
        assertThat(due()).hasSize(2);
        store.failed(first, true, clock.millis() + 1_000, "no");
        assertThat(due()).as("not for what is refused").containsExactly("m the alias 'champion'", "other the model");
        assertThat(store.state().orElseThrow().refused()).isEqualTo(1);
        assertThat(store.state().orElseThrow().waiting()).isEqualTo(3);
        registry.setTag("m", 2, "a", "b", "ada");
        collect();
        assertThat(due()).as("something new about it").containsExactly("m version 2", "other the model");
    }

    @Test
    void whatIsAskedForMeanwhileIsNotTakenForDone() {
        store.connect(SERVER, false);
        registry.register(Samples.registration("a", "m"));
        collect();
        store.tasks("m", 10).stream()
                .filter(task -> task.kind() == RemoteTask.Kind.MODEL)
                .forEach(store::done);
        RemoteTask task = store.due(clock.millis(), 1).get(0);
        registry.setTag("m", 1, "a", "b", "ada");
        collect();
        store.done(task);
        assertThat(due()).containsExactly("m version 1");
        RemoteTask again = store.due(clock.millis(), 1).get(0);
        store.enqueue(new RemoteTask.About("m", RemoteTask.Kind.VERSION, "1"));
        store.done(again);
        assertThat(due()).containsExactly("m version 1");
        store.done(store.due(clock.millis(), 1).get(0));
        assertThat(due()).isEmpty();
        registry.setTag("m", 1, "a", null, "ada");
        collect();
        assertThat(store.tasks("m", 10))
                .extracting(RemoteTask::kind)
                .containsExactly(RemoteTask.Kind.VERSION, RemoteTask.Kind.UNTAG);
    }

    @Test
    void versionsFromOutsideArePaged() {
        OutsideVersion older = new OutsideVersion("m", 6, "s3://x", "", "eve", 1);
        OutsideVersion newer = new OutsideVersion("m", 7, "s3://y", "", "eve", 2);
        store.noteOutside("m", List.of(older, newer));
        assertThat(store.outside("m", 0, 1)).isEqualTo(new Listing<>(List.of(newer), 2, 0, 1));
        assertThat(store.outside("m", 1, 1)).isEqualTo(new Listing<>(List.of(older), 2, 1, 1));
        assertThat(store.outside("m", 2, 1)).isEqualTo(new Listing<>(List.of(), 2, 2, 1));
    }

    @Test
    void findingsAreKeptOnceAndStandInTheLedger() {
        registry.register(Samples.registration("a", "m"));
        store.connect(SERVER, true);
        assertThat(due()).containsExactly("m the model");
        Drift drift = new Drift("m", "champion", 1, 2, 0);
        assertThat(store.noteDrift("m", List.of(drift), "poll")).hasSize(1);
        assertThat(store.noteDrift("m", List.of(drift), "poll")).isEmpty();
        assertThat(store.noteDrift("m", List.of(new Drift("m", "champion", 1, 3, 0)), "poll"))
                .hasSize(1);
        assertThat(store.drifts("m")).singleElement().extracting(Drift::found).isEqualTo(3);
        assertThat(store.noteDrift("m", List.of(), "poll")).isEmpty();
        assertThat(store.drifts(null)).isEmpty();

        store.link(new RemoteLink("m", 1, 5, "run"));
        assertThat(store.link("m", 1)).contains(new RemoteLink("m", 1, 5, "run"));
        OutsideVersion outside = new OutsideVersion("m", 6, "s3://x", "", "eve", 1);
        store.noteOutside("m", List.of(outside));
        store.noteOutside("m", List.of(outside));
        assertThat(store.outside("m", 10)).containsExactly(outside);
        store.link(new RemoteLink("m", 2, 6, ""));
        assertThat(store.outside("m", 10)).isEmpty();
        assertThat(store.linkedModels()).containsExactly("m");
        store.unlink("m", 1);
        assertThat(store.links("m")).hasSize(1);
        assertThat(registry.ledgerAfter(0, 1_000).stream()
                        .map(entry -> entry.kind())
                        .filter(kind -> kind.startsWith("remote.")))
                .containsExactly(
                        "remote.connected",
                        "remote.drifted",
                        "remote.drifted",
                        "remote.drift-ended",
                        "remote.versions-found");
        assertThat(registry.verifyLedger().intact()).isTrue();

        store.connect("https://another.example", false);
        assertThat(store.links("m")).isEmpty();
        assertThat(store.tasks(null, 10)).isEmpty();
    }

    @Test
    void oneControllerWorksAndDeliveriesAreTakenOnce() {
        store.connect(SERVER, false);
        assertThat(store.lease("one", 1_000, 2_000)).isTrue();
        assertThat(store.lease("two", 1_500, 2_500)).isFalse();
        assertThat(store.lease("one", 1_500, 2_500)).isTrue();
        assertThat(store.lease("two", 2_500, 3_500)).isTrue();
        assertThat(store.firstDelivery("d1", clock.millis())).isTrue();
        assertThat(store.firstDelivery("d1", clock.millis())).isFalse();
        assertThat(store.firstDelivery("d2", clock.millis() + 4_000_000)).isTrue();
        store.failing("x".repeat(5_000));
        assertThat(store.state().orElseThrow().failure()).hasSize(2_000);
        store.contacted("MLflow 3");
        assertThat(store.state().orElseThrow().failure()).isEmpty();
    }
}
