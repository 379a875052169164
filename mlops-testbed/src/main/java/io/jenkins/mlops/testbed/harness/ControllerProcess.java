package io.jenkins.mlops.testbed.harness;

import io.jenkins.mlops.testbed.host.Folders;
import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jvnet.hudson.test.fixtures.RealJenkinsFixture;

/**
 * A controller in a process of its own, on the class path of the test, and again and again in the same home.
 *
 * <p>The test and the controller talk over a socket of the loopback interface: the test sends what is to be run there,
 * the controller answers with what came of it.
 */
public final class ControllerProcess {
    private static final int START_MILLIS = (int) TimeUnit.MINUTES.toMillis(3);
    private static final int POLL_MILLIS = 200;

    private final Path folder;
    private final File home;
    private Process process;
    private Socket socket;
    private ObjectOutputStream out;
    private ObjectInputStream in;

    public ControllerProcess() throws IOException {
        folder = Files.createTempDirectory("jenkins-process");
        home = Files.createDirectory(folder.resolve("home")).toFile();
    }

    public File home() {
        return home;
    }

    public boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** Starts the controller and waits until it is up. */
    public void start(String... javaOptions) throws IOException {
        if (isAlive()) {
            throw new IllegalStateException("Jenkins is (supposedly) already running");
        }
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            server.setSoTimeout(POLL_MILLIS);
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-Xmx512m",
                    "--add-opens",
                    "java.base/java.util=ALL-UNNAMED"));
            command.addAll(List.of(javaOptions));
            command.addAll(List.of(
                    "-cp",
                    System.getProperty("java.class.path"),
                    ControllerMain.class.getName(),
                    home.getPath(),
                    String.valueOf(server.getLocalPort())));
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                    .start();
            socket = accept(server);
        }
        out = new ObjectOutputStream(socket.getOutputStream());
        out.flush();
        in = new ObjectInputStream(socket.getInputStream());
        answer();
    }

    private Path log() {
        return folder.resolve("controller.log");
    }

    private Socket accept(ServerSocket server) throws IOException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(START_MILLIS);
        while (process.isAlive() && System.nanoTime() < end) {
            try {
                return server.accept();
            } catch (SocketTimeoutException x) {
                // the next round looks whether the process still lives
            }
        }
        kill();
        throw new IOException("The controller did not come up; its output:\n" + Files.readString(log()));
    }

    /** Runs a step over there. */
    public void run(RealJenkinsFixture.Step step) throws Throwable {
        send(step);
        answer();
    }

    /** Runs a step over there and returns its answer. */
    @SuppressWarnings("unchecked")
    public <T extends Serializable> T call(RealJenkinsFixture.Step2<T> step) throws Throwable {
        send(step);
        return (T) answer();
    }

    private void send(Serializable step) throws IOException {
        out.reset();
        out.writeObject(step);
        out.flush();
    }

    private Object answer() throws IOException {
        try {
            ControllerMain.Answer answer = (ControllerMain.Answer) in.readObject();
            if (answer.failure() != null) {
                throw new AssertionError(answer.failure());
            }
            return answer.result();
        } catch (EOFException x) {
            throw new IOException("The controller is gone; its output:\n" + Files.readString(log()), x);
        } catch (ClassNotFoundException x) {
            throw new IOException(x);
        }
    }

    /** Lets the controller go down in good order. */
    public void stop() throws IOException, InterruptedException {
        if (isAlive()) {
            send(null);
            answer();
            process.waitFor();
        }
        disconnect();
    }

    /** Kills the process. */
    public void kill() {
        if (process != null) {
            process.destroyForcibly();
            try {
                process.waitFor();
            } catch (InterruptedException x) {
                Thread.currentThread().interrupt();
            }
        }
        disconnect();
    }

    private void disconnect() {
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (IOException x) {
            throw new java.io.UncheckedIOException(x);
        }
    }

    /** Kills what still runs and deletes the home. */
    public void end() {
        kill();
        try {
            Folders.delete(folder);
        } catch (IOException x) {
            // A process that the test left behind may still write; the system clears its temporary folder.
            home.deleteOnExit();
        }
    }
}
