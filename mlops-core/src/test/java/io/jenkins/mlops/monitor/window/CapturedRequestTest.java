package io.jenkins.mlops.monitor.window;

import static org.assertj.core.api.Assertions.assertThat;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.data.DataFormat;
import io.jenkins.mlops.json.Json;
import io.jenkins.mlops.monitor.drift.ColumnDrift;
import io.jenkins.mlops.monitor.drift.DriftOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Records as SageMaker's data capture writes them. */
class CapturedRequestTest {
    private static final String TIME = "2026-11-01T00:30:00Z";
    private static final long T0 = Instant.parse("2026-11-01T00:00:00Z").toEpochMilli();

    /** A line as an endpoint with an XGBoost model writes it. */
    private static final String LINE = "{\"captureData\":{\"endpointInput\":{\"observedContentType\":\"text/csv\","
            + "\"mode\":\"INPUT\",\"data\":\"1,2.5,yes\",\"encoding\":\"CSV\"},\"endpointOutput\":{"
            + "\"observedContentType\":\"text/csv; charset=utf-8\",\"mode\":\"OUTPUT\",\"data\":\"0.91\","
            + "\"encoding\":\"CSV\"}},\"eventMetadata\":{\"eventId\":\"e1\",\"inferenceTime\":\"" + TIME
            + "\"},\"eventVersion\":\"0\"}";

    @TempDir
    Path folder;

    private static Map<String, Object> side(String mode, String type, String encoding, String data) {
        return Map.of("observedContentType", type, "mode", mode, "data", data, "encoding", encoding);
    }

    private static String line(@CheckForNull Map<String, Object> in, @CheckForNull Map<String, Object> out, String id) {
        Map<String, Object> data = new LinkedHashMap<>();
        if (in != null) {
            data.put("endpointInput", in);
        }
        if (out != null) {
            data.put("endpointOutput", out);
        }
        return Json.write(Map.of(
                "captureData",
                data,
                "eventMetadata",
                Map.of("eventId", id, "inferenceTime", TIME),
                "eventVersion",
                "0"));
    }

    private static String csv(String in, String out) {
        return line(side("INPUT", "text/csv", "CSV", in), side("OUTPUT", "text/csv", "CSV", out), "e1");
    }

    private static String json(String in, String out) {
        return line(
                side("INPUT", "application/json", "JSON", in), side("OUTPUT", "application/json", "JSON", out), "e1");
    }

    private static String packed(String type, byte[] in) {
        return line(side("INPUT", type, "BASE64", Base64.getEncoder().encodeToString(in)), null, "e1");
    }

