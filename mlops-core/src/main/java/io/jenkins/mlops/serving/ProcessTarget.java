package io.jenkins.mlops.serving;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Serves a release by a process on this machine that outlives the build and the agent.
 *
 * <p>On Linux and other Unixes the process gets a session of its own (with {@code setsid} where it is installed), no
 * input, and a log file as output; it writes its process id itself before it turns into the command, so a start that was
 * interrupted is found again and never done twice. Its environment is a small safe part of the agent's, and the
 * variables of the spec: nothing by which Jenkins would take it for a left-over of the build, and no secret of the
 * agent.
 *
 * <p>On Windows there is no such session and no polite request to end: stopping kills at once, the process ends with the
 * agent if the agent runs in a job object, and a crash of the agent during the start can leave an unrecorded process.
 * The command must name an executable there, no {@code .bat} or {@code .cmd}.
 *
 * <p>A service manager that ends all processes of its unit (systemd's default {@code KillMode}) or a container that ends
 * takes the process along: then install the agent so that it doesn't, or serve by another target. A restart of the
 * machine ends the process, too.
 */
public final class ProcessTarget {
    /** Most bytes of a log that {@link #logTail} returns. */
    public static final int MAX_TAIL = 16 * 1024;

    private static final Duration PID_WAIT = Duration.ofSeconds(10);
    private static final Duration PORT_WAIT = Duration.ofSeconds(5);

    /**
     * Starts the process, or finds it already started.
     *
     * @param spec what to start
     * @return the live process
     * @throws ServingException if it couldn't be started, or the fixed port is still taken after some seconds
     */
    public RunningProcess start(ProcessSpec spec) throws IOException, InterruptedException {
        ProcessKey key = spec.key();
        Path workingDirectory = workingDirectory(spec);
        StateFile.createDirectories(key.releaseDirectory());
        Optional<RunningProcess> recorded = recorded(key);
        if (recorded.isPresent() && alive(recorded.get())) {
            return recorded.get();
        }
        Optional<RunningProcess> adopted = adopt(key);
        if (adopted.isPresent()) {
            return adopted.get();
        }
        int port = freedPort(spec);
        ProcessSpec filled = DaemonLauncher.fill(spec, port);
        Files.deleteIfExists(key.record());
        Files.deleteIfExists(key.pidFile());
        StateFile.write(
                key.intent(),
                Map.of(
                        "port",
                        Integer.toString(port),
                        "url",
                        DaemonLauncher.url(spec, port),
                        "notBefore",
                        Long.toString(nowMillis())));
        Process process;
        try {
            process = DaemonLauncher.launch(filled, port, key, workingDirectory);
        } catch (IOException e) {
            Files.deleteIfExists(key.intent());
            throw new ServingException(
                    "the command of endpoint " + spec.endpoint() + " couldn't be started: " + e.getMessage()
                            + "; program: " + Checks.quote(filled.command().get(0)) + ", folder: " + workingDirectory,
                    e);
        }
        return record(key, pid(key, process));
    }

    /** Returns whether the process runs, and how its log ends if it doesn't. */
    public ProcessStatus status(ProcessKey key) throws IOException {
        Optional<RunningProcess> recorded = recorded(key);
        if (recorded.isEmpty()) {
            return new ProcessStatus(false, null, "no process of release " + key.release() + " was started", "");
        }
        RunningProcess process = recorded.get();
        if (alive(process)) {
            return new ProcessStatus(true, process, "process " + process.pid() + " runs", "");
        }
        return new ProcessStatus(false, process, "process " + process.pid() + " has ended", logTail(key, MAX_TAIL));
    }

    /**
     * Ends the process and those that it has started: asks first, and kills what is left after the grace time.
     *
     * <p>A process that merely has the same id as the one that was started is never touched.
     *
     * @return whether there was something to end
     * @throws ServingException if it couldn't be ended
     */
    public boolean stop(ProcessKey key, long graceMillis) throws IOException, InterruptedException {
        Optional<RunningProcess> recorded = recorded(key);
        if (recorded.isEmpty()) {
            recorded = adopt(key);
        }
        if (recorded.isEmpty() || !alive(recorded.get())) {
            return false;
        }
        RunningProcess process = recorded.get();
        Optional<ProcessHandle> handle = ProcessHandle.of(process.pid());
        if (handle.isEmpty()) {
            return false;
        }
        List<ProcessHandle> children = handle.get().descendants().toList();
        handle.get().destroy();
        if (!ended(process, graceMillis)) {
            handle.get().destroyForcibly();
        }
        boolean ended = ended(process, 10_000);
        endChildren(children, graceMillis);
        if (!ended) {
            throw new ServingException("process " + process.pid() + " of endpoint " + key.endpoint()
                    + " couldn't be ended: the agent's user may lack the right; end it by hand");
        }
        return true;
    }

    /**
     * Returns the end of the process' output.
     *
     * @param maxBytes how much at most, up to {@link #MAX_TAIL}
     * @return text in UTF-8, beginning with a whole line if there are several; empty if there is no log
     */
    public String logTail(ProcessKey key, int maxBytes) throws IOException {
        int wanted = (int) Checks.range("the length of a log tail", maxBytes, 0, MAX_TAIL);
        try (RandomAccessFile log = new RandomAccessFile(key.log().toFile(), "r")) {
            long length = log.length();
            byte[] bytes = new byte[(int) Math.min(wanted, length)];
            log.seek(length - bytes.length);
            log.readFully(bytes);
            String text = new String(bytes, StandardCharsets.UTF_8);
            int lineEnd = text.indexOf('\n');
            boolean cut = length > bytes.length && lineEnd >= 0 && lineEnd < text.length() - 1;
            return (cut ? text.substring(lineEnd + 1) : text).replace("\0", "");
        } catch (FileNotFoundException e) {
            return "";
        }
    }

    private static boolean alive(RunningProcess process) {
        return ProcessIdentity.isAlive(process.pid(), process.identity());
    }

    private static boolean ended(RunningProcess process, long millis) throws InterruptedException {
        long end = System.nanoTime() + millis * 1_000_000;
        while (alive(process)) {
            if (System.nanoTime() - end >= 0) {
                return false;
            }
            Thread.sleep(20);
        }
        return true;
    }

    /** Workers of a server that was killed don't always notice. */
    private static void endChildren(List<ProcessHandle> children, long millis) throws InterruptedException {
        children.forEach(ProcessHandle::destroy);
        long end = System.nanoTime() + millis * 1_000_000;
        while (children.stream().anyMatch(ProcessTarget::running) && System.nanoTime() - end < 0) {
            Thread.sleep(20);
        }
        children.forEach(ProcessHandle::destroyForcibly);
    }

    private static boolean running(ProcessHandle handle) {
        return ProcessIdentity.of(handle.pid()).isPresent() && handle.isAlive();
    }

    /** Returns the port to listen on: what the process before and its children held is free a moment after their end. */
    private static int freedPort(ProcessSpec spec) throws IOException, InterruptedException {
        long end = System.nanoTime() + PORT_WAIT.toNanos();
        while (true) {
            try {
                return DaemonLauncher.port(spec);
            } catch (ServingException e) {
                if (spec.port() == 0 || System.nanoTime() - end >= 0) {
                    throw e;
                }
                Thread.sleep(20);
            }
        }
    }

    private static Optional<RunningProcess> recorded(ProcessKey key) throws IOException {
        Optional<Map<String, String>> entries = StateFile.read(key.record());
        if (entries.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> values = entries.get();
        try {
            return Optional.of(new RunningProcess(
                    Long.parseLong(values.getOrDefault("pid", "")),
                    Long.parseLong(values.getOrDefault("startTimeMillis", "")),
                    values.get("identity"),
                    Integer.parseInt(values.getOrDefault("port", "")),
                    values.get("url"),
                    key.log().toString()));
        } catch (IllegalArgumentException e) {
            throw new ServingException(
                    "the record of a process in " + key.record() + " is damaged: " + e.getMessage(), e);
        }
    }

    /** Finds a process that was started by a call that didn't live to record it. */
    private static Optional<RunningProcess> adopt(ProcessKey key) throws IOException {
        Optional<Map<String, String>> intent = StateFile.read(key.intent());
        Optional<Long> pid = readPid(key);
        if (intent.isEmpty() || pid.isEmpty() || ProcessIdentity.of(pid.get()).isEmpty()) {
            return Optional.empty();
        }
        long notBefore = Long.parseLong(intent.get().getOrDefault("notBefore", "0"));
        // Start times are exact to the tick only, and a clock may have been nudged.
        if (ProcessIdentity.startMillis(pid.get()) < notBefore - 2_000) {
            return Optional.empty();
        }
        return Optional.of(record(key, pid.get()));
    }

    private static RunningProcess record(ProcessKey key, long pid) throws IOException {
        Map<String, String> intent = StateFile.read(key.intent())
                .orElseThrow(() -> new ServingException("the file " + key.intent() + " was removed during the start"));
        RunningProcess process = new RunningProcess(
                pid,
                ProcessIdentity.startMillis(pid),
                // A process that has ended already keeps a record that nothing alive can match.
                ProcessIdentity.of(pid).orElse("ended"),
                Integer.parseInt(intent.get("port")),
                intent.get("url"),
                key.log().toString());
        Map<String, String> entries = new TreeMap<>();
        entries.put("pid", Long.toString(process.pid()));
        entries.put("startTimeMillis", Long.toString(process.startTimeMillis()));
        entries.put("identity", process.identity());
        entries.put("port", Integer.toString(process.port()));
        entries.put("url", process.url());
        StateFile.write(key.record(), entries);
        Files.deleteIfExists(key.intent());
        return process;
    }

    private static long pid(ProcessKey key, Process process) throws IOException, InterruptedException {
        if (DaemonLauncher.WINDOWS) {
            return process.pid();
        }
        long end = System.nanoTime() + PID_WAIT.toNanos();
        Optional<Long> pid = readPid(key);
        while (pid.isEmpty()) {
            // setsid may have forked, so its end alone says nothing; a failed one does.
            if (System.nanoTime() - end >= 0
                    || (!process.isAlive()
                            && process.exitValue() != 0
                            && readPid(key).isEmpty())) {
                throw new ServingException("the process of endpoint " + key.endpoint() + " didn't come up; its log "
                        + key.log() + " ends: "
                        + new ProcessTarget().logTail(key, MAX_TAIL).strip());
            }
            Thread.sleep(5);
            pid = readPid(key);
        }
        return pid.get();
    }

    private static Optional<Long> readPid(ProcessKey key) throws IOException {
        try {
            String text = Files.readString(key.pidFile());
            // The line end says that the number is whole.
            return text.endsWith("\n") ? Optional.of(Long.parseLong(text.strip())) : Optional.empty();
        } catch (NoSuchFileException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Path workingDirectory(ProcessSpec spec) throws IOException {
        Path root = Path.of(spec.workspace());
        if (!root.isAbsolute() || !Path.of(spec.stateDirectory()).isAbsolute()) {
            throw new ServingException("the workspace and the state directory must be absolute; found "
                    + Checks.quote(spec.workspace()) + " and " + Checks.quote(spec.stateDirectory()));
        }
        return Confinement.existing(root, spec.workingDirectory(), "the working directory");
    }

    private static long nowMillis() {
        return Instant.now().toEpochMilli();
    }
}
