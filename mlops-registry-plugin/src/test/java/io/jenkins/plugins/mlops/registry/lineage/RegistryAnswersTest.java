package io.jenkins.plugins.mlops.registry.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.mlops.registry.ModelRegistry;
import io.jenkins.mlops.registry.Promotion;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.mlops.tracking.MetricPoint;
import io.jenkins.mlops.tracking.RunStatus;
import io.jenkins.mlops.tracking.TrackedRun;
import io.jenkins.mlops.tracking.TrackingStore;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistryAnswersTest {
    private static <T> T fake(Class<T> type, InvocationHandler answers) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, answers));
    }

    private static TrackedRun run(Map<String, MetricPoint> metrics) {
        return new TrackedRun(
                "0".repeat(32),
                "1",
                "cancer",
                "logistic",
                "",
                RunStatus.FINISHED,
                1_000,
                94_000,
                Map.of("C", "0.01"),
                metrics,
                Map.of(),
                List.of(),
                null,
                null,
                false);
    }

    private static RunFact fact(String status) {
        return new RunFact("0".repeat(32), "logistic", "cancer", status, 1_000, 94_000);
    }

    @Test
    void asksNoMoreAfterTheFirstFailure() {
        List<String> asked = new ArrayList<>();
        InvocationHandler broken = (proxy, method, arguments) -> {
            asked.add(method.getName());
            throw new RegistryException.Unavailable("the database is locked");
        };
        RegistryAnswers answers =
                new RegistryAnswers(() -> fake(ModelRegistry.class, broken), () -> fake(TrackingStore.class, broken));
        RunView run = new RunView(fact("RUNNING"), answers);
        VersionView version = new VersionView(new VersionFact("cancer", 3, "sha256:x", "", ""), answers);
        PromotionView promotion =
                new PromotionView(new PromotionFact("p", "cancer", 3, "champion", "APPLIED", "PASS"), answers);
        EndpointView endpoint =
                new EndpointView(new EndpointFact("triage", "cancer", 3, "http://localhost/", "SERVING"), answers);
        assertThat(asked).containsExactly("run");
        assertThat(answers.problem()).isEqualTo("the database is locked");
        assertThat(run.getStatus()).isEqualTo("RUNNING");
        assertThat(run.isKnown()).isFalse();
        assertThat(version.isGone()).isFalse();
        assertThat(promotion.getState()).isEqualTo("APPLIED");
        assertThat(endpoint.getServing()).isNull();
        assertThat(endpoint.getNow()).isEmpty();
    }

    @Test
    void tellsWhatIsGoneFromWhatIsNotReached() {
        InvocationHandler empty = (proxy, method, arguments) -> {
            if (method.getReturnType() == Optional.class) {
                return Optional.empty();
            }
            throw new RegistryException.NotFound("no such thing");
        };
        RegistryAnswers answers =
                new RegistryAnswers(() -> fake(ModelRegistry.class, empty), () -> fake(TrackingStore.class, empty));
        assertThat(new VersionView(new VersionFact("cancer", 3, "sha256:x", "", ""), answers).isGone())
                .isTrue();
        EndpointView endpoint =
                new EndpointView(new EndpointFact("triage", "cancer", 3, "http://localhost/", "SERVING"), answers);
        assertThat(endpoint.getServing()).isFalse();
        assertThat(endpoint.getNow()).isEqualTo("serves nothing now");
        Promotion none = answers.promotion("p");
        assertThat(none).isNull();
        assertThat(answers.problem()).isEmpty();
    }

    @Test
    void drawsTheSeriesThatHaveMoreThanOnePoint() {
        TrackedRun tracked = run(Map.of(
                "loss", new MetricPoint("loss", 0.1, 3_000, 2), "epochs", new MetricPoint("epochs", 40, 3_000, 0)));
        InvocationHandler store = (proxy, method, arguments) -> switch (method.getName()) {
            case "run" -> tracked;
            case "metricSeries" ->
                arguments[1].equals("loss")
                        ? List.of(
                                new MetricPoint("loss", 0.5, 1_000, 0),
                                new MetricPoint("loss", Double.NaN, 2_000, 1),
                                new MetricPoint("loss", 0.1, 3_000, 2))
                        : List.of(new MetricPoint("epochs", 40, 3_000, 0));
            default -> throw new AssertionError(method);
        };
        RunView view =
                new RunView(fact("RUNNING"), new RegistryAnswers(() -> null, () -> fake(TrackingStore.class, store)));
        assertThat(view.getStatus()).isEqualTo("FINISHED");
        assertThat(view.getSeries()).extracting(SeriesView::getName).containsExactly("loss");
        assertThat(view.getSeries().get(0).getPoints())
                .extracting(SeriesView.Point::getValue)
                .containsExactly(0.5, null, 0.1);
        assertThat(view.getSeries().get(0).getChart().getLabelBelow()).isEqualTo("step");
        assertThat(view.getWhen()).endsWith("1 min 33 s");
        assertThat(view.getMetrics()).extracting(NamedNumber::getLoggedText).containsExactly("40", "0.1000");
    }

    @Test
    void drawsOverSecondsWhereEveryStepIsTheSame() {
        SeriesView series = new SeriesView(
                "loss", List.of(new MetricPoint("loss", 0.5, 1_000, 0), new MetricPoint("loss", 0.1, 3_500, 0)));
        assertThat(series.getChart().getLabelBelow()).isEqualTo("seconds");
        assertThat(series.getChart().getSeries().get(0).getMarkers().get(1).getText())
                .isEqualTo("seconds 2.5: 0.1000");
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:4231/, true",
        "HTTPS://models.example/cancer?x=1, true",
        "javascript:alert(1), false",
        "' javascript:alert(1)', false",
        "data:text/html;base64:PHNjcmlwdD4=, false",
        "file:///etc/passwd, false",
        "//models.example/, false",
        "'', false",
    })
    void linksOnlyToTheWeb(String url, boolean linked) {
        assertThat(EndpointView.link(url) != null).isEqualTo(linked);
    }
}
