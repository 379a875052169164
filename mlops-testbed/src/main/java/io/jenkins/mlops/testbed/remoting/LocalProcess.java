package io.jenkins.mlops.testbed.remoting;

import hudson.EnvVars;
import hudson.Launcher;
import hudson.Proc;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;

/** A process on this machine whose output is copied as it comes. */
public final class LocalProcess extends Proc {
    private final Process process;
    private final Thread out;
    private final Thread err;

    private LocalProcess(Process process, OutputStream stdout, OutputStream stderr) {
        this.process = process;
        this.out = copy(process.getInputStream(), stdout);
        this.err = copy(process.getErrorStream(), stderr);
    }

    /** Starts what a launcher's starter describes. */
    public static Proc start(Launcher.ProcStarter ps) throws IOException {
        ProcessBuilder b = new ProcessBuilder(ps.cmds());
        if (ps.pwd() != null) {
            b.directory(new java.io.File(ps.pwd().getRemote()));
        }
        EnvVars env = new EnvVars(System.getenv());
        for (String e : ps.envs()) {
            int eq = e.indexOf('=');
            env.override(e.substring(0, eq), e.substring(eq + 1));
        }
        b.environment().clear();
        b.environment().putAll(env);
        OutputStream stdout = ps.stdout() == null ? OutputStream.nullOutputStream() : ps.stdout();
        b.redirectErrorStream(ps.stderr() == null);
        Process process = b.start();
        process.getOutputStream().close();
        return new LocalProcess(process, stdout, ps.stderr() == null ? stdout : ps.stderr());
    }

    /** Kills this process' descendants whose environment has the given values, where the system shows it. */
    public static void kill(Map<String, String> model) {
        ProcessHandle.current().descendants().forEach(p -> {
            Map<String, String> env = environment(p.pid());
            if (!model.isEmpty() && env.entrySet().containsAll(model.entrySet())) {
                p.destroy();
            }
        });
    }

    private static Map<String, String> environment(long pid) {
        EnvVars env = new EnvVars();
        try {
            String all = java.nio.file.Files.readString(java.nio.file.Path.of("/proc", Long.toString(pid), "environ"));
            for (String line : all.split("\0")) {
                env.addLine(line);
            }
        } catch (IOException e) {
            // A process that is gone, or a system without /proc: nothing to match.
            return Map.of();
        }
        return Map.copyOf(env);
    }

    private static Thread copy(InputStream in, OutputStream out) {
        Thread t = new Thread(
                () -> {
                    try {
                        byte[] buffer = new byte[8192];
                        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                            out.write(buffer, 0, n);
                            out.flush();
                        }
                    } catch (IOException e) {
                        // The reader or the process went away; join() tells how it ended.
                        Thread.currentThread().interrupt();
                    }
                },
                "output copier");
        t.setDaemon(true);
        t.start();
        return t;
    }

    @Override
    public boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void kill() throws InterruptedException {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        join();
    }

    @Override
    public int join() throws InterruptedException {
        try {
            int status = process.waitFor();
            out.join();
            err.join();
            return status;
        } catch (InterruptedException e) {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
            throw e;
        }
    }
}
