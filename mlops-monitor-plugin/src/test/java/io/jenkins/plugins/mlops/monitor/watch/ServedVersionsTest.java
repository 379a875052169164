package io.jenkins.plugins.mlops.monitor.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.mlops.monitor.window.WindowResult;
import io.jenkins.mlops.registry.Deployment;
import io.jenkins.mlops.registry.DeploymentState;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServedVersionsTest {
    private static Deployment deployment(int version, DeploymentState state, long started, long changed) {
        return new Deployment(
                "d" + version,
                "churn",
                "process",
                "churn",
                version,
                "sha256:" + "0".repeat(64),
                null,
                null,
                state,
                null,
                null,
                "",
                null,
                "ada",
                started,
                changed);
    }

    /** 1 served from 100 to 200, 2 failed, 3 was taken back at 300, and 4 serves since 400. */
    private static final ServedVersions VERSIONS = new ServedVersions(
            List.of(
                    deployment(4, DeploymentState.SERVING, 390, 400),
                    deployment(3, DeploymentState.ROLLED_BACK, 250, 300),
                    deployment(2, DeploymentState.FAILED, 210, 220),
                    deployment(1, DeploymentState.RETIRED, 100, 200)),
            4);

    private static int of(long start, long end) {
        return VERSIONS.of(new WindowResult("w", start, end, 1, null, List.of(), null, List.of()));
    }

    @Test
    void aWindowIsOfTheVersionThatServedInItsMiddle() {
        assertThat(of(100, 200)).isEqualTo(1);
        assertThat(of(190, 208)).isEqualTo(1);
        assertThat(of(150, 150)).isEqualTo(1);
        assertThat(of(260, 290)).isEqualTo(3);
        assertThat(of(400, 500)).isEqualTo(4);
    }

    @Test
    void whereTheHistoryDoesNotTellItIsOfTheOneThatServes() {
        assertThat(of(0, 0)).isEqualTo(4);
        assertThat(of(10, 20)).isEqualTo(4);
        assertThat(of(212, 218)).as("what failed never served").isEqualTo(4);
        assertThat(of(300, 320)).isEqualTo(4);
    }
}
