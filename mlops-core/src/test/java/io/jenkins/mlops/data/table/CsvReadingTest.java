package io.jenkins.mlops.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.mlops.data.DataException;
import io.jenkins.mlops.data.DataFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvReadingTest {
    @TempDir
    private Path folder;

    @Test
    void readsNumbersAndText() throws IOException {
        Table table = read(
                "label,score,note\nspam,0.25,\nham,1e-3,\"a, \"\"b\"\"\nc\"\r\nspam,,x\n",
                ColumnRequest.text("label"),
                ColumnRequest.numeric("score"),
                ColumnRequest.text("note"));
        assertThat(table.rows()).isEqualTo(3);
        assertThat(table.text("label").dictionary()).containsExactly("spam", "ham");
        assertThat(table.text("label").codes()).containsExactly(0, 1, 0);
        assertThat(table.numeric("score").values()).containsExactly(0.25, 0.001, Double.NaN);
        assertThat(table.numeric("score").isMissing(2)).isTrue();
        assertThat(table.text("note").value(0)).isNull();
        assertThat(table.text("note").value(1)).isEqualTo("a, \"b\"\nc");
        assertThat(table.text("note").value(2)).isEqualTo("x");
    }

    @Test
    void namesTheColumnsThereAndTheNearest() {
        assertThatThrownBy(() -> read("label,score\n1,2\n", ColumnRequest.numeric("scores")))
                .isInstanceOf(DataException.class)
                .hasMessage("data.csv: expected a column \"scores\", found \"label\", \"score\"."
                        + " Did you mean \"score\"?");
    }

    @Test
    void namesLineAndValueOfACellThatIsNoNumber() {
        assertThatThrownBy(() -> read("a,b\n1,2\n\"x\ny\",3\n4,abc\n", ColumnRequest.numeric("b")))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("data.csv, line 5, column \"b\": expected a number, found \"abc\".");
    }

    private Table read(String content, ColumnRequest... columns) throws IOException {
        Path file = folder.resolve("data.csv");
        Files.write(file, content.getBytes(StandardCharsets.UTF_8));
        return TableReader.read(file, DataFormat.CSV, List.of(columns), TableLimits.DEFAULT);
    }
}
