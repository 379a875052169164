package io.jenkins.mlops.monitor.drift;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.monitor.Expect;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compares the vectors that several columns hold, such as embeddings: a list {@code emb} of a JSON row is in the columns
 * {@code emb[0]}, {@code emb[1]}, ...; in CSV and Parquet they are called {@code emb_0}, {@code emb_1}, ... or
 * {@code emb0}, {@code emb1}, ... The single columns are not compared then.
 */
final class VectorComparison {
    private static final int PERMUTATIONS = 200;
    private static final Pattern NUMBERED = Pattern.compile("(.+?)(?:\\[(\\d{1,6})]|_?(\\d{1,6}))");

    private final String name;
    private final DriftRule rule;
    private final TableSample reference;
    private final TableSample current;
    private final List<String> notes = new ArrayList<>();

    VectorComparison(String name, DriftRule rule, TableSample reference, TableSample current) {
        this.name = name;
        this.rule = rule;
        this.reference = reference;
        this.current = current;
    }

    /** The names of the vectors that the rules ask for, with their rules. */
    static Map<String, DriftRule> wanted(DriftOptions options) {
        Map<String, DriftRule> wanted = new TreeMap<>();
        options.rules().forEach((column, rule) -> {
            if (rule.statistic().comparesVectors()) {
                wanted.put(column, rule);
            }
        });
        return wanted;
    }

    /** The columns of either side that belong to such vectors. */
    static Set<String> parts(Set<String> vectors, TableSample... sides) {
        Set<String> parts = new HashSet<>();
        if (!vectors.isEmpty()) {
            for (TableSample side : sides) {
                for (ColumnSample column : side.columns()) {
                    Matcher matcher = NUMBERED.matcher(column.name());
                    if (matcher.matches() && vectors.contains(matcher.group(1))) {
                        parts.add(column.name());
                    }
                }
            }
        }
        return parts;
    }

    /** The columns of one side in the order of their numbers. */
    private List<ColumnSample> columns(TableSample side) {
        TreeMap<Integer, ColumnSample> byNumber = new TreeMap<>();
        for (ColumnSample column : side.columns()) {
            Matcher matcher = NUMBERED.matcher(column.name());
            if (matcher.matches() && matcher.group(1).equals(name)) {
                byNumber.put(Integer.valueOf(matcher.group(2) == null ? matcher.group(3) : matcher.group(2)), column);
            }
        }
        return List.copyOf(byNumber.values());
    }

    ColumnDrift result() {
        List<ColumnSample> first = columns(reference);
        List<ColumnSample> second = columns(current);
        double statistic = Double.NaN;
        double pValue = Double.NaN;
        boolean gone = !first.isEmpty() && second.isEmpty();
        if (first.isEmpty()) {
            notes.add("The reference has no columns " + name + "[0] or " + name + "_0 and on.");
        } else if (gone) {
            notes.add("The vectors have vanished: the current data don't have them.");
        } else if (first.size() != second.size()) {
            gone = true;
            notes.add("The vectors had " + first.size() + " numbers and have " + second.size() + " now.");
        } else {
            double[][] before = vectors(first, "the reference");
            double[][] now = before == null ? null : vectors(second, "the current data");
            if (now != null && rule.statistic() == DriftStatistic.MMD) {
                MaximumMeanDiscrepancy found = MaximumMeanDiscrepancy.between(before, now, PERMUTATIONS);
                statistic = found.squared();
                pValue = found.pValue();
            } else if (now != null) {
                statistic = DomainClassifier.ofVectors(before, now);
            }
            if (now != null && Double.isNaN(statistic)) {
                notes.add("There are too few vectors.");
            }
        }
        double score = rule.statistic().comparesPValue() ? pValue : statistic;
        return new ColumnDrift(
                name,
                ColumnKind.VECTOR,
                rule,
                statistic,
                pValue,
                gone || rule.drifted(score),
                false,
                0,
                missing(first, reference.rows()),
                missing(second, current.rows()),
                DriftHistogram.NONE,
                Expect.notes(notes));
    }

    private static double missing(List<ColumnSample> columns, long rows) {
        long present = columns.isEmpty() ? 0 : columns.get(0).present();
        return rows == 0 ? Double.NaN : 1 - (double) present / rows;
    }

    /** The vectors row by row; null when they can't be put together. */
    @CheckForNull
    private double[][] vectors(List<ColumnSample> columns, String side) {
        double[][] byColumn = new double[columns.size()][];
        for (int i = 0; i < byColumn.length; i++) {
            byColumn[i] = columns.get(i).numbersInOrder();
            if (byColumn[i] == null) {
                notes.add("The rows of " + side
                        + " are not known one by one: a kept profile, or more numbers than are kept. Name a file of"
                        + " rows as reference, or cut smaller windows.");
                return null;
            }
            // A row has all of its numbers, or none: else they can't be told apart.
            if (byColumn[i].length != byColumn[0].length
                    || byColumn[i].length != columns.get(i).present()) {
                notes.add("Some vectors of " + side + " lack numbers, or have text in place of them.");
                return null;
            }
        }
        double[][] rows = new double[byColumn[0].length][byColumn.length];
        for (int i = 0; i < rows.length; i++) {
            for (int k = 0; k < byColumn.length; k++) {
                rows[i][k] = byColumn[k][i];
            }
        }
        return rows;
    }
}
