package io.jenkins.mlops.evaluation.interval;

import static io.jenkins.mlops.evaluation.Expected.assertClose;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.jenkins.mlops.evaluation.Expected;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Distributions beside SciPy's. */
class DistributionsTest {
    private static void check(String function, double tolerance, ToDoubleFunction<double[]> actual) {
        Expected.of(function).forEach((arguments, expected) -> {
            String[] parts = arguments.split("/");
            double[] numbers = new double[parts.length];
            for (int i = 0; i < parts.length; i++) {
                numbers[i] = Double.parseDouble(parts[i]);
            }
            // assertClose compares values near zero absolutely; tails deserve a relative look.
            double value = actual.applyAsDouble(numbers);
            assertClose(function + "(" + arguments + ")", value / expected, expected == 0 ? Double.NaN : 1, tolerance);
        });
    }

    @Test
    void normal() {
        check("normal-cdf", 1e-12, x -> Distributions.normalCdf(x[0]));
        Expected.of("normal-quantile")
                .forEach((p, expected) -> assertClose(
                        "quantile of " + p, Distributions.normalQuantile(Double.parseDouble(p)), expected, 1e-13));
    }

    @Test
    void student() {
        check("student-width", 1e-10, x -> Distributions.studentWidth(x[0], x[1]));
        check("student-tail", 1e-10, x -> Distributions.studentTail(x[0], x[1]));
    }

    @Test
    void binomial() {
        check("binomial-cdf", 1e-12, x -> Distributions.binomialCdf((long) x[0], (long) x[1], x[2]));
        check("binomial-pmf", 1e-12, x -> Distributions.binomialPmf((long) x[0], (long) x[1], x[2]));
    }

    @Test
    void refusesWhatIsNoProbability() {
        for (double p : new double[] {0, 1, -0.1, Double.NaN}) {
            assertThatIllegalArgumentException().isThrownBy(() -> Distributions.normalQuantile(p));
        }
    }
}
