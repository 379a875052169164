package io.jenkins.mlops.registry.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.mlops.registry.CodeRef;
import io.jenkins.mlops.registry.Page;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.mlops.search.Condition;
import io.jenkins.mlops.search.Field;
import io.jenkins.mlops.search.Operator;
import io.jenkins.mlops.search.Order;
import io.jenkins.mlops.tracking.DatasetInput;
import io.jenkins.mlops.tracking.Environment;
import io.jenkins.mlops.tracking.Experiment;
import io.jenkins.mlops.tracking.MetricPoint;
import io.jenkins.mlops.tracking.RunBatch;
import io.jenkins.mlops.tracking.RunQuery;
import io.jenkins.mlops.tracking.RunStart;
import io.jenkins.mlops.tracking.RunStatus;
import io.jenkins.mlops.tracking.TrackedRun;
import io.jenkins.mlops.tracking.TrackingStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds for experiments and runs on every database. */
abstract class TrackingContract {
    private final TestClock clock = new TestClock();
    private RegistryDatabase database;
    private TrackingStore store;

    abstract RegistryDatabase openEmpty() throws Exception;

    @BeforeEach
    void open() throws Exception {
        database = openEmpty();
        store = new JdbcTrackingStore(database, clock);
    }

    @AfterEach
    void closeStore() {
        database.close();
    }

    private TrackedRun start(String key) {
        return store.createRun(new RunStart(
                key,
                TrackingStore.DEFAULT_EXPERIMENT_ID,
                null,
                "ann",
                clock.millis(),
                Map.of("kind", key),
                Samples.build(3),
                null));
    }

    @Test
    void hasTheDefaultExperimentAndMakesOthers() {
        assertThat(store.experimentById("0").name()).isEqualTo("Default");
        Experiment made = store.experiment("fraud");
        assertThat(store.experiment("fraud")).isEqualTo(made);
        store.setExperimentTag(made.id(), "owner", "ann");
        assertThat(store.experimentById(made.id()).tags()).isEqualTo(Map.of("owner", "ann"));
        assertThatThrownBy(() -> store.createExperiment("fraud", Map.of()))
                .isInstanceOf(RegistryException.Conflict.class);
        assertThatThrownBy(() -> store.experimentById("nonsense")).isInstanceOf(RegistryException.NotFound.class);
        assertThat(store.experiments("FRA", Page.Request.first(5)).items()).hasSize(1);
        assertThat(store.experiments(null, Page.Request.first(1)).nextToken()).isEqualTo("0");
    }

    @Test
    void keepsAllOfARun() {
        Environment environment = new Environment(
                new CodeRef("https://git.example/r", "main", "0123456789", true, "ann"),
                "python train.py",
                "Linux 6",
                "amd64",
                4,
                1L << 34,
                List.of("Tesla T4"),
                "17",
                "3.11.2",
                Map.of("numpy", "2.0"),
                Map.of(),
                null,
                List.of("no container"));
        TrackedRun run = store.createRun(new RunStart(
                "op", store.experiment("x").id(), "first", "ann", 5, Map.of("a", "b"), Samples.build(3), environment));
        assertThat(run.id()).matches("[0-9a-f]{32}");
        assertThat(store.createRun(new RunStart("op", "0", "other", "bob", 6, Map.of(), null, null)))
                .isEqualTo(run);
        DatasetInput input = new DatasetInput("train", "md5:1", "training", "local", "{\"uri\":\"x\"}", null, "{}");
        store.logInputs(run.id(), List.of(input));
        store.logInputs(run.id(), List.of(input));
        store.log(run.id(), RunBatch.ofParams(Map.of("lr", "0.1")));
        store.log(run.id(), RunBatch.ofTags(Map.of("a", "c", "d", "e")));
        store.deleteTag(run.id(), "d");
        TrackedRun ended = store.update(run.id(), RunStatus.FINISHED, null, "renamed");
        assertThat(ended.endMillis()).isEqualTo(clock.millis());
        TrackedRun read = store.run(run.id());
        assertThat(ended).isEqualTo(store.runInfo(run.id()));
        assertThat(ended.status()).isEqualTo(read.status()).isEqualTo(RunStatus.FINISHED);
        assertThat(ended.params()).isEmpty();
        assertThat(read.environment()).isEqualTo(environment);
        assertThat(read.params()).isEqualTo(Map.of("lr", "0.1"));
        assertThat(read.tags()).isEqualTo(Map.of("a", "c"));
        assertThat(read.inputs()).containsExactly(input);
        assertThat(read.name()).isEqualTo("renamed");
        assertThat(store.runsOfBuild("team/train", 3)).containsExactly(read);
        assertThatThrownBy(() -> store.deleteTag(run.id(), "d")).isInstanceOf(RegistryException.NotFound.class);
        assertThatThrownBy(() -> store.run("nope")).isInstanceOf(RegistryException.NotFound.class);
    }

