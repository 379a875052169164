package io.jenkins.mlops.serving;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What to start to serve one release of an endpoint as a process.
 *
 * <p>Environment variables are kept on the agent's disk (readable by its owner only), because a rollback starts the
 * process again. Let the process read secrets from elsewhere.
 *
 * @param endpoint name of the endpoint; also a folder name
 * @param release id of the release, unique for the endpoint; also a folder name
 * @param command the program and its arguments, passed as they are, without a shell. <code>{port}</code>,
 *     <code>{host}</code> and <code>{url}</code> are replaced
 * @param env variables for the process, on top of a small safe part of the agent's own environment
 * @param workspace absolute folder that the working directory may not leave
 * @param workingDirectory folder of the process, relative to the workspace; empty for the workspace itself
 * @param host address that the process is told to listen on, and that its URL names
 * @param port port of the endpoint, 1 to 65535; 0 chooses a free one. The process finds it in {@code PORT} and {@code
 *     MLOPS_PORT}
 * @param stateDirectory absolute folder in which the endpoints of this machine keep their state
 * @param stopGraceMillis how long the process may take to end by itself before it is killed, 0 to 10 minutes
 */
public record ProcessSpec(
        String endpoint,
        String release,
        List<String> command,
        Map<String, String> env,
        String workspace,
        String workingDirectory,
        String host,
        int port,
        String stateDirectory,
        long stopGraceMillis)
        implements Serializable {
    /** Address that a process listens on unless another one is named: not reachable from other machines. */
    public static final String LOOPBACK = "127.0.0.1";

    public ProcessSpec {
        Checks.name("the name of an endpoint", endpoint);
        Checks.name("the id of a release", release);
        command = Checks.texts("the command", command, 1024, 32 * 1024);
        if (command.isEmpty() || command.get(0).isBlank()) {
            throw new IllegalArgumentException("the command of endpoint " + endpoint
                    + " is empty: name the program and its arguments, e.g. ['java', '-jar', 'server.jar']");
        }
        env = Checks.variables("the environment", env);
        Checks.text("the workspace", workspace, Checks.TEXT);
        Checks.text("the working directory", workingDirectory, Checks.TEXT);
        Checks.text("the host", host, 255);
        if (!host.matches("[A-Za-z0-9._:\\[\\]-]+")) {
            throw new IllegalArgumentException(
                    "the host must be a host name or an IP address; found: " + Checks.quote(host));
        }
        Checks.range("the port", port, 0, 65535);
        Checks.text("the state directory", stateDirectory, Checks.TEXT);
        Checks.range("the time to stop in ms", stopGraceMillis, 0, 600_000);
    }

    /** Returns the key of the process that this describes. */
    public ProcessKey key() {
        return new ProcessKey(stateDirectory, endpoint, release, port != 0);
    }

    /** Returns the same on another port; 0 chooses a free one. */
    public ProcessSpec withPort(int newPort) {
        return new ProcessSpec(
                endpoint,
                release,
                command,
                env,
                workspace,
                workingDirectory,
                host,
                newPort,
                stateDirectory,
                stopGraceMillis);
    }

    /**
     * Returns the same with a placeholder replaced in the command and in the values of the environment.
     *
     * @param name name of the placeholder, without its braces
     * @param value what takes its place
     */
    public ProcessSpec withPlaceholder(String name, String value) {
        String placeholder = "{" + name + "}";
        List<String> replaced = new ArrayList<>();
        command.forEach(word -> replaced.add(word.replace(placeholder, value)));
        Map<String, String> variables = new LinkedHashMap<>();
        env.forEach((key, text) -> variables.put(key, text.replace(placeholder, value)));
        return new ProcessSpec(
                endpoint,
                release,
                replaced,
                variables,
                workspace,
                workingDirectory,
                host,
                port,
                stateDirectory,
                stopGraceMillis);
    }
}
