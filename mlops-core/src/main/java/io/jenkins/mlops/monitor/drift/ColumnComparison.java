package io.jenkins.mlops.monitor.drift;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.data.ColumnType;
import io.jenkins.mlops.evaluation.interval.Distributions;
import io.jenkins.mlops.monitor.Expect;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The comparison of one column: its kind, its rule, the statistic and what else is to be said of it. */
final class ColumnComparison {
    /** Up to so many rows tests are made, with more distances are measured. */
    private static final long FEW_ROWS = 1_000;

    /** Numbers of up to so many different values are compared as categories. */
    private static final int FEW_VALUES = 5;

    /** Distances of mere scale are not blown up beyond this. */
    private static final double LEAST_DEVIATION = 0.001;

    /** From so many different values on a column of texts may be one of ids. */
    private static final int MANY_VALUES = 1_000;

    private final ColumnSample reference;

    private final ColumnSample current;
    private final boolean vanished;

    private final long referenceRows;
    private final long currentRows;
    private final DriftOptions options;
    private final List<String> notes = new ArrayList<>();
    private final List<String> passedOver = new ArrayList<>();
    private final List<ColumnDrift> details = new ArrayList<>();
    private final Optional<ColumnDrift> result;

    ColumnComparison(ColumnSample reference, long referenceRows, TableSample table, DriftOptions options) {
        this.reference = reference;
        this.referenceRows = referenceRows;
        this.vanished = !table.has(reference.name());
        this.current = vanished ? ColumnSample.empty(reference.name()) : table.column(reference.name());
        this.currentRows = table.rows();
        this.options = options;
        this.result = Optional.ofNullable(compare());
    }

    Optional<ColumnDrift> result() {
        return result;
    }

    List<ColumnDrift> details() {
        return details;
    }

    List<String> passedOver() {
        return passedOver;
    }

    @CheckForNull
    private ColumnDrift compare() {
        String name = reference.name();
        if (vanished && options.optional().contains(name)) {
            passedOver.add("The column '" + name + "' is in the reference alone: what serves doesn't ask for it.");
            return null;
        }
        if (vanished) {
            return withoutStatistic("The column has vanished: the current data don't have it.", true);
        }
        if (reference.notFinite() + current.notFinite() > 0) {
            notes.add("NaN and infinite cells are left out: " + reference.notFinite() + " of the reference, "
                    + current.notFinite() + " now.");
        }
        missing();
        if (reference.present() == 0) {
            if (current.present() > 0) {
                passedOver.add("The column '" + name + "' has no value in the reference; it is not compared.");
            }
            return null;
        }
        if (current.present() == 0) {
            return withoutStatistic("No cell has a value now.", true);
        }
        ColumnKind kind = kind();
        if (kind == ColumnKind.EMPTY) {
            passedOver.add("The column '" + name
                    + "' holds ids: nearly every value is another one. It is not compared; name its kind to have it"
                    + " compared.");
            return null;
        }
        if (kind == ColumnKind.NUMERIC && (!numeric(reference) || !numeric(current))) {
            return withoutStatistic(
                    "The column's type has changed from " + reference.type() + " to " + current.type() + ".", true);
        }
        return switch (kind) {
            case NUMERIC -> numbers();
            case TEXT -> texts();
            default -> categories(rule(ColumnKind.CATEGORICAL, 0), ColumnKind.CATEGORICAL);
        };
    }

    private static boolean numeric(ColumnSample sample) {
        return sample.type() == ColumnType.INTEGER || sample.type() == ColumnType.NUMBER;
    }

    /** The kind that was named, or what the values look like; EMPTY for ids. */
    private ColumnKind kind() {
        ColumnKind named = options.kinds().get(reference.name());
        if (named != null) {
            return named;
        }
        if (numeric(reference)) {
            return ColumnKind.NUMERIC;
        }
        TextSample texts = reference.texts();
        if (texts != null && current.texts() != null && 2 * texts.count() > reference.present()) {
            return ColumnKind.TEXT;
        }
        long distinct = reference.distinct(Integer.MAX_VALUE);
        boolean ids = distinct >= MANY_VALUES && distinct > reference.present() / 2
                || !reference.fromProfile() && !reference.categories().exact() && mostlyRare(reference.categories());
        return ids && !options.rules().containsKey(reference.name()) ? ColumnKind.EMPTY : ColumnKind.CATEGORICAL;
    }

