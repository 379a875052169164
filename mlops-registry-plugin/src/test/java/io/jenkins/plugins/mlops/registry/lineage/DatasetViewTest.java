package io.jenkins.plugins.mlops.registry.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.mlops.data.ColumnProfile;
import io.jenkins.mlops.data.ColumnType;
import io.jenkins.mlops.data.DataFormat;
import io.jenkins.mlops.data.DataProfile;
import io.jenkins.mlops.data.DatasetSnapshot;
import io.jenkins.mlops.data.NumberSummary;
import io.jenkins.mlops.data.ValueCount;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DatasetViewTest {
    private static final String DIGEST = "sha256:" + "a".repeat(64);

    private static ColumnProfile number(String name, double from, double to) {
        List<Double> quantiles = new ArrayList<>();
        NumberSummary.LEVELS.forEach(level -> quantiles.add(from + level * (to - from)));
        NumberSummary summary = new NumberSummary(100, 0, from, to, (from + to) / 2, Double.NaN, quantiles, 0);
        return new ColumnProfile(name, ColumnType.NUMBER, 4, 90, false, summary, -1, -1, List.of());
    }

    private static ColumnProfile text(String name) {
        List<ValueCount> values = List.of(
                new ValueCount("north", 60, 0),
                new ValueCount("", 30, 0),
                new ValueCount("south", 9, 1),
                new ValueCount("west", 1, 0));
        return new ColumnProfile(name, ColumnType.TEXT, 0, 4, true, null, 0, 5, values);
    }

    private static DatasetView view(List<ColumnProfile> columns) {
        DatasetFact fact = new DatasetFact("train", "train", DIGEST, 1, 125_204, "CSV", 100, "dataset-1");
        DatasetSnapshot snapshot = new DatasetSnapshot(
                "train", DIGEST, "sha256", 1, 125_204, DataFormat.CSV, new DataProfile(100, columns), List.of());
        return new DatasetView(fact, snapshot, "");
    }

    @Test
    void describesNumbersByTheirSpread() {
        ColumnView column = view(List.of(number("radius", 0, 8))).getColumns().get(0);
        assertThat(column.getMedianText()).isEqualTo("4");
        assertThat(column.getStd()).isNull();
        assertThat(column.getNullsText()).isEqualTo("4 (4.0 %)");
        assertThat(column.getDistinctText()).isEqualTo("\u2248\u200990");
        assertThat(column.getSpread().getLower()).isEqualTo("32");
        assertThat(column.getSpread().getX()).isEqualTo("60");
        assertThat(column.getSpread().getDescription())
                .isEqualTo("least 0, lower quarter 2, median 4, upper quarter 6, greatest 8");
    }

    @Test
    void describesTextByItsMostFrequentValues() {
        ColumnView column = view(List.of(text("region"))).getColumns().get(0);
        assertThat(column.getSpread()).isNull();
        assertThat(column.getMinText()).isEmpty();
        assertThat(column.getFrequent()).isEqualTo("north (60), \u2423 (30), south (\u2264\u20099)");
        assertThat(column.getQuantiles()).isEmpty();
    }

    @Test
    void drawsNoSpreadOfASingleValue() {
        assertThat(view(List.of(number("constant", 3, 3))).getColumns().get(0).getSpread())
                .isNull();
    }

    @Test
    void leavesVeryManyColumnsToTheRestApi() {
        List<ColumnProfile> columns = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            columns.add(text("c" + i));
        }
        DatasetView view = view(columns);
        assertThat(view.getColumns()).hasSize(1000);
        assertThat(view.getShownColumns()).hasSize(200);
        assertThat(view.getHiddenColumns()).isEqualTo(800);
        assertThat(view.getShape()).isEqualTo("1 file, 122 KiB \u00b7 100 rows \u00d7 1,000 columns");
    }

    @Test
    void showsTheFactWithoutItsDocument() {
        DatasetFact fact = new DatasetFact("images", "train", DIGEST, 1200, 1L << 30, "OTHER", -1, "dataset-1");
        DatasetView view = new DatasetView(fact, null, "gone");
        assertThat(view.getColumns()).isEmpty();
        assertThat(view.getShape()).isEqualTo("1,200 files, 1.0 GiB");
        assertThat(view.getProblem()).isEqualTo("gone");
    }
}
