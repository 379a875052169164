package io.jenkins.mlops.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.mlops.data.DataException;
import io.jenkins.mlops.data.DataFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonLinesReadingTest {
    @TempDir
    private Path folder;

    private TableLimits limits = TableLimits.DEFAULT.withThreads(2);

    @Test
    void readsAllKindsOfValues() throws IOException {
        Table table = read(
                """
                {"t": "a", "n": 1, "b": true, "x": {"deep": [1, {"y": "}"}]}}
                {"b":false,"n":-2.5e-3,"t":"\\u00e4\\ud83d\\ude00\\n\\"\\\\\\/","more":[]}

                {"t": null, "n": "7", "b": null}
                  { "t" : "" , "n" : NaN , "b" : 1 }\r
                {}
                {"t": "ä", "n": -Infinity, "x": [1, 2]}
                """,
                ColumnRequest.text("t"),
                ColumnRequest.numeric("n"),
                ColumnRequest.numeric("b"),
                ColumnRequest.text("x"));
        assertThat(table.rows()).isEqualTo(6);
        assertThat(table.text("t").dictionary()).containsExactly("a", "ä\uD83D\uDE00\n\"\\/", "", "ä");
        assertThat(table.text("t").codes()).containsExactly(0, 1, -1, 2, -1, 3);
        assertThat(table.numeric("n").values())
                .containsExactly(1, -0.0025, 7, Double.NaN, Double.NaN, Double.NEGATIVE_INFINITY);
        assertThat(table.numeric("n").missing()).isEqualTo(1);
        assertThat(table.numeric("b").values()).containsExactly(1, 0, Double.NaN, 1, Double.NaN, Double.NaN);
        assertThat(table.text("x").value(0)).isEqualTo("{\"deep\": [1, {\"y\": \"}\"}]}");
        assertThat(table.text("x").value(5)).isEqualTo("[1, 2]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', quoteCharacter = '`', textBlock = """
            [{"a": 1}] ! data.jsonl, line 2: expected an object { ... }, found "[{"a": 1}]" at byte 1 of the line. Write one
            {"a": 1 ! data.jsonl, line 2: expected a comma or }, found the end of the line at byte 8
            {"a": 1} {"a": 2} ! data.jsonl, line 2: expected the end of the line after the object, found "{"a": 2}"
            {"a": 1,} ! data.jsonl, line 2: expected a key in double quotes, found "}"
            {a: 1} ! data.jsonl, line 2: expected a key in double quotes, found "a: 1}"
            {'a': 1} ! data.jsonl, line 2: expected a key in double quotes
            {"a" 1} ! data.jsonl, line 2: expected a colon after the key, found "1}"
            {"a": 01} ! data.jsonl, line 2: expected a value
            {"a": 1.} ! data.jsonl, line 2: expected digits after the decimal point
            {"a": 1e} ! data.jsonl, line 2: expected digits in the exponent
            {"a": +1} ! data.jsonl, line 2: expected a value, found "+1}"
            {"a": } ! data.jsonl, line 2: expected a value, found "}"
            {"a": tru} ! data.jsonl, line 2: expected a value such as true
            {"a": "x ! data.jsonl, line 2: expected a closing quote, found the end of the line at byte 9 of the line. The line
            {"a": "\\x"} ! data.jsonl, line 2: expected one of " \\ / b f n r t u after \\, found "x"
            {"a": "\\u12"} ! data.jsonl, line 2: expected four hexadecimal digits
            {"a": "\\ud83d"} ! data.jsonl, line 2: expected a low surrogate after a high one
            {"a": "\\ude00"} ! data.jsonl, line 2: expected a high surrogate before a low one
            {"a": 1, "a": 2} ! data.jsonl, line 2, column "a": expected each key once in an object, found this one twice.
            {"a": "abc"} ! data.jsonl, line 2, column "a": expected a number, found "abc".
            {"a": [1]} ! data.jsonl, line 2, column "a": expected a number, found "[1]".
            {"a": 1, "b": [1} ! data.jsonl, line 2: expected a comma or ], found "}"
            {"a": 1, "b": {"c" 1}} ! data.jsonl, line 2: expected a colon
            1 ! data.jsonl, line 2: expected an object
            """)
    void namesPlaceAndRemedy(String line, String message) {
        assertThatThrownBy(() -> read("{\"a\": 0}\n" + line + "\n{\"a\": 3}\n", ColumnRequest.numeric("a")))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void namesTheKeysThereAndTheNearest() {
        assertThatThrownBy(() -> read("{\"label\": 1, \"scor\": 2}\n{\"x\": 1}\n", ColumnRequest.numeric("score")))
                .isInstanceOf(DataException.class)
                .hasMessage("data.jsonl: expected a column \"score\", found \"label\", \"scor\", \"x\"."
                        + " Did you mean \"scor\"?");
    }

    @Test
    void refusesEmptyDeepAndLongInput() {
        assertThatThrownBy(() -> read("\n \n", ColumnRequest.numeric("a")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("found an empty file");
        assertThatThrownBy(() -> read(
                        "{\"a\": 1, \"b\": " + "[".repeat(70) + "]".repeat(70) + "}\n", ColumnRequest.numeric("a")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("at most 64 levels");
        limits = limits.withMaxLineBytes(1000);
        assertThatThrownBy(() -> read("{\"a\": 1}\n{\"a\": \"" + "x".repeat(1000) + "\"}\n", ColumnRequest.text("a")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("line 2")
                .hasMessageContaining("limit maxLineBytes");
    }

    @Test
    void listsTheKeysOfTheFirstObject() throws IOException {
        Path file = Files.writeString(
                folder.resolve("data.jsonl"),
                "\n" + "{\"a\": \"" + "x".repeat(100_000) + "\", \"b\\n\": 1}\n{\"c\": 1}\n");
        assertThat(TableReader.columns(file)).containsExactly("a", "b\n");
    }

    @Test
    void agreesWithJacksonOnRandomObjects() throws IOException {
        ObjectMapper jackson = new ObjectMapper();
        SplittableRandom random = new SplittableRandom(5);
        StringBuilder lines = new StringBuilder();
        Map<Integer, String> texts = new LinkedHashMap<>();
        Map<Integer, Double> numbers = new LinkedHashMap<>();
        int rows = 20_000;
        for (int i = 0; i < rows; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(30); n > 0; n--) {
                int point = random.nextInt(4) == 0 ? random.nextInt(0x10FFFF) : random.nextInt(0x7F);
                text.appendCodePoint(point >= 0xD800 && point < 0xE000 ? 'x' : point);
            }
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("k" + random.nextInt(5), List.of(1, Map.of("z", text)));
            object.put("t", text.toString());
            object.put("n", Double.longBitsToDouble(random.nextLong() & 0xBFFFFFFFFFFFFFFFL));
            texts.put(i, text.toString());
            numbers.put(i, (Double) object.get("n"));
            lines.append(jackson.writeValueAsString(object)).append('\n');
        }
        Table table = read(lines.toString(), ColumnRequest.text("t"), ColumnRequest.numeric("n"));
        for (int i = 0; i < rows; i++) {
            assertThat(table.text("t").value(i)).isEqualTo(texts.get(i));
            assertThat(table.numeric("n").value(i)).isEqualTo(numbers.get(i));
        }
    }

    private Table read(String content, ColumnRequest... columns) throws IOException {
        Path file = Files.write(folder.resolve("data.jsonl"), content.getBytes(StandardCharsets.UTF_8));
        return TableReader.read(file, DataFormat.JSON_LINES, List.of(columns), limits);
    }
}