    /** The rows as texts of their cells; null when the line is broken. */
    @CheckForNull
    private static List<String> rows(String line, String... inputs) {
        LogRow row = new LogRow();
        row.clear(7);
        assertThat(JsonLine.read(line, row, 100)).isTrue();
        assertThat(CapturedRequest.is(row)).isTrue();
        List<LogRow> captured = CapturedRequest.rows(row, List.of(inputs));
        if (captured == null) {
            return null;
        }
        List<String> texts = new ArrayList<>();
        for (LogRow one : captured) {
            assertThat(one.offset()).isEqualTo(7);
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < one.size(); i++) {
                String name = one.name(i);
                text.append(name.equals("time") ? "" : (i == 0 ? "" : " ") + name + "=" + one.text(name));
            }
            texts.add(text.toString());
        }
        return texts;
    }

    @Test
    void readsARecordOfCsv() {
        assertThat(rows(LINE)).containsExactly("c0=1 c1=2.5 c2=yes id=e1 prediction=0.91");
        assertThat(rows(LINE, "age", "income", "member"))
                .as("as the signature calls them")
                .containsExactly("age=1 income=2.5 member=yes id=e1 prediction=0.91");
        assertThat(rows(LINE, "age", "income"))
                .as("another number than the signature has: not to be told")
                .containsExactly("c0=1 c1=2.5 c2=yes id=e1 prediction=0.91");
        assertThat(rows(LINE.replace("\"eventId\"", "\"inferenceId\":\"mine\",\"eventId\"")))
                .containsExactly("c0=1 c1=2.5 c2=yes id=e1 inferenceId=mine prediction=0.91");
    }

    @Test
    void readsRequestsOfSeveralRows() {
        List<String> two = List.of("c0=1 c1=a,b id=e1/0 prediction=0.1", "c0=2 id=e1/1 prediction=0.2");
        assertThat(rows(csv("1,\"a,b\"\n2,\n", "0.1\n0.2\n"))).isEqualTo(two);
        assertThat(rows(csv("1,\"a,b\"\r\n2,", "0.1,0.2")))
                .as("one line of outputs")
                .isEqualTo(two);
        assertThat(rows(csv("1,\"a,b\"\n2,", "0.1\n0.2\n0.3"))).isNull();
        assertThat(rows(csv("1,2", "0.1,0.9"))).containsExactly("c0=1 c1=2 id=e1 prediction[0]=0.1 prediction[1]=0.9");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', quoteCharacter = '`', textBlock = """
            {"age":41,"kind":"a"} ! {"score":0.9,"kind":"taken"} ! age=41 kind=a id=e1 score=0.9
            {"age":41,"kind":null} ! 0.9 ! age=41 id=e1 prediction=0.9
            [1,null] ! [0.9] ! x=1 id=e1 prediction=0.9
            [[1,2],[3,null]] ! [0.1,0.9] ! x=1 y=2 id=e1/0 prediction=0.1|x=3 id=e1/1 prediction=0.9
            {"instances":[{"features":[1,2]}]} ! {"predictions":[{"score":0.4,"label":1}]} ! x=1 y=2 id=e1 score=0.4 label=1
            {"instances":[[1,2,3]]} ! {"predictions":[[0.1,0.9]]} ! c0=1 c1=2 c2=3 id=e1 prediction[0]=0.1 prediction[1]=0.9
            {"inputs":["good","bad"]} ! [{"label":"P"},{"label":"N"}] ! input=good id=e1/0 label=P|input=bad id=e1/1 label=N
            {"dataframe_split":{"columns":["a","b"],"data":[[1,2],[3,4]]}} ! {"predictions":[0,1]} ! a=1 b=2 id=e1/0 prediction=0|a=3 b=4 id=e1/1 prediction=1
            {"dataframe_records":[{"a":1}]} ! {"predictions":[1],"probabilities":[0.8]} ! a=1 id=e1 prediction=1 probabilities=0.8
            {"a":{"b":[7]}} ! {"predictions":[0.1,0.9]} ! a.b[0]=7 id=e1 prediction[0]=0.1 prediction[1]=0.9
            {"id":"own"} ! "yes" ! id=own prediction=yes
            """)
    void readsTheFormsOfJson(String in, String out, String expected) {
        assertThat(String.join("|", rows(json(in, out), "x", "y"))).isEqualTo(expected);
    }

    @Test
    void readsJsonLines() {
        assertThat(rows(json("{\"a\":1}\n{\"a\":2}\n", "{\"score\":0.1}\n{\"score\":0.2}")))
                .containsExactly("a=1 id=e1/0 score=0.1", "a=2 id=e1/1 score=0.2");
        assertThat(rows(json("{\"a\":1}\n{\"a\":", "0.1"))).isNull();
    }

    @Test
    void readsWhatIsPackedByItsContentType() {
        assertThat(rows(packed("text/csv; charset=utf-8", "1,ä".getBytes(StandardCharsets.UTF_8))))
                .containsExactly("c0=1 c1=ä id=e1");
        assertThat(rows(packed("application/json", "{\"a\":1}".getBytes(StandardCharsets.UTF_8))))
                .containsExactly("a=1 id=e1");
        assertThat(rows(packed("application/x-npy", new byte[] {1, 2}))).isNull();
        assertThat(rows(packed("text/csv", new byte[] {(byte) 0xFF, 0x31}))).isNull();
        assertThat(rows(packed("application/json", new byte[] {(byte) 0xC3})))
                .as("cut in a character")
                .isNull();
    }

    @Test
    void readsOneSideAlone() {
        assertThat(rows(line(null, side("OUTPUT", "text/csv", "CSV", "0.1\n0.2"), "e1")))
                .containsExactly("id=e1/0 prediction=0.1", "id=e1/1 prediction=0.2");
        assertThat(rows(line(side("INPUT", "text/csv", "CSV", "5"), null, "e1")))
                .containsExactly("c0=5 id=e1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"encoding\":\"CSV\"~\"encoding\":\"XML\"",
                "\"encoding\":\"CSV\"~\"encoding\":\"JSON\"",
                "\"encoding\":\"CSV\"~\"encoding\":\"BASE64\"",
                ",\"encoding\":\"CSV\"~",
                "\"data\":\"1,2.5,yes\"~\"data\":\"1,\\\"2\"",
                "\"data\":\"1,2.5,yes\"~\"data\":\"\\n\\n\"",
                "\"eventId\":\"e1\"~\"eventId\":null",
                "\"eventId\":\"e1\"~\"eventId\":\"\"",
                "\"data\"~\"datum\""
            })
    void refusesBrokenRecords(String change) {
        String[] parts = change.split("~", -1);
        String broken = LINE.replace(parts[0], parts[1]);
        assertThat(broken).isNotEqualTo(LINE);
        assertThat(rows(broken)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{}",
                "[]",
                "[1,",
                "nul",
                "{\"[\":1}",
                "{\"[x]\":1}",
                "{\"[-5]\":1}",
                "{\"[9999999999]\":1}",
                "{\"instances[400000]\":1}",
                "{\"instances[-1]\":1}",
                "{\"instances[\":1}",
                "{\"inputs\":[{\"name\":\"x\",\"shape\":[1],\"data\":[1]}]}"
            })
    void takesNoRowsFromPayloadsThatAreNone(String in) {
        List<String> rows = rows(line(side("INPUT", "application/json", "JSON", in), null, "e1"));
        assertThat(rows).as(in).isNull();
    }

    @Test
    void refusesMoreValuesThanARequestHas() {
        assertThat(rows(line(side("INPUT", "text/csv", "CSV", "1,".repeat(500_001)), null, "e1")))
                .isNull();
        assertThat(rows(line(side("INPUT", "", "JSON", "[0" + ",1".repeat(500_001) + "]"), null, "e1")))
                .isNull();
    }

    @Test
    void takesNothingElseForACapture() {
        LogRow row = new LogRow();
        assertThat(JsonLine.read("{\"captureData\":\"x\",\"captured\":{\"endpointInput\":1}}", row, 100))
                .isTrue();
        assertThat(CapturedRequest.is(row)).isFalse();
    }

    private WatchResult look(WindowSpec windows, String time) throws IOException {
        Path reference = Files.writeString(folder.resolve("reference.csv"), "age,kind\n" + "1,a\n2,b\n".repeat(50));
        WatchTask task = new WatchTask(
                new LogSource("AllTraffic/**.jsonl", DataFormat.OTHER, time, "id", List.of("age", "kind")),
                windows,
                Reference.rows(reference.toString()),
                DriftOptions.DEFAULT,
                List.of(),
                null,
                ReadingLimits.DEFAULT);
        return Watch.look(folder, task, ReadingState.start(windows), T0 + 2 * 3_600_000L);
    }

    private void log(String content) throws IOException {
        Path hour = Files.createDirectories(folder.resolve("AllTraffic/2026/11/01/00"));
        Files.writeString(hour.resolve("30-00-000-4f2a.jsonl"), content);
    }

    @Test
    void isWatchedByItself() throws IOException {
        StringBuilder log = new StringBuilder();
        for (int i = 0; i < 50; i++) {
            log.append(line(side("INPUT", "text/csv", "CSV", "900,a\n901,b"), null, "e" + i))
                    .append('\n');
        }
        log.append(line(side("INPUT", "text/csv", "CSV", "900,a\n901,b"), null, "e7"))
                .append('\n');
        log(log + LINE.replace("CSV", "XML") + "\n");
        WatchResult result = look(WindowSpec.ofMillis(3_600_000, 0), "time");

        assertThat(result.counts().rows()).isEqualTo(102);
        assertThat(result.counts().doubled()).as("by id").isEqualTo(2);
        assertThat(result.counts().broken()).isEqualTo(1);
        assertThat(result.counts().untimed()).isZero();
        assertThat(result.windows())
                .extracting(WindowResult::rows)
                .as("the hour, and the next one without a row")
                .containsExactly(100L, 0L);
        assertThat(result.windows().get(0).drift().columns())
                .filteredOn(ColumnDrift::drifted)
                .extracting(ColumnDrift::column)
                .containsExactly("age");
    }

    @Test
    void keepsTheRowsOfARequestInOneWindowOfRows() throws IOException {
        StringBuilder log = new StringBuilder();
        for (int i = 0; i < 5; i++) {
            log.append(line(side("INPUT", "text/csv", "CSV", "1,a\n1,b\n1,c"), null, "e" + i))
                    .append('\n');
        }
        log(log.toString());
        WindowSpec windows = WindowSpec.ofRows(4);
        WatchResult first = look(windows, "");

        assertThat(first.windows()).extracting(WindowResult::rows).containsExactly(6L, 6L);
        assertThat(first.counts().rows()).isEqualTo(15);
        log(log + line(side("INPUT", "text/csv", "CSV", "1,a"), null, "e5") + "\n");
        WatchTask task = WatchTasks.counting(new LogSource("AllTraffic/**.jsonl", DataFormat.OTHER, "", "id"), windows);
        WatchResult second = Watch.look(folder, task, first.next(), T0 + 2 * 3_600_000L);

        assertThat(second.windows()).extracting(WindowResult::rows).containsExactly(4L);
        assertThat(second.counts().rows()).as("met for the first time").isEqualTo(1);
        assertThat(second.counts().doubled()).isZero();
    }
}