    @Test
    void aParameterIsWrittenOnceAndABatchStandsOrFalls() {
        TrackedRun run = start("a");
        store.log(run.id(), RunBatch.ofParams(Map.of("lr", "0.1")));
        store.log(run.id(), RunBatch.ofParams(Map.of("lr", "0.1", "depth", "3")));
        assertThatThrownBy(() -> store.log(
                        run.id(),
                        new RunBatch(
                                List.of(new MetricPoint("m", 1, 1, 1)),
                                Map.of("lr", "0.2", "new", "x"),
                                Map.of("t", "x"))))
                .isInstanceOf(RegistryException.Conflict.class)
                .hasMessageContaining("'0.1'")
                .hasMessageContaining("'0.2'");
        TrackedRun read = store.run(run.id());
        assertThat(read.params()).isEqualTo(Map.of("lr", "0.1", "depth", "3"));
        assertThat(read.metrics()).isEmpty();
        assertThat(read.tags()).doesNotContainKey("t");
    }

    @Test
    void theLastValueIsThatOfTheHighestStep() {
        TrackedRun run = start("a");
        MetricPoint late = new MetricPoint("loss", 0.5, 10, 2);
        store.log(run.id(), RunBatch.ofMetrics(List.of(late, new MetricPoint("loss", 9, 99, 1))));
        store.log(run.id(), RunBatch.ofMetrics(List.of(new MetricPoint("loss", 8, 99, 0), late)));
        assertThat(store.run(run.id()).metrics()).isEqualTo(Map.of("loss", late));
        MetricPoint undefined = new MetricPoint("loss", Double.NaN, 11, 2);
        MetricPoint infinite = new MetricPoint("gain", Double.NEGATIVE_INFINITY, 11, 2);
        store.log(run.id(), RunBatch.ofMetrics(List.of(undefined, undefined, infinite)));
        assertThat(store.run(run.id()).metrics()).isEqualTo(Map.of("loss", undefined, "gain", infinite));
        assertThat(store.metricHistory(run.id(), "loss", Page.Request.first(100))
                        .items())
                .containsExactly(new MetricPoint("loss", 8, 99, 0), new MetricPoint("loss", 9, 99, 1), late, undefined);
    }

    @Test
    void readsASeriesByPagesAndThinned() {
        TrackedRun run = start("a");
        for (int batch = 0; batch < 3; batch++) {
            long from = batch * 1_000L;
            store.log(
                    run.id(),
                    RunBatch.ofMetrics(LongStream.range(from, from + 1_000)
                            .mapToObj(step -> new MetricPoint("loss", 1.0 / (step + 1), 7, step))
                            .toList()));
        }
        List<MetricPoint> walked = new ArrayList<>();
        String token = null;
        do {
            Page<MetricPoint> page = store.metricHistory(run.id(), "loss", new Page.Request(700, token));
            walked.addAll(page.items());
            token = page.nextToken();
        } while (token != null);
        assertThat(walked).hasSize(3_000).isSortedAccordingTo((a, b) -> Long.compare(a.step(), b.step()));
        for (int points : new int[] {2, 7, 100, 2_999, 3_000, 10_000}) {
            List<MetricPoint> thinned = store.metricSeries(run.id(), "loss", points);
            assertThat(thinned.size()).isBetween(2, points);
            assertThat(thinned.get(0).step()).isZero();
            assertThat(thinned.get(thinned.size() - 1).step()).isEqualTo(2_999);
        }
        assertThat(store.metricSeries(run.id(), "loss", 3_000)).isEqualTo(walked);
        assertThat(store.metricSeries(run.id(), "none", 10)).isEmpty();
    }

    @Test
    void putsASeriesInOrderHoweverItWasLogged() {
        TrackedRun run = start("a");
        Random random = new Random(5);
        List<MetricPoint> expected = new ArrayList<>();
        for (int batch = 0; batch < 60; batch++) {
            List<MetricPoint> points = new ArrayList<>();
            int size = batch % 3 == 0 ? 1 : random.nextInt(80);
            for (int i = 0; i < size; i++) {
                // Few steps and times, so that batches overlap, tie and repeat.
                points.add(new MetricPoint(
                        "loss",
                        random.nextInt(20) == 0 ? Double.NaN : random.nextInt(3),
                        random.nextInt(4),
                        random.nextInt(40) - 20));
            }
            expected.addAll(points);
            for (int i = 0; i < batch % 4; i++) {
                points.add(new MetricPoint("other" + i, i, batch, batch));
            }
            store.log(run.id(), RunBatch.ofMetrics(points));
        }
        List<MetricPoint> sorted = expected.stream()
                .distinct()
                .sorted(Comparator.comparingLong(MetricPoint::step)
                        .thenComparingLong(MetricPoint::timestampMillis)
                        .thenComparingDouble(MetricPoint::value))
                .toList();
        for (int limit : new int[] {5, 100, 1_000}) {
            assertThat(history(run.id(), "loss", limit))
                    .as("pages of %s", limit)
                    .isEqualTo(sorted);
        }
        assertThat(store.metricSeries(run.id(), "loss", 10_000)).isEqualTo(sorted);
        assertThat(history(run.id(), "other2", 4)).hasSize(15);
        assertThat(store.run(run.id()).metrics().get("loss")).isEqualTo(sorted.get(sorted.size() - 1));
    }

