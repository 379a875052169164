package io.jenkins.mlops.monitor.recorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedLogTest {
    @TempDir
    Path home;

    private Path folder() {
        return home.resolve("recorded");
    }

    private String text() throws IOException {
        StringBuilder text = new StringBuilder();
        try (Stream<Path> all = Files.list(folder())) {
            for (Path file : all.filter(file -> file.toString().endsWith(".jsonl"))
                    .sorted()
                    .toList()) {
                text.append(Files.readString(file));
            }
        }
        return text.toString();
    }

    @Test
    void keepsRowsInTheirOrderAndLetsTheOldestGo() throws IOException {
        for (int i = 0; i < 50; i++) {
            // A new one each time, as after a restart.
            new RecordedLog(folder(), 40, 4, 0)
                    .append(List.of("{\"n\":" + (100 + i) + "}", "{\"m\":" + (100 + i) + "}"));
        }
        String kept = text();
        assertThat(kept).endsWith("{\"n\":149}\n{\"m\":149}\n").doesNotContain("{\"n\":100}");
        assertThat(kept.lines().toList()).doesNotHaveDuplicates().hasSizeBetween(12, 24);
        try (Stream<Path> all = Files.list(folder())) {
            assertThat(all).hasSize(4);
        }
    }

    @Test
    void takesALineAwayThatWasCutOff() throws IOException {
        RecordedLog log = new RecordedLog(folder(), 1 << 20, 4, 0);
        log.append(List.of("{\"a\":1}"));
        Path file = folder().resolve("predictions-00000001.jsonl");
        Files.writeString(file, "{\"cut\":\"" + "x".repeat(200_000), StandardOpenOption.APPEND);
        log.append(List.of("{\"b\":\"\u00e4\"}"));
        assertThat(text()).isEqualTo("{\"a\":1}\n{\"b\":\"\u00e4\"}\n");

        Files.writeString(file, "nothing whole");
        log.append(List.of("{\"c\":1}"));
        assertThat(text()).isEqualTo("{\"c\":1}\n");
    }

    @Test
    void writesNothingWhenTheDiskIsNearlyFullOrALineIsNone() throws IOException {
        RecordedLog full = new RecordedLog(folder(), 100, 4, Long.MAX_VALUE);
        assertThatThrownBy(() -> full.append(List.of("{}")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("MiB of free space");
        RecordedLog log = new RecordedLog(folder(), 1 << 20, 4, 0);
        assertThatThrownBy(() -> log.append(List.of("{}", "{\n}"))).hasMessageContaining("a row on one line");
        try (Stream<Path> all = Files.list(folder())) {
            assertThat(all).isEmpty();
        }
        Files.createDirectory(folder().resolve("predictions-00000001.jsonl"));
        assertThatThrownBy(() -> log.append(List.of("{}"))).isInstanceOf(IOException.class);
    }
}
