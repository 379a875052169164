package io.jenkins.mlops.monitor.drift;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Kolmogorov-Smirnov, Wasserstein and PSI of one numeric column, a million rows against a million, beside SciPy on arrays
 * of the same shape in the same run. SciPy is timed by itself, without its start: {@code -Dpython} names the interpreter.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgs = "-Xmx512m")
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 2)
public class DriftBenchmark {
    private static final String SCIPY = String.join(
            "\n",
            "import sys, time, numpy as np",
            "from scipy import stats",
            "n = int(sys.argv[1]); g = np.random.default_rng(1); r = g.normal(size=n); c = g.normal(0.01, 1, n)",
            "def run():",
            "    t = time.perf_counter(); stats.ks_2samp(r, c); stats.wasserstein_distance(r, c)",
            "    b = np.histogram_bin_edges(np.concatenate([r, c]), bins='sturges')",
            "    p = np.histogram(r, b)[0] / n + 1e-9; q = np.histogram(c, b)[0] / n + 1e-9",
            "    np.sum((p - q) * np.log(p / q)); return time.perf_counter() - t",
            "print(round(1000 * min(run() for _ in range(5)), 1))");

    @Param("1000000")
    int rows;

    private double[] reference;
    private double[] current;
    private Numbers kept;

    @Setup(Level.Trial)
    public void fill() throws Exception {
        SplittableRandom random = new SplittableRandom(1);
        reference = new double[rows];
        current = new double[rows];
        for (int i = 0; i < rows; i++) {
            reference[i] = gaussian(random);
            current[i] = gaussian(random) + 0.01;
        }
        kept = Numbers.of(reference.clone());
        System.out.println("SciPy, minimum of five, in ms: " + peer());
    }

    private static double gaussian(SplittableRandom random) {
        return Math.sqrt(-2 * Math.log(1 - random.nextDouble())) * Math.cos(2 * Math.PI * random.nextDouble());
    }

    private String peer() throws InterruptedException {
        String python = System.getProperty("python", "/usr/bin/python3");
        try {
            Process process = new ProcessBuilder(List.of(python, "-c", SCIPY, String.valueOf(rows))).start();
            process.getOutputStream().close();
            try (BufferedReader out =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                String line = out.readLine();
                return process.waitFor() == 0 && line != null ? line : "SKIPPED, not installed";
            }
        } catch (IOException e) {
            return "SKIPPED, not installed";
        }
    }

    /** Both sides as they were read. */
    @Benchmark
    public double compare() {
        return measure(sorted());
    }

    /** With the reference kept sorted. */
    @Benchmark
    public double compareWithKeptReference() {
        return measure(new Numbers[] {kept, Numbers.of(current.clone())});
    }

    private Numbers[] sorted() {
        ForkJoinTask<Numbers> second =
                ForkJoinTask.adapt(() -> Numbers.of(current.clone())).fork();
        return new Numbers[] {Numbers.of(reference.clone()), second.join()};
    }

    private static double measure(Numbers[] both) {
        NumberDistance distance = NumberDistance.between(both[0], both[1]);
        double p = KolmogorovSmirnov.pValue(distance.greatest(), both[0].count(), both[1].count());
        Bins bins = Bins.ofNumbers(both[0], both[1], false);
        return p + distance.area() + Shares.psi(bins.reference(), bins.current());
    }
}
