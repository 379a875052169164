package io.jenkins.mlops.registry.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Page;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.mlops.registry.VersionQuery;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the embedded database does when it is locked, newer, damaged, gone, full or interrupted. */
class DatabaseFaultTest {
    @TempDir
    Path directory;

    @AfterEach
    void heal() {
        FullDisk.makeRoom();
    }

    private JdbcModelRegistry open() {
        return new JdbcModelRegistry(RegistryDatabase.openEmbedded(directory), Clock.systemUTC());
    }

    private Path file() {
        return directory.resolve("registry.mv.db");
    }

    private void fill(int versions) {
        try (JdbcModelRegistry registry = open()) {
            for (int i = 0; i < versions; i++) {
                registry.register(Samples.registration("k" + i, "m"));
            }
        }
    }

    @Test
    void keepsEverythingOverARestart() {
        fill(3);
        try (JdbcModelRegistry registry = open()) {
            assertThat(registry.versions(VersionQuery.all(), Page.Request.first(10))
                            .items())
                    .extracting(ModelVersion::number)
                    .containsExactly(3, 2, 1);
            assertThat(registry.register(Samples.registration("k1", "m")).number())
                    .isEqualTo(2);
            assertThat(registry.register(Samples.registration("k9", "m")).number())
                    .isEqualTo(4);
            assertThat(registry.verifyLedger().intact()).isTrue();
        }
    }

    @Test
    void refusesADatabaseThatAnotherProcessHolds() throws Exception {
        fill(1);
        Process holder = JavaProcess.start(HoldRegistry.class, directory.toString());
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(holder.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(said.readLine()).isEqualTo("open");
            byte[] before = Files.readAllBytes(file());
            assertThatThrownBy(this::open)
                    .isInstanceOf(RegistryException.Unavailable.class)
                    .hasMessageContaining(file().toString())
                    .hasMessageContaining("another process")
                    .hasMessageContaining("second Jenkins");
            assertThat(Files.readAllBytes(file())).isEqualTo(before);
        } finally {
            holder.destroyForcibly().waitFor();
        }
        try (JdbcModelRegistry registry = open()) {
            assertThat(registry.model("m").latestVersion()).isEqualTo(1);
        }
    }

    /** Holds a registry open until it is killed. */
    static final class HoldRegistry {
        private HoldRegistry() {}

        public static void main(String[] args) throws IOException {
            RegistryDatabase.openEmbedded(Path.of(args[0]));
            System.out.println("open");
            System.in.read();
        }
    }

