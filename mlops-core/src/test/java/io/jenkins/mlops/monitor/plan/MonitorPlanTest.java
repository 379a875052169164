package io.jenkins.mlops.monitor.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.jenkins.mlops.data.ColumnProfile;
import io.jenkins.mlops.data.ColumnType;
import io.jenkins.mlops.data.DataProfile;
import io.jenkins.mlops.evaluation.MetricValue;
import io.jenkins.mlops.json.Json;
import io.jenkins.mlops.monitor.Severity;
import io.jenkins.mlops.monitor.bucket.BucketAccess;
import io.jenkins.mlops.monitor.bucket.BucketLocation;
import io.jenkins.mlops.monitor.quality.BusinessValue;
import io.jenkins.mlops.monitor.quality.Expectation;
import io.jenkins.mlops.monitor.quality.ValuePlan;
import io.jenkins.mlops.monitor.quality.WindowWorth;
import io.jenkins.mlops.monitor.retraining.RetrainingPolicy.Route;
import io.jenkins.mlops.monitor.signal.Hysteresis;
import io.jenkins.mlops.monitor.window.WindowQuality;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MonitorPlanTest {
    private static MonitorPlan plan(String retraining, int builds, RetrainingManners manners) {
        return plan(
                "/logs",
                retraining,
                builds,
                new MonitorRules(null, List.of(Expectation.present("x")), true, 60_000, null, manners, "d", ""));
    }

    private static MonitorPlan plan(String logs, String retraining, int builds, MonitorRules rules) {
        return new MonitorPlan(
                logs,
                "*",
                "",
                "at",
                "",
                86_400_000,
                0,
                0,
                "",
                List.of(),
                List.of(),
                0.5,
                30,
                "",
                0,
                Hysteresis.DEFAULT,
                retraining,
                0,
                builds,
                0,
                3,
                0,
                15,
                rules);
    }

    private static RetrainingManners manners(Map<Severity, Route> routes, String zone, String... quiet) {
        return new RetrainingManners(routes, 90, List.of(quiet), zone);
    }

    @Test
    void isKeptAsTextAndReadAgain() {
        MonitorPlan plan = plan(
                "automatic",
                7,
                manners(Map.of(Severity.WARNING, Route.AUTOMATIC), "Europe/Vienna", "22:00-06:00 Mon-Fri"));
        assertThat(MonitorPlan.of(plan.toJson())).isEqualTo(plan);
        assertThat(plan.policy().routes()).containsEntry(Severity.WARNING, Route.AUTOMATIC);
        assertThat(plan.policy().budget().minutes()).isEqualTo(90);
        // Friday's night ends on Saturday, Saturday's has none.
        assertThat(plan.policy()
                        .quietHours()
                        .get(0)
                        .contains(Instant.parse("2026-11-28T04:00:00Z").toEpochMilli()))
                .isTrue();
        assertThat(plan.policy()
                        .quietHours()
                        .get(0)
                        .contains(Instant.parse("2026-11-28T23:00:00Z").toEpochMilli()))
                .isFalse();
    }

    @Test
    void readsWhatWasKeptBeforeThereWereRules() {
        String text = plan("off", 7, RetrainingManners.USUAL).toJson();
        String old = text.replaceAll(",\"rules\":\\{.*\\}\\}", "}");
        assertThat(Json.tree(old).has("rules")).isFalse();
        assertThat(MonitorPlan.of(old).rules()).isEqualTo(MonitorRules.NONE);
    }

    @Test
    void refusesContradictionsWithASentence() {
        RetrainingManners usual = RetrainingManners.USUAL;
        refused(
                "onCritical: 'automatic' contradicts retraining: 'off'",
                "off",
                7,
                manners(Map.of(Severity.CRITICAL, Route.AUTOMATIC), ""));
        refused(
                "contradicts retraining: 'suggest'",
                "suggest",
                7,
                manners(Map.of(Severity.WARNING, Route.AUTOMATIC), ""));
        refused(
                "order onInfo, onWarning and onCritical",
                "automatic",
                7,
                manners(Map.of(Severity.INFO, Route.AUTOMATIC), ""));
        refused("of which none is automatic", "automatic", 7, manners(Map.of(Severity.CRITICAL, Route.SUGGEST), ""));
        refused(
                "quietHours hold back builds that start by themselves",
                "suggest",
                7,
                manners(Map.of(), "UTC", "Sat,Sun"));
        refused("buildsPerWeek: 0 contradicts", "automatic", 0, usual);
        refused("no hour of the week", "automatic", 7, manners(Map.of(), "UTC", "06:00-20:00", "20:00-06:00"));
        assertThat(plan("automatic", 7, manners(Map.of(), "UTC", "06:00-20:00", "20:01-06:00")))
                .isNotNull();
    }

    private static MonitorRules reached(BucketAccess access) {
        return new MonitorRules(null, List.of(), false, 0, null, RetrainingManners.USUAL, "", "", "", null, access);
    }

    @Test
    void logsMayLieInABucket() {
        BucketAccess access = new BucketAccess("https://minio.example.org:9000", "eu-central-1", "minio");
        MonitorPlan plan = plan("s3://data/logs", "off", 7, reached(access));
        assertThat(MonitorPlan.of(plan.toJson())).isEqualTo(plan);
        assertThat(plan.bucket()).isEqualTo(new BucketLocation("data", "logs/"));
        assertThat(plan.bucketAccess()).isEqualTo(access);
        assertThat(plan("s3://data", "off", 7, MonitorRules.NONE).bucketAccess())
                .isEqualTo(BucketAccess.PUBLIC);
        assertThat(plan("/s3", "off", 7, MonitorRules.NONE).bucket()).isNull();
        assertThatThrownBy(() -> plan("/logs", "off", 7, reached(access)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("s3://bucket/prefix");
        assertThatThrownBy(() -> plan("s3://", "off", 7, MonitorRules.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("s3://bucket/prefix");
    }

    @Test
    void whatServingIsNotAskedWithMayBeAbsent() {
        ColumnProfile[] columns = Stream.of("x", "label")
                .map(name -> new ColumnProfile(name, ColumnType.INTEGER, 0, 2, true, null, -1, -1, List.of()))
                .toArray(ColumnProfile[]::new);
        DataProfile profile = new DataProfile(100, List.of(columns));
        MonitorPlan plan = plan("/logs", "off", 7, MonitorRules.NONE);
        assertThat(plan.task(profile, List.of("x")).drift().optional()).containsExactly("label");
        assertThat(plan.task(profile, null).drift().optional()).isEmpty();
    }

    private static void refused(String sentence, String retraining, int builds, RetrainingManners manners) {
        assertThatThrownBy(() -> plan(retraining, builds, manners))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(sentence);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "22:00",
                "22-06",
                "25:00-06:00",
                "22:00-06:00 Someday",
                "Mon-Tue-Wed",
                "Mo",
                "22:00-06:00 7"
            })
    void refusesQuietHoursThatAreNone(String text) {
        assertThatThrownBy(() -> QuietHoursText.all(List.of(text), "UTC")).hasMessageContaining("quietHours: expected");
    }

    @Test
    void refusesQuietHoursWithoutAClock() {
        assertThatThrownBy(() -> QuietHoursText.all(List.of("Sat"), "")).hasMessageContaining("timeZone: expected");
        assertThatThrownBy(() -> QuietHoursText.all(List.of("Sat"), "Mars/Base"))
                .hasMessageContaining("Mars/Base");
        assertThat(QuietHoursText.all(List.of("Sat, Sun", "Fri-Mon", "9:00-24:00"), "UTC"))
                .hasSize(3);
    }

    @Test
    void tellsWhatPredictionsCostAndAreWorth() {
        ValuePlan value = new ValuePlan(new BusinessValue(10, -2, 0, -5, 0.01, "EUR"), 3, null);
        Map<String, MetricValue> counts = Map.of(
                "true_positives", MetricValue.of(30),
                "false_positives", MetricValue.of(10),
                "true_negatives", MetricValue.of(50),
                "false_negatives", MetricValue.of(10));
        WindowWorth worth = WindowWorth.of(value, 1_000, 7_200_000, counts);
        assertThat(worth.cost()).isEqualTo(16);
        assertThat(worth.costEach()).isEqualTo(0.016);
        // 300 - 20 - 50 of a hundred counted, ten times, less the cost
        assertThat(worth.worth()).isEqualTo(2_300 - 16.0);
        assertThat(WindowWorth.of(value, 1_000, 0, Map.of()).worth()).isNaN();
        assertThat(WindowWorth.of(value, 0, 0, Map.of()).costEach()).isNaN();
    }

    @Test
    void countsTheWorthByLabelsWhereTheyAreKnown() {
        ValuePlan value = new ValuePlan(new BusinessValue(10, -2, 0, -5, 0.01, "EUR"), 3, null);
        // 100 labels: 30 true and 10 false positives, 50 true and 10 false negatives, as in the test above
        WindowQuality quality = quality(Map.of(
                "prevalence", MetricValue.of(0.4),
                "recall", MetricValue.of(0.75),
                "specificity", MetricValue.of(50 / 60.0)));
        WindowWorth worth = WindowWorth.labelled(value, 1_000, 7_200_000, quality);
        assertThat(worth).isNotNull();
        assertThat(worth.worth()).isCloseTo(2_300 - 16.0, within(1e-9));
        WindowWorth negatives = WindowWorth.labelled(
                value,
                10,
                0,
                quality(Map.of(
                        "prevalence", MetricValue.of(0),
                        "recall", MetricValue.of(Double.NaN),
                        "specificity", MetricValue.of(1))));
        assertThat(negatives).isNotNull();
        assertThat(negatives.worth()).isCloseTo(-0.1, within(1e-9));
        assertThat(WindowWorth.labelled(value, 10, 0, quality(Map.of("rmse", MetricValue.of(3)))))
                .as("a regression")
                .isNull();
    }

    private static WindowQuality quality(Map<String, MetricValue> metrics) {
        return new WindowQuality("2026-01-01T00:00:00Z/86400s", 0, 120, 100, "0".repeat(64), metrics, List.of());
    }
}
