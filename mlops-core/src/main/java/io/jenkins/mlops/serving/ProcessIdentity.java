package io.jenkins.mlops.serving;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * Tells a process from a later one with the same id.
 *
 * <p>On Linux by the boot id and the kernel's start tick, which no change of the clock moves; elsewhere by the start time
 * that the operating system reports.
 */
final class ProcessIdentity {
    private static final Path PROC = Path.of("/proc");

    /** Position of the number of threads and of the start tick, counted from the state. */
    private static final int THREADS = 17;

    private static final int START = 19;

    private ProcessIdentity() {}

    /** Returns the identity of a live process; empty if there is none with this id, or only a zombie. */
    static Optional<String> of(long pid) {
        Optional<ProcessHandle> handle = ProcessHandle.of(pid);
        if (handle.isEmpty() || !handle.get().isAlive()) {
            return Optional.empty();
        }
        Optional<String[]> stat = stat(pid);
        if (stat.isPresent()) {
            if (ended(stat.get())) {
                return Optional.empty();
            }
            return Optional.of("linux:" + bootId() + ":" + stat.get()[START]);
        }
        return handle.get().info().startInstant().map(start -> "start:" + start.toEpochMilli());
    }

    /** Returns whether the process with this id is alive and the same one. */
    static boolean isAlive(long pid, String identity) {
        return of(pid).filter(identity::equals).isPresent();
    }

    /** A first thread that has ended is a zombie, too, while others still run and hold the process' files and ports. */
    private static boolean ended(String[] stat) {
        return stat[0].equals("X") || (stat[0].equals("Z") && Integer.parseInt(stat[THREADS]) <= 1);
    }

    static long startMillis(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(handle -> handle.info().startInstant())
                .orElseGet(Instant::now)
                .toEpochMilli();
    }

    /** Returns the fields of {@code /proc/PID/stat} from the state on: the name before may hold spaces and brackets. */
    private static Optional<String[]> stat(long pid) {
        try {
            String line = Files.readString(PROC.resolve(pid + "/stat"), StandardCharsets.ISO_8859_1);
            String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
            return fields.length > START ? Optional.of(fields) : Optional.empty();
        } catch (IOException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    private static String bootId() {
        try {
            return Files.readString(PROC.resolve("sys/kernel/random/boot_id")).strip();
        } catch (IOException e) {
            return "unknown";
        }
    }
}
