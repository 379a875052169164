package io.jenkins.mlops.registry.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.jenkins.mlops.registry.RegistryException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.h2.api.ErrorCode;
import org.h2.jdbcx.JdbcDataSource;
import org.h2.mvstore.MVStoreException;

/**
 * An H2 database in one file of a directory.
 *
 * <p>Beside {@code registry.mv.db} stands {@code registry.format}, a note that a registry was made here: without it an
 * empty or missing file would be taken for a new registry, and the old one would be gone without a word.
 */
final class EmbeddedStore implements Store {
    private static final String NAME = "registry";
    private static final int CONNECTIONS = 16;

    /** Smaller files are left alone. */
    private static final long COMPACTED_FROM = 64L << 20;

    /** More than this takes longer to write anew than a controller should take to stop. */
    private static final long COMPACTED_UP_TO = 256L << 20;

    private static final Logger LOGGER = Logger.getLogger(EmbeddedStore.class.getName());

    private final Path directory;
    private final Path file;
    private final Path note;
    private final UpgradeCopy before;
    private final String scheme;

    EmbeddedStore(Path directory, String scheme) {
        this.directory = directory.toAbsolutePath();
        this.file = this.directory.resolve(NAME + ".mv.db");
        this.note = this.directory.resolve(NAME + ".format");
        this.before = new UpgradeCopy(file);
        this.scheme = scheme;
        if (this.directory.toString().contains(";")) {
            throw new IllegalArgumentException("The registry's directory must not contain ';', which H2 reads as the "
                    + "end of a path: " + this.directory);
        }
    }

    @Override
    public String location() {
        return file.toString();
    }

