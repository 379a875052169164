package io.jenkins.mlops.testbed.pipeline;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.console.ConsoleLogFilter;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** A build's log behind a filter, such as the one that masks credentials. */
final class FilteredListener implements TaskListener {
    private static final long serialVersionUID = 1L;

    private final TaskListener plain;
    private final ConsoleLogFilter filter;
    private final transient Run<?, ?> run;
    private transient PrintStream stream;

    FilteredListener(TaskListener plain, ConsoleLogFilter filter, Run<?, ?> run) {
        this.plain = plain;
        this.filter = filter;
        this.run = run;
    }

    @NonNull
    @Override
    public synchronized PrintStream getLogger() {
        if (stream == null) {
            try {
                stream = new PrintStream(filter.decorateLogger(run, plain.getLogger()), true, StandardCharsets.UTF_8);
            } catch (IOException x) {
                throw new IllegalStateException("the log's filter failed", x);
            } catch (InterruptedException x) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", x);
            }
        }
        return stream;
    }
}
