package io.jenkins.mlops.search;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.search.Tokens.Kind;
import io.jenkins.mlops.search.Tokens.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads filters and orders as MLflow's clients write them.
 *
 * <p>{@code metrics.auc > 0.9 AND params."learning rate" = '0.1' AND tags.`git commit` LIKE 'ab%' AND
 * attributes.run_id IN ('a', 'b') AND tags.checked IS NULL}: comparisons joined by AND. An identifier is {@code entity.key}, or an attribute's
 * name alone; either part may stand in backticks or quotes. Texts are quoted by {@code '} or {@code "}, a quote inside
 * is doubled.
 */
public final class Filter {
    private static final Map<String, Field> ENTITIES = Map.ofEntries(
            Map.entry("metric", Field.METRIC),
            Map.entry("metrics", Field.METRIC),
            Map.entry("parameter", Field.PARAM),
            Map.entry("parameters", Field.PARAM),
            Map.entry("param", Field.PARAM),
            Map.entry("params", Field.PARAM),
            Map.entry("tag", Field.TAG),
            Map.entry("tags", Field.TAG),
            Map.entry("attribute", Field.ATTRIBUTE),
            Map.entry("attributes", Field.ATTRIBUTE),
            Map.entry("attr", Field.ATTRIBUTE),
            Map.entry("run", Field.ATTRIBUTE),
            Map.entry("dataset", Field.DATASET),
            Map.entry("datasets", Field.DATASET));

    private final Tokens tokens;
    private final Subject subject;

    private Filter(String text, Subject subject) {
        this.tokens = new Tokens(text);
        this.subject = subject;
    }

    private record Identifier(Field field, String key, Token token) {}

    /**
     * The conditions of a filter.
     *
     * @param filter null or blank for none
     * @throws FilterException when it can't be read
     */
    public static List<Condition> parse(@CheckForNull String filter, Subject subject) {
        if (filter == null || filter.isBlank()) {
            return List.of();
        }
        Filter reader = new Filter(filter, subject);
        List<Condition> conditions = new ArrayList<>();
        do {
            conditions.add(reader.condition());
            if (conditions.size() > Query.MAX_CONDITIONS) {
                throw reader.tokens.wrong(
                        reader.tokens.peek(), "a filter has at most " + Query.MAX_CONDITIONS + " conditions");
            }
        } while (reader.tokens.takes("AND"));
        Token rest = reader.tokens.peek();
        if (rest.is("OR")) {
            throw reader.tokens.wrong(rest, "conditions are joined by AND only; OR is not offered");
        }
        if (rest.kind() != Kind.END) {
            throw reader.tokens.expected("AND or the end", rest);
        }
        return conditions;
    }

    /**
     * The order that texts ask for, such as {@code metrics.auc DESC}.
     *
     * @param order each an identifier with ASC (the default) or DESC; null for none
     * @throws FilterException when one can't be read
     */
    public static List<Order> order(@CheckForNull List<String> order, Subject subject) {
        List<Order> keys = new ArrayList<>();
        for (String text : order == null ? List.<String>of() : order) {
            Filter reader = new Filter(text, subject);
            Identifier by = reader.identifier();
            if (by.field() == Field.DATASET) {
                throw reader.tokens.wrong(by.token(), "datasets are no key to sort by");
            }
            boolean descending = reader.tokens.takes("DESC");
            if (!descending) {
                reader.tokens.takes("ASC");
            }
            if (reader.tokens.peek().kind() != Kind.END) {
                throw reader.tokens.expected("ASC, DESC or the end", reader.tokens.peek());
            }
            keys.add(new Order(by.field(), by.key(), descending));
        }
        return keys;
    }

    private Condition condition() {
        Identifier identifier = identifier();
        Token sign = tokens.peek();
        Operator operator = operator();
        if (operator.takesNone()) {
            if (identifier.field() != Field.TAG && identifier.field() != Field.PARAM) {
                throw tokens.wrong(sign, "IS NULL and IS NOT NULL are for tags and params");
            }
            return new Condition(identifier.field(), identifier.key(), operator, List.of());
        }
        boolean number = subject.kind(identifier.field(), identifier.key()) == Subject.Kind.NUMBER;
        boolean like = operator == Operator.LIKE || operator == Operator.ILIKE;
        boolean ordering = operator.ordinal() >= Operator.LT.ordinal() && operator.ordinal() <= Operator.GE.ordinal();
        boolean listed = identifier.field() == Field.ATTRIBUTE
                || identifier.field() == Field.DATASET
                || subject == Subject.LOGGED_MODEL;
        if (number && (like || operator.takesList()) || !number && ordering || operator.takesList() && !listed) {
            throw tokens.wrong(
                    sign,
                    "'" + identifier.key() + "' is " + (number ? "a number" : "a text") + " and can't be compared by "
                            + operator.symbol());
        }
        List<String> values = new ArrayList<>();
        if (operator.takesList()) {
            if (!tokens.takes("(")) {
                throw tokens.expected("a list such as ('a', 'b')", tokens.peek());
            }
            do {
                values.add(text());
            } while (tokens.takes(","));
            if (!tokens.takes(")")) {
                throw tokens.expected("a comma or ')'", tokens.peek());
            }
        } else {
            values.add(number ? number() : text());
        }
        try {
            return new Condition(identifier.field(), identifier.key(), operator, values);
        } catch (IllegalArgumentException e) {
            throw tokens.wrong(identifier.token(), e.getMessage());
        }
    }

    private Identifier identifier() {
        Token first = tokens.next();
        if (first.kind() == Kind.SIGN || first.kind() == Kind.END) {
            throw tokens.expected("an identifier such as tags.key", first);
        }
        String entity = first.text();
        String key = null;
        if (first.kind() == Kind.WORD) {
            int dot = entity.indexOf('.');
            if (dot >= 0) {
                key = entity.substring(dot + 1);
                entity = entity.substring(0, dot);
            }
        }
        if (key == null && tokens.peek().is(".") && !tokens.peek().spaced()) {
            tokens.next();
            Token quoted = tokens.next();
            if (quoted.kind() == Kind.SIGN || quoted.kind() == Kind.END) {
                throw tokens.expected("a key after the dot", quoted);
            }
            key = quoted.text();
        }
        Field field = Field.ATTRIBUTE;
        if (key == null) {
            key = entity;
        } else {
            field = ENTITIES.get(entity);
            if (field == null || !subject.has(field)) {
                throw tokens.wrong(
                        first,
                        "a " + subject.displayName() + " has no '" + entity + "'; there are "
                                + ENTITIES.entrySet().stream()
                                        .filter(known -> subject.has(known.getValue())
                                                && known.getKey().endsWith("s"))
                                        .map(Map.Entry::getKey)
                                        .sorted()
                                        .toList());
            }
        }
        if (key.isEmpty()) {
            throw tokens.wrong(first, "a key is missing");
        }
        if (field == Field.ATTRIBUTE) {
            key = subject.attribute(key);
        }
        if (subject.kind(field, key) == Subject.Kind.NONE) {
            throw tokens.wrong(
                    first,
                    "a " + (field == Field.DATASET ? "dataset" : subject.displayName()) + " has no attribute '" + key
                            + "'; there are "
                            + (field == Field.DATASET ? "[context, digest, name]" : subject.attributes()));
        }
        return new Identifier(field, key, first);
    }

    private Operator operator() {
        Token token = tokens.next();
        if (token.is("NOT")) {
            if (!tokens.takes("IN")) {
                throw tokens.expected("IN after NOT", tokens.peek());
            }
            return Operator.NOT_IN;
        }
        if (token.is("IS")) {
            boolean there = tokens.takes("NOT");
            if (!tokens.takes("NULL")) {
                throw tokens.expected("NULL or NOT NULL after IS", tokens.peek());
            }
            return there ? Operator.IS_NOT_NULL : Operator.IS_NULL;
        }
        if (token.kind() == Kind.WORD || token.kind() == Kind.SIGN) {
            switch (token.text().toUpperCase(Locale.ROOT)) {
                case "=", "==":
                    return Operator.EQ;
                case "!=", "<>":
                    return Operator.NE;
                case "<":
                    return Operator.LT;
                case "<=":
                    return Operator.LE;
                case ">":
                    return Operator.GT;
                case ">=":
                    return Operator.GE;
                case "LIKE":
                    return Operator.LIKE;
                case "ILIKE":
                    return Operator.ILIKE;
                case "IN":
                    return Operator.IN;
                default:
                    break;
            }
        }
        throw tokens.expected("one of = != < <= > >= LIKE ILIKE IN IS", token);
    }

    private String text() {
        Token value = tokens.next();
        if (value.kind() != Kind.QUOTED) {
            throw tokens.expected("a text in quotes such as 'a'", value);
        }
        return value.text();
    }

    private String number() {
        Token value = tokens.next();
        if (value.kind() != Kind.WORD || !value.text().matches("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?")) {
            throw tokens.expected("a number without quotes", value);
        }
        return value.text();
    }
}