    /** Whether three quarters of the rows have values too rare to be kept. */
    private static boolean mostlyRare(CategoryCounts counts) {
        long named = 0;
        for (long count : counts.counts().values()) {
            named += count;
        }
        return named < counts.total() / 4;
    }

    private DriftRule rule(ColumnKind kind, long distinctNumbers) {
        DriftRule own = options.rules().get(reference.name());
        own = own == null ? options.defaults().get(kind) : own;
        if (own != null) {
            return own;
        }
        boolean few = reference.present() <= FEW_ROWS;
        if (kind == ColumnKind.NUMERIC && distinctNumbers > FEW_VALUES) {
            return few ? DriftRule.of(DriftStatistic.KOLMOGOROV_SMIRNOV) : DriftRule.of(DriftStatistic.WASSERSTEIN);
        }
        if (!few) {
            return DriftRule.of(DriftStatistic.JENSEN_SHANNON);
        }
        long distinct = kind == ColumnKind.NUMERIC ? distinctNumbers : union();
        return DriftRule.of(distinct > 2 ? DriftStatistic.CHI_SQUARE : DriftStatistic.TWO_PROPORTION_Z);
    }

    private long union() {
        return Bins.ofCategories(reference.categories(), current.categories())
                .labels()
                .size();
    }

    private ColumnDrift numbers() {
        ColumnSample.sort(reference, current);
        Numbers first = reference.numbers();
        Numbers second = current.numbers();
        NumberDistance distance = NumberDistance.between(first, second);
        DriftRule rule =
                rule(ColumnKind.NUMERIC, reference.fromProfile() ? reference.distinct(0) : distance.distinct());
        if (first.min() == first.max()) {
            notes.add("The reference is constant: " + ColumnSample.label(first.min()) + ".");
        }
        double rankError = first.rankError() + second.rankError();
        boolean whole = reference.wholeNumbers(referenceRows) && current.wholeNumbers(currentRows);
        Bins bins = Bins.ofNumbers(first, second, whole);
        double norm = Math.max(first.deviation(), LEAST_DEVIATION);
        double statistic;
        double p = Double.NaN;
        double error = rankError == 0 ? 0 : Double.NaN;
        switch (rule.statistic()) {
            case KOLMOGOROV_SMIRNOV -> {
                statistic = distance.greatest();
                p = KolmogorovSmirnov.pValue(statistic, first.count(), second.count());
                error = rankError;
            }
            case WASSERSTEIN -> {
                statistic = distance.area() / norm;
                // The distribution functions are off by the error at most, between the least and the greatest number.
                double range = Math.max(first.max(), second.max()) - Math.min(first.min(), second.min());
                error = rankError == 0 ? 0 : rankError * range / norm;
            }
            case ANDERSON_DARLING -> {
                AndersonDarling test = AndersonDarling.between(first, second);
                statistic = test.statistic();
                p = test.pValue();
            }
            case HELLINGER -> {
                double[] edges = Bins.sturges(first, second, distance.distinct(), whole);
                bins = Bins.cut(first, second, edges);
                statistic = Shares.hellinger(bins.reference(), bins.current());
            }
            case PSI, KL_DIVERGENCE, JENSEN_SHANNON, TOTAL_VARIATION, L_INFINITY ->
                statistic = distance(rule.statistic(), bins);
            case CHI_SQUARE, TWO_PROPORTION_Z, NEW_CATEGORIES -> {
                return categories(rule, ColumnKind.NUMERIC);
            }
            default -> {
                return notForThis(rule, ColumnKind.NUMERIC);
            }
        }
        return result(ColumnKind.NUMERIC, rule, statistic, p, rankError > 0, error, bins.histogram());
    }

    private static double distance(DriftStatistic statistic, Bins bins) {
        double[] p = bins.reference();
        double[] q = bins.current();
        return switch (statistic) {
            case PSI -> Shares.psi(p, q);
            case KL_DIVERGENCE -> Shares.kullbackLeibler(p, q);
            case JENSEN_SHANNON -> Shares.jensenShannon(p, q);
            case HELLINGER -> Shares.hellinger(p, q);
            case TOTAL_VARIATION -> Shares.totalVariation(p, q);
            default -> Shares.greatest(p, q);
        };
    }

