package io.jenkins.mlops.monitor.drift;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.data.ColumnProfile;
import io.jenkins.mlops.data.ColumnType;
import io.jenkins.mlops.data.NumberSummary;
import io.jenkins.mlops.data.ValueCount;
import java.util.List;
import java.util.concurrent.ForkJoinTask;

/** What is kept of one column: its numbers, its values and how often each occurs, its texts; in bounded memory. */
public final class ColumnSample {
    /** So many points stand for the distribution that a profile has. */
    private static final int PROFILE_POINTS = 1_000;

    /** Columns from this length on are sorted side by side. */
    private static final long LONG = 50_000;

    private String name;
    private final NumberCollector numbers;
    private final CategoryCounts categories;
    private final int textsKept;

    @CheckForNull
    private TextSample texts;

    @CheckForNull
    private Numbers sorted;

    @CheckForNull
    private ColumnProfile profile;

    private long integers;
    private long decimals;
    private long booleans;
    private long strings;
    private long notFinite;

    ColumnSample(String name, ValueBudget budget, int sketchSize, int categoriesKept, int textsKept) {
        this.name = name;
        this.numbers = new NumberCollector(budget, sketchSize);
        this.categories = new CategoryCounts(categoriesKept);
        this.textsKept = textsKept;
    }

    /** A column without a cell. */
    static ColumnSample empty(String name) {
        return new ColumnSample(name, new ValueBudget(0), 8, 2, 0);
    }

    /** The column as a profile has it: quantiles and the most frequent values. */
    static ColumnSample of(ColumnProfile profile, long rows) {
        ColumnSample sample = new ColumnSample(profile.name(), new ValueBudget(0), 8, 1_000, 0);
        sample.profile = profile;
        long present = rows - profile.nulls();
        NumberSummary summary = profile.numbers();
        switch (profile.type()) {
            case INTEGER, NUMBER -> {
                sample.integers = profile.type() == ColumnType.INTEGER ? present : 0;
                sample.decimals = present - sample.integers;
                sample.notFinite = summary == null ? 0 : summary.notFinite();
                sample.sorted = points(summary);
            }
            case BOOLEAN -> sample.booleans = present;
            case TEXT -> sample.strings = present;
            default -> {}
        }
        long named = 0;
        long error = 0;
        for (ValueCount value : profile.topValues()) {
            sample.categories.add(value.value(), value.count() - value.error());
            named += value.count() - value.error();
            error = Math.max(error, value.error());
        }
        long unnamed = Math.max(0, present - named);
        sample.categories.addUnnamed(unnamed, Math.max(error, unnamed));
        return sample;
    }

    /** Points along the straight lines between the quantiles, as many on each as its share. */
    private static Numbers points(@CheckForNull NumberSummary summary) {
        if (summary == null || summary.count() == 0) {
            return Numbers.of(new double[0]);
        }
        List<Double> levels = NumberSummary.LEVELS;
        int n = (int) Math.min(PROFILE_POINTS, summary.count());
        double[] values = new double[n];
        long[] weights = new long[n];
        double gap = 0;
        for (int i = 0; i < n; i++) {
            double level = (i + 0.5) / n;
            int at = 0;
            while (at < levels.size() && levels.get(at) < level) {
                at++;
            }
            double low = at == 0 ? summary.min() : summary.quantiles().get(at - 1);
            double high =
                    at == levels.size() ? summary.max() : summary.quantiles().get(at);
            double from = at == 0 ? 0 : levels.get(at - 1);
            double to = at == levels.size() ? 1 : levels.get(at);
            gap = Math.max(gap, to - from);
            values[i] = low + (high - low) * (level - from) / (to - from);
            weights[i] = summary.count() * (i + 1) / n - summary.count() * i / n;
        }
        values[0] = summary.min();
        values[n - 1] = Math.max(values[n - 1], summary.max());
        double deviation =
                Double.isNaN(summary.std()) ? 0 : summary.std() * Math.sqrt((summary.count() - 1.0) / summary.count());
        return Numbers.weighted(values, weights, gap + summary.quantileRankError(), summary.mean(), deviation);
    }

    /** The same, under the name that became known after its cells. */
    ColumnSample renamed(String itsName) {
        name = itsName;
        return this;
    }

