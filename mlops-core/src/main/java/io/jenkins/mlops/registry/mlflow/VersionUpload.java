package io.jenkins.mlops.registry.mlflow;

import io.jenkins.mlops.registry.BuildRef;
import io.jenkins.mlops.registry.CodeRef;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.VersionFile;
import io.jenkins.mlops.registry.mlflow.RemoteException.Kind;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Registers a version at a server, with its files as the artifacts of a run that is made for it.
 *
 * <p>Before each thing is made it is looked for, by the version's {@link RemoteTags#OPERATION}: what was made before a
 * crash is found again. Files are read where they are archived and hashed on their way; a file that is another than
 * the one registered is not offered as the version's.
 */
final class VersionUpload {
    private static final String FOLDER = "model";
    private static final String FILES = "mlops.files";
    private static final String UPLOADED = "uploaded";

    private final MlflowClient client;
    private final Capabilities capabilities;
    private final String experiment;
    private final VersionContent content;

    /** Files that were seen to arrive as they were registered, so that a failure costs one file and not all. */
    private final Set<String> arrived;

    VersionUpload(
            MlflowClient client,
            Capabilities capabilities,
            String experiment,
            VersionContent content,
            Set<String> arrived) {
        this.client = client;
        this.capabilities = capabilities;
        this.experiment = experiment;
        this.content = content;
        this.arrived = arrived;
    }

    /** The version at the server, which is made where it isn't there. */
    RemoteLink bring(ModelVersion version, Map<String, String> tags) throws IOException, InterruptedException {
        String operation = RemoteTags.operation(version);
        String experimentId = client.experiment(experiment);
        Optional<RemoteRun> there = client.run(experimentId, RemoteTags.OPERATION, operation);
        RemoteRun run = there.isPresent()
                ? there.get()
                : client.createRun(
                        experimentId,
                        version.model() + " " + version.number(),
                        version.createdMillis(),
                        runTags(version, operation));
        for (RemoteVersion made : client.versionsOfRun(run.id())) {
            if (made.model().equals(version.model())) {
                return link(version, made, run);
            }
        }
        String source = source(version, run);
        RemoteVersion made = client.createVersion(version.model(), source, run.id(), version.description(), tags);
        if (made.status().equals("FAILED_REGISTRATION")) {
            throw new RemoteException(
                    Kind.REFUSED,
                    "The MLflow server failed to register version " + made.number() + " of its own count");
        }
        return link(version, made, run);
    }

    private static RemoteLink link(ModelVersion version, RemoteVersion made, RemoteRun run) {
        return new RemoteLink(version.model(), version.number(), made.number(), run.id());
    }

    private static Map<String, String> runTags(ModelVersion version, String operation) {
        Map<String, String> tags = new TreeMap<>();
        tags.put(RemoteTags.OPERATION, operation);
        tags.put("mlflow.user", version.createdBy());
        tags.put("mlflow.source.type", "JOB");
        BuildRef build = version.build();
        if (build != null) {
            tags.put("mlflow.source.name", build.url() == null ? build.externalizableId() : build.url());
        }
        if (version.runId() != null) {
            tags.put("mlops.run_id", version.runId());
        }
        CodeRef commit = version.commit();
        if (commit != null) {
            tags.put("mlflow.source.git.commit", commit.commit());
        }
        return tags;
    }

    /** Where the files are, once they are there: at the server, or in Jenkins where it takes none. */
    private String source(ModelVersion version, RemoteRun run) throws IOException, InterruptedException {
        String root = capabilities.artifacts() ? RemoteFiles.path(run.artifactUri()) : null;
        if (root != null) {
            if (run.tags().containsKey(FILES)) {
                return run.artifactUri() + "/" + FOLDER;
            }
            try {
                upload(version, root + "/" + FOLDER);
                finish(version, run, UPLOADED);
                return run.artifactUri() + "/" + FOLDER;
            } catch (NoSuchFileException e) {
                // Registered all the same: what it is, and that its files are gone, is on record in Jenkins.
                finish(version, run, "gone from Jenkins");
            }
        }
        BuildRef build = version.build();
        return build == null || build.url() == null
                ? "jenkins:" + (build == null ? version.model() : build.externalizableId())
                : build.url() + "artifact/" + (version.source() == null ? "" : version.source());
    }

    private void finish(ModelVersion version, RemoteRun run, String files) throws IOException, InterruptedException {
        Map<String, Double> metrics = version.metrics().entrySet().stream()
                .filter(metric -> Double.isFinite(metric.getValue()))
                .limit(1_000)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        if (!metrics.isEmpty()) {
            client.logMetrics(run.id(), metrics, version.createdMillis());
        }
        client.finishRun(run.id(), System.currentTimeMillis());
        if (files.equals(UPLOADED)) {
            client.setRunTag(run.id(), FILES, files);
        }
    }

    private void upload(ModelVersion version, String folder) throws IOException, InterruptedException {
        RemoteFiles files = client.files();
        for (VersionFile file : version.files()) {
            String path = folder + "/" + file.path();
            if (!arrived.contains(path)) {
                send(files, version, file, path);
                arrived.add(path);
            }
        }
        version.files().forEach(file -> arrived.remove(folder + "/" + file.path()));
    }

    private void send(RemoteFiles files, ModelVersion version, VersionFile file, String path)
            throws IOException, InterruptedException {
        String sent;
        try (Hashed in = new Hashed(content.open(version, file))) {
            files.upload(path, in, file.bytes());
            sent = in.sha256();
        }
        if (!sent.equals(file.sha256())) {
            throw new RemoteException(
                    Kind.REFUSED,
                    "The archived file '" + file.path() + "' of version " + version.number() + " of '" + version.model()
                            + "' is another than the one that was registered; the version is not handed on");
        }
    }

    /** Hashes what is read. */
    private static final class Hashed extends FilterInputStream {
        private final MessageDigest digest;

        Hashed(InputStream in) {
            super(in);
            try {
                digest = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("Every Java platform has SHA-256", e);
            }
        }

        @Override
        public int read() throws IOException {
            int b = super.read();
            if (b >= 0) {
                digest.update((byte) b);
            }
            return b;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            int count = super.read(bytes, from, length);
            if (count > 0) {
                digest.update(bytes, from, count);
            }
            return count;
        }

        String sha256() {
            return HexFormat.of().formatHex(digest.digest());
        }
    }
}
