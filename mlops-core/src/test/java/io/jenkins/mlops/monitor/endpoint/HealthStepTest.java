package io.jenkins.mlops.monitor.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.mlops.json.Json;
import io.jenkins.mlops.monitor.SignalState;
import io.jenkins.mlops.monitor.signal.Hysteresis;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Scrapes and probes become windows, and windows signals. */
class HealthStepTest {
    private static final long MINUTE = 60_000;
    private static final EndpointRules RULES =
            new EndpointRules("req_total", "code", "lat", 0.01, Map.of(0.95, 0.3), 10, "full", 0.9);
    private static final EndpointPlan PLAN = new EndpointPlan("/metrics", RULES, 5 * MINUTE);

    private static Scrape scrape(long millis, int good, int bad, double full) {
        return PrometheusText.parse(
                "req_total{code=\"200\"} " + good + "\nreq_total{code=\"500\"} " + bad
                        + "\nother 5\nlat_bucket{le=\"0.2\"} "
                        + good + "\nlat_bucket{le=\"0.4\"} " + (good + bad) + "\nlat_bucket{le=\"+Inf\"} "
                        + (good + bad)
                        + "\nfull " + full + "\n",
                millis);
    }

    private static HealthSample sample(long millis, int version, Scrape scrape) {
        return new HealthSample(millis, version, scrape, scrape == null ? "refused" : "", false, false, 0);
    }

    /** Looks each minute; returns the windows that were closed. */
    private static final class Watching {
        HealthState state = HealthState.START;
        final List<EndpointHealthWindow> closed = new ArrayList<>();

        void look(HealthSample sample) {
            HealthStep step = HealthStep.of("m", PLAN, new Hysteresis(2, 3, 1), state, sample);
            // What a restart leaves is what JSON keeps.
            state = Json.read(Json.write(step.state()), HealthState.class);
            assertThat(state).isEqualTo(step.state());
            if (step.closed() != null) {
                assertThat(Json.read(Json.write(step.closed()), EndpointHealthWindow.class))
                        .isEqualTo(step.closed());
                closed.add(step.closed());
            }
        }

        SignalState signal(String name) {
            return state.tracks().stream()
                    .filter(track -> track.name().equals(name))
                    .findFirst()
                    .orElseThrow()
                    .state();
        }
    }

    @Test
    void failuresOfTwoWindowsRaiseAnAlarmAndAGoodOneEndsIt() {
        Watching watching = new Watching();
        int good = 1_000;
        int bad = 50;
        for (int minute = 0; minute <= 25; minute++) {
            boolean failing = minute > 4 && minute <= 14;
            good += failing ? 10 : 20;
            bad += failing ? 10 : 0;
            watching.look(sample(minute * MINUTE, 3, scrape(minute * MINUTE, good, bad, failing ? 0.95 : 0.2)));
            if (minute == 10) {
                assertThat(watching.signal(HealthStep.ERRORS)).isEqualTo(SignalState.SUSPECT);
            } else if (minute == 15) {
                assertThat(watching.signal(HealthStep.ERRORS)).isEqualTo(SignalState.ALARM);
                assertThat(watching.signal(HealthStep.LATENCY)).isEqualTo(SignalState.ALARM);
                assertThat(watching.signal(HealthStep.SATURATION)).isEqualTo(SignalState.ALARM);
                assertThat(watching.signal(HealthStep.METRICS)).isEqualTo(SignalState.OK);
            }
        }
        assertThat(watching.signal(HealthStep.ERRORS)).isEqualTo(SignalState.OK);
        assertThat(watching.closed).hasSize(5);
        // The first scrape tells only where the counters stand.
        assertThat(watching.closed.get(0).requests()).isEqualTo(80);
        EndpointHealthWindow failing = watching.closed.get(1);
        assertThat(failing.errorShare()).isEqualTo(0.5);
        assertThat(failing.latencies().get(0.95)).isCloseTo(0.38, within(1e-9));
        assertThat(failing.saturation()).isEqualTo(0.95);
        assertThat(failing.version()).isEqualTo(3);
        assertThat(failing.key()).isEqualTo("endpoint 1970-01-01T00:05:00Z/300s");
    }

