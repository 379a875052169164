package io.jenkins.mlops.tracking;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Runs a small command and takes its output: arguments as a list and never through a shell, with a time limit, bounded
 * output, no standard input.
 */
final class Commands {
    private static final int MAX_BYTES = 4_000_000;

    private final Path directory;
    private final Map<String, String> environment;
    private final long timeoutMillis;

    Commands(Path directory, Map<String, String> environment, long timeoutMillis) {
        this.directory = directory;
        this.environment = environment;
        this.timeoutMillis = timeoutMillis;
    }

    /**
     * What came of a command.
     *
     * @param exit the exit code; -1 when it could not be started, -2 when it took too long
     * @param text standard output and error, as UTF-8; or why it could not be started
     */
    record Outcome(int exit, String text) {
        /** The output, stripped, if the command succeeded and said anything. */
        Optional<String> output() {
            return exit == 0 && !text.isBlank() ? Optional.of(text.strip()) : Optional.empty();
        }
    }

    Outcome run(List<String> command) throws InterruptedException {
        List<String> located = new ArrayList<>(command);
        located.set(0, located(command.get(0)));
        ProcessBuilder builder =
                new ProcessBuilder(located).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        // No prompt for a password, no pager, no lock taken in the user's work tree, no translated output.
        builder.environment().put("GIT_TERMINAL_PROMPT", "0");
        builder.environment().put("GIT_OPTIONAL_LOCKS", "0");
        builder.environment().put("LC_ALL", "C");
        Process process;
        try {
            process = builder.start();
            process.getOutputStream().close();
        } catch (IOException e) {
            return new Outcome(-1, String.valueOf(e.getMessage()));
        }
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        Thread reader = new Thread(() -> drain(process.getInputStream(), kept), "mlops-environment-" + command.get(0));
        reader.setDaemon(true);
        reader.start();
        try {
            if (!process.waitFor(timeoutMillis, TimeUnit.MILLISECONDS)) {
                return new Outcome(-2, "took longer than " + timeoutMillis + " ms");
            }
            reader.join(1_000);
            synchronized (kept) {
                return new Outcome(process.exitValue(), kept.toString(StandardCharsets.UTF_8));
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /**
     * The tool by the run's own search path: Java looks along the agent's, where a virtual environment is not on it.
     * Relative entries are passed over, so that a file of the workspace is never taken for a tool.
     */
    private String located(String tool) {
        String path = environment.getOrDefault("PATH", "");
        for (String entry : path.split(Pattern.quote(File.pathSeparator))) {
            try {
                Path candidate = Path.of(entry, tool);
                if (candidate.isAbsolute() && Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
                    return candidate.toString();
                }
            } catch (InvalidPathException e) {
                // An entry that is no path on this system names no tool either.
                continue;
            }
        }
        return tool;
    }

    private static void drain(InputStream in, ByteArrayOutputStream kept) {
        byte[] buffer = new byte[8192];
        try (in) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                synchronized (kept) {
                    // What is beyond the bound is read and dropped, so that the command doesn't block.
                    kept.write(buffer, 0, Math.min(n, MAX_BYTES - kept.size()));
                }
            }
        } catch (IOException e) {
            // The process was ended while its output was read; what was read so far is what there is.
            synchronized (kept) {
                kept.write('\n');
            }
        }
    }
}
