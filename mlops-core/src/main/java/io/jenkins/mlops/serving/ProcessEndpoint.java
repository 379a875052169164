package io.jenkins.mlops.serving;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * One endpoint served by processes on this machine: which release serves, under which URL, and the move to another.
 *
 * <p>The truth is {@code <stateDirectory>/<endpoint>/current.json}, a flat JSON object of texts with {@code release},
 * {@code version}, {@code digest}, {@code url}, {@code port} and {@code since}. It is replaced atomically, under a lock
 * that holds between processes, and only if it says what the caller has last read.
 */
public final class ProcessEndpoint {
    private final Path directory;
    private final String stateDirectory;
    private final String endpoint;
    private final ProcessTarget target = new ProcessTarget();

    /**
     * Opens the endpoint.
     *
     * @param stateDirectory absolute folder in which the endpoints of this machine keep their state
     * @param endpoint name of the endpoint
     */
    public ProcessEndpoint(String stateDirectory, String endpoint) {
        this.stateDirectory = stateDirectory;
        this.endpoint = Checks.name("the name of an endpoint", endpoint);
        this.directory = Path.of(stateDirectory).resolve(endpoint);
    }

    /** Reads what the endpoint serves; empty if nothing was put there. Says nothing of its health. */
    public Optional<ServedRelease> serving() throws IOException {
        Optional<Map<String, String>> entries = StateFile.read(current());
        if (entries.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> values = entries.get();
        try {
            return Optional.of(new ServedRelease(
                    values.get("release"), values.get("version"), values.get("digest"), values.get("url")));
        } catch (IllegalArgumentException e) {
            throw new ServingException(
                    "the record of endpoint " + endpoint + " in " + current() + " is damaged: " + e.getMessage()
                            + "; delete it if nothing is served from here",
                    e);
        }
    }

    /**
     * Starts a candidate on a free port, or finds it started, and keeps its spec for a later restart.
     *
     * @param spec what to start; its port is the one of the endpoint
     * @param version version of the model
     * @param digest digest of the version's files
     */
    public ServedRelease start(ProcessSpec spec, String version, String digest)
            throws IOException, InterruptedException {
        requireMine(spec);
        if (spec.port() != 0 && !servesOn(spec.port())) {
            // Better refused now than after the version before was stopped.
            DaemonLauncher.port(spec);
        }
        ReleaseSpec.write(spec, version, digest);
        try {
            RunningProcess process = target.start(spec.withPort(0));
            return new ServedRelease(spec.release(), version, digest, process.url());
        } catch (ServingException e) {
            // Refused means that nothing of it is left: the rollout ends here.
            target.stop(spec.withPort(0).key(), 0);
            throw e;
        }
    }

    /** Asks the process of the release for its health: alive, and every readiness request answered with 2xx. */
    public Observation ready(ServedRelease release, HealthCheck check) throws IOException, InterruptedException {
        ProcessKey key = serves(release);
        ProcessStatus before = target.status(key);
        if (!before.running()) {
            return Observation.dead(before.detail() + logOf(before));
        }
        Observation answer = Readiness.of(new HttpProbe(), check, release.url());
        // A foreign server on the same port could have answered for a process that has just died.
        ProcessStatus after = target.status(key);
        return after.running() ? answer : Observation.dead(after.detail() + logOf(after));
    }

    /**
     * Moves the endpoint to the candidate.
     *
     * @throws ServingException if the endpoint serves neither {@code previous} nor the candidate, or the candidate
     *     couldn't be started on the fixed port
     */
    public ServedRelease switchTo(ServedRelease candidate, Optional<ServedRelease> previous)
            throws IOException, InterruptedException {
        return locked(() -> {
            requireServing(candidate, previous);
            ProcessSpec spec = readSpec(candidate.release());
            if (spec.port() == 0) {
                RunningProcess process = requireRunning(spec.key());
                return serve(
                        new ServedRelease(candidate.release(), candidate.version(), candidate.digest(), process.url()));
            }
            if (previous.isPresent() && !previous.get().release().equals(candidate.release())) {
                stopAll(previous.get().release());
            }
            RunningProcess process = target.start(spec);
            ServedRelease served = serve(
                    new ServedRelease(candidate.release(), candidate.version(), candidate.digest(), process.url()));
            target.stop(spec.withPort(0).key(), spec.stopGraceMillis());
            return served;
        });
    }

    /**
     * Moves the endpoint back to the release before, starting its process again if it no longer runs.
     *
     * @throws ServingException if the endpoint serves something else by now, or the release before can't be started
     */
    public ServedRelease restore(ServedRelease previous, ServedRelease candidate)
            throws IOException, InterruptedException {
        return locked(() -> {
            ProcessSpec spec = readSpec(previous.release());
            Optional<ServedRelease> now = serving();
            boolean mine = now.isPresent()
                    && (now.get().release().equals(candidate.release())
                            || now.get().release().equals(previous.release()));
            if (!mine) {
                stopAll(candidate.release());
                throw new ServingException(
                        "endpoint " + endpoint + " was changed by another deployment, which is left in"
                                + " place: it serves " + describe(now));
            }
            if (spec.port() != 0) {
                stopAll(candidate.release());
            }
            RunningProcess process = target.start(spec);
            ServedRelease served =
                    serve(new ServedRelease(previous.release(), previous.version(), previous.digest(), process.url()));
            stopAll(candidate.release());
            return served;
        });
    }

    /** Removes a candidate that failed; if nothing served before it, the endpoint serves nothing afterwards. */
    public void discard(ServedRelease candidate, Optional<ServedRelease> previous)
            throws IOException, InterruptedException {
        locked(() -> {
            stopAll(candidate.release());
            Optional<ServedRelease> now = serving();
            if (previous.isEmpty() && now.isPresent() && now.get().release().equals(candidate.release())) {
                Files.deleteIfExists(current());
            }
            return null;
        });
    }

    /** Ends the processes of the release before, and removes the folders of all releases but these two. */
    public void retire(ServedRelease previous, ServedRelease serving) throws IOException, InterruptedException {
        locked(() -> {
            if (!previous.release().equals(serving.release())) {
                stopAll(previous.release());
            }
            removeBefore(previous, serving);
            return null;
        });
    }

    /** Removes releases that are older than the one before: younger ones may be another deployment's. */
    private void removeBefore(ServedRelease previous, ServedRelease serving) throws IOException {
        Path kept = ReleaseSpec.file(stateDirectory, endpoint, previous.release());
        for (String release : releases()) {
            Path spec = ReleaseSpec.file(stateDirectory, endpoint, release);
            boolean older = Files.exists(spec)
                    && Files.getLastModifiedTime(spec).compareTo(Files.getLastModifiedTime(kept)) < 0;
            if (older && !release.equals(serving.release()) && !running(release)) {
                ReleaseFiles.delete(directory.resolve("releases").resolve(release));
            }
        }
    }

    private List<String> releases() throws IOException {
        try (Stream<Path> folders = Files.list(directory.resolve("releases"))) {
            return folders.map(folder -> String.valueOf(folder.getFileName())).toList();
        }
    }

    /** Ends what serves and forgets it: the endpoint serves nothing afterwards. */
    public void shutDown() throws IOException, InterruptedException {
        locked(() -> {
            Optional<ServedRelease> now = serving();
            if (now.isPresent()) {
                stopAll(now.get().release());
                Files.deleteIfExists(current());
            }
            return null;
        });
    }

    /**
     * Starts again what should serve but doesn't, e.g. after a restart of the machine.
     *
     * @return what serves; empty if the endpoint serves nothing
     */
    public Optional<ServedRelease> revive() throws IOException, InterruptedException {
        return locked(() -> {
            Optional<ServedRelease> now = serving();
            if (now.isEmpty()) {
                return now;
            }
            RunningProcess process = target.start(readSpec(now.get().release()));
            if (process.url().equals(now.get().url())) {
                return now;
            }
            return Optional.of(serve(new ServedRelease(
                    now.get().release(), now.get().version(), now.get().digest(), process.url())));
        });
    }

    /** Returns whether the process that serves the release runs. */
    public ProcessStatus status(ServedRelease release) throws IOException {
        return target.status(serves(release));
    }

    /** Returns the folder for the files of a release, which a restart of it needs. */
    public static Path filesOf(String stateDirectory, String endpoint, String release) {
        return new ProcessKey(stateDirectory, endpoint, release, false)
                .releaseDirectory()
                .resolve("files");
    }

    /** Returns the key of the process behind the release's URL: candidates run on a free port, also if one is fixed. */
    private ProcessKey serves(ServedRelease release) throws IOException {
        ProcessSpec spec = readSpec(release.release());
        if (spec.port() == 0) {
            return spec.key();
        }
        ProcessStatus fixed = target.status(spec.key());
        RunningProcess process = fixed.process();
        boolean onFixedPort = process != null && process.url().equals(release.url());
        return onFixedPort ? spec.key() : spec.withPort(0).key();
    }

    private boolean servesOn(int port) throws IOException {
        Optional<ServedRelease> now = serving();
        return now.isPresent()
                && URI.create(now.get().url()).getPort() == port
                && status(now.get()).running();
    }

    private static String logOf(ProcessStatus status) {
        String tail = status.logTail().strip();
        return tail.isEmpty() ? "; its log is empty" : "; its log ends:\n" + tail;
    }

    private RunningProcess requireRunning(ProcessKey key) throws IOException {
        ProcessStatus status = target.status(key);
        if (!status.running()) {
            throw new ServingException("the new version no longer runs: " + status.detail() + logOf(status));
        }
        return status.process();
    }

    private void requireServing(ServedRelease candidate, Optional<ServedRelease> previous) throws IOException {
        Optional<ServedRelease> now = serving();
        String found = now.map(ServedRelease::release).orElse("");
        String expected = previous.map(ServedRelease::release).orElse("");
        if (!found.equals(expected) && !found.equals(candidate.release())) {
            throw new ServingException("endpoint " + endpoint + " was changed by another deployment: expected "
                    + describe(previous) + ", found " + describe(now) + "; deploy again to replace it");
        }
    }

    private static String describe(Optional<ServedRelease> release) {
        return release.map(r -> "version " + r.version() + " (release " + r.release() + ")")
                .orElse("nothing");
    }

    private void requireMine(ProcessSpec spec) {
        if (!spec.endpoint().equals(endpoint) || !spec.stateDirectory().equals(stateDirectory)) {
            throw new IllegalArgumentException("the spec is of endpoint " + spec.endpoint() + ", not " + endpoint);
        }
    }

    private ServedRelease serve(ServedRelease release) throws IOException {
        Map<String, String> entries = new TreeMap<>();
        entries.put("endpoint", endpoint);
        entries.put("release", release.release());
        entries.put("version", release.version());
        entries.put("digest", release.digest());
        entries.put("url", release.url());
        entries.put("since", Instant.now().toString());
        StateFile.write(current(), entries);
        return release;
    }

    private void stopAll(String release) throws IOException, InterruptedException {
        long grace = readSpec(release).stopGraceMillis();
        target.stop(new ProcessKey(stateDirectory, endpoint, release, true), grace);
        target.stop(new ProcessKey(stateDirectory, endpoint, release, false), grace);
    }

    private boolean running(String release) throws IOException {
        return target.status(new ProcessKey(stateDirectory, endpoint, release, true))
                        .running()
                || target.status(new ProcessKey(stateDirectory, endpoint, release, false))
                        .running();
    }

    private Path current() {
        return directory.resolve("current.json");
    }

    private ProcessSpec readSpec(String release) throws IOException {
        return ReleaseSpec.read(stateDirectory, endpoint, release);
    }

    private interface Deed<T> {
        T run() throws IOException, InterruptedException;
    }

    private <T> T locked(Deed<T> deed) throws IOException, InterruptedException {
        StateFile.createDirectories(directory);
        try (FileChannel channel =
                FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            // Closing the channel gives the lock back.
            awaitLock(channel);
            return deed.run();
        }
    }

    private void awaitLock(FileChannel channel) throws IOException, InterruptedException {
        long end = System.nanoTime() + 60_000_000_000L;
        while (!locks(channel)) {
            if (System.nanoTime() - end >= 0) {
                throw new ServingException("another deployment of endpoint " + endpoint
                        + " has been at work on this machine for a minute; try again when it has ended");
            }
            Thread.sleep(20);
        }
    }

    private static boolean locks(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            // Held by another thread of this very process: wait as for another process.
            return false;
        }
    }
}
