package io.jenkins.mlops.testbed.runner;

import java.io.IOException;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The command line of the local Jenkinsfile runner. */
public final class Main {
    private static final int USAGE_ERROR = 2;

    private Main() {}

    /** Runs what the arguments say and ends the process: 0 for success, 1 for any other result, 130 after Ctrl-C. */
    public static void main(String[] arguments) throws Exception {
        Options options;
        try {
            options = Options.parse(List.of(arguments));
        } catch (IllegalArgumentException x) {
            System.err.println("mlops: " + x.getMessage());
            System.err.print(Options.USAGE);
            System.exit(USAGE_ERROR);
            return;
        }
        Logger.getLogger("").setLevel(Level.WARNING);
        try {
            System.exit(new Runner(options, System.out).run());
        } catch (IOException x) {
            System.err.println("mlops: " + x.getMessage());
            System.exit(USAGE_ERROR);
        }
    }
}
