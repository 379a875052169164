package io.jenkins.mlops.testbed.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import java.nio.file.Path;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StepArgumentsTest {
    @TempDir
    private Path home;

    private void expect(Result result, String script, String... lines) throws Exception {
        try (Host host = new Host(home)) {
            WorkflowRun run = host.run(script);
            Host.expect(result, run);
            assertThat(Host.log(run)).contains(lines);
        }
    }

    @Test
    void bindToTheTypesOfTheStep() throws Exception {
        expect(
                Result.SUCCESS,
                """
                def v = 'x'
                probe 'bare'
                probe name: "n${v}", count: 3, ratio: 1, size: 7, level: 'HIGH', flag: true, tags: [a: "t${v}", b: '2'],
                    rules: [atLeast(metric: "m${v}", value: 0.9), atLeast(metric: 'n', value: 2, then: atLeast('o', 3))],
                    main: [$class: 'AtLeast', metric: 'p', value: '4.5']
                probe name: 'texts', count: '5', ratio: '0.25', size: '6', flag: 'true'
                """.replace("atLeast('o', 3)", "atLeast(metric: 'o', value: 3)"),
                "probe bare 0 0.0 null null false [] null {}",
                "probe nx 3 1.0 7 HIGH true [mx>=0.9, n>=2.0&o>=3.0] p>=4.5 {a=tx, b=2}",
                "probe texts 5 0.25 6 null true [] null {}");
    }

    @Test
    void thatAreUnknownAreWarnedOf() throws Exception {
        expect(
                Result.SUCCESS,
                "probe name: 'a', colour: 'red'",
                "WARNING: Unknown parameter(s) found for class type 'io.jenkins.mlops.testbed.pipeline.ProbeStep': colour");
    }

    @Test
    void ofAWrongTypeFail() throws Exception {
        expect(
                Result.FAILURE,
                "probe name: 'a', count: 'many'",
                "java.lang.ClassCastException: io.jenkins.mlops.testbed.pipeline.ProbeStep.count expects");
    }

    @Test
    void withoutNamesAreRefusedWhereThereAreSeveral() throws Exception {
        expect(Result.FAILURE, "probe 'a', 'b'", "Expected named arguments but got [a, b]");
    }
}
