package io.jenkins.mlops.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.mlops.data.DataException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads files that parquet-java wrote; {@code GenerateWithParquetJava.java} beside them has the formula of the rows. */
class ParquetJavaReadingTest {
    private static final Path FILES = Path.of("src/test/resources/data/parquet");

    @ParameterizedTest
    @ValueSource(strings = {"java-v1.parquet", "java-v2.parquet", "java-delta.parquet", "java-split.parquet"})
    void readsEveryEncodingAndType(String name) throws IOException {
        Table table = TableReader.read(
                FILES.resolve(name),
                List.of(
                        ColumnRequest.numeric("i"),
                        ColumnRequest.numeric("l"),
                        ColumnRequest.numeric("f"),
                        ColumnRequest.numeric("d"),
                        ColumnRequest.text("s"),
                        ColumnRequest.text("b"),
                        ColumnRequest.text("t"),
                        ColumnRequest.numeric("h"),
                        ColumnRequest.numeric("m"),
                        ColumnRequest.numeric("u"),
                        ColumnRequest.text("at"),
                        ColumnRequest.text("clock"),
                        ColumnRequest.numeric("g.h.deep")));
        assertThat(table.rows()).isEqualTo(1000);
        for (int i = 0; i < 1000; i++) {
            number(table, "i", i, (i * 2654435 - 1_000_000_000) ^ (i % 3 == 0 ? -1 : 0));
            number(table, "l", i, i % 5 == 2 ? Double.NaN : (long) i * i * i * 7919L - 4_000_000_000_000L);
            number(table, "f", i, i / 7f);
            number(table, "d", i, i % 4 == 1 ? Double.NaN : i / 7.0);
            text(table, "s", i, i % 9 == 4 ? null : "prefix-" + i / 10 + "-ä" + "y".repeat(i % 23));
            text(table, "b", i, String.valueOf(i % 3 == 0));
            text(
                    table,
                    "t",
                    i,
                    i % 6 == 0
                            ? null
                            : Instant.ofEpochSecond(i * 86_400L)
                                    .plusNanos(i * 1_000_000_007L)
                                    .toString());
            number(table, "h", i, half(i & 0xFF | (i >> 8 | 0x3C) << 8));
            number(table, "m", i, (i * 1001L - 5000) / 100.0);
            number(table, "u", i, 4_294_967_295.0 - i);
            text(
                    table,
                    "at",
                    i,
                    LocalDateTime.ofEpochSecond(1_700_000_000L, i, ZoneOffset.UTC)
                            .toString());
            text(
                    table,
                    "clock",
                    i,
                    LocalTime.ofNanoOfDay((i * 1000 + 1) * 1_000_000L).toString());
            number(table, "g.h.deep", i, i % 2 == 0 ? i : Double.NaN);
        }
    }

    @Test
    void refusesRepeatedFields() {
        assertThatThrownBy(() ->
                        TableReader.read(FILES.resolve("java-v1.parquet"), List.of(ColumnRequest.numeric("many"))))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("column \"many\"")
                .hasMessageContaining("is a list or a map");
    }

    private static double half(int bits) {
        return (1 + (bits & 0x3FF) / 1024.0) * Math.pow(2, (bits >> 10 & 31) - 15);
    }

    private static void number(Table table, String column, int row, double expected) {
        if (Double.compare(table.numeric(column).value(row), expected) != 0) {
            assertThat(table.numeric(column).value(row)).as(column + " " + row).isEqualTo(expected);
        }
    }

    private static void text(Table table, String column, int row, String expected) {
        assertThat(table.text(column).value(row)).as(column + " " + row).isEqualTo(expected);
    }
}
