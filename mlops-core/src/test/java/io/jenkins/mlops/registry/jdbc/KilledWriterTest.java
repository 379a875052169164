package io.jenkins.mlops.registry.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.mlops.registry.LedgerVerification;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Page;
import io.jenkins.mlops.registry.VersionQuery;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kills the writing process without warning, again and again, and looks at what is left. */
class KilledWriterTest {
    private static final int KILLS = 4;

    @TempDir
    Path directory;

    @Test
    void whatWasAcknowledgedIsThereAndNumbersStayDense() throws Exception {
        Random random = new Random(20261123);
        TreeMap<Integer, String> acknowledged = new TreeMap<>();
        for (int round = 0; round < KILLS; round++) {
            // The kill comes after a random number of acknowledgements, at whatever the writer is doing then.
            killAfter(5 + random.nextInt(40), round, acknowledged);
            try (JdbcModelRegistry registry =
                    new JdbcModelRegistry(RegistryDatabase.openEmbedded(directory), Clock.systemUTC())) {
                LedgerVerification ledger = registry.verifyLedger();
                assertThat(ledger.intact()).as(ledger.explanation()).isTrue();
                int latest = registry.model("m").latestVersion();
                Set<Integer> numbers = new TreeSet<>();
                for (ModelVersion version : all(registry)) {
                    numbers.add(version.number());
                    assertThat(version.files()).hasSize(2);
                    assertThat(version.metrics()).hasSize(2);
                }
                assertThat(numbers).hasSize(latest);
                acknowledged.forEach((number, digest) ->
                        assertThat(registry.version("m", number).digest()).isEqualTo(digest));
            }
        }
        assertThat(acknowledged.size()).isGreaterThan(KILLS * 5);
    }

    /** Killed in the first write of a new registry, all of it on the disk and not committed; and after the commit. */
    @ParameterizedTest
    @ValueSource(ints = {LargeWriter.PARTS, LargeWriter.PARTS + 1})
    void aLargeWriteIsWholeOrAbsent(int said) throws Exception {
        Process writer = JavaProcess.start(LargeWriter.class, directory.toString(), String.valueOf(said));
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(writer.getInputStream(), StandardCharsets.UTF_8))) {
            for (int i = 0; i < said; i++) {
                assertThat(lines.readLine()).isEqualTo("part " + i);
            }
        } finally {
            writer.destroyForcibly().waitFor();
        }
        try (RegistryDatabase database = RegistryDatabase.openEmbedded(directory)) {
            int rows = database.read(sql -> sql.first("SELECT COUNT(*) FROM mlops_remote_task", row -> row.getInt(1))
                    .orElseThrow());
            assertThat(rows).isEqualTo(said > LargeWriter.PARTS ? LargeWriter.PARTS * LargeWriter.ROWS : 0);
        }
        assertThat(directory.resolve("registry.look")).doesNotExist();
    }

    /** Writes many long texts in one transaction, says so after each part, and waits until it is killed. */
    static final class LargeWriter {
        static final int PARTS = 2;
        static final int ROWS = 100;

        private LargeWriter() {}

        public static void main(String[] args) throws IOException {
            int last = Integer.parseInt(args[1]);
            RegistryDatabase database = RegistryDatabase.openEmbedded(Path.of(args[0]));
            database.write(tx -> {
                for (int part = 0; part < PARTS; part++) {
                    List<Object[]> rows = new ArrayList<>();
                    for (int i = 0; i < ROWS; i++) {
                        rows.add(new Object[] {
                            "m" + part + "-" + i, String.valueOf(part).repeat(100_000)
                        });
                    }
                    tx.batch(
                            "INSERT INTO mlops_remote_task (model, kind, subject, ledger_seq, state, attempts,"
                                    + " since_millis, due_millis, message) VALUES (?, 'MODEL', '', 0, 'WAITING', 0, 0, 0, ?)",
                            rows);
                    if (part + 1 == last) { // on the disk, as H2 does it in the background after a while
                        try (Connection other = database.connect();
                                Statement statement = other.createStatement()) {
                            statement.execute("CHECKPOINT SYNC");
                        }
                    }
                    System.out.println("part " + part);
                    System.out.flush();
                    if (part + 1 == last) {
                        await();
                    }
                }
                return null;
            });
            System.out.println("part " + PARTS);
            System.out.flush();
            await();
        }

        private static void await() {
            try {
                System.in.read();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static List<ModelVersion> all(JdbcModelRegistry registry) {
        List<ModelVersion> all = new ArrayList<>();
        String token = null;
        do {
            Page<ModelVersion> page = registry.versions(VersionQuery.all().ofModel("m"), new Page.Request(500, token));
            all.addAll(page.items());
            token = page.nextToken();
        } while (token != null);
        return all;
    }

    private void killAfter(int acknowledgements, int round, TreeMap<Integer, String> acknowledged) throws Exception {
        Process writer = JavaProcess.start(Writer.class, directory.toString(), String.valueOf(round));
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(writer.getInputStream(), StandardCharsets.UTF_8))) {
            for (int i = 0; i < acknowledgements; i++) {
                take(said.readLine(), acknowledged);
            }
            // By its handle: Process.destroyForcibly would close what it has said and nobody has read yet.
            writer.toHandle().destroyForcibly();
            writer.waitFor();
            // What it said before it died counts, too; a last line that was cut does not.
            StringBuilder rest = new StringBuilder();
            for (int c = said.read(); c >= 0; c = said.read()) {
                rest.append((char) c);
                if (c == '\n') {
                    take(rest.toString().strip(), acknowledged);
                    rest.setLength(0);
                }
            }
        } finally {
            writer.destroyForcibly().waitFor();
        }
    }

    private static void take(String line, TreeMap<Integer, String> acknowledged) {
        assertThat(line).as("the writer's line").isNotNull();
        String[] parts = line.split(" ");
        assertThat(acknowledged.put(Integer.parseInt(parts[0]), parts[1]))
                .as("number %s was given before", parts[0])
                .isNull();
    }

    /** Registers versions on several threads until it is killed, and says which ones were acknowledged. */
    static final class Writer {
        private Writer() {}

        public static void main(String[] args) throws IOException {
            JdbcModelRegistry registry =
                    new JdbcModelRegistry(RegistryDatabase.openEmbedded(Path.of(args[0])), Clock.systemUTC());
            for (int t = 0; t < 4; t++) {
                int thread = t;
                new Thread(() -> {
                            for (int i = 0; true; i++) {
                                ModelVersion version =
                                        registry.register(Samples.registration(args[1] + "-" + thread + "-" + i, "m"));
                                synchronized (System.out) {
                                    System.out.println(version.number() + " " + version.digest());
                                    System.out.flush();
                                }
                            }
                        })
                        .start();
            }
        }
    }
}
