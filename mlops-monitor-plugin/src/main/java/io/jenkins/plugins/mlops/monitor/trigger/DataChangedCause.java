package io.jenkins.plugins.mlops.monitor.trigger;

import hudson.model.Cause;
import io.jenkins.mlops.monitor.trigger.DataChange;
import org.kohsuke.stapler.export.Exported;

/** Says that watched data has changed, and how. */
public final class DataChangedCause extends Cause {
    private final String id;
    private final String source;
    private final String key;
    private final String text;
    private final String fromDigest;
    private final String toDigest;
    private final long rows;
    private final long newRows;
    private final long files;
    private final long bytes;

    DataChangedCause(DataChange change, String key) {
        this.id = change.id();
        this.source = change.source();
        this.key = key;
        this.text = change.text();
        this.fromDigest = change.from().digest();
        this.toDigest = change.to().digest();
        this.rows = change.to().rows();
        this.newRows = change.newRows();
        this.files = change.to().files();
        this.bytes = change.to().bytes();
    }

    /** Tells changes apart. */
    String id() {
        return id;
    }

    /** Names the file of what was seen of the source. */
    String key() {
        return key;
    }

    /** What changed. */
    @Exported(visibility = 3)
    public String getSource() {
        return source;
    }

    /** The digest, tag or watermark that the last build of this trigger was told. */
    @Exported(visibility = 3)
    public String getFromDigest() {
        return fromDigest;
    }

    /** The digest, tag or watermark now. */
    @Exported(visibility = 3)
    public String getToDigest() {
        return toDigest;
    }

    /** How many rows there are now; -1 if they are not counted. */
    @Exported(visibility = 3)
    public long getRows() {
        return rows;
    }

    /** How many of them are new; -1 if they are not counted. */
    @Exported(visibility = 3)
    public long getNewRows() {
        return newRows;
    }

    /** How many files there are now; -1 if they are not counted. */
    @Exported(visibility = 3)
    public long getFiles() {
        return files;
    }

    /** How many bytes there are now; -1 if they are not counted. */
    @Exported(visibility = 3)
    public long getBytes() {
        return bytes;
    }

    @Override
    public String getShortDescription() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DataChangedCause that && id.equals(that.id);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }
}
