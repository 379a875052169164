package io.jenkins.mlops.monitor.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
    private static final EndpointRules RULES =
            new EndpointRules("req_total", "code", "latency_seconds", 0.01, Map.of(0.95, 0.25), 10);

    private static Scrape scrape(long millis, int good, int bad, int... buckets) {
        StringBuilder text = new StringBuilder("# HELP req_total requests\n# TYPE req_total counter\n");
        text.append("req_total{code=\"200\",path=\"/a \\\"b\\\\\\n\"} ")
                .append(good)
                .append(" 1700000000000\n");
        text.append("req_total{code=\"503\",} ").append(bad).append(".0\n\n");
        String[] bounds = {"0.1", "0.2", "0.4", "+Inf"};
        for (int i = 0; i < buckets.length; i++) {
            text.append("latency_seconds_bucket{le=\"")
                    .append(bounds[i])
                    .append("\"} ")
                    .append(buckets[i]);
            text.append(" # {trace_id=\"x\"} 0.05\n");
        }
        return PrometheusText.parse(text.toString(), millis);
    }

    @Test
    void readsSamples() {
        Scrape scrape = PrometheusText.parse("up 1\r\n a:b_c{x=\"1\", y = \"\"}  +Inf\n\tc NaN 12\nd{} -1.5e-3", 5);

        assertThat(scrape.broken()).isZero();
        assertThat(scrape.samples())
                .containsExactly(
                        new Scrape.Sample("up", Map.of(), 1),
                        new Scrape.Sample("a:b_c", Map.of("x", "1", "y", ""), Double.POSITIVE_INFINITY),
                        new Scrape.Sample("c", Map.of(), Double.NaN),
                        new Scrape.Sample("d", Map.of(), -0.0015));
        assertThat(scrape(1, 1, 0).samples().get(0).labels()).containsEntry("path", "/a \"b\\\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "a{",
                "a{} ",
                "{x=\"1\"} 1",
                "1a 1",
                "a{x=1} 1",
                "a{x=\"1} 1",
                "a{x=\"\\q\"} 1",
                "a{x=\"1\"y=\"2\"} 1",
                "a{x=\"1\",x=\"2\"} 1",
                "a{x:y=\"1\"} 1",
                "a one",
                "a 1f",
                "a 0x10",
                "a 1e",
                "a infinity",
                "a 1 later",
                "a 1 2 3"
            })
    void passesOverBrokenLines(String line) {
        Scrape scrape = PrometheusText.parse("good 1\n" + line + "\ngood 2\n", 1);

        assertThat(scrape.broken()).isEqualTo(1);
        assertThat(scrape.samples()).hasSize(2);
        assertThat(scrape.notes().get(0)).startsWith("Line 2: Expected ");
    }

    @Property(tries = 200)
    void neverFails(@ForAll String text) {
        assertThat(PrometheusText.parse(text, 1)).isNotNull();
    }

    @Test
    void refusesWhatIsTooLong() {
        assertThatThrownBy(() -> PrometheusText.parse(" ".repeat(PrometheusText.MOST + 1), 1))
                .hasMessageContaining("a scrape of at most");
        assertThat(PrometheusText.parse("a{x=\"" + "y".repeat(70_000) + "\"} 1", 1)
                        .broken())
                .isEqualTo(1);
    }

    @Test
    void tellsErrorsAndLatencyBetweenScrapes() {
        EndpointHealthWindow window =
                RULES.between(scrape(0, 100, 1, 50, 80, 100, 101), scrape(60_000, 196, 5, 100, 150, 190, 201));

        assertThat(window.requests()).isEqualTo(100);
        assertThat(window.errorShare()).isEqualTo(0.04);
        // 50, 70, 90 and 100 of 100 requests are below the bounds
        assertThat(window.quantiles().get(0.5)).isEqualTo(0.1);
        assertThat(window.quantiles().get(0.95)).isEqualTo(0.4);
        assertThat(RULES.findings(window))
                .containsExactly(
                        "4.00 % of 100 requests failed; at most 1.00 % may.",
                        "The latency at 95 % is 0.400 s; at most 0.250 s it may be.");
    }

    @Test
    void countsFromZeroAfterARestart() {
        EndpointHealthWindow window = RULES.between(scrape(0, 1_000, 50), scrape(60_000, 20, 0));

        assertThat(window.restarted()).isTrue();
        assertThat(window.requests()).isEqualTo(20);
        assertThat(window.errors()).isZero();
        assertThat(window.quantiles()).isEmpty();
    }

    @Test
    void concludesNothingFromNothing() {
        EndpointHealthWindow window = RULES.between(scrape(0, 5, 5), scrape(60_000, 5, 5));

        assertThat(window.errorShare()).isNaN();
        assertThat(RULES.concludes(window)).isFalse();
        assertThat(RULES.findings(window)).isEmpty();
        assertThat(RULES.between(PrometheusText.parse("", 0), PrometheusText.parse("x 1", 1))
                        .notes())
                .isEqualTo(List.of("The endpoint has no metric 'req_total'."));
    }
}
