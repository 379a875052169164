package io.jenkins.mlops.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The values of {@code expected.csv}, which {@code generate.py} wrote with scikit-learn, SciPy and NLTK. */
public final class Expected {
    private static final Map<String, Map<String, Double>> VALUES = read();

    private Expected() {}

    public static Path file(String name) {
        try {
            return Path.of(Expected.class.getResource("/evaluation/" + name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, Map<String, Double>> read() {
        try {
            Map<String, Map<String, Double>> values = new LinkedHashMap<>();
            List<String> lines = Files.readAllLines(file("expected.csv"));
            for (String line : lines.subList(1, lines.size())) {
                String[] cells = line.split(",");
                values.computeIfAbsent(cells[0], name -> new LinkedHashMap<>())
                        .put(cells[1], cells[2].equals("nan") ? Double.NaN : Double.parseDouble(cells[2]));
            }
            return values;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The values of one case; a copy. */
    public static Map<String, Double> of(String name) {
        assertThat(VALUES).containsKey(name);
        return new LinkedHashMap<>(VALUES.get(name));
    }

    /** Asserts equality up to a relative error; values around zero up to an absolute one. */
    public static void assertClose(String what, double actual, double expected, double tolerance) {
        if (Double.isNaN(expected)) {
            assertThat(actual).as(what).isNaN();
            return;
        }
        double scale = Math.max(Math.abs(expected), 1e-3);
        assertThat(Math.abs(actual - expected) / scale)
                .as("%s: %s, expected %s", what, actual, expected)
                .isLessThan(tolerance);
    }

    /** Asserts that all values of a case, and those of its interval bounds that are there, are met. */
    public static void assertMetrics(
            String name, Map<String, MetricValue> metrics, double tolerance, String... except) {
        of(name).forEach((key, expected) -> {
            if (List.of(except).contains(key)) {
                return;
            }
            String metric = key.replaceAll("\\.(lower|upper)$", "");
            if (List.of("tn", "fp", "fn", "tp").contains(metric)) {
                return;
            }
            assertThat(metrics).as(name).containsKey(metric);
            MetricValue value = metrics.get(metric);
            String what = name + " " + key + " by '" + value.interval() + "'";
            if (key.endsWith(".lower")) {
                if (!Double.isNaN(expected)) {
                    assertClose(what, value.lower(), expected, 1e-10);
                }
            } else if (key.endsWith(".upper")) {
                if (!Double.isNaN(expected)) {
                    assertClose(what, value.upper(), expected, 1e-10);
                }
            } else {
                assertClose(what, value.value(), expected, tolerance);
            }
        });
    }
}