    private List<MetricPoint> history(String run, String metric, int limit) {
        List<MetricPoint> walked = new ArrayList<>();
        String token = null;
        do {
            Page<MetricPoint> page = store.metricHistory(run, metric, new Page.Request(limit, token));
            assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
            walked.addAll(page.items());
            token = page.nextToken();
        } while (token != null);
        return walked;
    }

    @Test
    void aPageOfALongSeriesNeedsNoMoreThanItsOwnRows() {
        String id = start("long").id();
        int batch = 1_000;
        for (int from = 0; from < 60 * batch; from += batch) {
            IntStream steps = IntStream.range(from, from + batch);
            store.log(
                    id,
                    RunBatch.ofMetrics(steps.mapToObj(s -> new MetricPoint("loss", s, s, s))
                            .toList()));
        }
        String token = null;
        for (int i = 0; i < 30; i++) {
            token = store.metricHistory(id, "loss", new Page.Request(batch, token))
                    .nextToken();
        }
        Page.Request middle = new Page.Request(batch, token);
        List<MetricPoint> page = store.metricHistory(id, "loss", middle).items();
        assertThat(page).extracting(MetricPoint::step).startsWith(30_000L).endsWith(30_999L);
        // What such a page takes does not grow with the series: the same page comes from its own rows alone.
        int gone = database.write(tx ->
                tx.update("DELETE FROM mlops_metric_segment WHERE first_step < ? OR first_step > ?", 29_000L, 34_000L));
        assertThat(gone).isEqualTo(54);
        assertThat(store.metricHistory(id, "loss", middle).items()).isEqualTo(page);
        assertThat(store.metricSeries(id, "loss", 10, 30_100, 30_200))
                .extracting(MetricPoint::step)
                .startsWith(30_100L)
                .endsWith(30_200L)
                .hasSizeLessThanOrEqualTo(10);
    }

