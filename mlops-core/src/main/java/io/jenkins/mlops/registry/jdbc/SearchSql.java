package io.jenkins.mlops.registry.jdbc;

import io.jenkins.mlops.registry.Ledger;
import io.jenkins.mlops.search.Condition;
import io.jenkins.mlops.search.Field;
import io.jenkins.mlops.search.Operator;
import io.jenkins.mlops.search.Order;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** Turns conditions and orders into SQL; keys and values are always bound, never written into it. */
final class SearchSql {
    private static final boolean EACH = true;
    private static final boolean ALL = false;

    private final Target target;
    private final StringBuilder joins = new StringBuilder();
    private final List<Object> joinValues = new ArrayList<>();
    private final StringBuilder where = new StringBuilder();
    private final List<Object> whereValues = new ArrayList<>();
    private final StringBuilder order = new StringBuilder();
    private int orders;

    /**
     * What is searched.
     *
     * @param what its name, for messages
     * @param id the column of its id
     * @param texts columns of attributes that are texts
     * @param numbers columns of attributes that are whole numbers
     * @param tags the table of its tags
     * @param tagOwner the column of that table that names it
     * @param hashedTags whether that table has the hashes of values, with an index
     * @param params the table of its parameters
     * @param paramOwner the column of that table that names it
     */
    record Target(
            String what,
            String id,
            Map<String, String> texts,
            Map<String, String> numbers,
            String tags,
            String tagOwner,
            boolean hashedTags,
            String params,
            String paramOwner) {
        /** What has the parameters of runs, or none. */
        Target(
                String what,
                String id,
                Map<String, String> texts,
                Map<String, String> numbers,
                String tags,
                String tagOwner,
                boolean hashedTags) {
            this(what, id, texts, numbers, tags, tagOwner, hashedTags, "mlops_run_param", "run_id");
        }
    }

    /** @param fixed the first condition, after WHERE, with its values */
    SearchSql(Target target, String fixed, Object... values) {
        this.target = target;
        where.append(" WHERE ").append(fixed);
        whereValues.addAll(List.of(values));
    }

    void and(String condition, Object... values) {
        where.append(" AND ").append(condition);
        whereValues.addAll(List.of(values));
    }

    String joinsAndWhere() {
        return joins.toString() + where;
    }

    /** The keys to sort by, each followed by a comma; empty for none. */
    String order() {
        return order.toString();
    }

    /** The values to bind, followed by these. */
    Object[] values(Object... more) {
        List<Object> all = new ArrayList<>(joinValues);
        all.addAll(whereValues);
        all.addAll(List.of(more));
        return all.toArray();
    }

    void condition(Condition condition) {
        switch (condition.field()) {
            case METRIC -> {
                begin(
                        condition,
                        EACH,
                        "run_id",
                        "mlops_run_metric",
                        "x.metric_id = (SELECT id FROM mlops_metric_name WHERE name = ?)");
                whereValues.add(condition.key());
                where.append(" AND ");
                compare("x.metric_value", condition, List.of(number(condition)));
                where.append(")");
            }
            case PARAM -> {
                begin(condition, EACH, target.paramOwner(), target.params(), "x.param_key = ?");
                whereValues.add(condition.key());
                if (condition.operator().takesNone()) {
                    where.append(")");
                    break;
                }
                where.append(" AND ");
                compare("x.param_value", condition, condition.values());
                where.append(")");
            }
            case TAG -> {
                boolean isIndexed = condition.operator() == Operator.EQ && target.hashedTags();
                begin(condition, isIndexed ? ALL : EACH, target.tagOwner(), target.tags(), "x.tag_key = ?");
                whereValues.add(condition.key());
                if (condition.operator().takesNone()) {
                    where.append(")");
                    break;
                }
                where.append(" AND ");
                if (isIndexed) {
                    where.append("x.value_hash = ?");
                    whereValues.add(Ledger.sha256(condition.value()));
                } else {
                    compare("x.tag_value", condition, condition.values());
                }
                where.append(")");
            }
            case DATASET -> {
                String column = Map.of("name", "x.name", "digest", "x.digest", "context", "x.context")
                        .get(condition.key());
                if (column == null) {
                    throw new IllegalArgumentException("A dataset has no attribute '" + condition.key() + "'");
                }
                begin(condition, condition.key().equals("digest") ? ALL : EACH, "run_id", "mlops_run_input", "1 = 1");
                where.append(" AND ");
                compare(column, condition, condition.values());
                where.append(")");
            }
            case ATTRIBUTE -> {
                where.append(" AND ");
                String column = target.numbers().get(condition.key());
                if (column != null) {
                    compare(column, condition, List.of(number(condition)));
                } else {
                    compare(text(condition.key()), condition, condition.values());
                }
            }
        }
    }