    private ColumnDrift categories(DriftRule rule, ColumnKind kind) {
        CategoryCounts first = reference.categories();
        CategoryCounts second = current.categories();
        Bins bins = Bins.ofCategories(first, second);
        double[] p = bins.reference();
        double[] q = bins.current();
        boolean approximate = !first.exact() || !second.exact();
        double shareError = (double) first.error() / first.total() + (double) second.error() / second.total();
        double unseen = newCategories(first, second);
        double statistic;
        double pValue = Double.NaN;
        double error = approximate ? Double.NaN : 0;
        switch (rule.statistic()) {
            case CHI_SQUARE -> {
                statistic = ChiSquare.statistic(p, q);
                pValue = ChiSquare.upper(statistic, p.length - 1.0);
            }
            case TWO_PROPORTION_Z -> {
                if (p.length > 2) {
                    return withoutStatistic(
                            "A z-test compares two values, the column has " + p.length + ". Choose chisquare.", false);
                }
                statistic = p.length < 2 ? 0 : zStatistic(bins);
                pValue = p.length < 2 ? 1 : Distributions.normalTwoSided(statistic);
            }
            case PSI, KL_DIVERGENCE, JENSEN_SHANNON, HELLINGER -> statistic = distance(rule.statistic(), bins);
            case TOTAL_VARIATION, L_INFINITY -> {
                statistic = distance(rule.statistic(), bins);
                error = approximate ? shareError : 0;
            }
            case NEW_CATEGORIES -> statistic = unseen;
            default -> {
                return notForThis(rule, kind);
            }
        }
        return result(kind, rule, statistic, pValue, approximate, error, bins.histogram());
    }

    /** The statistic of the second value in sorted order, as Evidently takes it: the sign depends on it, p doesn't. */
    private static double zStatistic(Bins bins) {
        int second = bins.labels().get(0).compareTo(bins.labels().get(1)) < 0 ? 1 : 0;
        return Shares.twoProportions(
                bins.reference()[second],
                ChiSquare.sum(bins.reference()),
                bins.current()[second],
                ChiSquare.sum(bins.current()));
    }

    /** The share of current cells whose value the reference doesn't have; a lower bound where it doesn't name all. */
    private double newCategories(CategoryCounts first, CategoryCounts second) {
        if (!first.exact()) {
            return Double.NaN;
        }
        long unseen = 0;
        List<String> names = new ArrayList<>();
        for (var entry : second.counts().entrySet()) {
            if (!first.counts().containsKey(entry.getKey())) {
                unseen += entry.getValue();
                if (names.size() < 5) {
                    names.add("'" + entry.getKey() + "'");
                }
            }
        }
        double share = (double) unseen / second.total();
        if (unseen > 0) {
            notes.add(unseen + " cells have a value that the reference doesn't have, such as "
                    + String.join(", ", names) + ".");
        }
        DriftRule rule = DriftRule.of(DriftStatistic.NEW_CATEGORIES);
        if (rule.drifted(share)) {
            details.add(detail(rule, share, second.exact() ? 0 : Double.NaN, DriftHistogram.NONE));
        }
        return share;
    }

    private void missing() {
        DriftRule rule = DriftRule.of(DriftStatistic.MISSING_RATE);
        double change = Math.abs(missing(current, currentRows) - missing(reference, referenceRows));
        if (rule.drifted(change)) {
            details.add(detail(rule, change, 0, DriftHistogram.NONE));
        }
    }

