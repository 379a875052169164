package io.jenkins.mlops.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A table as aligned plain text, for a build console. Text from files and people can't break it: control characters are
 * replaced and long cells are cut.
 */
public final class TextTable {
    /** Columns of the console that everything is laid out for. */
    public static final int WIDTH = 100;

    private static final int LONGEST_CELL = 44;
    private static final String GAP = "  ";

    private final String[] header;
    private final boolean[] right;
    private final List<String[]> rows = new ArrayList<>();

    /** @param header the columns' titles; one that begins with {@code >} is aligned to the right, without the sign */
    public TextTable(String... header) {
        this.header = new String[header.length];
        right = new boolean[header.length];
        for (int i = 0; i < header.length; i++) {
            right[i] = header[i].startsWith(">");
            this.header[i] = cell(right[i] ? header[i].substring(1) : header[i]);
        }
    }

    /** Adds a row of as many cells as there are columns. */
    public TextTable row(String... cells) {
        if (cells.length != header.length) {
            throw new IllegalArgumentException("expected " + header.length + " cells, found " + cells.length);
        }
        rows.add(Arrays.stream(cells).map(TextTable::cell).toArray(String[]::new));
        return this;
    }

    /** The lines of the table, header and rule first; no line ends in blanks. */
    public List<String> lines() {
        int[] widths = new int[header.length];
        for (int i = 0; i < widths.length; i++) {
            widths[i] = length(header[i]);
            for (String[] row : rows) {
                widths[i] = Math.max(widths[i], length(row[i]));
            }
        }
        List<String> lines = new ArrayList<>();
        lines.add(line(header, widths));
        int width = Arrays.stream(widths).sum() + GAP.length() * (widths.length - 1);
        lines.add("-".repeat(width));
        rows.forEach(row -> lines.add(line(row, widths)));
        return lines;
    }

    private String line(String[] cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.length; i++) {
            String padding = " ".repeat(widths[i] - length(cells[i]));
            line.append(i == 0 ? "" : GAP).append(right[i] ? padding + cells[i] : cells[i] + padding);
        }
        return line.toString().stripTrailing();
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /** A text in one line, at most {@value #LONGEST_CELL} characters of it, without control characters. */
    static String cell(String text) {
        String plain = plain(text);
        if (length(plain) <= LONGEST_CELL) {
            return plain;
        }
        return plain.substring(0, plain.offsetByCodePoints(0, LONGEST_CELL - 3)) + "...";
    }

    /** A text without what a terminal would act upon. */
    static String plain(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            int type = Character.getType(c);
            boolean unprintable = Character.isISOControl(c)
                    || type == Character.FORMAT
                    || type == Character.LINE_SEPARATOR
                    || type == Character.PARAGRAPH_SEPARATOR
                    || type == Character.SURROGATE;
            plain.appendCodePoint(unprintable ? '?' : c);
        });
        return plain.toString();
    }

    /**
     * Breaks a text into lines of at most {@value #WIDTH} columns, all but the first indented.
     *
     * @param first what stands before the first line
     * @param indent blanks before every other line
     */
    public static List<String> wrap(String first, int indent, String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(first);
        boolean empty = true;
        for (String word : plain(text).split(" ")) {
            if (!empty && line.length() + 1 + word.length() > WIDTH) {
                lines.add(line.toString().stripTrailing());
                line = new StringBuilder(" ".repeat(indent));
                empty = true;
            }
            line.append(empty ? "" : " ").append(word);
            empty = false;
        }
        lines.add(line.toString().stripTrailing());
        return lines;
    }
}
