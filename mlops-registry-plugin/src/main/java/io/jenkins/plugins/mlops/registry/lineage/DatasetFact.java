package io.jenkins.plugins.mlops.registry.lineage;

import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A dataset snapshot that the build used, as kept in {@code build.xml}. */
@ExportedBean(defaultVisibility = 3)
public final class DatasetFact implements Fact {
    private final String name;
    private final String role;
    private final String digest;
    private final long files;
    private final long bytes;
    private final String format;
    private final long rows;
    private final String document;

    public DatasetFact(
            String name,
            String role,
            String digest,
            long files,
            long bytes,
            String format,
            long rows,
            String document) {
        this.name = name;
        this.role = role;
        this.digest = digest;
        this.files = files;
        this.bytes = bytes;
        this.format = format;
        this.rows = rows;
        this.document = document;
    }

    @Override
    public String key() {
        return digest + " " + name + " " + role;
    }

    /** The name that the step gave it. */
    @Exported
    public String getName() {
        return name;
    }

    /** What it was used for: {@code train} or {@code evaluate}. */
    @Exported
    public String getRole() {
        return role;
    }

    /** The snapshot's digest, algorithm first. */
    @Exported
    public String getDigest() {
        return digest;
    }

    /** How many files it has. */
    @Exported
    public long getFiles() {
        return files;
    }

    /** Their size together. */
    @Exported
    public long getBytes() {
        return bytes;
    }

    /** {@code CSV}, {@code JSON_LINES}, {@code PARQUET} or {@code OTHER}. */
    @Exported
    public String getFormat() {
        return format;
    }

    /** Rows in all tables, or -1 if it is no table. */
    @Exported
    public long getRows() {
        return rows;
    }

    /** The file beside {@code build.xml} with its profile. */
    @Exported
    public String getDocument() {
        return document;
    }
}