    @Test
    void anotherVersionBeginsAnotherWindow() {
        Watching watching = new Watching();
        watching.look(sample(0, 1, scrape(0, 10, 0, 0)));
        watching.look(sample(MINUTE, 1, scrape(MINUTE, 30, 0, 0)));
        watching.look(sample(2 * MINUTE, 2, scrape(2 * MINUTE, 5, 0, 0)));
        watching.look(sample(5 * MINUTE, 2, scrape(5 * MINUTE, 25, 0, 0)));

        assertThat(watching.closed).extracting(EndpointHealthWindow::version).containsExactly(1, 2);
        assertThat(watching.closed.get(0).toMillis()).isEqualTo(2 * MINUTE);
        assertThat(watching.closed.get(1).requests()).isEqualTo(5);
        assertThat(watching.closed.get(1).restarted()).isTrue();
    }

    @Test
    void metricsThatDoNotComeAreASignalAndTheProbeStands() {
        Watching watching = new Watching();
        for (int minute = 0; minute <= 10; minute++) {
            watching.look(new HealthSample(
                    minute * MINUTE, 1, null, "connection refused", true, minute % 2 == 0, minute / 100.0));
        }
        assertThat(watching.signal(HealthStep.METRICS)).isEqualTo(SignalState.ALARM);
        assertThat(watching.closed.get(0).notes()).containsExactly("Its metrics didn't come: connection refused");
        assertThat(watching.closed.get(0).probes()).isEqualTo(5);
        assertThat(watching.closed.get(0).failedShare()).isEqualTo(0.4);
        assertThat(watching.closed.get(0).latencies()).containsEntry(0.5, 0.02).containsEntry(0.99, 0.04);
        assertThat(watching.signal(HealthStep.ERRORS)).isEqualTo(SignalState.ALARM);
    }

    @Property(tries = 100)
    void countsEveryRequestOnceWhateverTheCutsAndTheClock(
            @ForAll @Size(min = 2, max = 60) List<@IntRange(min = 0, max = 500) Integer> counts,
            @ForAll @IntRange(min = -2, max = 9) int jump) {
        Watching watching = new Watching();
        long now = 100 * MINUTE;
        int all = 7;
        for (int i = 0; i < counts.size(); i++) {
            all += counts.get(i);
            now += i % 7 == 3 ? jump * MINUTE : MINUTE;
            watching.look(sample(now, 1, scrape(now, all, 0, 0)));
        }
        double seen = watching.closed.stream()
                        .mapToDouble(EndpointHealthWindow::requests)
                        .sum()
                + watching.state.increase().requests();
        assertThat(seen).isEqualTo(all - 7 - counts.get(0));
    }

    @Test
    void keepsOfAScrapeWhatTheRulesAskFor() {
        assertThat(RULES.relevant(scrape(0, 1, 1, 1)).samples())
                .extracting(Scrape.Sample::name)
                .doesNotContain("other")
                .contains("req_total", "lat_bucket", "full");
    }

    @Test
    void fetchesMetricsAndSaysWhyTheyDoNotCome() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/metrics", exchange -> {
            byte[] body = "req_total{code=\"200\"} 5\nother 1\nbroken{\n".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.createContext("/moved", exchange -> {
            exchange.getResponseHeaders().add("Location", "/metrics");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        server.start();
        try {
            String origin = "http://localhost:" + server.getAddress().getPort();
            assertThat(new MetricsAddress(origin + "/metrics", RULES, 5_000)
                            .fetch(uri -> true, 9)
                            .samples())
                    .containsExactly(new Scrape.Sample("req_total", Map.of("code", "200"), 5));
            assertThatThrownBy(() -> new MetricsAddress(origin + "/moved", RULES, 5_000).fetch(uri -> true, 9))
                    .hasMessageContaining("answered with status 302");
            assertThatThrownBy(() -> new MetricsAddress(origin + "/metrics", RULES, 5_000).fetch(uri -> false, 9))
                    .hasMessageContaining("isn't allowed");
        } finally {
            server.stop(0);
        }
        assertThatThrownBy(() -> new MetricsAddress("file:///etc/passwd", RULES, 5))
                .hasMessageContaining("http(s)");
    }
}