    /**
     * A condition on a number that stands in another table.
     *
     * @param select what comes before the comparison, ending in AND
     * @param values the values to bind in it
     */
    void conditionIn(String select, List<Object> values, String column, Condition condition) {
        where.append(" AND ").append(select);
        whereValues.addAll(values);
        compare(column, condition, List.of(number(condition)));
        where.append(")");
    }

    /**
     * Begins a condition on rows of another table, which the caller ends.
     *
     * @param each whether that table is asked for each row that else fits, and not once for all: H2 makes the whole list
     *     of an {@code IN}, which is worth it only where an index keeps that list short
     * @param owner the column of that table which names the row
     * @param where the first condition there, of table {@code x}
     */
    private void begin(Condition condition, boolean each, String owner, String table, String where) {
        boolean without = condition.operator() == Operator.IS_NULL;
        this.where.append(" AND ");
        if (each) {
            this.where
                    .append(without ? "NOT EXISTS (SELECT 1 FROM " : "EXISTS (SELECT 1 FROM ")
                    .append(table)
                    .append(" x WHERE x.")
                    .append(owner)
                    .append(" = ")
                    .append(target.id())
                    .append(" AND ");
        } else {
            this.where
                    .append(target.id())
                    .append(without ? " NOT IN (SELECT x." : " IN (SELECT x.")
                    .append(owner)
                    .append(" FROM ")
                    .append(table)
                    .append(" x WHERE ");
        }
        this.where.append(where);
    }

    private void compare(String column, Condition condition, List<?> values) {
        boolean isText = values.get(0) instanceof String;
        switch (condition.operator()) {
            case LIKE, ILIKE -> {
                if (!isText) {
                    throw new IllegalArgumentException("LIKE compares texts; " + condition.key() + " is a number");
                }
                boolean anyCase = condition.operator() == Operator.ILIKE;
                String pattern = condition.value().replace("!", "!!");
                where.append(anyCase ? "LOWER(" + column + ")" : column).append(" LIKE ? ESCAPE '!'");
                whereValues.add(anyCase ? pattern.toLowerCase(Locale.ROOT) : pattern);
            }
            case IN, NOT_IN -> {
                where.append(column)
                        .append(condition.operator() == Operator.IN ? " IN (" : " NOT IN (")
                        .append(Sql.marks(values.size()))
                        .append(")");
                whereValues.addAll(values);
            }
            default -> {
                String operator = condition.operator() == Operator.NE
                        ? "<>"
                        : condition.operator().symbol();
                where.append(column).append(" ").append(operator).append(" ?");
                whereValues.addAll(values);
            }
        }
    }

    private static double number(Condition condition) {
        try {
            return Double.parseDouble(condition.value());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "'" + condition.key() + "' is compared with a number, found '" + condition.value() + "'", e);
        }
    }

    private String text(String attribute) {
        String column = target.texts().get(attribute);
        if (column == null) {
            TreeSet<String> known = new TreeSet<>(target.texts().keySet());
            known.addAll(target.numbers().keySet());
            throw new IllegalArgumentException(
                    "A " + target.what() + " has no attribute '" + attribute + "'; there are " + known);
        }
        return column;
    }

    void order(Order by) {
        String join = "o" + orders++;
        String column;
        if (by.field() == Field.ATTRIBUTE) {
            String number = target.numbers().get(by.key());
            if (number != null) {
                // Never NULL: sorted by as it is, so that it can be read along an index.
                order.append(number).append(by.descending() ? " DESC, " : ", ");
                return;
            }
            column = text(by.key());
        } else if (by.field() == Field.METRIC) {
            joins.append(" LEFT JOIN mlops_run_metric " + join + " ON " + join + ".run_id = " + target.id() + " AND "
                    + join + ".metric_id = (SELECT id FROM mlops_metric_name WHERE name = ?)");
            joinValues.add(by.key());
            column = join + ".metric_value";
        } else {
            boolean param = by.field() == Field.PARAM;
            String table = param ? target.params() : target.tags();
            String owner = param ? target.paramOwner() : target.tagOwner();
            String kind = param ? "param" : "tag";
            joins.append(" LEFT JOIN " + table + " " + join + " ON " + join + "." + owner + " = " + target.id()
                    + " AND " + join + "." + kind + "_key = ?");
            joinValues.add(by.key());
            column = join + "." + kind + "_value";
        }
        orderBy(column, by.descending());
    }

    /**
     * A key to sort by from a query of its own, which has the columns owner, sorted and place; the row at place 1 counts.
     *
     * @param values the values to bind in it
     */
    void orderByJoined(String query, List<Object> values, boolean descending) {
        String join = "o" + orders++;
        joins.append(" LEFT JOIN " + query + " " + join + " ON " + join + ".owner = " + target.id() + " AND " + join
                + ".place = 1");
        joinValues.addAll(values);
        orderBy(join + ".sorted", descending);
    }

    private void orderBy(String column, boolean descending) {
        order.append("CASE WHEN " + column + " IS NULL THEN 1 ELSE 0 END, " + column + (descending ? " DESC, " : ", "));
    }
}
