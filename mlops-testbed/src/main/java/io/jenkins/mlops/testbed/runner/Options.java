package io.jenkins.mlops.testbed.runner;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What the command line asks for.
 *
 * @param command {@code run} or {@code serve}
 * @param jenkinsfile the Pipeline to run; null for {@code serve} without one
 * @param workspace the folder to work in; null for a fresh copy of the Jenkinsfile's folder
 * @param home where jobs, builds, models and settings are kept
 * @param port the port of the pages, 0 for any free one
 * @param sandbox whether the script runs in the sandbox
 * @param parameters the build's parameters
 */
record Options(
        String command,
        @CheckForNull Path jenkinsfile,
        @CheckForNull Path workspace,
        Path home,
        int port,
        boolean sandbox,
        Map<String, String> parameters) {

    static final String USAGE = """
            usage: mlops run JENKINSFILE [options]     run a Jenkinsfile on this machine
                   mlops serve [JENKINSFILE] [options] the same, then keep the pages up
                   mlops verify-ledger FILE [HASH]     check an exported ledger, against a hash noted before

              --workspace DIR    work in DIR itself (default: a fresh copy of the Jenkinsfile's folder)
              --param NAME=VALUE a parameter of the build; may be given more than once
              --home DIR         where builds and models are kept (default: .mlops/home)
              --port N           port of the pages, on the loopback interface (default: 8088)
              --no-sandbox       run the script without the sandbox
            """;

    private static final int DEFAULT_PORT = 8088;

    Options {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /** Reads a command line; throws {@link IllegalArgumentException} with what is wrong with it. */
    static Options parse(List<String> arguments) {
        if (arguments.isEmpty() || !List.of("run", "serve").contains(arguments.get(0))) {
            throw new IllegalArgumentException(
                    arguments.isEmpty() ? "what to do is missing" : "there is no command " + arguments.get(0));
        }
        String command = arguments.get(0);
        Path jenkinsfile = null;
        Path workspace = null;
        Path home = Path.of(".mlops", "home");
        int port = DEFAULT_PORT;
        boolean sandbox = true;
        Map<String, String> parameters = new LinkedHashMap<>();
        for (int i = 1; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            switch (argument) {
                case "--workspace" -> workspace = Path.of(value(arguments, ++i));
                case "--home" -> home = Path.of(value(arguments, ++i));
                case "--port" -> port = number(value(arguments, ++i));
                case "--no-sandbox" -> sandbox = false;
                case "--param" -> {
                    String pair = value(arguments, ++i);
                    int split = pair.indexOf('=');
                    if (split <= 0) {
                        throw new IllegalArgumentException("--param wants NAME=VALUE, not " + pair);
                    }
                    parameters.put(pair.substring(0, split), pair.substring(split + 1));
                }
                default -> {
                    if (argument.startsWith("-")) {
                        throw new IllegalArgumentException("there is no option " + argument);
                    } else if (jenkinsfile != null) {
                        throw new IllegalArgumentException("one Jenkinsfile at a time, but there is also " + argument);
                    }
                    jenkinsfile = file(Path.of(argument));
                }
            }
        }
        if (jenkinsfile == null && command.equals("run")) {
            throw new IllegalArgumentException("which Jenkinsfile to run is missing");
        }
        if (workspace != null && !Files.isDirectory(workspace)) {
            throw new IllegalArgumentException("the workspace " + workspace + " is not a folder");
        }
        return new Options(command, jenkinsfile, workspace, home.toAbsolutePath(), port, sandbox, parameters);
    }

    private static Path file(Path given) {
        Path file = Files.isDirectory(given) ? given.resolve("Jenkinsfile") : given;
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("there is no file " + file);
        }
        return file.toAbsolutePath().normalize();
    }

    private static String value(List<String> arguments, int i) {
        if (i >= arguments.size()) {
            throw new IllegalArgumentException(arguments.get(i - 1) + " wants a value");
        }
        return arguments.get(i);
    }

    private static int number(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException x) {
            throw new IllegalArgumentException("--port wants a number from 0 to 65535, not " + text, x);
        }
        throw new IllegalArgumentException("--port wants a number from 0 to 65535, not " + text);
    }

    /** The job's name: that of the folder of the Jenkinsfile. */
    String jobName() {
        Path script = Objects.requireNonNull(jenkinsfile, "a Jenkinsfile");
        Path folder = script.getParent().getFileName();
        String name = folder == null ? "pipeline" : folder.toString();
        String file = script.getFileName().toString();
        String suffix = file.equals("Jenkinsfile") ? "" : "-" + file.replaceFirst("^Jenkinsfile[.-]?", "");
        return (name + suffix).replaceAll("[^A-Za-z0-9._-]", "_");
    }
}
