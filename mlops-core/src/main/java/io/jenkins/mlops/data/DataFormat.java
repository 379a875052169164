package io.jenkins.mlops.data;

import java.util.Locale;

/** The file formats that can be read as a table, and {@link #OTHER} for everything else. */
public enum DataFormat {
    /** Delimited text after RFC 4180, with a header line; comma, semicolon, tab or bar; may be gzipped. */
    CSV,
    /** One JSON object a line, UTF-8 (NDJSON); may be gzipped. */
    JSON_LINES,
    /** Apache Parquet with flat columns. */
    PARQUET,
    /** Not a table: digested, but neither read nor profiled. */
    OTHER;

    /**
     * Tells the format from the ending of a file name, in any case; a further {@code .gz} is looked through for the
     * text formats.
     *
     * @param fileName a file name or a path
     * @return the format, {@link #OTHER} when the ending is not a known one
     */
    public static DataFormat ofFileName(String fileName) {
        // All known endings are short.
        String name = fileName.substring(Math.max(0, fileName.length() - 16)).toLowerCase(Locale.ROOT);
        boolean zipped = name.endsWith(".gz");
        if (zipped) {
            name = name.substring(0, name.length() - 3);
        }
        if (name.endsWith(".csv") || name.endsWith(".tsv") || name.endsWith(".tab")) {
            return CSV;
        }
        if (name.endsWith(".jsonl") || name.endsWith(".ndjson") || name.endsWith(".jsonlines")) {
            return JSON_LINES;
        }
        if (!zipped && (name.endsWith(".parquet") || name.endsWith(".pq"))) {
            return PARQUET;
        }
        return OTHER;
    }
}
