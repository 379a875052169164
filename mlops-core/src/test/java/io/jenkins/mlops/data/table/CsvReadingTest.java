package io.jenkins.mlops.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.mlops.data.DataException;
import io.jenkins.mlops.data.DataFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvReadingTest {
    @TempDir
    private Path folder;

    private TableLimits limits = TableLimits.DEFAULT.withThreads(2);

    @Test
    void readsNumbersAndText() throws IOException {
        Table table = read(
                "label,score,note\nspam,0.25,\nham,1e-3,\"a, \"\"b\"\"\nc\"\r\nspam,,x\n",
                ColumnRequest.text("label"),
                ColumnRequest.numeric("score"),
                ColumnRequest.text("note"));
        assertThat(table.rows()).isEqualTo(3);
        assertThat(table.names()).containsExactly("label", "score", "note");
        assertThat(table.text("label").dictionary()).containsExactly("spam", "ham");
        assertThat(table.text("label").codes()).containsExactly(0, 1, 0);
        assertThat(table.numeric("score").values()).containsExactly(0.25, 0.001, Double.NaN);
        assertThat(table.numeric("score").isMissing(2)).isTrue();
        assertThat(table.numeric("score").firstMissing()).isEqualTo(2);
        assertThat(table.text("note").value(0)).isNull();
        assertThat(table.text("note").value(1)).isEqualTo("a, \"b\"\nc");
        assertThat(table.text("note").value(2)).isEqualTo("x");
        assertThatThrownBy(() -> table.numeric("label")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> table.text("absent")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t", "|"})
    void findsTheDelimiter(String delimiter) throws IOException {
        Table table = read(
                "a,b".replace(",", delimiter) + "\r\n" + "1,2".replace(",", delimiter) + "\r\n",
                ColumnRequest.numeric("b"));
        assertThat(table.numeric("b").values()).containsExactly(2);
    }

    @Test
    void readsWhatIsUnusualButRight() throws IOException {
        assertThat(read("\uFEFFa\n1\n", ColumnRequest.numeric("a")).rows()).isEqualTo(1);
        assertThat(read("a\n1", ColumnRequest.numeric("a")).rows()).isEqualTo(1);
        assertThat(read("a,b\n", ColumnRequest.numeric("a")).rows()).isZero();
        assertThat(read("a", ColumnRequest.numeric("a")).rows()).isZero();
        assertThat(read("\n\na,b\n\n1,2\n\r\n\n3,4\n\n", ColumnRequest.numeric("a"))
                        .numeric("a")
                        .values())
                .containsExactly(1, 3);
        assertThat(read("\"a\"\"b\",\"c\nd\"\n1,2\n", ColumnRequest.numeric("c\nd"))
                        .rows())
                .isEqualTo(1);
        assertThat(read(",a\n0,1\n", ColumnRequest.numeric("Unnamed: 0")).rows())
                .isEqualTo(1);
        assertThat(read("größe,x\nübel,1\n", ColumnRequest.text("größe"))
                        .text("größe")
                        .value(0))
                .isEqualTo("übel");
        assertThat(read("a,b\n\"\",\"\"\n", ColumnRequest.text("a")).text("a").value(0))
                .isEmpty();
        assertThat(read("a,b\n\"\",\"1\"\n", ColumnRequest.numeric("a"))
                        .numeric("a")
                        .isMissing(0))
                .isTrue();
        assertThat(read("a,b\n\"\",\"1\"\n", ColumnRequest.numeric("b"))
                        .numeric("b")
                        .value(0))
                .isEqualTo(1);
        assertThat(read("a,b\n1,\"x\"", ColumnRequest.text("b")).text("b").value(0))
                .isEqualTo("x");
        assertThat(read("a,b\n1,\"x\"\r", ColumnRequest.text("b")).text("b").value(0))
                .isEqualTo("x");
    }

    @Test
    void takesMarksOfMissingNumbersForMissing() throws IOException {
        Table table = read(
                "a,b\nNA,NA\n ,None\nnull,null\nNaN,NaN\n2,x\n", ColumnRequest.numeric("a"), ColumnRequest.text("b"));
        assertThat(table.numeric("a").missing()).isEqualTo(3);
        assertThat(table.numeric("a").isMissing(3)).isFalse();
        assertThat(table.numeric("a").value(3)).isNaN();
        assertThat(table.text("b").dictionary()).containsExactly("NA", "None", "null", "NaN", "x");
    }

    @Test
    void keepsBadCellsWhereAsked() throws IOException {
        Table table = read("a\n1\nx\n3\n\"y\"\n", ColumnRequest.numericOrNaN("a"));
        assertThat(table.numeric("a").values()).containsExactly(1, Double.NaN, 3, Double.NaN);
        assertThat(table.numeric("a").missing()).isZero();
        assertThat(table.numeric("a").unparseableCount()).isEqualTo(2);
        assertThat(table.numeric("a").unparseable())
                .containsExactly(new DoubleColumn.BadCell(1, "x"), new DoubleColumn.BadCell(3, "y"));
    }

    @Test
    void knowsWhetherTextsAreNumbers() throws IOException {
        Table table = read("a,b\n1,x\n0,2\n1.5,1\n", ColumnRequest.text("a"), ColumnRequest.text("b"));
        assertThat(table.text("a").allNumeric()).isTrue();
        assertThat(table.text("a").dictionaryNumbers()).containsExactly(1, 0, 1.5);
        assertThat(table.text("b").allNumeric()).isFalse();
        assertThat(table.text("b").codeOf("2")).isEqualTo(1);
        assertThat(table.text("b").codeOf("absent")).isEqualTo(TextColumn.MISSING);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', quoteCharacter = '`', textBlock = """
            '' ! data.csv: expected a header line with column names, found an empty file.
            '\\n\\n' ! data.csv: expected a header line with column names, found an empty file.
            'a,b\\n1,2\\n1\\n' ! data.csv, line 3: expected 2 fields as in the header, found 1.
            'a,b\\n1,2\\n1,2,3\\n' ! data.csv, line 3: expected 2 fields as in the header, found 3.
            'a,b\\n"x\\ny",1\\n1\\n' ! data.csv, line 4: expected 2 fields as in the header, found 1.
            'a,b\\n1,2\\n"x,3\\n4,5\\n' ! data.csv, line 3, column "a": expected a closing quote for the one opened here
            'a,b\\n"1"x,2\\n' ! data.csv, line 2, column "a": expected a delimiter after a closing quote, found "x,2
            'a,b\\n5" nail,2\\n' ! data.csv, line 2, column "a": expected a quote only at the start of a field
            'a,b\\n1,2\\n3,abc\\n' ! data.csv, line 3, column "b": expected a number, found "abc". Correct
            'a;b\\n1;0,5\\n' ! data.csv, line 2, column "b": expected a number, found "0,5". Write a decimal point
            'a,x\\n1,2\\n' ! data.csv: expected a column "b", found "a", "x".
            'a,B\\n1,2\\n' ! data.csv: expected a column "b", found "a", "B". Did you mean "B"?
            'a,b,a\\n1,2,3\\n' ! data.csv, line 1: expected different column names, found "a" as columns 1 and 3.
            '1,2\\n3,4\\n' ! data.csv, line 1: expected a header line with column names, found only numbers (1,2).
            'a,b\\r1,2\\r' ! data.csv, line 1: expected lines that end with LF or CR LF, found a lone CR.
            '"a,b\\n1,2\\n' ! data.csv, line 1: expected a closing quote in the header
            '"a"x,b\\n1,2\\n' ! data.csv, line 1: expected a delimiter after a closing quote in the header
            'a,b\\0\\n1,2\\n' ! data.csv, line 1: expected text, found a zero byte.
            """)
    void namesPlaceAndRemedy(String content, String message) {
        String text = content.substring(1, content.length() - 1)
                .replace("\\n", "\n")
                .replace("\\r", "\r")
                .replace("\\0", "\0");
        assertThatThrownBy(() -> read(text, ColumnRequest.numeric("b")))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void namesRowAndOffsetOfBytesThatAreNotUtf8() {
        byte[] latin = "a,b\n1,2\n3,gr\u00FC\u00DFe\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> read(latin, ColumnRequest.text("b")))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("data.csv, line 3: expected UTF-8, found the byte 0xFC at byte offset 12.");
        byte[] header = "a,\u00FC\n1,2\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> read(header, ColumnRequest.text("a")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("line 1: expected UTF-8");
        for (java.nio.charset.Charset utf16 : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            assertThatThrownBy(() -> read("\uFEFFa,b\n1,2\n".getBytes(utf16), ColumnRequest.text("a")))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("UTF-16");
        }
    }

    @Test
    void refusesWhatIsNoFile() throws IOException {
        assertThatThrownBy(() -> TableReader.read(folder.resolve("absent.csv"), List.of(ColumnRequest.numeric("a"))))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("found nothing");
        assertThatThrownBy(() -> TableReader.read(folder, DataFormat.CSV, List.of(ColumnRequest.numeric("a")), limits))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("found a folder");
        Path other = Files.writeString(folder.resolve("data.xlsx"), "PK");
        assertThatThrownBy(() -> TableReader.read(other, List.of(ColumnRequest.numeric("a"))))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("Name the format");
        assertThatThrownBy(() -> read("a\n1\n", ColumnRequest.numeric("a"), ColumnRequest.text("a")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("twice");
    }

    @Test
    void holdsItsLimits() {
        limits = limits.withMaxRows(2);
        assertThatThrownBy(() -> read("a\n1\n2\n3\n", ColumnRequest.numeric("a")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("limit maxRows");
        limits = TableLimits.DEFAULT.withMaxColumns(3);
        assertThatThrownBy(() -> read("a,b,c,d\n1,2,3,4\n", ColumnRequest.numeric("a")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("limit maxColumns");
        limits = TableLimits.DEFAULT.withMaxTextBytes(5);
        assertThatThrownBy(() -> read("a\nabc\ndefg\n", ColumnRequest.text("a")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("line 3, column \"a\"")
                .hasMessageContaining("limit maxTextBytes");
        limits = TableLimits.DEFAULT.withMaxLineBytes(100);
        assertThatThrownBy(() -> read("a\n1\n" + "x".repeat(101) + "\n", ColumnRequest.text("a")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("line 3")
                .hasMessageContaining("limit maxLineBytes");
        assertThatThrownBy(() -> read("x".repeat(200_000) + "\n1\n", ColumnRequest.text("a")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("limit maxLineBytes");
    }

    /** What counts are different texts, not how often chunks have them. */
    @Test
    void sameTextsInManyChunksCountOnce() throws IOException {
        StringBuilder text = new StringBuilder("t\n");
        for (int i = 0; text.length() < 4_000_000; i++) {
            text.append("x".repeat(50)).append(i % 1000).append('\n');
        }
        limits = limits.withMaxTextBytes(60_000);
        assertThat(read(text.toString(), ColumnRequest.text("t")).text("t").dictionary())
                .hasSize(1000);
        limits = limits.withMaxTextBytes(52_000);
        assertThatThrownBy(() -> read(text.toString(), ColumnRequest.text("t")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("limit maxTextBytes");
    }

    @Test
    void aLineBeyondTheLimitIsRefusedWithoutBeingKept() throws IOException {
        Path file = folder.resolve("data.csv");
        byte[] block = new byte[1 << 20];
        Arrays.fill(block, (byte) 'x');
        try (var out = Files.newOutputStream(file)) {
            out.write("a,b\n1,2\n3,".getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < 32; i++) {
                out.write(block);
            }
        }
        assertThatThrownBy(() -> TableReader.read(file, List.of(ColumnRequest.numeric("a"))))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("data.csv, line 3: expected at most 10485760 bytes (limit maxLineBytes)");
    }

    @Test
    void readsGzipAndRefusesTruncatedGzip() throws IOException {
        StringBuilder text = new StringBuilder("a\n");
        for (int i = 0; i < 200_000; i++) {
            text.append(i * 7919L % 1_000_003).append('\n');
        }
        byte[] zipped = gzip(text.toString());
        Path file = Files.write(folder.resolve("data.csv.gz"), zipped);
        assertThat(TableReader.read(file, List.of(ColumnRequest.numeric("a"))).rows())
                .isEqualTo(200_000);
        assertThat(TableReader.columns(file)).containsExactly("a");
        for (int length : new int[] {3, 100, zipped.length / 2, zipped.length - 3}) {
            Files.write(file, Arrays.copyOf(zipped, length));
            assertThatThrownBy(() -> TableReader.read(file, List.of(ColumnRequest.numeric("a"))))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("truncated");
        }
    }

    /** Chunks are a megabyte: the file has several, with records, quotes and line feeds across their borders. */
    @Test
    void readsTheSameOnAnyNumberOfThreads() throws IOException {
        SplittableRandom random = new SplittableRandom(3);
        StringBuilder text = new StringBuilder("id,t,x\n");
        List<String> texts = new ArrayList<>();
        List<Double> numbers = new ArrayList<>();
        while (text.length() < 3_500_000) {
            String value = "v" + random.nextInt(3000)
                    + (random.nextInt(3) == 0 ? "\n\"quoted\", " : "").repeat(random.nextInt(9));
            double number = random.nextInt(5) == 0 ? random.nextInt() : random.nextDouble();
            boolean quoted = value.indexOf('\n') >= 0 || random.nextBoolean();
            text.append(texts.size()).append(',');
            text.append(quoted ? "\"" + value.replace("\"", "\"\"") + "\"" : value);
            text.append(',').append(number).append(random.nextBoolean() ? "\n" : "\r\n");
            texts.add(value);
            numbers.add(number);
        }
        for (int threads : new int[] {1, 2, 5}) {
            limits = TableLimits.DEFAULT.withThreads(threads);
            Table table = read(text.toString(), ColumnRequest.text("t"), ColumnRequest.numeric("x"));
            assertThat(table.rows()).isEqualTo(texts.size());
            for (int row = 0; row < texts.size(); row++) {
                if (!texts.get(row).equals(table.text("t").value(row))
                        || numbers.get(row) != table.numeric("x").value(row)) {
                    throw new AssertionError("row " + row + " on " + threads + " threads");
                }
            }
            assertThat(table.text("t").codes()[0]).isZero();
        }
    }

    /** The first error in the file is told, whichever thread finds one first. */
    @Test
    void namesTheFirstOfSeveralErrors() throws IOException {
        String row = "x\"\"y\n".repeat(3);
        StringBuilder text = new StringBuilder("t,n\n");
        long lines = 1;
        long firstBad = 0;
        for (int i = 0; text.length() < 4_000_000; i++) {
            boolean bad = i % 30_000 == 29_999;
            text.append('"').append(row).append("\",").append(bad ? "bad" : "1").append('\n');
            lines += 4;
            if (bad && firstBad == 0) {
                firstBad = lines - 3;
            }
        }
        long expected = firstBad;
        for (int i = 0; i < 10; i++) {
            limits = TableLimits.DEFAULT.withThreads(1 + i % 4);
            assertThatThrownBy(() -> read(text.toString(), ColumnRequest.numeric("n")))
                    .isInstanceOf(DataException.class)
                    .hasMessageStartingWith("data.csv, line " + expected + ", column \"n\": expected a number");
        }
    }

    @Test
    void anInterruptEndsTheReading() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> read("a\n1\n", ColumnRequest.numeric("a"))).isInstanceOf(InterruptedIOException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aFileThatChangesMeanwhileIsNoticed() throws IOException {
        Path file = Files.writeString(folder.resolve("data.csv"), "a\n1\n");
        assertThatThrownBy(() -> TableReader.streamAll(file, DataFormat.CSV, limits, chunk -> {
                    try {
                        Files.writeString(file, "a\n12345\n");
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                    return new NoCells();
                }))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("changed while it was read");
    }

    @Test
    void listsColumns() throws IOException {
        Path file = Files.writeString(folder.resolve("x.tsv"), "a\tb c\t\n1\t2\t3\n");
        assertThat(TableReader.columns(file)).containsExactly("a", "b c", "Unnamed: 2");
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private Table read(String content, ColumnRequest... columns) throws IOException {
        return read(content.getBytes(StandardCharsets.UTF_8), columns);
    }

    private Table read(byte[] content, ColumnRequest... columns) throws IOException {
        Path file = Files.write(folder.resolve("data.csv"), content);
        return TableReader.read(file, DataFormat.CSV, List.of(columns), limits);
    }
}
