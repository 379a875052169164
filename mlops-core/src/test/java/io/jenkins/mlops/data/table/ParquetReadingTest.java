package io.jenkins.mlops.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.mlops.data.DataException;
import io.jenkins.mlops.data.DataFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads files that DuckDB wrote; {@code Generate.java} beside them says how. */
class ParquetReadingTest {
    private static final Path FILES = Path.of("src/test/resources/data/parquet");
    private static final List<String> NUMBERS =
            List.of("id", "score", "big", "tiny", "small", "huge", "price", "total");
    private static final List<String> TEXTS = List.of("label", "note", "day", "key");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "v1-uncompressed.parquet",
                "v1-snappy.parquet",
                "v1-gzip.parquet",
                "v1-zstd.parquet",
                "v1-lz4_raw.parquet",
                "v2.parquet"
            })
    void readsAllTypesUnderEachCompression(String name) throws IOException {
        Path expected = FILES.resolve("expected.csv");
        for (String column : NUMBERS) {
            DoubleColumn found = numbers(FILES.resolve(name), column);
            assertThat(found.values())
                    .as(column)
                    .containsExactly(numbers(expected, column).values());
            assertThat(found.missing())
                    .as(column)
                    .isEqualTo(numbers(expected, column).missing());
        }
        for (String column : TEXTS) {
            TextColumn found = texts(FILES.resolve(name), column);
            TextColumn wanted = texts(expected, column);
            for (int row = 0; row < 600; row++) {
                assertThat(found.value(row)).as(column + " " + row).isEqualTo(wanted.value(row));
            }
        }
        // Of 32 bits in the one file, the shortest decimal in the other.
        assertThat(numbers(FILES.resolve(name), "weight").values())
                .containsExactly(Arrays.stream(numbers(expected, "weight").values())
                        .map(weight -> (float) weight)
                        .toArray());
        for (String column : List.of("flag", "maybe")) {
            assertThat(numbers(FILES.resolve(name), column).values())
                    .as(column)
                    .containsExactly(numbers(expected, column).values());
        }
        assertThat(texts(FILES.resolve(name), "at").value(0)).startsWith("2024-02-29T23:59:58.250");
        assertThat(numbers(FILES.resolve(name), "nothing").missing()).isEqualTo(600);
    }

    @Test
    void readsRowGroupsInTheirOrderOnAnyNumberOfThreads() throws IOException {
        for (int threads : new int[] {1, 2, 5}) {
            Table table = TableReader.read(
                    FILES.resolve("groups.parquet"),
                    DataFormat.PARQUET,
                    List.of(ColumnRequest.text("digit"), ColumnRequest.numeric("n")),
                    TableLimits.DEFAULT.withThreads(threads));
            assertThat(table.rows()).isEqualTo(7000);
            for (int row = 0; row < 7000; row++) {
                assertThat(table.numeric("n").value(row)).isEqualTo(row);
                assertThat(table.text("digit").codes()[row]).isEqualTo(row % 10);
            }
        }
    }

    @Test
    void readsLeavesOfGroupsAndRefusesLists() throws IOException {
        Path file = FILES.resolve("nested.parquet");
        assertThat(TableReader.columns(file)).startsWith("a", "s.b", "s.c.d");
        assertThat(numbers(file, "s.b").value(0)).isEqualTo(2);
        assertThat(texts(file, "s.c.d").value(0)).isEqualTo("deep");
        String list = TableReader.columns(file).stream()
                .filter(name -> name.startsWith("l."))
                .findFirst()
                .orElseThrow();
        assertThatThrownBy(() -> numbers(file, list))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("is a list or a map");
        assertThatThrownBy(() -> numbers(file, "b"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("found \"a\", \"s.b\"");
    }

    @Test
    void readsATableWithoutRows() throws IOException {
        assertThat(numbers(FILES.resolve("no-rows.parquet"), "a").rows()).isZero();
    }

    @Test
    void refusesWhatItCannotReadByName() {
        for (Map.Entry<String, String> unsupported : Map.of(
                        "encrypted.parquet", "encrypted", "brotli.parquet", "found BROTLI", "expected.csv", "PAR1")
                .entrySet()) {
            assertThatThrownBy(() -> numbers(FILES.resolve(unsupported.getKey()), "a", DataFormat.PARQUET))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining(unsupported.getValue());
        }
    }

    @Test
    void aTextThatIsNoNumberIsNamedWithItsRow() {
        assertThatThrownBy(() -> numbers(FILES.resolve("v1-snappy.parquet"), "label"))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith(
                        "v1-snappy.parquet, row 1, column \"label\": expected a number, found \"cat\".");
    }

    @Test
    void aFileThatIsCutAnywhereIsRefused() throws IOException {
        byte[] whole = Files.readAllBytes(FILES.resolve("groups.parquet"));
        Path file = folder.resolve("cut.parquet");
        for (int length = 0; length < whole.length; length += 97) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> numbers(file, "n")).isInstanceOf(DataException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"groups.parquet", "v2.parquet", "v1-snappy.parquet", "v1-gzip.parquet", "v1-lz4_raw.parquet"})
    void aFlippedBitIsRefusedOrChangesValuesOnly(String name) throws IOException {
        byte[] whole = Files.readAllBytes(FILES.resolve(name));
        List<String> columns = name.startsWith("groups") ? List.of("n", "digit") : List.of("score", "note", "flag");
        Path file = folder.resolve("flipped.parquet");
        for (int i = 0; i < 150; i++) {
            byte[] flipped = whole.clone();
            int at = (int) ((i * 2654435761L & 0xFFFFFFFFL) % whole.length);
            flipped[at] ^= (byte) (1 << i % 8);
            Files.write(file, flipped);
            for (String column : columns) {
                try {
                    TableReader.read(
                            file,
                            DataFormat.PARQUET,
                            List.of(ColumnRequest.text(column)),
                            TableLimits.DEFAULT.withThreads(1));
                } catch (DataException refused) {
                    assertThat(refused).hasMessageContaining("expected");
                }
            }
        }
    }

    private static DoubleColumn numbers(Path file, String column) throws IOException {
        return numbers(file, column, DataFormat.ofFileName(file.toString()));
    }

    private static DoubleColumn numbers(Path file, String column, DataFormat format) throws IOException {
        return TableReader.read(file, format, List.of(ColumnRequest.numeric(column)), TableLimits.DEFAULT)
                .numeric(column);
    }

    private static TextColumn texts(Path file, String column) throws IOException {
        return TableReader.read(file, List.of(ColumnRequest.text(column))).text(column);
    }
}