    @Override
    public void checkBeforeOpening() {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new RegistryException.Unavailable(
                    "The registry's directory " + directory + " can't be made: " + e + ". Check its owner and rights.",
                    e);
        }
        if (before.isThere()) {
            putBack();
        }
        if (!Files.exists(note)) {
            makeCopy(); // of a file that nobody noted, or of none
            return;
        }
        try {
            if (!Files.exists(file) || Files.size(file) == 0) {
                throw new RegistryException.Unavailable("The registry's database " + file + " is "
                        + (Files.exists(file) ? "empty" : "missing") + ", though " + note
                        + " says that there was one. Restore it from a backup; or, to begin with an empty registry, "
                        + "delete " + note.getFileName() + " and start again.");
            }
        } catch (IOException e) {
            throw new RegistryException.Unavailable("The registry's database " + file + " can't be read: " + e, e);
        }
        refuseNewerUntouched();
    }

    /** An upgrade that was not finished begins anew, from what was there before it. */
    private void putBack() {
        try {
            if (Files.exists(file) && Files.size(file) > 0) {
                try (Connection connection = source(true).getConnection()) {
                    LOGGER.fine(() -> "Nobody else has " + file + " open: " + connection);
                } catch (SQLException e) {
                    if (e.getErrorCode() == ErrorCode.DATABASE_ALREADY_OPEN_1) {
                        throw new RegistryException.Unavailable(explain("open", e), e);
                    }
                }
            }
            LOGGER.warning(() -> "The upgrade of " + file + " was broken off: it begins anew from the copy before it");
            before.putBack();
        } catch (IOException e) {
            throw new RegistryException.Unavailable(
                    "The upgrade of the registry's database " + file + " was broken off, and the copy from before it "
                            + "can't be put back: " + e + ". Check the directory's owner and rights.",
                    e);
        }
    }

    private void makeCopy() {
        try {
            before.make();
        } catch (IOException e) {
            throw new RegistryException.Unavailable(
                    "The registry's database " + file + " is of an older version, and before its upgrade it must be "
                            + "copied, which failed: " + e + ". Make room for a second file of its size, then start "
                            + "again.",
                    e);
        }
    }

    /**
     * Looks at the schema's version through a connection that can't write a byte. A process that was killed in a large
     * write leaves a transaction that H2 must take back before it shows anything, and it writes for that: then a copy is
     * looked at.
     */
    private void refuseNewerUntouched() {
        boolean upToDate;
        try {
            upToDate = isUpToDate(source(true), location());
        } catch (SQLException e) {
            if (!wouldHaveToWrite(e)) {
                throw new RegistryException.Unavailable(explain("open", e), e);
            }
            LOGGER.info(() -> file + " was not closed in order: its schema is looked at in a copy");
            upToDate = isCopyUpToDate();
        }
        if (!upToDate) {
            makeCopy();
        }
    }

    private static boolean isUpToDate(JdbcDataSource source, String location) throws SQLException {
        try (Connection connection = source.getConnection();
                Sql sql = new Sql(connection)) {
            int version = RegistryDatabase.schemaVersion(sql, location);
            return version == SchemaVersions.NEWEST && !SchemaVersions.hasGaps(sql, version);
        }
    }

    private static boolean wouldHaveToWrite(SQLException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getErrorCode() == ErrorCode.DATABASE_IS_READ_ONLY
                    || cause instanceof MVStoreException
                            && String.valueOf(cause.getMessage()).contains("read-only")) {
                return true;
            }
        }
        return false;
    }

    /** Beside the file, where there is most likely room for it; what a process left that was killed here goes first. */
    private boolean isCopyUpToDate() {
        Path looked = directory.resolve(NAME + ".look");
        try {
            deleteCopy(looked);
            Files.createDirectory(looked);
            try {
                Files.copy(file, looked.resolve(file.getFileName()));
                return isUpToDate(source("", looked, false), location());
            } finally {
                deleteCopy(looked);
            }
        } catch (SQLException e) {
            throw new RegistryException.Unavailable(explain("open", e), e);
        } catch (IOException e) {
            throw new RegistryException.Unavailable(
                    "The registry's database " + file + " was not closed in order, and to look at it a copy must be "
                            + "made in " + looked + ", which failed: " + e + ". Make room, then start again.",
                    e);
        }
    }

    private static void deleteCopy(Path looked) throws IOException {
        if (Files.exists(looked)) {
            try (Stream<Path> files = Files.list(looked)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(looked);
        }
    }

    private JdbcDataSource source(boolean readOnly) {
        return source(scheme, directory, readOnly);
    }

    private static JdbcDataSource source(String scheme, Path directory, boolean readOnly) {
        JdbcDataSource source = new JdbcDataSource();
        // WRITE_DELAY: with 0, H2 runs no thread in the background, and it is that thread which gives the space of
        // superseded pages back: the file would grow without end. Nothing acknowledged depends on the delay, since
        // every group of changes ends with synchronise().
        // The file is locked by H2 against other processes; nothing else of H2 listens or is reachable.
        source.setURL("jdbc:h2:" + (scheme.isEmpty() ? "" : scheme + ":") + directory.resolve(NAME)
                + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;DB_CLOSE_ON_EXIT=FALSE"
                + ";WRITE_DELAY=1000;LOCK_TIMEOUT=10000;MAX_COMPACT_TIME=200"
                + (readOnly ? ";ACCESS_MODE_DATA=r" : ""));
        source.setUser("mlops");
        source.setPassword("");
        return source;
    }

    @Override
    public HikariDataSource open(boolean readOnly) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("mlops-registry");
        config.setDataSource(source(readOnly));
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(30_000);
        config.setReadOnly(false);
        return new HikariDataSource(config);
    }

    @Override
    public void opened() {
        try {
            if (before.isThere()) {
                try (Connection connection = source(false).getConnection();
                        Statement statement = connection.createStatement()) {
                    statement.execute("CHECKPOINT SYNC");
                }
                before.delete();
            }
            if (!Files.exists(note)) {
                Files.writeString(
                        note,
                        "A model registry of Jenkins was made here; see registry.mv.db. Keep this file with it.\n",
                        StandardCharsets.UTF_8);
            }
        } catch (SQLException e) {
            throw new RegistryException.Unavailable(explain("write to", e), e);
        } catch (IOException e) {
            throw new RegistryException.Unavailable("The file " + note + " can't be written: " + e, e);
        }
    }

    /**
     * Writes the file anew where most of it is superseded pages: H2 gives their space back while nothing is written, and
     * never all of it, so that a burst of writes leaves a file of many times what is in it. H2 puts the new file in the
     * place of the old one when it is complete; a process that is killed meanwhile leaves the old one.
     */
    @Override
    public void close(HikariDataSource open) {
        try {
            if (Files.size(file) >= COMPACTED_FROM) {
                // A connection of its own, because it is the last one.
                try (Connection last = source(false).getConnection();
                        Statement statement = last.createStatement()) {
                    close(open, last, statement);
                }
            }
        } catch (SQLException | IOException e) {
            LOGGER.log(Level.WARNING, e, () -> file + " stays as large as it is");
        } finally {
            open.close();
        }
    }

    private void close(HikariDataSource open, Connection last, Statement statement) throws SQLException, IOException {
        long bytes = Files.size(file);
        long live;
        try (Sql sql = new Sql(last)) {
            live = bytes / 100 * setting(sql, "info.FILL_RATE") / 100 * setting(sql, "info.CHUNKS_FILL_RATE");
        }
        open.close();
        if (isWorthCompacting(bytes, live)) {
            LOGGER.info(() -> "Writing " + file + " anew: most of its " + (bytes >> 20) + " MB are superseded");
            statement.execute("SHUTDOWN COMPACT");
        }
    }

    /**
     * Whether so little of a file is in use that writing that anew saves much, and takes seconds.
     *
     * @param bytes the file's size
     * @param live the estimated size of what is in use
     */
    static boolean isWorthCompacting(long bytes, long live) {
        return bytes >= COMPACTED_FROM && live <= COMPACTED_UP_TO && live < bytes / 3;
    }

    private static int setting(Sql sql, String name) throws SQLException {
        return sql.first(
                        "SELECT setting_value FROM information_schema.settings WHERE setting_name = ?",
                        row -> row.getInt(1),
                        name)
                .orElse(100);
    }

    @Override
    public void synchronise(Transaction transaction) throws SQLException {
        // H2 commits into the operating system's cache; this is its fsync.
        transaction.update("CHECKPOINT SYNC");
    }

    @Override
    public String explain(String attempt, SQLException failure) {
        String what = "Could not " + attempt + " the registry's database " + file + ": ";
        return what
                + switch (failure.getErrorCode()) {
                    case ErrorCode.DATABASE_ALREADY_OPEN_1, ErrorCode.LOCK_TIMEOUT_1 ->
                        "another process holds its lock"
                                + ". Is a second Jenkins running on the same home? Stop it, then start again; don't delete "
                                + "the file.";
                    case ErrorCode.FILE_CORRUPTED_1 ->
                        "it is damaged (" + message(failure)
                                + "). It was left as it is. Restore it from a backup, or move it away with registry.format "
                                + "and rebuild the registry from the build records.";
                    case ErrorCode.FILE_VERSION_ERROR_1, ErrorCode.UNSUPPORTED_SETTING_COMBINATION ->
                        "its file format "
                                + "is another than this plugin's H2 reads (" + message(failure)
                                + "). It was left as it is. Install the plugin version that wrote it.";
                    default ->
                        isDiskFailure(failure) ? "the disk refused (" + message(failure) + ")." : message(failure);
                };
    }

    private static String message(SQLException failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String text = root == failure ? failure.getMessage() : failure.getMessage() + "; " + root.getMessage();
        return text.length() > 500 ? text.substring(0, 500) + "..." : text;
    }

    @Override
    public boolean isEmbedded() {
        return true;
    }

    @Override
    public boolean isDiskFailure(SQLException failure) {
        switch (failure.getErrorCode()) {
            case ErrorCode.IO_EXCEPTION_1:
            case ErrorCode.IO_EXCEPTION_2:
            case ErrorCode.FILE_CORRUPTED_1:
            case ErrorCode.DATABASE_IS_CLOSED:
            case ErrorCode.DATABASE_IS_READ_ONLY:
                return true;
            default:
                break;
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String text = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
            if (text.contains("no space left")
                    || text.contains("writing to file")
                    || text.contains("has been closed")) {
                return true;
            }
        }
        return false;
    }
}
