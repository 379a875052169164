package io.jenkins.mlops.registry.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaVersionsTest {
    @TempDir
    Path directory;

    @Test
    void makesARegistryWithoutAWarning() {
        List<LogRecord> lines = Collections.synchronizedList(new ArrayList<>());
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord line) {
                lines.add(line);
            }

            @Override
            public void flush() {
                // Nothing is held back.
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        };
        Logger root = Logger.getLogger("");
        root.addHandler(handler);
        try {
            RegistryDatabase.openEmbedded(directory).close();
        } finally {
            root.removeHandler(handler);
        }
        assertThat(lines)
                .as("Flyway's lines come this way")
                .anyMatch(line -> line.getMessage().contains("Migrating schema"));
        assertThat(lines).noneMatch(line -> line.getLevel().intValue() >= Level.WARNING.intValue());
        assertThat(lines).noneMatch(line -> line.getMessage().contains("newer than"));
    }
}
