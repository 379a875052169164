package io.jenkins.mlops.registry.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedStoreTest {
    private static final int ROWS = 640;

    @Test
    void weighsWhatIsSavedAgainstTheTimeThatItTakes() {
        assertThat(EmbeddedStore.isWorthCompacting(2_200L << 20, 160L << 20)).isTrue();
        assertThat(EmbeddedStore.isWorthCompacting(60L << 20, 1L << 20)).isFalse();
        assertThat(EmbeddedStore.isWorthCompacting(2_200L << 20, 300L << 20)).isFalse();
        assertThat(EmbeddedStore.isWorthCompacting(300L << 20, 150L << 20)).isFalse();
    }

    @Test
    void leavesTheSpaceOfWhatIsSuperseded(@TempDir Path directory) throws IOException {
        try (RegistryDatabase database = RegistryDatabase.openEmbedded(directory)) {
            Random random = new Random(1);
            List<Object[]> rows = new ArrayList<>();
            for (int i = 0; i < ROWS; i++) {
                byte[] points = new byte[1 << 17];
                random.nextBytes(points);
                rows.add(new Object[] {i, points});
            }
            database.write(tx -> {
                tx.batch(
                        "INSERT INTO mlops_metric_segment (run_id, metric_id, first_step, first_millis, points)"
                                + " VALUES (?, 0, 0, 0, ?)",
                        rows);
                return null;
            });
            database.write(tx -> tx.update("DELETE FROM mlops_metric_segment WHERE run_id > 0"));
            assertThat(Files.size(directory.resolve("registry.mv.db"))).isGreaterThan(ROWS << 17);
        }
        assertThat(Files.size(directory.resolve("registry.mv.db"))).isLessThan(2 << 20);
        assertThat(directory.resolve("registry.trace.db")).doesNotExist();
        try (RegistryDatabase again = RegistryDatabase.openEmbedded(directory)) {
            int left = again.read(sql -> sql.first("SELECT COUNT(*) FROM mlops_metric_segment", row -> row.getInt(1))
                    .orElseThrow());
            assertThat(left).isEqualTo(1);
        }
    }
}
