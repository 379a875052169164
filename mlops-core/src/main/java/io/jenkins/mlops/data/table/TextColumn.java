package io.jenkins.mlops.data.table;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;

/**
 * A column of text, dictionary coded: each distinct value stands once, each row holds its code.
 *
 * <p>Codes are given in the order in which the values first appear in the file, however many threads read it.
 */
public final class TextColumn implements Column {
    /** The code of a missing cell. */
    public static final int MISSING = -1;

    private final String name;
    private final int[] codes;
    private final List<String> dictionary;
    private final int missingCount;

    @CheckForNull
    private double[] numbers;

    /**
     * Makes a column of given codes.
     *
     * @param codes a code per row: an index into the dictionary, or {@link #MISSING}; not copied
     * @param dictionary the distinct values; not copied
     */
    public TextColumn(String name, int[] codes, List<String> dictionary) {
        this.name = name;
        this.codes = codes;
        this.dictionary = Collections.unmodifiableList(dictionary);
        int missing = 0;
        for (int code : codes) {
            if (code == MISSING) {
                missing++;
            } else if (code < 0 || code >= dictionary.size()) {
                throw new IllegalArgumentException("Expected codes from -1 to " + (dictionary.size() - 1)
                        + " in column \"" + name + "\", found " + code + ".");
            }
        }
        this.missingCount = missing;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int rows() {
        return codes.length;
    }

    /** The codes, one a row: the column's own array, not a copy. */
    public int[] codes() {
        return codes;
    }

    /** The distinct values; a row's code is an index into this list. */
    public List<String> dictionary() {
        return dictionary;
    }

    /** A row's text, or null when the cell is missing. */
    @CheckForNull
    public String value(int row) {
        int code = codes[row];
        return code == MISSING ? null : dictionary.get(code);
    }

    @Override
    public boolean isMissing(int row) {
        return codes[row] == MISSING;
    }

    @Override
    public int missing() {
        return missingCount;
    }

    /** The code of a value, or {@link #MISSING} when no row has it. */
    public int codeOf(String value) {
        return dictionary.indexOf(value);
    }

    /** Whether there is at least one value and every distinct value is a number (by the rules of numeric columns). */
    public boolean allNumeric() {
        return !dictionary.isEmpty() && parsed().length == dictionary.size();
    }

    /**
     * The dictionary's values as numbers, in the dictionary's order.
     *
     * @throws IllegalStateException when not {@link #allNumeric()}
     */
    public double[] dictionaryNumbers() {
        if (!allNumeric()) {
            throw new IllegalStateException("Column \"" + name + "\" is not numeric throughout.");
        }
        return parsed().clone();
    }

    // Parsed when first asked for: most text columns are never asked.
    private double[] parsed() {
        double[] result = numbers;
        if (result == null) {
            result = parseDictionary();
            numbers = result;
        }
        return result;
    }

    private double[] parseDictionary() {
        NumberParser parser = new NumberParser();
        double[] result = new double[dictionary.size()];
        for (int i = 0; i < result.length; i++) {
            byte[] utf8 = dictionary.get(i).getBytes(StandardCharsets.UTF_8);
            result[i] = parser.parse(utf8, 0, utf8.length);
            if (!parser.valid()) {
                return new double[0];
            }
        }
        return result;
    }
}
