package io.jenkins.plugins.mlops.registry.lineage;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A tracked run of the build, as kept in {@code build.xml}. */
@ExportedBean(defaultVisibility = 3)
public final class RunFact implements Fact {
    private final String id;
    private final String name;
    private final String experiment;
    private final String status;
    private final long startMillis;
    private final long endMillis;

    @CheckForNull
    private final String node;

    public RunFact(String id, String name, String experiment, String status, long startMillis, long endMillis) {
        this(id, name, experiment, status, startMillis, endMillis, null);
    }

    /**
     * @param node id of the Pipeline's node that opened the run, null if none did
     */
    public RunFact(
            String id,
            String name,
            String experiment,
            String status,
            long startMillis,
            long endMillis,
            @CheckForNull String node) {
        this.id = id;
        this.name = name;
        this.experiment = experiment;
        this.status = status;
        this.startMillis = startMillis;
        this.endMillis = endMillis;
        this.node = node;
    }

    @Override
    public String key() {
        return id;
    }

    /** The run's id, 32 hexadecimal digits. */
    @Exported
    public String getId() {
        return id;
    }

    /** The run's name. */
    @Exported
    public String getName() {
        return name;
    }

    /** The experiment it belongs to. */
    @Exported
    public String getExperiment() {
        return experiment;
    }

    /** {@code RUNNING}, {@code FINISHED}, {@code FAILED} or {@code KILLED}. */
    @Exported
    public String getStatus() {
        return status;
    }

    /** When it began, in milliseconds since 1970. */
    @Exported
    public long getStartMillis() {
        return startMillis;
    }

    /** When it ended, or 0 while it goes on. */
    @Exported
    public long getEndMillis() {
        return endMillis;
    }

    /** The id of the Pipeline's node that opened it, empty if none did. */
    public String getNode() {
        return node == null ? "" : node;
    }
}
