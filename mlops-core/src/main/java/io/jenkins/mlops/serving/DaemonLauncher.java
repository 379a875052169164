package io.jenkins.mlops.serving;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Starts a command as a daemon: own session, cleaned environment, output to a file; and finds it a port. */
final class DaemonLauncher {
    static final boolean WINDOWS = File.separatorChar == '\\';

    private static final List<String> KEPT = List.of(
            "PATH",
            "HOME",
            "USER",
            "LOGNAME",
            "SHELL",
            "LANG",
            "LANGUAGE",
            "TZ",
            "TMPDIR",
            "TEMP",
            "TMP",
            "JAVA_HOME",
            "LD_LIBRARY_PATH",
            "DYLD_LIBRARY_PATH",
            "SSL_CERT_FILE",
            "SSL_CERT_DIR",
            "VIRTUAL_ENV",
            "CONDA_PREFIX",
            "CUDA_VISIBLE_DEVICES",
            "NVIDIA_VISIBLE_DEVICES",
            "SYSTEMROOT",
            "SYSTEMDRIVE",
            "WINDIR",
            "COMSPEC",
            "PATHEXT",
            "USERPROFILE",
            "APPDATA",
            "LOCALAPPDATA",
            "PROGRAMDATA",
            "PROGRAMFILES");
    /** Names by which Jenkins finds the processes of a build to kill them when it ends. */
    private static final List<String> COOKIES =
            List.of("BUILD_ID", "BUILD_TAG", "JENKINS_NODE_COOKIE", "JENKINS_SERVER_COOKIE", "HUDSON_SERVER_COOKIE");

    private DaemonLauncher() {}

    static Process launch(ProcessSpec spec, int port, ProcessKey key, Path workingDirectory) throws IOException {
        List<String> command = new ArrayList<>();
        if (!WINDOWS) {
            setsid().ifPresent(command::add);
            command.add("/bin/sh");
            command.add("-c");
            command.add("echo $$ > \"$MLOPS_PID_FILE\" && unset MLOPS_PID_FILE && exec \"$@\"");
            command.add("mlops-endpoint");
        } else if (spec.command().get(0).toLowerCase(Locale.ROOT).matches(".*\\.(bat|cmd)")) {
            throw new ServingException("on Windows the command must name an executable, because the arguments of a"
                    + " batch file can't be passed safely; found: "
                    + Checks.quote(spec.command().get(0)));
        }
        command.addAll(spec.command());
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.directory(workingDirectory.toFile());
        builder.redirectInput(ProcessBuilder.Redirect.from(new File(WINDOWS ? "NUL" : "/dev/null")));
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.to(key.log().toFile()));
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> !kept(name));
        environment.putAll(spec.env());
        COOKIES.forEach(environment::remove);
        environment.put("PORT", Integer.toString(port));
        environment.put("MLOPS_PORT", Integer.toString(port));
        environment.put("MLOPS_HOST", spec.host());
        environment.put("MLOPS_ENDPOINT", spec.endpoint());
        environment.put("MLOPS_RELEASE", spec.release());
        if (!WINDOWS) {
            environment.put("MLOPS_PID_FILE", key.pidFile().toString());
        }
        return builder.start();
    }

    private static boolean kept(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        return KEPT.contains(upper) || upper.startsWith("LC_");
    }

    private static Optional<String> setsid() {
        for (String directory : new String[] {"/usr/bin", "/bin", "/usr/local/bin", "/opt/homebrew/bin"}) {
            Path program = Path.of(directory, "setsid");
            if (Files.isExecutable(program)) {
                return Optional.of(program.toString());
            }
        }
        return Optional.empty();
    }

    static ProcessSpec fill(ProcessSpec spec, int port) {
        return spec.withPlaceholder("port", Integer.toString(port))
                .withPlaceholder("host", spec.host())
                .withPlaceholder("url", url(spec, port));
    }

    static String url(ProcessSpec spec, int port) {
        String host = spec.host().equals("0.0.0.0") ? hostName() : spec.host();
        boolean bare = host.indexOf(':') >= 0 && !host.startsWith("[");
        return "http://" + (bare ? "[" + host + "]" : host) + ":" + port;
    }

    /** Names this machine for a process that listens on all its addresses. */
    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getCanonicalHostName();
        } catch (UnknownHostException e) {
            return ProcessSpec.LOOPBACK;
        }
    }

    static int port(ProcessSpec spec) throws IOException {
        InetSocketAddress address = new InetSocketAddress(spec.host().replaceAll("[\\[\\]]", ""), spec.port());
        if (address.isUnresolved()) {
            throw new ServingException("the host " + spec.host() + " of endpoint " + spec.endpoint()
                    + " isn't known on this machine: name an address of it, e.g. " + ProcessSpec.LOOPBACK);
        }
        try (ServerSocket socket = new ServerSocket()) {
            // Without this a port in TIME_WAIT after the process before would look taken.
            socket.setReuseAddress(true);
            socket.bind(address);
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new ServingException(
                    "port " + spec.port() + " of endpoint " + spec.endpoint() + " can't be used on " + spec.host()
                            + ": " + e.getMessage() + "; end what listens there, or choose another port",
                    e);
        }
    }
}
