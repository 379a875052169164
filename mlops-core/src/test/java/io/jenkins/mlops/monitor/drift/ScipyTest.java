package io.jenkins.mlops.monitor.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.mlops.evaluation.interval.Distributions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every statistic against what SciPy 1.17.1 (NumPy 2.4.6, Python 3) says, to 1e-9 relative.
 *
 * <p>{@code scipy.tsv} has one case a line, by its first field:
 *
 * <ul>
 *   <li>{@code pair}: seed, n, shift, scale, power, grid of both samples (see {@link LinearSamples}), whether they are
 *       whole numbers; then {@code ks_2samp} (statistic, p-value), {@code wasserstein_distance}, the same over
 *       {@code max(numpy.std(reference), 0.001)}, {@code anderson_ksamp} (statistic, p-value); PSI, {@code entropy} and
 *       {@code jensenshannon} over {@code numpy.histogram_bin_edges(both, "sturges")} (above 20 different reference
 *       values, else over the values themselves; empty bins filled for the first two), and Hellinger's distance over
 *       Sturges' bins of the different values, as Evidently computes them.
 *   <li>{@code kstwo}: n, x, {@code kstwo.sf(x, n)}. {@code chi2}: degrees, x, {@code chi2.sf(x, degrees)}.
 *   <li>{@code counts}: both sides' counts, {@code chisquare} (statistic, p-value; infinite and 0 where a count has no
 *       expectation), PSI, KL, JS, Hellinger, total variation, greatest difference; for two categories z and
 *       {@code 2 norm.sf(|z|)}.
 *   <li>{@code mmd}: seed and n of both samples, width, shift of the second; median distance, unbiased MMD squared.
 *   <li>{@code adjust}: p-values; Bonferroni, Holm, {@code false_discovery_control}.
 * </ul>
 */
class ScipyTest {
    private static final double PRECISION = 1e-9;

