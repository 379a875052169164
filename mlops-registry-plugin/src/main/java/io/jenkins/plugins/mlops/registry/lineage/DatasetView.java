package io.jenkins.plugins.mlops.registry.lineage;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.data.DataProfile;
import io.jenkins.mlops.data.DatasetSnapshot;
import io.jenkins.plugins.mlops.registry.lineage.chart.NumberText;
import java.util.Collections;
import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A dataset snapshot as a page and the REST API show it. */
@ExportedBean(defaultVisibility = 999)
public final class DatasetView {
    /** A page with ten thousand rows helps nobody; the REST API has them all. */
    private static final int MOST_COLUMNS = 200;

    private final DatasetFact fact;

    @CheckForNull
    private final DatasetSnapshot snapshot;

    private final String problem;

    DatasetView(DatasetFact fact, @CheckForNull DatasetSnapshot snapshot, String problem) {
        this.fact = fact;
        this.snapshot = snapshot;
        this.problem = problem;
    }

    @Exported
    public String getName() {
        return fact.getName();
    }

    @Exported
    public String getRole() {
        return fact.getRole();
    }

    @Exported
    public String getDigest() {
        return fact.getDigest();
    }

    @Exported
    public long getFiles() {
        return fact.getFiles();
    }

    @Exported
    public long getBytes() {
        return fact.getBytes();
    }

    @Exported
    public String getFormat() {
        return fact.getFormat();
    }

    /** Rows in all tables, or -1 if it is no table. */
    @Exported
    public long getRows() {
        return fact.getRows();
    }

    /** Every column's profile; empty if there is none. */
    @Exported(inline = true)
    public List<ColumnView> getColumns() {
        DataProfile profile = snapshot == null ? null : snapshot.profile();
        if (profile == null) {
            return Collections.emptyList();
        }
        long rows = profile.rows();
        return profile.columns().stream()
                .map(column -> new ColumnView(column, rows))
                .toList();
    }

    /** As many columns as a page takes. */
    public List<ColumnView> getShownColumns() {
        return getColumns().stream().limit(MOST_COLUMNS).toList();
    }

    /** How many columns the page leaves to the REST API. */
    public int getHiddenColumns() {
        return getColumns().size() - getShownColumns().size();
    }

    /** Why the profile can't be shown; empty if it can. */
    public String getProblem() {
        return problem;
    }

    /** Size and shape in one line. */
    public String getShape() {
        String shape = Messages.DatasetView_files(fact.getFiles(), NumberText.bytes(fact.getBytes()));
        int columns = getColumns().size();
        if (fact.getRows() >= 0 && columns > 0) {
            return Messages.DatasetView_table(shape, NumberText.count(fact.getRows()), columns);
        }
        return shape;
    }
}
