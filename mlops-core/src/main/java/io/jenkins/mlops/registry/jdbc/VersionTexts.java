package io.jenkins.mlops.registry.jdbc;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Keeps what texts are searched for in beside each version, so that a search reads one narrow row for each. */
final class VersionTexts {
    /** The length of the column, in characters; what is longer is searched up to there. */
    private static final int MOST = 100_000;

    private VersionTexts() {}

    static void added(Transaction tx, long version, String createdBy, String description, Collection<String> tags)
            throws SQLException {
        tx.update(
                "INSERT INTO mlops_version_text (version_id, words) VALUES (?, ?)",
                version,
                words(createdBy, description, tags));
    }

    /** Follows a version whose description or tags changed. */
    static void changed(Transaction tx, long version) throws SQLException {
        List<String> tags = tx.list(
                "SELECT tag_value FROM mlops_version_tag WHERE version_id = ? ORDER BY tag_key",
                row -> row.getString(1),
                version);
        String words = tx.first(
                        "SELECT created_by, description FROM mlops_version WHERE id = ?",
                        row -> words(row.getString(1), row.getString(2), tags),
                        version)
                .orElse("");
        tx.update("UPDATE mlops_version_text SET words = ? WHERE version_id = ?", words, version);
    }

    static String words(String createdBy, String description, Collection<String> tags) {
        List<String> lines = new ArrayList<>(List.of(createdBy, description));
        lines.addAll(tags);
        String words = String.join("\n", lines).toLowerCase(Locale.ROOT);
        return words.substring(0, Math.min(MOST, words.length()));
    }
}
