package io.jenkins.plugins.mlops.registry.lineage;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.data.ColumnProfile;
import io.jenkins.mlops.data.ColumnType;
import io.jenkins.mlops.data.NumberSummary;
import io.jenkins.plugins.mlops.registry.lineage.chart.IntervalBar;
import io.jenkins.plugins.mlops.registry.lineage.chart.NumberText;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** The profile of one column of a dataset. */
@ExportedBean(defaultVisibility = 999)
public final class ColumnView {
    private static final int SHOWN_VALUES = 3;

    private final ColumnProfile column;
    private final long rows;

    ColumnView(ColumnProfile column, long rows) {
        this.column = column;
        this.rows = rows;
    }

    @Exported
    public String getName() {
        return column.name();
    }

    /** {@code integer}, {@code number}, {@code boolean}, {@code text} or {@code empty}. */
    @Exported
    public String getType() {
        return column.type().name().toLowerCase(Locale.ROOT);
    }

    @Exported
    public long getNulls() {
        return column.nulls();
    }

    @Exported
    public long getDistinct() {
        return column.distinct();
    }

    /** Whether the number of different values was counted, not estimated. */
    @Exported
    public boolean isDistinctExact() {
        return column.distinctExact();
    }

    @Exported
    @CheckForNull
    public Double getMin() {
        return number(NumberSummary::min);
    }

    @Exported
    @CheckForNull
    public Double getMedian() {
        return number(NumberSummary::median);
    }

    @Exported
    @CheckForNull
    public Double getMean() {
        return number(NumberSummary::mean);
    }

    @Exported
    @CheckForNull
    public Double getStd() {
        return number(NumberSummary::std);
    }

    @Exported
    @CheckForNull
    public Double getMax() {
        return number(NumberSummary::max);
    }

    /** The quantiles at {@link NumberSummary#LEVELS}; empty unless the column holds numbers. */
    @Exported
    public List<Double> getQuantiles() {
        NumberSummary numbers = column.numbers();
        return numbers == null
                ? List.of()
                : numbers.quantiles().stream().filter(Double::isFinite).toList();
    }

    /** The most frequent values with their counts. */
    @Exported(inline = true)
    public List<NamedNumber> getTopValues() {
        return column.topValues().stream()
                .map(value -> new NamedNumber(value.value(), value.count()))
                .toList();
    }

    @CheckForNull
    private Double number(ToDoubleFunction<NumberSummary> figure) {
        NumberSummary numbers = column.numbers();
        return numbers == null ? null : NamedNumber.finite(figure.applyAsDouble(numbers));
    }

    private static String text(@CheckForNull Double value) {
        return value == null ? "" : NumberText.general(value);
    }

    public String getMinText() {
        return text(getMin());
    }

    public String getMedianText() {
        return text(getMedian());
    }

    public String getMeanText() {
        return text(getMean());
    }

    public String getStdText() {
        return text(getStd());
    }

    public String getMaxText() {
        return text(getMax());
    }

    /** Missing cells, with their share if there are any. */
    public String getNullsText() {
        return column.nulls() == 0 || rows == 0
                ? NumberText.count(column.nulls())
                : NumberText.count(column.nulls()) + " (" + NumberText.percent((double) column.nulls() / rows) + ")";
    }

    /** Different values, with a sign if they were estimated. */
    public String getDistinctText() {
        return (column.distinctExact() ? "" : "\u2248\u2009") + NumberText.count(column.distinct());
    }

    /** Median and middle half between least and greatest value; null unless the column holds different numbers. */
    @CheckForNull
    public IntervalBar getSpread() {
        NumberSummary numbers = column.numbers();
        if (column.type() == ColumnType.BOOLEAN
                || numbers == null
                || numbers.quantiles().isEmpty()
                || numbers.min() == numbers.max()) {
            return null;
        }
        double lower = numbers.quantiles().get(NumberSummary.LEVELS.indexOf(0.25));
        double upper = numbers.quantiles().get(NumberSummary.LEVELS.indexOf(0.75));
        String description = Messages.ColumnView_spread(
                text(getMin()),
                NumberText.general(lower),
                text(getMedian()),
                NumberText.general(upper),
                text(getMax()));
        return new IntervalBar.Domain(numbers.min(), numbers.max(), Double.NaN)
                .bar(description, numbers.median(), lower, upper);
    }

    /** The most frequent values of a column that has no spread to draw. */
    public String getFrequent() {
        return column.topValues().stream()
                .limit(SHOWN_VALUES)
                .map(value -> (value.value().isEmpty() ? "\u2423" : value.value()) + " ("
                        + (value.error() == 0 ? "" : "\u2264\u2009") + NumberText.count(value.count()) + ")")
                .collect(Collectors.joining(", "));
    }
}
