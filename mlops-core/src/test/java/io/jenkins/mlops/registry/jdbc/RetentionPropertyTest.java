package io.jenkins.mlops.registry.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.mlops.gate.Verdict;
import io.jenkins.mlops.registry.ApprovalRule;
import io.jenkins.mlops.registry.DeploymentRequest;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.PromotionPolicy;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.mlops.registry.VersionListing;
import io.jenkins.mlops.registry.retention.RetentionOutcome;
import io.jenkins.mlops.registry.retention.RetentionPreview;
import io.jenkins.mlops.registry.retention.RetentionRule;
import io.jenkins.mlops.registry.retention.RetentionStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** What a preview says of random models is what a sweep then does, and what a reader of the rule would expect. */
class RetentionPropertyTest {
    private static final long HALF_DAY = TimeUnit.HOURS.toMillis(12);

    private static final TestClock CLOCK = new TestClock();
    private static Path directory;
    private static JdbcModelRegistry registry;
    private static RetentionStore store;
    private static int models;

    /** What happened to a version since it was registered. */
    enum Fate {
        NOTHING,
        NOTHING_EITHER,
        PROMOTED,
        AWAITING,
        DEPLOYED,
        TAGGED,
        TAGGED_OTHERWISE,
        DELETED
    }

    @BeforeContainer
    static void open() throws IOException {
        directory = Files.createTempDirectory("retention");
        RegistryDatabase database = RegistryDatabase.openEmbedded(directory);
        registry = new JdbcModelRegistry(database, CLOCK);
        store = new JdbcRetentionStore(database, CLOCK);
    }

    @AfterContainer
    static void close() throws IOException {
        registry.close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Property(tries = 40)
    void theSweepDoesWhatThePreviewSays(
            @ForAll @Size(max = 12) List<Fate> fates,
            @ForAll @IntRange(max = 5) int newest,
            @ForAll @IntRange(max = 4) int days) {
        String model = "m" + models++;
        RetentionRule rule = new RetentionRule(newest, days, Set.of("keep"));
        long begin = CLOCK.millis();
        for (int i = 0; i < fates.size(); i++) {
            befall(registry.register(Samples.registration(model + "-" + i, model)), fates.get(i));
            CLOCK.advance(HALF_DAY);
        }
        if (fates.isEmpty()) {
            registry.createModel(model, "", "ann");
        }

        RetentionPreview preview = RetentionPreview.of(store, model, null, rule, CLOCK.millis());
        Set<Integer> going = numbers(preview.going(store, 0, 100));
        List<RetentionOutcome> outcomes = preview.outcomes(store, versions(model));

        assertThat(going).isEqualTo(expected(fates, rule, begin));
        assertThat(numbers(outcomes.stream().filter(RetentionOutcome::goes).toList()))
                .isEqualTo(going);
        assertThat(preview.total().versions()).isEqualTo(going.size());
        Set<Integer> before = versions(model).stream().map(ModelVersion::number).collect(Collectors.toSet());
        Set<Integer> gone = new TreeSet<>();
        if (rule.isLimiting()) {
            for (int number : before) {
                try {
                    store.delete(rule.query(model, null, CLOCK.millis()), number, "system", rule.reason());
                    gone.add(number);
                } catch (RegistryException.Conflict e) {
                    assertThat(e).hasMessageContaining("stays");
                }
            }
        }
        assertThat(gone).isEqualTo(going);
        before.removeAll(gone);
        assertThat(versions(model)).extracting(ModelVersion::number).containsExactlyInAnyOrderElementsOf(before);
    }

    private static List<ModelVersion> versions(String model) {
        return registry.catalog()
                .versions(VersionListing.newest(model, null, 100))
                .items();
    }

    private static Set<Integer> numbers(List<RetentionOutcome> outcomes) {
        return outcomes.stream()
                .map(outcome -> outcome.version().number())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static void befall(ModelVersion version, Fate fate) {
        String model = version.model();
        String key = model + "-" + version.number();
        switch (fate) {
            case PROMOTED, AWAITING -> {
                registry.setPolicy(
                        PromotionPolicy.byDefault()
                                .withModel(model, 0)
                                .withApprovals(
                                        fate == Fate.PROMOTED
                                                ? List.of()
                                                : List.of(new ApprovalRule(1, Set.of("risk")))),
                        "ann");
                registry.requestPromotion(Samples.request(registry, key, version, alias(version, fate), Verdict.PASS));
            }
            case DEPLOYED ->
                registry.beginDeployment(new DeploymentRequest(
                        key, key, "process", model, version.number(), version.digest(), null, true, null, null, "ann"));
            case TAGGED -> registry.setTag(model, version.number(), "keep", "", "ann");
            case TAGGED_OTHERWISE -> registry.setTag(model, version.number(), "keeper", "keep", "ann");
            case DELETED -> registry.deleteVersion(model, version.number(), "ann");
            default -> {}
        }
    }

    /** A request takes the place of an open one for the same alias, so each that waits has its own. */
    private static String alias(ModelVersion version, Fate fate) {
        return fate == Fate.PROMOTED ? "champion" : "candidate" + version.number();
    }

    /** The rule as its documentation has it. */
    private static Set<Integer> expected(List<Fate> fates, RetentionRule rule, long begin) {
        Set<Integer> going = new TreeSet<>();
        int newer = 0;
        for (int i = fates.size() - 1; i >= 0; i--) {
            if (fates.get(i) == Fate.DELETED) {
                continue;
            }
            long age = CLOCK.millis() - (begin + i * HALF_DAY);
            boolean kept = newer < rule.keepNewest()
                    || age < Math.max(1, rule.keepDays()) * 2 * HALF_DAY
                    || Set.of(Fate.PROMOTED, Fate.AWAITING, Fate.DEPLOYED, Fate.TAGGED)
                            .contains(fates.get(i));
            if (!kept && rule.isLimiting()) {
                going.add(i + 1);
            }
            newer++;
        }
        return going;
    }
}