    @Test
    void refusesATokenOfAnotherList() {
        TrackedRun run = start("a");
        store.log(run.id(), RunBatch.ofMetrics(List.of(new MetricPoint("loss", 1, 1, 1))));
        for (String token : List.of("7", "1:2", "1:2:x:3:4:5", "1:2:3:4:5:")) {
            assertThatThrownBy(() -> store.metricHistory(run.id(), "loss", new Page.Request(5, token)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("token");
        }
    }

    @Test
    void refusesMoreMetricsThanAreKept() {
        TrackedRun run = start("a");
        for (int batch = 0; batch < 10; batch++) {
            int first = batch * 1_000;
            store.log(
                    run.id(),
                    RunBatch.ofMetrics(IntStream.range(first, first + 1_000)
                            .mapToObj(i -> new MetricPoint("m" + i, i, 1, 1))
                            .toList()));
        }
        assertThat(store.run(run.id()).metrics()).hasSize(10_000);
        assertThatThrownBy(() ->
                        store.log(run.id(), RunBatch.ofMetrics(List.of(new MetricPoint("one too many", 1, 1, 1)))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("10000");
        store.log(run.id(), RunBatch.ofMetrics(List.of(new MetricPoint("m5", 0.5, 2, 2))));
        assertThat(store.run(run.id()).metrics()).hasSize(10_000).containsEntry("m5", new MetricPoint("m5", 0.5, 2, 2));
    }

    @Test
    void searchesByWhatIsLoggedBeforeAndAfterTheFirstSearch() {
        RunQuery best = query(
                List.of(new Condition(Field.METRIC, "auc", Operator.GE, "0.5")),
                List.of(new Order(Field.METRIC, "auc", true)));
        assertThat(kinds(best)).isEmpty();
        TrackedRun first = start("first");
        store.log(first.id(), RunBatch.ofMetrics(List.of(new MetricPoint("auc", 0.6, 1, 1))));
        assertThat(kinds(best)).containsExactly("first");
        TrackedRun second = start("second");
        store.log(
                second.id(),
                RunBatch.ofMetrics(List.of(new MetricPoint("auc", 0.7, 1, 1), new MetricPoint("loss", 3, 1, 1))));
        store.log(first.id(), RunBatch.ofMetrics(List.of(new MetricPoint("auc", 0.8, 2, 2))));
        assertThat(kinds(best)).containsExactly("first", "second");
        store.log(first.id(), RunBatch.ofMetrics(List.of(new MetricPoint("auc", 0.9, 1, 1))));
        store.log(second.id(), RunBatch.ofMetrics(List.of(new MetricPoint("auc", 0.1, 9, 9))));
        assertThat(kinds(best)).containsExactly("first");
        assertThat(kinds(query(List.of(new Condition(Field.METRIC, "loss", Operator.LT, "9")), List.of())))
                .containsExactly("second");
        // A write that is undone leaves nothing to be found by.
        store.log(second.id(), RunBatch.ofParams(Map.of("lr", "1")));
        assertThatThrownBy(() -> store.log(
                        second.id(),
                        new RunBatch(List.of(new MetricPoint("auc", 1, 99, 99)), Map.of("lr", "2"), Map.of())))
                .isInstanceOf(RegistryException.Conflict.class);
        assertThat(kinds(best)).containsExactly("first");
    }

    @Test
    void idsGrowWithTime() {
        String before = start("a").id();
        clock.advance(1);
        assertThat(start("b").id()).isGreaterThan(before);
    }

    @Test
    void findsRuns() {
        for (int i = 1; i <= 6; i++) {
            clock.advance(1_000);
            TrackedRun run = start("k" + i);
            store.log(
                    run.id(),
                    new RunBatch(
                            i == 6 ? List.of() : List.of(new MetricPoint("auc", i / 10.0, 1, 1)),
                            Map.of("lr", "0." + i),
                            Map.of("even", String.valueOf(i % 2 == 0))));
            if (i == 3) {
                store.update(run.id(), RunStatus.FAILED, 9L, "third Run");
            }
        }
        assertThat(kinds(query(List.of(), List.of()))).containsExactly("k6", "k5", "k4", "k3", "k2", "k1");
        assertThat(kinds(query(
                        List.of(new Condition(Field.METRIC, "auc", Operator.GE, "0.3")),
                        List.of(new Order(Field.METRIC, "auc", false)))))
                .containsExactly("k3", "k4", "k5");
        assertThat(kinds(query(List.of(), List.of(new Order(Field.METRIC, "auc", true)))))
                .containsExactly("k5", "k4", "k3", "k2", "k1", "k6");
        assertThat(kinds(query(
                        List.of(
                                new Condition(Field.TAG, "even", Operator.EQ, "true"),
                                new Condition(Field.PARAM, "lr", Operator.NE, "0.2")),
                        List.of(new Order(Field.PARAM, "lr", false)))))
                .containsExactly("k4", "k6");
        assertThat(kinds(query(List.of(new Condition(Field.ATTRIBUTE, "status", Operator.EQ, "FAILED")), List.of())))
                .containsExactly("k3");
        assertThat(kinds(query(
                        List.of(new Condition(Field.ATTRIBUTE, "run_name", Operator.ILIKE, "THIRD%")), List.of())))
                .containsExactly("k3");
        assertThat(kinds(query(
                        List.of(new Condition(Field.ATTRIBUTE, "start_time", Operator.GT, clock.millis() - 1 + "")),
                        List.of())))
                .containsExactly("k6");
        assertThatThrownBy(() ->
                        kinds(query(List.of(new Condition(Field.METRIC, "auc", Operator.GE, "high")), List.of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'high'");
        assertThatThrownBy(() ->
                        kinds(query(List.of(new Condition(Field.ATTRIBUTE, "1=1; --", Operator.EQ, "x")), List.of())))
                .isInstanceOf(IllegalArgumentException.class);

        String first = store.runs(RunQuery.of("0"), Page.Request.first(1))
                .items()
                .get(0)
                .id();
        store.setDeleted(first, true);
        assertThat(kinds(RunQuery.of("0"))).hasSize(5);
        assertThat(kinds(new RunQuery(List.of(), List.of(), List.of(), true))).containsExactly("k6");
        assertThat(kinds(RunQuery.of("77"))).isEmpty();
    }

    private static RunQuery query(List<Condition> conditions, List<Order> order) {
        return new RunQuery(List.of("0"), conditions, order, false);
    }

    private List<String> kinds(RunQuery query) {
        List<String> walked = new ArrayList<>();
        String token = null;
        do {
            Page<TrackedRun> page = store.runs(query, new Page.Request(2, token));
            page.items().forEach(run -> walked.add(run.tags().get("kind")));
            token = page.nextToken();
        } while (token != null);
        return walked;
    }
}
