package io.jenkins.plugins.mlops.monitor.spec;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import io.jenkins.mlops.data.ColumnType;
import io.jenkins.mlops.monitor.Severity;
import io.jenkins.mlops.monitor.quality.Expectation;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jenkinsci.Symbol;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** What a column of live data is expected to be. */
public final class ColumnExpectationSpec implements Describable<ColumnExpectationSpec>, Serializable {
    private static final long serialVersionUID = 1L;

    private final String column;
    private Double min;
    private Double max;
    private ArrayList<String> allowed = new ArrayList<>();
    private ArrayList<String> types = new ArrayList<>();
    private double maxMissing = 1;
    private double tolerated = 0;
    private boolean required = true;
    private String severity = "warning";

    /** @param column the column's name */
    @DataBoundConstructor
    public ColumnExpectationSpec(String column) {
        this.column = Util.fixNull(column).trim();
    }

    public String getColumn() {
        return column;
    }

    @CheckForNull
    public Double getMin() {
        return min;
    }

    /** No number is below it; none for any. */
    @DataBoundSetter
    public void setMin(@CheckForNull Double min) {
        this.min = min;
    }

    @CheckForNull
    public Double getMax() {
        return max;
    }

    /** No number is above it; none for any. */
    @DataBoundSetter
    public void setMax(@CheckForNull Double max) {
        this.max = max;
    }

    public List<String> getAllowed() {
        return Collections.unmodifiableList(allowed);
    }

    @Restricted(NoExternalUse.class) // config.jelly
    public String getAllowedLines() {
        return Lines.text(allowed);
    }

    /** The only values; empty for any. */
    @DataBoundSetter
    public void setAllowed(@CheckForNull List<String> allowed) {
        this.allowed = Lines.of(allowed);
    }

    public List<String> getTypes() {
        return Collections.unmodifiableList(types);
    }

    @Restricted(NoExternalUse.class) // config.jelly
    public String getTypesLines() {
        return Lines.text(types);
    }

    /** The types it may have, such as {@code integer} or {@code number}; empty for any. */
    @DataBoundSetter
    public void setTypes(@CheckForNull List<String> types) {
        this.types = Lines.of(types);
    }

    public double getMaxMissing() {
        return maxMissing;
    }

    /** The greatest share of missing cells, from 0 to 1; 1 for any. */
    @DataBoundSetter
    public void setMaxMissing(double maxMissing) {
        this.maxMissing = maxMissing;
    }

    public double getTolerated() {
        return tolerated;
    }

    /** The greatest share of cells that may be outside of range or values, from 0 to 1. */
    @DataBoundSetter
    public void setTolerated(double tolerated) {
        this.tolerated = tolerated;
    }

    public boolean isRequired() {
        return required;
    }

    /** Whether the column must be there. */
    @DataBoundSetter
    public void setRequired(boolean required) {
        this.required = required;
    }

    public String getSeverity() {
        return severity;
    }

    /** How severe it is when it is otherwise: {@code info}, {@code warning} or {@code critical}. */
    @DataBoundSetter
    public void setSeverity(@CheckForNull String severity) {
        this.severity = Util.fixEmptyAndTrim(severity) == null ? "warning" : severity.trim();
    }

    /** @throws IllegalArgumentException saying which option was expected to be what */
    Expectation plan() {
        if (column.isEmpty()) {
            throw new IllegalArgumentException("expectColumn: expected a column's name, found none");
        }
        List<ColumnType> known = new ArrayList<>();
        for (String type : types) {
            try {
                known.add(ColumnType.valueOf(type.trim().toUpperCase(Locale.ROOT)));
            } catch (IllegalArgumentException x) {
                throw new IllegalArgumentException(
                        "types: expected " + Arrays.toString(ColumnType.values()) + ", found '" + type + "'", x);
            }
        }
        return new Expectation(
                column,
                required,
                known,
                maxMissing,
                min == null ? Double.NEGATIVE_INFINITY : min,
                max == null ? Double.POSITIVE_INFINITY : max,
                allowed,
                tolerated,
                Severity.of(severity));
    }

    /** Describes it. */
    @Extension
    @Symbol("expectColumn")
    public static final class DescriptorImpl extends Descriptor<ColumnExpectationSpec> {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.ColumnExpectationSpec_displayName();
        }
    }
}
