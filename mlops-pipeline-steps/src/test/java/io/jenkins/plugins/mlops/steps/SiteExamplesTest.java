package io.jenkins.plugins.mlops.steps;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Runs the example on each step's page of the documentation, so that none of them is wrong. */
@WithJenkins
class SiteExamplesTest {
    private static final Path PAGES =
            Path.of("").toAbsolutePath().resolve("../src-site/steps").normalize();
    private static final Pattern EXAMPLE = Pattern.compile("```groovy\\n(.*?)```", Pattern.DOTALL);

    /** Steps of the monitor plugin, whose own tests run their examples. */
    private static final List<String> ELSEWHERE = List.of("monitorEndpoint.md", "recordFeedback.md");

    static Stream<String> pages() throws Exception {
        try (Stream<Path> files = Files.list(PAGES)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> !ELSEWHERE.contains(name))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @Test
    void eachStepHasAPage() throws Exception {
        assertThat(pages())
                .contains(
                        "trainModel.md",
                        "logMetric.md",
                        "logParam.md",
                        "evaluateModel.md",
                        "registerModel.md",
                        "promoteModel.md",
                        "deployEndpoint.md",
                        "fetchModel.md",
                        "requestPromotion.md",
                        "rollbackModel.md",
                        "compareModels.md");
    }

    @ParameterizedTest
    @MethodSource("pages")
    void theExampleRuns(String page, JenkinsRule j) throws Exception {
        Matcher example = EXAMPLE.matcher(Files.readString(PAGES.resolve(page), StandardCharsets.UTF_8));
        assertThat(example.find()).as("an example in " + page).isTrue();

        j.buildAndAssertSuccess(Pipelines.job(j, page.replace(".md", ""), example.group(1)));
    }
}
