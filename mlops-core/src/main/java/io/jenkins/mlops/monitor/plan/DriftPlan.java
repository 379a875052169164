package io.jenkins.mlops.monitor.plan;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.monitor.Expect;
import io.jenkins.mlops.monitor.drift.ColumnKind;
import io.jenkins.mlops.monitor.drift.Correction;
import io.jenkins.mlops.monitor.drift.DriftOptions;
import io.jenkins.mlops.monitor.drift.DriftRule;
import java.io.Serializable;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How columns are compared otherwise than by Evidently's choice.
 *
 * @param rules of columns and of kinds of columns
 * @param correction of the p-values of a window's columns
 */
public record DriftPlan(List<Rule> rules, Correction correction) implements Serializable {
    private static final long serialVersionUID = 1L;

    /**
     * One rule.
     *
     * @param column the column; empty for all of a kind. For {@code mmd} and {@code domain_classifier} the name of the
     *     vectors that several columns hold
     * @param kind the columns that it is for when no column is named, else how that column is compared; null for what its
     *     values look like
     * @param rule the statistic and its threshold; null for the usual one
     */
    public record Rule(
            String column,
            @CheckForNull ColumnKind kind,
            @CheckForNull DriftRule rule) implements Serializable {
        private static final long serialVersionUID = 1L;

        /** @throws IllegalArgumentException saying what was expected and found */
        public Rule {
            Expect.text(column, "a column's name", Expect.NAME);
            Expect.that(!column.isEmpty() || kind != null, "a rule of a column, or of a kind of columns", "neither");
            Expect.that(!column.isEmpty() || rule != null, "a statistic for a kind of columns", "none");
            Expect.that(
                    kind != null || rule != null, "a statistic or a kind for the column '" + column + "'", "neither");
            Expect.that(
                    kind == null
                            || kind == ColumnKind.NUMERIC
                            || kind == ColumnKind.CATEGORICAL
                            || kind == ColumnKind.TEXT,
                    "a kind of numeric, categorical or text",
                    kind);
            Expect.that(
                    !column.isEmpty() || !rule.statistic().comparesVectors(),
                    "the name of the vectors that '"
                            + (rule == null ? "" : rule.statistic().symbol()) + "' compares",
                    "none");
        }
    }

    public DriftPlan {
        rules = Expect.list(rules, "rules of drift", Expect.COLUMNS);
        Expect.present(correction, "a correction");
        Set<String> known = new HashSet<>();
        for (Rule rule : rules) {
            String what = rule.column().isEmpty() ? "kind " + rule.kind() : "column '" + rule.column() + "'";
            Expect.that(known.add(what), "one rule of drift for each", "two for the " + what);
        }
    }

    /** The options with these rules. */
    DriftOptions in(DriftOptions options) {
        Map<String, ColumnKind> kinds = new LinkedHashMap<>();
        Map<String, DriftRule> columns = new LinkedHashMap<>();
        Map<ColumnKind, DriftRule> defaults = new EnumMap<>(ColumnKind.class);
        for (Rule rule : rules) {
            if (rule.column().isEmpty()) {
                defaults.put(rule.kind(), rule.rule());
                continue;
            }
            if (rule.kind() != null) {
                kinds.put(rule.column(), rule.kind());
            }
            if (rule.rule() != null) {
                columns.put(rule.column(), rule.rule());
            }
        }
        return options.withKinds(kinds)
                .withRules(columns)
                .withDefaults(defaults)
                .withCorrection(correction);
    }
}
