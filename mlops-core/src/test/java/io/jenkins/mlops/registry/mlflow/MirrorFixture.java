package io.jenkins.mlops.registry.mlflow;

import io.jenkins.mlops.gate.Verdict;
import io.jenkins.mlops.registry.BuildRef;
import io.jenkins.mlops.registry.CodeRef;
import io.jenkins.mlops.registry.Ledger;
import io.jenkins.mlops.registry.ModelRegistry;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Promotion;
import io.jenkins.mlops.registry.PromotionRequest;
import io.jenkins.mlops.registry.Registration;
import io.jenkins.mlops.registry.VersionFile;
import io.jenkins.mlops.registry.jdbc.JdbcModelRegistry;
import io.jenkins.mlops.registry.jdbc.JdbcRemoteStore;
import io.jenkins.mlops.registry.jdbc.RegistryDatabase;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/** A registry and what keeps a server in step with it, which can be closed and opened again. */
final class MirrorFixture implements AutoCloseable {
    /** A clock that a test moves. */
    static final class Hands extends Clock {
        final AtomicLong millis = new AtomicLong(1_700_000_000_000L);

        @Override
        public long millis() {
            return millis.get();
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(millis.get());
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    }

    static final long POLL = 60_000;

    /** What is archived, by its SHA-256. */
    final Map<String, byte[]> archive = new ConcurrentHashMap<>();

    final Hands clock = new Hands();
    final RegistryDatabase database;
    final ModelRegistry registry;
    final JdbcRemoteStore store;
    final MlflowClient client;
    final RemoteMirror mirror;
    volatile Predicate<java.net.URI> allowed = address -> true;
    volatile RemoteCredentials credentials = RemoteCredentials.NONE;

    MirrorFixture(RegistryDatabase database, String url) {
        this(database, url, Duration.ofSeconds(MlflowHttp.CALL_SECONDS), false);
    }

    MirrorFixture(RegistryDatabase database, String url, Duration patience, boolean everything) {
        this.database = database;
        registry = new JdbcModelRegistry(database, clock);
        store = new JdbcRemoteStore(database, clock);
        client = new MlflowClient(new MlflowHttp(
                new ServerAddress(url),
                () -> credentials,
                address -> allowed.test(address),
                clock,
                millis -> {},
                patience));
        mirror = new RemoteMirror(
                registry,
                store,
                client,
                (version, file) -> {
                    byte[] bytes = archive.get(file.sha256());
                    if (bytes == null) {
                        throw new NoSuchFileException(file.path());
                    }
                    return new ByteArrayInputStream(bytes);
                },
                new RemoteMirror.Options("test", "https://ci.example/", "jenkins", everything, POLL),
                clock);
    }

    /** An empty registry in a directory: a copy of one that was made once, because making one takes its time. */
    static RegistryDatabase openEmpty(Path directory) throws IOException {
        try (DirectoryStream<Path> made = Files.newDirectoryStream(Template.DIRECTORY)) {
            for (Path file : made) {
                Files.copy(file, directory.resolve(file.getFileName().toString()));
            }
        }
        return RegistryDatabase.openEmbedded(directory);
    }

    private static final class Template {
        static final Path DIRECTORY = made();

        private static Path made() {
            try {
                Path directory = Files.createTempDirectory("mlops-empty");
                RegistryDatabase.openEmbedded(directory).close();
                try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
                    files.forEach(file -> file.toFile().deleteOnExit());
                }
                directory.toFile().deleteOnExit();
                return directory;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    VersionFile file(String path, String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        String sha256 = Ledger.sha256(content);
        archive.put(sha256, bytes);
        return new VersionFile(path, bytes.length, sha256);
    }

    ModelVersion register(String model, String key) {
        return registry.register(Registration.of(
                        key,
                        model,
                        List.of(file("MLmodel", "flavors of " + key), file("data/weights \u00fc.bin", key)),
                        "ada")
                .withBuild(
                        new BuildRef("team/train", 7, "https://ci.example/job/team/job/train/7/", null),
                        new CodeRef("https://git.example/r.git", "main", "0123456789abcdef", false, "ann"))
                .withAuthors(Set.of("ann"))
                .withRun("run-of-jenkins", List.of())
                .withMetrics(Map.of("auc", 0.9, "loss", Double.NaN))
                .withTags(Map.of("team", "fraud"), "made by " + key));
    }

    Promotion promote(ModelVersion version, String alias) {
        return registry.requestPromotion(new PromotionRequest(
                "promote " + version.model() + version.number() + alias + clock.millis() + Math.random(),
                version.model(),
                version.number(),
                alias,
                "ada",
                version.digest(),
                registry.policy(version.model()).revision(),
                Verdict.PASS,
                "sha256:" + Ledger.sha256("evidence"),
                null,
                version.build(),
                "please"));
    }

    List<Drift> run() throws InterruptedException {
        return mirror.run();
    }

    /** Until all models are looked at once more. */
    List<Drift> poll() throws InterruptedException {
        clock.millis.addAndGet(POLL);
        return mirror.run();
    }

    List<String> ledger(String kind) {
        return registry.ledgerAfter(0, 1_000).stream()
                .filter(entry -> entry.kind().equals(kind))
                .map(entry -> entry.payload())
                .toList();
    }

    @Override
    public void close() {
        registry.close();
    }
}
