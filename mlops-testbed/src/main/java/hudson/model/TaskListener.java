package hudson.model;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.util.StreamTaskListener;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jenkinsci.remoting.SerializableOnlyOverRemoting;

/** Receives what a task has to say. */
public interface TaskListener extends SerializableOnlyOverRemoting {
    /** A listener that drops everything. */
    TaskListener NULL = new StreamTaskListener(OutputStream.nullOutputStream(), StandardCharsets.UTF_8);

    @NonNull
    PrintStream getLogger();

    @NonNull
    default Charset getCharset() {
        return StandardCharsets.UTF_8;
    }

    @NonNull
    default PrintWriter error(String msg) {
        return marked("ERROR: " + msg);
    }

    @NonNull
    default PrintWriter error(String format, Object... args) {
        return error(String.format(format, args));
    }

    private PrintWriter marked(String line) {
        PrintStream log = getLogger();
        log.print(line);
        log.print(System.lineSeparator().equals("\r\n") ? "\r\n" : "\n");
        log.flush();
        return new PrintWriter(new OutputStreamWriter(log, getCharset()), true);
    }
}
