package io.jenkins.mlops.testbed.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.remoting.VirtualChannel;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import jenkins.MasterToSlaveFileCallable;

/**
 * A shell script on an agent. It runs in a session of its own and keeps its output, its process id and at the end its
 * exit code in a folder beside the workspace, where any later process finds them.
 */
final class Shell {
    static final ExecutorService POOL = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "shell watcher");
        thread.setDaemon(true);
        return thread;
    });

    private static final int CHUNK = 1 << 16;

    private Shell() {}

    /** Starts a script and gives the folder that it is watched by. */
    static final class Job extends MasterToSlaveFileCallable<String> {
        private static final long serialVersionUID = 1L;
        private final String script;
        private final Map<String, String> environment;
        private final boolean apart;
        private final String name;

        Job(String script, Map<String, String> environment, boolean apart, String name) {
            this.script = script;
            this.environment = environment;
            this.apart = apart;
            this.name = name;
        }

        @Override
        public String invoke(File workspace, VirtualChannel channel) throws IOException {
            Path folder = workspace
                    .toPath()
                    .resolveSibling(workspace.getName() + "@tmp")
                    .resolve(name);
            Files.createDirectories(folder);
            boolean own = script.startsWith("#!");
            Path file = folder.resolve("script.sh");
            Files.writeString(file, own ? script : "#!/bin/sh -xe\n" + script);
            file.toFile().setExecutable(true, true);
            String run = own ? "\"$F/script.sh\"" : "sh -xe \"$F/script.sh\"";
            String wrapper = "echo $$ > \"$F/pid\"\n" + run
                    + (apart ? " > \"$F/stdout\" 2> \"$F/log\"" : " > \"$F/log\" 2>&1")
                    + "\necho $? > \"$F/result.tmp\"\nmv \"$F/result.tmp\" \"$F/result\"\n";
            Files.writeString(folder.resolve("wrapper.sh"), wrapper.replace("$F", folder.toString()));
            Files.createFile(folder.resolve("log"));
            ProcessBuilder builder = new ProcessBuilder(
                    "setsid", "sh", folder.resolve("wrapper.sh").toString());
            builder.directory(workspace);
            builder.environment().putAll(environment);
            builder.environment().put("JENKINS_SERVER_COOKIE", "durable-" + name);
            builder.redirectErrorStream(true);
            builder.redirectInput(new File("/dev/null"));
            builder.redirectOutput(new File("/dev/null"));
            builder.start();
            return folder.toString();
        }
    }

    /** What a script has put out since the last look; the exit code once it has ended. */
    record Progress(byte[] output, @CheckForNull Integer exitCode, byte[] standardOutput) implements Serializable {}

    /** Looks at a running script. */
    static final class Look extends MasterToSlaveFileCallable<Progress> {
        private static final long serialVersionUID = 1L;
        private final String folder;
        private final long from;

        Look(String folder, long from) {
            this.folder = folder;
            this.from = from;
        }

        @Override
        public Progress invoke(File workspace, VirtualChannel channel) throws IOException {
            File result = new File(folder, "result");
            Integer code = result.exists()
                    ? Integer.valueOf(Files.readString(result.toPath()).strip())
                    : null;
            byte[] output;
            try (RandomAccessFile log = new RandomAccessFile(new File(folder, "log"), "r")) {
                output = new byte[(int) Math.min(CHUNK, Math.max(0, log.length() - from))];
                log.seek(from);
                log.readFully(output);
            }
            Path stdout = Path.of(folder, "stdout");
            byte[] all = code != null && Files.exists(stdout) ? Files.readAllBytes(stdout) : new byte[0];
            return new Progress(output, code, all);
        }
    }

    /** Ends a script and all that it started. */
    static final class Kill extends MasterToSlaveFileCallable<Void> {
        private static final long serialVersionUID = 1L;
        private static final long PATIENCE_SECONDS = 5;
        private final String folder;

        Kill(String folder) {
            this.folder = folder;
        }

        @Override
        public Void invoke(File workspace, VirtualChannel channel) throws IOException, InterruptedException {
            Path pidFile = Path.of(folder, "pid");
            String pid = Files.exists(pidFile) ? Files.readString(pidFile).strip() : "";
            if (pid.isEmpty()) {
                Files.writeString(Path.of(folder, "result"), "143\n");
                return null;
            }
            signal("TERM", pid);
            ProcessHandle handle = ProcessHandle.of(Long.parseLong(pid)).orElse(null);
            if (handle != null) {
                try {
                    handle.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException x) {
                    signal("KILL", pid);
                }
            }
            Path result = Path.of(folder, "result");
            if (!Files.exists(result)) {
                Files.write(result, "143\n".getBytes(StandardCharsets.US_ASCII));
            }
            return null;
        }

        private static void signal(String name, String group) throws IOException, InterruptedException {
            new ProcessBuilder(List.of("kill", "-" + name, "--", "-" + group))
                    .redirectErrorStream(true)
                    .redirectOutput(new File("/dev/null"))
                    .start()
                    .waitFor();
        }
    }

    /** Removes what a script has left behind. */
    static final class CleanUp extends MasterToSlaveFileCallable<Void> {
        private static final long serialVersionUID = 1L;
        private final String folder;

        CleanUp(String folder) {
            this.folder = folder;
        }

        @Override
        public Void invoke(File workspace, VirtualChannel channel) throws IOException {
            try (Stream<Path> files = Files.walk(Path.of(folder))) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
            return null;
        }
    }
}
