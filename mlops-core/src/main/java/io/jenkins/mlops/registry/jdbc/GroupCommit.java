package io.jenkins.mlops.registry.jdbc;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.registry.RegistryException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The one thread that writes: it takes what waits, runs each write in a savepoint, commits once and brings the disk up
 * to date once, then answers all.
 *
 * <p>A thread of its own also keeps a caller's interrupt (an aborted build) away from the database's files: Java closes
 * a file channel under an interrupted thread.
 */
final class GroupCommit implements AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger(GroupCommit.class.getName());
    private static final int MAX_GROUP = 256;

    private final RegistryDatabase database;
    private final LinkedBlockingQueue<Write<?>> queue = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile boolean closed;

    @CheckForNull
    private Transaction transaction;

    GroupCommit(RegistryDatabase database) {
        this.database = database;
        thread = new Thread(this::run, "mlops-registry-writer");
        thread.setDaemon(true);
        thread.setContextClassLoader(GroupCommit.class.getClassLoader());
        thread.start();
    }

    /** Work inside a transaction. */
    interface Work<T> {
        T run(Transaction transaction) throws SQLException;
    }

    private static final class Write<T> {
        private final Work<T> work;
        private final CompletableFuture<T> answer = new CompletableFuture<>();

        @CheckForNull
        private T outcome;

        @CheckForNull
        private Throwable failure;

        Write(Work<T> work) {
            this.work = work;
        }

        void run(Transaction transaction) throws SQLException {
            outcome = work.run(transaction);
        }

        void answer() {
            if (failure == null) {
                answer.complete(outcome);
            } else {
                answer.completeExceptionally(failure);
            }
        }
    }

    /** Runs a write and returns when it is on disk; an interrupt of the caller is kept for later. */
    <T> T write(Work<T> work) {
        Write<T> write = new Write<>(work);
        synchronized (this) {
            if (closed) {
                throw new RegistryException.Unavailable("The registry is closed; nothing was changed");
            }
            queue.add(write);
        }
        try {
            return write.answer.join();
        } catch (CompletionException e) {
            throw failure(e.getCause());
        }
    }

    private RuntimeException failure(Throwable cause) {
        return cause instanceof SQLException sql ? database.unavailable("write to", sql) : forCaller(cause);
    }

    /** The failure of another thread's work, of the same kind and message, with the caller's stack. */
    static RuntimeException forCaller(Throwable cause) {
        if (cause instanceof RegistryException.NotFound) {
            return located(new RegistryException.NotFound(cause.getMessage()), cause);
        }
        if (cause instanceof RegistryException.Conflict) {
            return located(new RegistryException.Conflict(cause.getMessage()), cause);
        }
        if (cause instanceof RegistryException.Forbidden) {
            return located(new RegistryException.Forbidden(cause.getMessage()), cause);
        }
        if (cause instanceof RegistryException.Unavailable) {
            return new RegistryException.Unavailable(cause.getMessage(), cause);
        }
        if (cause instanceof IllegalArgumentException) {
            return new IllegalArgumentException(cause.getMessage(), cause);
        }
        return new RegistryException("The registry failed: " + cause, cause);
    }

    /** A new exception for each caller has the caller's stack; the other thread's is kept as its cause. */
    private static <E extends RuntimeException> E located(E mine, Throwable theirs) {
        mine.initCause(theirs);
        return mine;
    }

    private void run() {
        List<Write<?>> group = new ArrayList<>();
        while (!closed || !queue.isEmpty()) {
            group.clear();
            try {
                group.add(queue.take());
            } catch (InterruptedException e) {
                LOGGER.log(Level.FINE, "Somebody interrupted the registry's writer; it goes on until it is closed", e);
                continue;
            }
            queue.drainTo(group, MAX_GROUP - 1);
            commit(group);
            group.forEach(Write::answer);
        }
        disconnect();
    }

    private void commit(List<Write<?>> group) {
        String reason = database.readOnlyReason().orElse(null);
        if (reason != null) {
            failAll(group, new RegistryException.Unavailable(reason));
            return;
        }
        try {
            if (!attempt(group) && !attempt(group)) {
                failAll(
                        group,
                        new RegistryException.Unavailable("The connection to " + database.location()
                                + " broke twice; nothing was changed, try again"));
            }
        } catch (SQLException | RuntimeException | Error e) {
            LOGGER.log(Level.WARNING, "A group of " + group.size() + " registry writes failed", e);
            failAll(group, e);
            if (e instanceof SQLException sql) {
                database.noteFailure(sql);
            }
            if (database.readOnlyReason().isEmpty()) {
                disconnect();
            } else {
                // H2 gave its store up: to roll back there may never return, and there is nothing to be undone.
                transaction = null;
            }
        }
    }

    /** Runs the group once. @return false when the connection broke before the commit, so that all can run again */
    private boolean attempt(List<Write<?>> group) throws SQLException {
        Transaction tx = connected();
        for (Write<?> write : group) {
            write.failure = null;
            try {
                runOne(tx, write, group.size() > 1);
            } catch (SQLException e) {
                if (database.isConnectionLost(e)) {
                    disconnect();
                    return false;
                }
                throw e;
            }
        }
        try {
            tx.beforeCommit();
            tx.connection().commit();
            database.synchronise(tx);
            tx.afterCommit();
        } catch (SQLException e) {
            // Whether it is on disk is unknown; the operation keys make it safe to ask again.
            throw database.commitFailed(e);
        }
        return true;
    }

    /** Runs one write; a failure of its own undoes it alone, a failure of the connection is thrown. */
    private void runOne(Transaction tx, Write<?> write, boolean several) throws SQLException {
        Runnable restore = tx.rememberHead();
        Savepoint savepoint = several ? tx.connection().setSavepoint() : null;
        try {
            write.run(tx);
            if (savepoint != null) {
                tx.connection().releaseSavepoint(savepoint);
            }
        } catch (SQLException | RuntimeException | Error e) {
            if (e instanceof SQLException sql && (database.isConnectionLost(sql) || database.isDiskFailure(sql))) {
                throw sql;
            }
            write.failure = e;
            if (savepoint == null) {
                tx.connection().rollback();
                restore.run();
                tx.afterCommit();
            } else {
                tx.connection().rollback(savepoint);
                restore.run();
            }
        }
    }

    private static void failAll(List<Write<?>> group, Throwable failure) {
        group.forEach(write -> write.failure = failure);
    }

    private Transaction connected() throws SQLException {
        Transaction tx = transaction;
        if (tx == null) {
            Connection connection = database.connect();
            connection.setAutoCommit(false);
            tx = new Transaction(connection);
            transaction = tx;
        }
        return tx;
    }

    private void disconnect() {
        Transaction tx = transaction;
        transaction = null;
        if (tx != null) {
            try (Connection connection = tx.connection()) {
                if (!connection.isClosed()) {
                    tx.close();
                    connection.rollback();
                    connection.setAutoCommit(true);
                }
            } catch (SQLException e) {
                LOGGER.log(Level.FINE, "A connection that is given up could not be closed", e);
            }
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            if (!closed) {
                closed = true;
                // Never by an interrupt, which could close the database's file; an empty write wakes the thread.
                queue.add(new Write<>(tx -> null));
            }
        }
        boolean interrupted = false;
        while (thread.isAlive() && Thread.currentThread() != thread) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