    @Test
    void refusesANewerSchemaUntouched() throws Exception {
        fill(1);
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:h2:" + directory.resolve("registry") + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE",
                        "mlops",
                        "");
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE \"mlops_schema_history\" SET \"version\" = '700' WHERE \"version\" = '1'");
        }
        Map<Path, byte[]> before = contents();
        assertThatThrownBy(this::open)
                .isInstanceOf(RegistryException.Unavailable.class)
                .hasMessageContaining("schema version 700")
                .hasMessageContaining("knows up to " + SchemaVersions.NEWEST)
                .hasMessageContaining(file().toString())
                .hasMessageContaining("left untouched");
        Map<Path, byte[]> after = contents();
        assertThat(after.keySet()).isEqualTo(before.keySet());
        before.forEach(
                (path, bytes) -> assertThat(after.get(path)).as("%s", path).isEqualTo(bytes));
    }

    private Map<Path, byte[]> contents() throws IOException {
        Map<Path, byte[]> contents = new HashMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path path : files.toList()) {
                contents.put(path, Files.readAllBytes(path));
            }
        }
        return contents;
    }

    @Test
    void refusesADamagedFileAndLeavesIt() throws Exception {
        fill(2);
        for (String damage : List.of("garbage", "another format", "zeroes")) {
            byte[] bytes = Files.readAllBytes(file());
            byte[] broken = bytes.clone();
            int length = damage.equals("garbage") ? broken.length : 8192;
            for (int i = 0; i < length; i++) {
                broken[i] = (byte) (damage.equals("zeroes") ? 0 : i * 31);
            }
            if (damage.equals("another format")) {
                byte[] header = "H:3,blockSize:1000,format:9,fletcher:00000000\n".getBytes(StandardCharsets.UTF_8);
                System.arraycopy(header, 0, broken, 0, header.length);
            }
            Files.write(file(), broken);
            assertThatThrownBy(this::open)
                    .as(damage)
                    .isInstanceOf(RegistryException.Unavailable.class)
                    .hasMessageContaining(file().toString())
                    .hasMessageContaining("left as it is");
            assertThat(Files.readAllBytes(file())).as(damage).isEqualTo(broken);
            Files.write(file(), bytes);
        }
        try (JdbcModelRegistry registry = open()) {
            assertThat(registry.model("m").latestVersion()).isEqualTo(2);
        }
    }

    @Test
    void neverTakesAMissingOrEmptyFileForANewRegistry() throws Exception {
        fill(1);
        Files.write(file(), new byte[0]);
        assertThatThrownBy(this::open)
                .isInstanceOf(RegistryException.Unavailable.class)
                .hasMessageContaining("is empty")
                .hasMessageContaining("registry.format");
        Files.delete(file());
        assertThatThrownBy(this::open)
                .isInstanceOf(RegistryException.Unavailable.class)
                .hasMessageContaining("is missing");
        assertThat(file()).doesNotExist();
        Files.delete(directory.resolve("registry.format"));
        try (JdbcModelRegistry registry = open()) {
            assertThat(registry.models(null, Page.Request.first(5)).items()).isEmpty();
        }
    }

    @Test
    void aTornTailIsRepairedOrRefused() throws Exception {
        fill(5);
        byte[] whole = Files.readAllBytes(file());
        for (int cut = 1; cut < whole.length; cut += whole.length / 6 + 1) {
            try (RandomAccessFile torn = new RandomAccessFile(file().toFile(), "rw")) {
                torn.setLength(whole.length - cut);
            }
            try (JdbcModelRegistry registry = open()) {
                // What H2 repairs to must be whole up to some commit, and say so.
                assertThat(registry.verifyLedger().explanation()).endsWith("fit together");
            } catch (RegistryException.Unavailable e) {
                assertThat(e).hasMessageContaining(file().toString());
            }
            Files.write(file(), whole);
        }
    }

    @Test
    void turnsReadOnlyWhenTheDiskIsFull() {
        FullDisk.register();
        JdbcModelRegistry registry =
                new JdbcModelRegistry(RegistryDatabase.openEmbedded(directory, FullDisk.SCHEME), Clock.systemUTC());
        try (registry) {
            registry.register(Samples.registration("before", "m"));
            FullDisk.fill();
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 50; i++) {
                            registry.register(Samples.registration("full" + i, "m"));
                        }
                    })
                    .isInstanceOf(RegistryException.Unavailable.class);
            FullDisk.makeRoom();
            assertThat(registry.readOnlyReason().orElseThrow())
                    .contains("No space left")
                    .contains(file().toString())
                    .contains("restart");
            assertThatThrownBy(() -> registry.register(Samples.registration("after", "m")))
                    .isInstanceOf(RegistryException.Unavailable.class)
                    .hasMessageContaining("takes no changes");
            assertThat(registry.version("m", 1).tags()).containsEntry("stage", "candidate");
        }
        try (JdbcModelRegistry reopened = open()) {
            assertThat(reopened.readOnlyReason()).isEmpty();
            assertThat(reopened.verifyLedger().intact()).isTrue();
            int next = reopened.model("m").latestVersion() + 1;
            assertThat(reopened.register(Samples.registration("after", "m")).number())
                    .isEqualTo(next);
        }
    }

    /** The disk is full from the n-th call on, write or force: what was acknowledged is there, the rest whole or absent. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 5, 8, 13, 21})
    void whateverCallTheDiskRefusesNothingAcknowledgedIsLost(int calls) throws IOException {
        FullDisk.register();
        Map<String, Integer> acknowledged = new HashMap<>();
        try (JdbcModelRegistry registry =
                new JdbcModelRegistry(RegistryDatabase.openEmbedded(directory, FullDisk.SCHEME), Clock.systemUTC())) {
            acknowledged.put(
                    "before",
                    registry.register(Samples.registration("before", "m")).number());
            FullDisk.fillAfter(calls);
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 200; i++) {
                            String key = "key" + i;
                            acknowledged.put(
                                    key,
                                    registry.register(Samples.registration(key, "m"))
                                            .number());
                        }
                    })
                    .isInstanceOf(RegistryException.Unavailable.class);
            FullDisk.makeRoom();
            assertThat(registry.readOnlyReason()).isPresent();
        }
        // H2 may hold on to a store that it gave up until the JVM ends: the files are opened as another one finds them.
        Path found = Files.createDirectory(directory.resolve("found"));
        for (String file : List.of("registry.mv.db", "registry.format")) {
            Files.copy(directory.resolve(file), found.resolve(file));
        }
        try (JdbcModelRegistry reopened =
                new JdbcModelRegistry(RegistryDatabase.openEmbedded(found), Clock.systemUTC())) {
            assertThat(reopened.verifyLedger().explanation()).endsWith("fit together");
            acknowledged.forEach((key, number) -> assertThat(
                            reopened.register(Samples.registration(key, "m")).number())
                    .as(key)
                    .isEqualTo(number));
            int next = reopened.model("m").latestVersion() + 1;
            assertThat(reopened.register(Samples.registration("after", "m")).number())
                    .isEqualTo(next);
        }
    }

    @Test
    void survivesInterruptedCallers() throws Exception {
        try (JdbcModelRegistry registry = open()) {
            IntStream.range(0, 60).parallel().forEach(i -> registry.register(Samples.registration("k" + i, "m")));
        }
        // Opened anew, nothing is cached: the interrupted reader is the one who reads the file.
        try (JdbcModelRegistry registry = open()) {
            AtomicReference<Throwable> failure = new AtomicReference<>();
            Thread aborted = new Thread(() -> {
                try {
                    for (int i = 1; i <= 60; i++) {
                        Thread.currentThread().interrupt();
                        registry.version("m", i);
                    }
                    for (int i = 0; i < 20; i++) {
                        Thread.currentThread().interrupt();
                        registry.register(Samples.registration("i" + i, "m"));
                        assertThat(Thread.interrupted()).isTrue();
                    }
                } catch (Throwable e) {
                    failure.set(e);
                }
            });
            aborted.start();
            aborted.join();
            assertThat(failure.get()).isNull();
            assertThat(registry.model("m").latestVersion()).isEqualTo(80);
            assertThat(registry.readOnlyReason()).isEmpty();
        }
    }

    @Test
    void refusesDirectoriesAndUrlsThatCouldMislead() {
        assertThatThrownBy(() -> RegistryDatabase.openEmbedded(directory.resolve("a;INIT=x")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RegistryDatabase.openPostgres("jdbc:h2:mem:x", "u", null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RegistryDatabase.openPostgres(
                        "jdbc:postgresql://localhost/x?socketFactory=evil.Factory", "u", null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("socketFactory");
        assertThatThrownBy(() -> RegistryDatabase.openPostgres("jdbc:postgresql://u:p@localhost/x", "u", null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("u:p");
    }
}
