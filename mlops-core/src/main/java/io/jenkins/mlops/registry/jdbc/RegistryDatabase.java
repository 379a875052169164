package io.jenkins.mlops.registry.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.registry.RegistryException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.flywaydb.core.api.FlywayException;

/**
 * The database of the registry and the tracking store: opened, migrated, read by any thread, written by one.
 *
 * <p>Opening refuses, without touching it, a database of a newer version of the suite. A write that the disk refuses
 * makes the database read-only until it is opened anew: after a failed write nobody knows what is on the disk.
 */
public final class RegistryDatabase implements AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger(RegistryDatabase.class.getName());

    private static final int READERS = 12;

    /** How often, and in which intervals, a database that was given up is tried again for reading: for two seconds. */
    private static final int REOPENINGS = 20;

    private static final long REOPENING_PAUSE_MILLIS = 100;

    private final Store store;
    private volatile HikariDataSource pool;
    private final GroupCommit writer;
    private final ThreadPoolExecutor readers = readers();

    @CheckForNull
    private volatile String readOnlyReason;

    private volatile boolean closed;

    private RegistryDatabase(Store store) {
        this.store = store;
        store.checkBeforeOpening();
        HikariDataSource opened = null;
        try {
            opened = store.open(false);
            migrate(opened);
            store.opened();
        } catch (SQLException | RuntimeException e) {
            if (opened != null) {
                opened.close();
            }
            throw explained(e);
        }
        pool = opened;
        writer = new GroupCommit(this);
        try {
            finishMigration();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void migrate(HikariDataSource opened) throws SQLException {
        boolean hasGaps;
        try (Connection connection = opened.getConnection();
                Sql sql = new Sql(connection)) {
            int version = schemaVersion(sql, store.location());
            hasGaps = version > 0 && SchemaVersions.hasGaps(sql, version);
            if (version == SchemaVersions.NEWEST && !hasGaps) {
                return;
            }
            if (version > 0 && version < RowPoints.PACKED_SINCE) {
                RowPoints.setAside(sql);
            }
        }
        SchemaVersions.migrate(opened, store.isEmbedded() ? 1_000 : 1, hasGaps);
    }

    /** What a migration leaves to code, because SQL can't say it. */
    private void finishMigration() {
        if (read(RowPoints::areLeft)) {
            RowPoints.pack(writer);
        }
    }

    /**
     * Opens the embedded database in a directory, or makes it.
     *
     * @throws RegistryException.Unavailable when it is locked by another process, newer, damaged or unreadable; the
     *     message names the file and what to do, and the file is as it was
     */
    public static RegistryDatabase openEmbedded(Path directory) {
        return new RegistryDatabase(new EmbeddedStore(directory, ""));
    }

    /** As {@link #openEmbedded(Path)}, through a file system of H2 that is registered under {@code scheme}. */
    static RegistryDatabase openEmbedded(Path directory, String scheme) {
        return new RegistryDatabase(new EmbeddedStore(directory, scheme));
    }

    /**
     * Opens a PostgreSQL database (12 or later).
     *
     * @param url {@code jdbc:postgresql://host:port/database}, with no other parameters than those that
     *     {@link PostgresStore} lists
     * @throws RegistryException.Unavailable when it can't be reached, or is newer
     */
    public static RegistryDatabase openPostgres(String url, String user, @CheckForNull String password) {
        return new RegistryDatabase(new PostgresStore(url, user, password));
    }

    /** Work on a connection that only reads. */
    public interface Reading<T> {
        T run(Sql sql) throws SQLException;
    }

    /** Where the database is, for messages; without credentials. */
    public String location() {
        return store.location();
    }

    /** Why no change is taken at present; empty when changes are taken. */
    public Optional<String> readOnlyReason() {
        return Optional.ofNullable(readOnlyReason);
    }

    /**
     * Reads on a connection of the pool, by a thread of our own: Java closes a file's channel under an interrupted
     * thread, and Jenkins interrupts the threads of builds. An interrupt of the caller is kept for later.
     */
    public <T> T read(Reading<T> reading) {
        try {
            return CompletableFuture.supplyAsync(() -> readHere(reading), readers)
                    .join();
        } catch (CompletionException e) {
            throw GroupCommit.forCaller(e.getCause());
        } catch (RejectedExecutionException e) {
            throw new RegistryException.Unavailable("The registry is closed", e);
        }
    }

    private <T> T readHere(Reading<T> reading) {
        try (Connection connection = pool().getConnection();
                Sql sql = new Sql(connection)) {
            return reading.run(sql);
        } catch (SQLException e) {
            throw unavailable("read from", e);
        }
    }

    private static ThreadPoolExecutor readers() {
        ThreadPoolExecutor readers =
                new ThreadPoolExecutor(READERS, READERS, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    Thread thread = new Thread(work, "mlops-registry-reader");
                    thread.setDaemon(true);
                    thread.setContextClassLoader(RegistryDatabase.class.getClassLoader());
                    return thread;
                });
        readers.allowCoreThreadTimeOut(true);
        return readers;
    }

    /** Changes in one transaction; returns when it is on disk. */
    <T> T write(GroupCommit.Work<T> work) {
        return writer.write(work);
    }

    Connection connect() throws SQLException {
        return pool.getConnection();
    }

    void synchronise(Transaction transaction) throws SQLException {
        store.synchronise(transaction);
    }

    boolean isEmbedded() {
        return store.isEmbedded();
    }

    boolean isDiskFailure(SQLException failure) {
        return store.isDiskFailure(failure);
    }

    /** Whether the connection is gone, so that the same work may be tried on another. */
    boolean isConnectionLost(SQLException failure) {
        String state = failure.getSQLState();
        return state != null && (state.startsWith("08") || state.startsWith("57P")) && !isDiskFailure(failure);
    }

    RegistryException unavailable(String attempt, SQLException failure) {
        noteFailure(failure);
        return new RegistryException.Unavailable(store.explain(attempt, failure), failure);
    }

    /** A commit that failed leaves in doubt what is on disk: it is never repeated blindly. */
    SQLException commitFailed(SQLException failure) {
        if (store.isEmbedded()) {
            turnReadOnly(store.explain("commit to", failure));
        }
        return failure;
    }

    void noteFailure(SQLException failure) {
        if (store.isDiskFailure(failure)) {
            turnReadOnly(store.explain("write to", failure));
        }
    }

    private synchronized void turnReadOnly(String reason) {
        if (readOnlyReason != null) {
            return;
        }
        readOnlyReason = "The registry takes no changes since a write failed: " + reason
                + " Nothing that was acknowledged is lost; make room or mend the disk, then restart.";
        LOGGER.log(Level.SEVERE, readOnlyReason);
        // H2 gave the file up with all its connections; the next reader opens it anew, without writing.
        pool.close();
    }

    private HikariDataSource pool() {
        HikariDataSource present = pool;
        if (!present.isClosed() || closed || readOnlyReason == null) {
            return present;
        }
        for (int attempt = 1; ; attempt++) {
            try {
                return reopened();
            } catch (RuntimeException e) {
                if (attempt == REOPENINGS || !pause()) {
                    throw new RegistryException.Unavailable(
                            readOnlyReason + " It can't be read at present either: " + e.getMessage(), e);
                }
            }
        }
    }

    private synchronized HikariDataSource reopened() {
        if (pool.isClosed() && !closed) {
            pool = store.open(true);
        }
        return pool;
    }

    /** Leaves H2 the time that it takes to let go of the file; false when the reader was interrupted meanwhile. */
    private static boolean pause() {
        try {
            Thread.sleep(REOPENING_PAUSE_MILLIS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The schema's version, 0 for none; one that is newer than this code is refused. */
    static int schemaVersion(Sql sql, String location) throws SQLException {
        boolean there = sql.first(
                                "SELECT COUNT(*) FROM information_schema.tables WHERE table_name = ?",
                                row -> row.getInt(1),
                                SchemaVersions.HISTORY)
                        .orElse(0)
                > 0;
        if (!there) {
            return 0;
        }
        int newest = 0;
        for (String version : sql.list(
                "SELECT \"version\" FROM \"" + SchemaVersions.HISTORY
                        + "\" WHERE \"version\" IS NOT NULL AND \"success\" = TRUE",
                row -> row.getString(1))) {
            newest = Math.max(newest, (int) Double.parseDouble(version));
        }
        if (newest > SchemaVersions.NEWEST) {
            throw new RegistryException.Unavailable("The registry's database " + location + " has schema version "
                    + newest + ", this version of the plugin knows up to " + SchemaVersions.NEWEST
                    + ". It was left untouched. Install the newer plugin again, or restore the database from before "
                    + "the upgrade.");
        }
        return newest;
    }

    private RegistryException explained(Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RegistryException known) {
                return known;
            }
            if (cause instanceof SQLException sql) {
                return new RegistryException.Unavailable(store.explain("open", sql), failure);
            }
        }
        String what =
                failure instanceof FlywayException ? "The schema can't be brought up to date" : "It can't be opened";
        return new RegistryException.Unavailable(
                what + ": the registry's database " + location() + ": " + failure.getMessage(), failure);
    }

    /** Writes what waits, then closes. */
    @Override
    public void close() {
        writer.close();
        readers.shutdown();
        synchronized (this) {
            closed = true;
            if (readOnlyReason == null && !pool.isClosed()) {
                store.close(pool);
            } else {
                pool.close();
            }
        }
    }
}
