package io.jenkins.plugins.mlops.monitor.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.mlops.monitor.window.WindowResult;
import io.jenkins.mlops.registry.DeploymentRequest;
import io.jenkins.mlops.registry.DeploymentState;
import io.jenkins.mlops.registry.Ledger;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Registration;
import io.jenkins.mlops.registry.VersionFile;
import io.jenkins.mlops.registry.jdbc.JdbcModelRegistry;
import io.jenkins.mlops.registry.jdbc.RegistryDatabase;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServedVersionsTest {
    private static final long START = 1_767_225_600_000L;

    @TempDir
    Path folder;

    private long millis;
    private JdbcModelRegistry registry;

    /** 1 served from 100 to 200, 2 failed, 3 was taken back at 300, and 4 serves since 400. */
    @BeforeEach
    void history() {
        Clock clock = new Clock() {
            @Override
            public Instant instant() {
                return Instant.ofEpochMilli(START + millis);
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };
        registry = new JdbcModelRegistry(RegistryDatabase.openEmbedded(folder), clock);
        begin(1, 100);
        finish(1, DeploymentState.SERVING, 100);
        finish(1, DeploymentState.RETIRED, 200);
        begin(2, 210);
        finish(2, DeploymentState.FAILED, 220);
        begin(3, 250);
        finish(3, DeploymentState.SERVING, 250);
        finish(3, DeploymentState.ROLLED_BACK, 300);
        begin(4, 390);
        finish(4, DeploymentState.SERVING, 400);
    }

    @AfterEach
    void close() throws Exception {
        registry.close();
    }

    private void begin(int number, long at) {
        millis = at;
        VersionFile file = new VersionFile("m.bin", 1, Ledger.sha256("m" + number));
        ModelVersion version = registry.register(Registration.of("r" + number, "churn", List.of(file), "ada"));
        registry.beginDeployment(new DeploymentRequest(
                "d" + number,
                "churn",
                "process",
                "churn",
                version.number(),
                version.digest(),
                null,
                true,
                null,
                null,
                "ada"));
    }

    private void finish(int number, DeploymentState state, long at) {
        millis = at;
        registry.finishDeployment("d" + number, state, "http://localhost:1/", "");
    }

    private int of(long start, long end) {
        return new ServedVersions(registry, "churn", 4)
                .of(new WindowResult("w", START + start, START + end, 1, null, List.of(), null, List.of()));
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
        assertThat(of(-START, -START)).as("a window without times").isEqualTo(4);
        assertThat(of(10, 20)).isEqualTo(4);
        assertThat(of(212, 218)).as("what failed never served").isEqualTo(4);
        assertThat(of(300, 320)).isEqualTo(4);
    }
}
