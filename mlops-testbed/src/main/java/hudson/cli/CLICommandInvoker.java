package hudson.cli;

import hudson.ExtensionList;
import hudson.model.User;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Locale;
import org.jvnet.hudson.test.JenkinsRule;

/** Runs a command in a test as a client would. */
public class CLICommandInvoker {
    private final CLICommand command;
    private InputStream stdin = new ByteArrayInputStream(new byte[0]);
    private List<String> args = List.of();

    public CLICommandInvoker(final JenkinsRule rule, final CLICommand command) {
        ExtensionList.lookupSingleton(command.getClass());
        this.command = command;
    }

    public CLICommandInvoker(final JenkinsRule rule, final String command) {
        this.command = CLICommand.clone(command);
        if (this.command == null) {
            throw new AssertionError("No such command: " + command);
        }
    }

    public CLICommandInvoker asUser(String user) {
        command.setTransportAuth2(User.getById(user, true).impersonate2());
        return this;
    }

    public CLICommandInvoker withStdin(final InputStream stdin) {
        if (stdin == null) {
            throw new NullPointerException("No stdin provided");
        }
        this.stdin = stdin;
        return this;
    }

    public CLICommandInvoker withArgs(final String... args) {
        this.args = List.of(args);
        return this;
    }

    public Result invokeWithArgs(final String... args) {
        return withArgs(args).invoke();
    }

    public Result invoke() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Charset charset;
        try {
            charset = command.getClientCharset();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new RuntimeException(e);
        }
        int code = command.main(
                args,
                Locale.ENGLISH,
                stdin,
                new PrintStream(out, false, charset),
                new PrintStream(err, false, charset));
        return new Result(code, out, err, charset);
    }

    /** What a command answered. */
    public static class Result {
        private final int code;
        private final ByteArrayOutputStream out;
        private final ByteArrayOutputStream err;
        private final Charset charset;

        private Result(int code, ByteArrayOutputStream out, ByteArrayOutputStream err, Charset charset) {
            this.code = code;
            this.out = out;
            this.err = err;
            this.charset = charset;
        }

        public int returnCode() {
            return code;
        }

        public String stdout() {
            return out.toString(charset);
        }

        public byte[] stdoutBinary() {
            return out.toByteArray();
        }

        public String stderr() {
            return err.toString(charset);
        }

        public byte[] stderrBinary() {
            return err.toByteArray();
        }

        @Override
        public String toString() {
            return "CLI command exited with " + code + "\nSTDOUT:\n" + stdout() + "\nSTDERR:\n" + stderr();
        }
    }
}
