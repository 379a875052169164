package io.jenkins.mlops.data;

import java.io.IOException;
import java.util.List;

/** Runs the command that a user would otherwise run, and says so when it is not installed. */
final class PeerProcess {
    private PeerProcess() {}

    /** Whether a command is there and its check succeeds. */
    static boolean present(String... check) throws InterruptedException {
        try {
            return run(List.of(check)) == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** Runs a peer to its end. */
    static void measure(boolean present, String name, String... command) throws IOException, InterruptedException {
        if (!present) {
            throw new IllegalStateException("SKIPPED: " + name + " is not installed on this machine.");
        }
        int exit = run(List.of(command));
        if (exit != 0) {
            throw new IllegalStateException(name + " ended with " + exit + ".");
        }
    }

    private static int run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        process.getOutputStream().close();
        return process.waitFor();
    }
}