    private ColumnDrift texts() {
        TextSample first = reference.texts();
        TextSample second = current.texts();
        if (first == null || second == null) {
            return withoutStatistic(
                    "The texts themselves are not known: a profile, or values of one or two words. Compare the column"
                            + " as categories.",
                    false);
        }
        Numbers lengths = first.lengths();
        NumberDistance distance = NumberDistance.between(lengths, second.lengths());
        Bins lengthBins = Bins.ofNumbers(lengths, second.lengths(), false);
        details.add(detail(
                DriftRule.of(DriftStatistic.TEXT_LENGTH),
                distance.area() / Math.max(lengths.deviation(), LEAST_DEVIATION),
                lengths.exact() && second.lengths().exact() ? 0 : Double.NaN,
                lengthBins.histogram()));
        Bins languages = Bins.ofCategories(first.languages(), second.languages());
        details.add(detail(
                DriftRule.of(DriftStatistic.TEXT_LANGUAGE),
                Shares.totalVariation(languages.reference(), languages.current()),
                0,
                languages.histogram()));
        Bins words = Bins.ofCategories(first.words(), second.words());
        double wordsError = first.words().exact() && second.words().exact() ? 0 : Double.NaN;
        details.add(detail(
                DriftRule.of(DriftStatistic.TEXT_VOCABULARY),
                words.reference().length == 0 ? Double.NaN : Shares.jensenShannon(words.reference(), words.current()),
                wordsError,
                words.histogram()));
        DriftRule rule = rule(ColumnKind.TEXT);
        double statistic =
                switch (rule.statistic()) {
                    case TEXT_LENGTH -> details.get(details.size() - 3).statistic();
                    case TEXT_LANGUAGE -> details.get(details.size() - 2).statistic();
                    case TEXT_VOCABULARY -> details.get(details.size() - 1).statistic();
                    case TEXT_DOMAIN_CLASSIFIER -> DomainClassifier.ofTexts(first.kept(), second.kept());
                    default -> Double.NaN;
                };
        if (Double.isNaN(statistic)) {
            notes.add("There are too few texts, or '" + rule.statistic().symbol() + "' is none for texts.");
        }
        return result(ColumnKind.TEXT, rule, statistic, Double.NaN, wordsError != 0, wordsError, words.histogram());
    }

    private DriftRule rule(ColumnKind kind) {
        DriftRule own = options.rules().get(reference.name());
        own = own == null ? options.defaults().get(kind) : own;
        return own == null ? DriftRule.of(DriftStatistic.TEXT_DOMAIN_CLASSIFIER) : own;
    }

    private ColumnDrift notForThis(DriftRule rule, ColumnKind kind) {
        notes.add("The statistic '" + rule.statistic().symbol() + "' is none for a column of this kind.");
        return result(kind, rule, Double.NaN, Double.NaN, false, Double.NaN, DriftHistogram.NONE);
    }

    private ColumnDrift withoutStatistic(String note, boolean drifted) {
        notes.add(note);
        DriftRule own = options.rules().get(reference.name());
        return new ColumnDrift(
                reference.name(),
                numeric(reference) ? ColumnKind.NUMERIC : ColumnKind.CATEGORICAL,
                own == null ? DriftRule.of(DriftStatistic.MISSING_RATE) : own,
                Double.NaN,
                Double.NaN,
                drifted,
                false,
                Double.NaN,
                missing(reference, referenceRows),
                missing(current, currentRows),
                DriftHistogram.NONE,
                Expect.notes(notes));
    }

    private ColumnDrift detail(DriftRule rule, double statistic, double error, DriftHistogram histogram) {
        return new ColumnDrift(
                reference.name(),
                numeric(reference) ? ColumnKind.NUMERIC : ColumnKind.CATEGORICAL,
                rule,
                statistic,
                Double.NaN,
                rule.drifted(statistic),
                error != 0,
                error,
                missing(reference, referenceRows),
                missing(current, currentRows),
                histogram,
                List.of());
    }

    private ColumnDrift result(
            ColumnKind kind,
            DriftRule rule,
            double statistic,
            double p,
            boolean approximate,
            double error,
            DriftHistogram histogram) {
        return new ColumnDrift(
                reference.name(),
                kind,
                rule,
                statistic,
                p,
                rule.drifted(rule.statistic().comparesPValue() ? p : statistic),
                approximate,
                error,
                missing(reference, referenceRows),
                missing(current, currentRows),
                histogram,
                Expect.notes(notes));
    }

    private static double missing(ColumnSample sample, long rows) {
        return rows == 0 ? Double.NaN : (double) (rows - sample.present()) / rows;
    }
}
