package io.jenkins.plugins.mlops.steps;

import hudson.Extension;
import hudson.model.Computer;
import io.jenkins.mlops.tracking.MetricPoint;
import io.jenkins.mlops.tracking.RunBatch;
import io.jenkins.mlops.tracking.TrackedRun;
import io.jenkins.mlops.tracking.mlflow.Access;
import io.jenkins.plugins.mlops.registry.mlflow.RunLogListener;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import jenkins.util.Timer;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * What training scripts log by MLflow's calls, on the console of their build while they train.
 *
 * <p>A script may log a thousand points a second: at most once a second, the last value of each metric is printed.
 */
final class LoggedLines {
    private static final Map<String, LoggedLines> OPEN = new ConcurrentHashMap<>();
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int MOST_ON_LINE = 12;
    private static final int MOST_WAITING = 1_000;
    private static final int MOST_VALUE = 60;

    private final PrintStream console;
    private final Map<String, Values> waiting = new LinkedHashMap<>();
    private boolean scheduled;
    private long printedNanos = System.nanoTime() - PAUSE_NANOS;

    private LoggedLines(PrintStream console) {
        this.console = console;
    }

    /** What one run logged since the last lines. */
    private static final class Values {
        private final String name;
        private final Map<String, String> params = new LinkedHashMap<>();
        private final Map<String, MetricPoint> metrics = new LinkedHashMap<>();

        Values(String name) {
            this.name = name;
        }
    }

    /** Begins to print what is logged to a run, and to those nested in it; does nothing when that has begun. */
    static void open(String runId, PrintStream console) {
        OPEN.computeIfAbsent(runId, id -> new LoggedLines(console));
    }

    /** Prints what waits, and ends. */
    static void close(String runId) {
        LoggedLines lines = OPEN.remove(runId);
        if (lines != null) {
            lines.print();
        }
    }

    /**
     * Takes down what was logged; does nothing when nobody listens.
     *
     * @param openId the run that was opened, see {@link #open}
     * @param runId the run that it was logged to: the same, or one nested in it
     * @param name the nested run's name; empty for the other
     */
    static void add(String openId, String runId, String name, RunBatch batch) {
        LoggedLines lines = OPEN.get(openId);
        if (lines != null && !(batch.metrics().isEmpty() && batch.params().isEmpty())) {
            lines.add(runId, name, batch);
        }
    }

    private synchronized void add(String runId, String name, RunBatch batch) {
        Values values = waiting.computeIfAbsent(runId, id -> new Values(name));
        if (values.params.size() < MOST_WAITING) {
            values.params.putAll(batch.params());
        }
        for (MetricPoint point : batch.metrics()) {
            MetricPoint before = values.metrics.get(point.key());
            if (before == null ? values.metrics.size() < MOST_WAITING : before.step() <= point.step()) {
                values.metrics.put(point.key(), point);
            }
        }
        if (!scheduled) {
            scheduled = true;
            long wait = Math.max(0, PAUSE_NANOS - (System.nanoTime() - printedNanos));
            // The caller is the script's request, which waits for no console; the timer's threads wait for nothing.
            Timer.get().schedule(() -> Computer.threadPoolForRemoting.submit(this::print), wait, TimeUnit.NANOSECONDS);
        }
    }

    private void print() {
        List<String> lines = new ArrayList<>();
        synchronized (this) {
            waiting.values().forEach(values -> lines(values, lines));
            waiting.clear();
            scheduled = false;
            printedNanos = System.nanoTime();
        }
        lines.forEach(console::println);
    }

    private static void lines(Values values, List<String> lines) {
        String whose = values.name.isEmpty() ? "[mlops] " : "[mlops] run '" + shown(values.name) + "': ";
        if (!values.params.isEmpty()) {
            List<String> texts = new ArrayList<>();
            values.params.forEach((key, value) -> texts.add(shown(key) + "=" + shown(value)));
            lines.add(whose + "parameters " + joined(texts));
        }
        Map<Long, List<String>> bySteps = new LinkedHashMap<>();
        values.metrics.forEach((key, point) -> bySteps.computeIfAbsent(point.step(), step -> new ArrayList<>())
                .add(shown(key) + "=" + TrackedValues.number(point.value())));
        bySteps.forEach((step, texts) -> lines.add(whose + (step == 0 ? "" : "step " + step + ": ") + joined(texts)));
    }

    private static String joined(List<String> texts) {
        return texts.size() <= MOST_ON_LINE
                ? String.join(" ", texts)
                : String.join(" ", texts.subList(0, MOST_ON_LINE)) + " and " + (texts.size() - MOST_ON_LINE) + " more";
    }

    /** One line of it, without what a console takes for more than a text. */
    private static String shown(String text) {
        String plain = text.replaceAll("\\p{Cntrl}", " ");
        return plain.length() <= MOST_VALUE ? plain : plain.substring(0, MOST_VALUE) + "...";
    }

    /** Hears of what is logged. */
    @Extension
    @Restricted(NoExternalUse.class) // found by Jenkins
    public static final class Listener implements RunLogListener {
        @Override
        public void onLogged(TrackedRun run, RunBatch batch) {
            String root = run.tags().get(Access.ROOT);
            add(root == null ? run.id() : root, run.id(), root == null ? "" : run.name(), batch);
        }
    }
}