    static Stream<Case> cases(String kind) {
        try (InputStream in = ScipyTest.class.getResourceAsStream("scipy.tsv")) {
            List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return lines.stream().filter(line -> line.startsWith(kind + "\t")).map(line -> new Case(line.split("\t")));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private record Case(String[] fields) {
        double number(int at) {
            return Double.parseDouble(fields[at]);
        }

        double[] numbers(int at) {
            return Arrays.stream(fields[at].split(","))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
        }

        double[] sample(int at) {
            return LinearSamples.of(
                    (long) number(at),
                    (int) number(at + 1),
                    number(at + 2),
                    number(at + 3),
                    (int) number(at + 4),
                    number(at + 5));
        }

        @Override
        public String toString() {
            return String.join(" ", fields);
        }
    }

    static Stream<Case> pairs() {
        return cases("pair");
    }

    static Stream<Case> counts() {
        return cases("counts");
    }

    static void near(SoftAssertions softly, String what, double found, double expected) {
        // What is 0 up to rounding on either side has no relative error.
        boolean near = Double.compare(found, expected) == 0
                || Math.abs(found - expected) <= PRECISION * Math.abs(expected)
                || Math.abs(expected) < 1e-300 && Math.abs(found) < 1e-300;
        softly.assertThat(near)
                .withFailMessage("%s: expected %s, found %s", what, expected, found)
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void numbers(Case given) {
        double[] first = given.sample(1);
        double[] second = given.sample(7);
        boolean whole = given.number(13) == 1;
        Numbers reference = Numbers.of(first);
        Numbers current = Numbers.of(second);
        NumberDistance distance = NumberDistance.between(reference, current);
        AndersonDarling anderson = AndersonDarling.between(reference, current);
        Bins bins = Bins.ofNumbers(reference, current, whole);
        Bins distinct = Bins.cut(reference, current, Bins.sturges(reference, current, distance.distinct(), whole));

        SoftAssertions softly = new SoftAssertions();
        near(softly, "D", distance.greatest(), given.number(14));
        near(
                softly,
                "p of D",
                KolmogorovSmirnov.pValue(distance.greatest(), first.length, second.length),
                given.number(15));
        near(softly, "Wasserstein", distance.area(), given.number(16));
        near(softly, "Wasserstein normed", distance.area() / Math.max(reference.deviation(), 0.001), given.number(17));
        near(softly, "A2", anderson.statistic(), given.number(18));
        near(softly, "p of A2", anderson.pValue(), given.number(19));
        near(softly, "PSI", Shares.psi(bins.reference(), bins.current()), given.number(20));
        near(softly, "KL", Shares.kullbackLeibler(bins.reference(), bins.current()), given.number(21));
        near(softly, "JS", Shares.jensenShannon(bins.reference(), bins.current()), given.number(22));
        near(softly, "Hellinger", Shares.hellinger(distinct.reference(), distinct.current()), given.number(23));
        softly.assertAll();
    }

    @ParameterizedTest
    @MethodSource("counts")
    void categories(Case given) {
        double[] p = given.numbers(1);
        double[] q = given.numbers(2);
        SoftAssertions softly = new SoftAssertions();
        double statistic = ChiSquare.statistic(p, q);
        near(softly, "chi-square", statistic, given.number(3));
        near(softly, "p of chi-square", ChiSquare.upper(statistic, p.length - 1.0), given.number(4));
        near(softly, "PSI", Shares.psi(p, q), given.number(5));
        near(softly, "KL", Shares.kullbackLeibler(p, q), given.number(6));
        near(softly, "JS", Shares.jensenShannon(p, q), given.number(7));
        near(softly, "Hellinger", Shares.hellinger(p, q), given.number(8));
        near(softly, "total variation", Shares.totalVariation(p, q), given.number(9));
        near(softly, "greatest", Shares.greatest(p, q), given.number(10));
        if (p.length == 2) {
            double z = Shares.twoProportions(p[1], ChiSquare.sum(p), q[1], ChiSquare.sum(q));
            near(softly, "z", z, given.number(11));
            near(softly, "p of z", Distributions.normalTwoSided(z), given.number(12));
        }
        softly.assertAll();
    }

    @Test
    void kolmogorovDistribution() {
        SoftAssertions softly = new SoftAssertions();
        cases("kstwo")
                .forEach(given -> near(
                        softly,
                        given.toString(),
                        KolmogorovDistribution.upper((long) given.number(1), given.number(2)),
                        given.number(3)));
        softly.assertAll();
    }

    @Test
    void chiSquareDistribution() {
        SoftAssertions softly = new SoftAssertions();
        cases("chi2")
                .forEach(given -> near(
                        softly, given.toString(), ChiSquare.upper(given.number(2), given.number(1)), given.number(3)));
        softly.assertAll();
    }

    @Test
    void meanDiscrepancy() {
        SoftAssertions softly = new SoftAssertions();
        cases("mmd").forEach(given -> {
            int width = (int) given.number(5);
            MaximumMeanDiscrepancy found = MaximumMeanDiscrepancy.between(
                    LinearSamples.rows((long) given.number(1), (int) given.number(2), width, 0),
                    LinearSamples.rows((long) given.number(3), (int) given.number(4), width, given.number(6)),
                    20);
            near(softly, "median distance", found.width(), given.number(7));
            near(softly, "MMD squared", found.squared(), given.number(8));
        });
        softly.assertAll();
    }

    @Test
    void corrections() {
        assertThat(cases("adjust")).isNotEmpty().allSatisfy(given -> {
            double[] raw = given.numbers(1);
            assertThat(Correction.BONFERRONI.adjust(raw)).containsExactly(given.numbers(2), within());
            assertThat(Correction.HOLM.adjust(raw)).containsExactly(given.numbers(3), within());
            assertThat(Correction.BENJAMINI_HOCHBERG.adjust(raw)).containsExactly(given.numbers(4), within());
            assertThat(Correction.NONE.adjust(raw)).containsExactly(raw);
        });
    }

    private static org.assertj.core.data.Offset<Double> within() {
        return org.assertj.core.data.Offset.offset(1e-12);
    }
}
