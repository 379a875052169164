package io.jenkins.mlops.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.jenkins.mlops.data.table.ColumnRequest;
import io.jenkins.mlops.data.table.Table;
import io.jenkins.mlops.data.table.TableLimits;
import io.jenkins.mlops.data.table.TableReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfilerTest {
    private static final Path FILES = Path.of("src/test/resources/data");

    @TempDir
    private Path folder;

    /** The expected figures are pandas'; {@code expected.py} beside them writes them. */
    @Test
    void agreesWithPandas() throws IOException {
        DataProfile profile = profile(FILES.resolve("profile/customers.csv"), DataFormat.CSV, 2);
        assertThat(profile.rows()).isEqualTo(700);
        List<String> figures = List.of("nulls", "distinct", "min", "max", "mean", "std");
        List<ColumnRequest> requests = new ArrayList<>(List.of(ColumnRequest.text("column")));
        figures.forEach(figure -> requests.add(ColumnRequest.numeric(figure)));
        NumberSummary.LEVELS.forEach(level -> requests.add(ColumnRequest.numeric("q" + level)));
        Table expected = TableReader.read(FILES.resolve("profile/expected.csv"), requests);
        for (int row = 0; row < expected.rows(); row++) {
            ColumnProfile column =
                    profile.column(expected.text("column").value(row)).orElseThrow();
            NumberSummary numbers = column.numbers();
            assertThat(column.nulls())
                    .isEqualTo((long) expected.numeric("nulls").value(row));
            assertThat(numbers.min()).isEqualTo(expected.numeric("min").value(row));
            assertThat(numbers.max()).isEqualTo(expected.numeric("max").value(row));
            assertThat(numbers.mean()).isCloseTo(expected.numeric("mean").value(row), relative(expected, "mean", row));
            assertThat(numbers.std()).isCloseTo(expected.numeric("std").value(row), relative(expected, "std", row));
            for (int i = 0; i < NumberSummary.LEVELS.size(); i++) {
                String level = "q" + NumberSummary.LEVELS.get(i);
                assertThat(numbers.quantiles().get(i))
                        .as(column.name() + " " + level)
                        .isCloseTo(expected.numeric(level).value(row), relative(expected, level, row));
            }
            assertThat(numbers.quantileRankError()).isZero();
            assertThat(column.distinctExact()).isTrue();
            assertThat(column.distinct())
                    .isEqualTo((long) expected.numeric("distinct").value(row));
        }
        assertThat(profile.column("id").orElseThrow().distinct()).isEqualTo(700);
        assertThat(profile.column("id").orElseThrow().type()).isEqualTo(ColumnType.INTEGER);
        assertThat(profile.column("income").orElseThrow().type()).isEqualTo(ColumnType.NUMBER);
        ColumnProfile city = profile.column("city").orElseThrow();
        assertThat(city.type()).isEqualTo(ColumnType.TEXT);
        assertThat(city.topValues())
                .containsExactly(
                        new ValueCount("Oslo", 415, 0),
                        new ValueCount("San José", 151, 0),
                        new ValueCount("Köln", 134, 0));
        assertThat(city.minLength()).isEqualTo(4);
        assertThat(city.maxLength()).isEqualTo(9);
        ColumnProfile active = profile.column("active").orElseThrow();
        assertThat(active.type()).isEqualTo(ColumnType.BOOLEAN);
        assertThat(active.numbers().mean()).isCloseTo(356 / 700.0, within(1e-15));
        assertThat(profile.column("empty").orElseThrow().type()).isEqualTo(ColumnType.EMPTY);
        assertThat(profile.column("empty").orElseThrow().nulls()).isEqualTo(700);
        assertThat(profile.column("mixed").orElseThrow().type()).isEqualTo(ColumnType.TEXT);
        assertThat(profile.column("mixed").orElseThrow().numbers()).isNull();
    }

    private static org.assertj.core.data.Offset<Double> relative(Table expected, String figure, int row) {
        return within(1e-12 * Math.abs(expected.numeric(figure).value(row)));
    }

    @Test
    void isTheSameOnAnyNumberOfThreadsAndForEachFormat() throws IOException {
        SplittableRandom random = new SplittableRandom(9);
        StringBuilder csv = new StringBuilder("n,label,x\n");
        StringBuilder json = new StringBuilder();
        for (int i = 0; i < 120_000; i++) {
            String label = "c" + Integer.numberOfTrailingZeros(random.nextInt());
            double x = random.nextDouble() * random.nextInt(1000);
            csv.append(i).append(',').append(label).append(',').append(x).append('\n');
            json.append("{\"n\": " + i + ", \"label\": \"" + label + "\", \"x\": " + x
                    + (i == 70_000 ? ",\"late\":1" : "") + "}\n");
        }
        Path csvFile = Files.writeString(folder.resolve("x.csv"), csv);
        Path jsonFile = Files.writeString(folder.resolve("x.jsonl"), json);
        DataProfile first = profile(csvFile, DataFormat.CSV, 1);
        assertThat(profile(csvFile, DataFormat.CSV, 2)).isEqualTo(first);
        assertThat(profile(csvFile, DataFormat.CSV, 5)).isEqualTo(first);
        DataProfile ofJson = profile(jsonFile, DataFormat.JSON_LINES, 1);
        assertThat(profile(jsonFile, DataFormat.JSON_LINES, 4)).isEqualTo(ofJson);
        assertThat(ofJson.columns()).extracting(ColumnProfile::name).containsExactly("n", "label", "x", "late");
        assertThat(ofJson.column("late").orElseThrow().nulls()).isEqualTo(119_999);
        ColumnProfile n = first.column("n").orElseThrow();
        assertThat(n.distinctExact()).isFalse();
        assertThat((double) n.distinct()).isCloseTo(120_000, within(0.05 * 120_000));
        assertThat(n.numbers().median()).isCloseTo(60_000, within(0.0046 * 120_000));
        assertThat(n.topValues()).isEmpty();
        assertThat(first.column("label").orElseThrow().topValues().get(0).value())
                .isEqualTo("c0");
        assertThat(ofJson.column("label")).contains(first.column("label").orElseThrow());
    }

    @Test
    void readsTypesFromParquet() throws IOException {
        DataProfile profile = profile(FILES.resolve("parquet/v1-snappy.parquet"), DataFormat.PARQUET, 2);
        assertThat(profile.rows()).isEqualTo(600);
        assertThat(profile.columns())
                .extracting(ColumnProfile::name, ColumnProfile::type)
                .contains(
                        org.assertj.core.groups.Tuple.tuple("id", ColumnType.INTEGER),
                        org.assertj.core.groups.Tuple.tuple("score", ColumnType.NUMBER),
                        org.assertj.core.groups.Tuple.tuple("label", ColumnType.TEXT),
                        org.assertj.core.groups.Tuple.tuple("flag", ColumnType.BOOLEAN),
                        org.assertj.core.groups.Tuple.tuple("day", ColumnType.TEXT),
                        org.assertj.core.groups.Tuple.tuple("nothing", ColumnType.EMPTY));
        assertThat(profile.column("label").orElseThrow().distinct()).isEqualTo(5);
        SnapshotResult nested =
                new Snapshotter().snapshot(FILES.resolve("parquet/nested.parquet"), SnapshotOptions.of("nested"));
        assertThat(nested.snapshot().profile().columns())
                .extracting(ColumnProfile::name)
                .containsExactly("a", "s.b", "s.c.d");
        assertThat(nested.warnings()).singleElement().asString().contains("nested columns are not in the profile");
    }

    @Test
    void takesWideTablesInBoundedMemory() throws IOException {
        int columns = 3000;
        StringBuilder csv = new StringBuilder();
        for (int row = 0; row < 40; row++) {
            for (int column = 0; column < columns; column++) {
                csv.append(column == 0 ? "" : ",").append(row == 0 ? "c" + column : row * column);
            }
            csv.append('\n');
        }
        DataProfile profile = profile(Files.writeString(folder.resolve("wide.csv"), csv), DataFormat.CSV, 2);
        assertThat(profile.columns()).hasSize(columns);
        assertThat(profile.columns().get(7).numbers().max()).isEqualTo(39 * 7);
    }

    @Test
    void survivesItsCodec() throws IOException {
        DataProfile profile = profile(FILES.resolve("profile/customers.csv"), DataFormat.CSV, 2);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ProfileCodec.write(profile, new DataOutputStream(bytes));
        assertThat(ProfileCodec.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()))))
                .isEqualTo(profile);
        byte[] cut = java.util.Arrays.copyOf(bytes.toByteArray(), bytes.size() / 2);
        assertThatThrownBy(() -> ProfileCodec.read(new DataInputStream(new ByteArrayInputStream(cut))))
                .isInstanceOf(IOException.class);
    }

    private static DataProfile profile(Path file, DataFormat format, int threads) throws IOException {
        return Profiler.profile(file, format, TableLimits.DEFAULT.withThreads(threads));
    }
}