    /** Takes a number in. */
    void number(double value, boolean whole) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            notFinite++;
            return;
        }
        integers += whole ? 1 : 0;
        decimals += whole ? 0 : 1;
        numbers.add(value);
    }

    void text(String value) {
        strings++;
        categories.add(value);
        if (texts != null || TextSample.looksLikeText(value)) {
            texts = texts == null ? new TextSample(textsKept) : texts;
            texts.add(value);
        }
    }

    void bool(boolean value) {
        booleans++;
        categories.add(value ? "true" : "false");
    }

    public String name() {
        return name;
    }

    /** How many cells have a value that can be compared: NaN and the infinities have none. */
    public long present() {
        return integers + decimals + booleans + strings;
    }

    /** How many cells are NaN or infinite. */
    public long notFinite() {
        return notFinite;
    }

    /** What all present cells are. */
    public ColumnType type() {
        boolean numeric = integers + decimals > 0;
        if (strings > 0 || numeric && booleans > 0) {
            return ColumnType.TEXT;
        }
        if (numeric) {
            return decimals > 0 ? ColumnType.NUMBER : ColumnType.INTEGER;
        }
        return booleans > 0 ? ColumnType.BOOLEAN : ColumnType.EMPTY;
    }

    /** Whether it comes from a profile, so that only some of its values are known. */
    boolean fromProfile() {
        return profile != null;
    }

    /** Whether pandas would read it as whole numbers: no missing cell, none with a decimal point. */
    boolean wholeNumbers(long rows) {
        return type() == ColumnType.INTEGER && present() == rows;
    }

    /** The numbers, sorted once. */
    Numbers numbers() {
        if (sorted == null) {
            sorted = numbers.numbers();
        }
        return sorted;
    }

    /** Sorts two columns at once, each on a thread of its own when they are long. */
    static void sort(ColumnSample first, ColumnSample second) {
        if (Math.min(first.numbers.count(), second.numbers.count()) < LONG) {
            return;
        }
        ForkJoinTask<Numbers> other = ForkJoinTask.adapt(second::numbers).fork();
        first.numbers();
        other.join();
    }

    /** The least finite number; infinite when there is none. */
    public double min() {
        return integers + decimals == 0 ? Double.POSITIVE_INFINITY : numbers().min();
    }

    /** The greatest finite number; negatively infinite when there is none. */
    public double max() {
        return integers + decimals == 0 ? Double.NEGATIVE_INFINITY : numbers().max();
    }

    /** How many numbers are outside a range; when sketched, within {@link #rankError} of the count. */
    public long outside(double from, double to) {
        return integers + decimals == 0
                ? 0
                : numbers().count() - numbers().below(to, true) + numbers().below(from, false);
    }

    /** By how much a rank may be off, as a share of the count; 0 when all numbers are kept. */
    public double rankError() {
        return integers + decimals == 0 ? 0 : numbers().rankError();
    }

    /** How many present cells have none of the given values. */
    public long without(java.util.Set<String> allowed) {
        long inside = 0;
        CategoryCounts all = categories();
        for (String value : allowed) {
            inside += all.counts().getOrDefault(CategoryCounts.key(value), 0L);
        }
        return Math.max(0, all.total() - inside - (all.exact() ? 0 : allowed.size() * all.error()));
    }

    /** All finite numbers, ascending; null when they are not all kept. */
    @CheckForNull
    public double[] exactNumbers() {
        Numbers mine = numbers();
        if (!mine.exact()) {
            return null;
        }
        double[] values = new double[mine.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = mine.value(i);
        }
        return values;
    }

    /** All finite numbers in the order of their rows; null when they are not all kept. */
    @CheckForNull
    double[] numbersInOrder() {
        return fromProfile() ? null : numbers.inOrder();
    }

    @CheckForNull
    TextSample texts() {
        return texts;
    }

    /** The values as categories; numbers by their shortest text. */
    CategoryCounts categories() {
        if (integers + decimals == 0 || fromProfile()) {
            return categories;
        }
        CategoryCounts all = new CategoryCounts(TableSample.CATEGORIES);
        categories.counts().forEach(all::add);
        all.addUnnamed(0, categories.error());
        Numbers mine = numbers();
        for (int i = 0; i < mine.size(); ) {
            int next = i + 1;
            while (next < mine.size() && mine.value(next) == mine.value(i)) {
                next++;
            }
            all.add(label(mine.value(i)), mine.upTo(next - 1) - mine.upTo(i - 1));
            i = next;
        }
        return all;
    }

    static String label(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    /** How many different values there are: exact up to the limits, else a lower bound; a profile's own figure. */
    long distinct(int limit) {
        if (profile != null) {
            return profile.distinct();
        }
        ColumnType type = type();
        return type == ColumnType.INTEGER || type == ColumnType.NUMBER
                ? numbers().distinct(limit)
                : categories().counts().size();
    }
}
