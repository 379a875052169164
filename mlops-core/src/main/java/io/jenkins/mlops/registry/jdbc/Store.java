package io.jenkins.mlops.registry.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;

/** What differs between an embedded file and a server: how it is opened, made durable and how its errors read. */
interface Store {
    /** Where the database is, for messages; without credentials. */
    String location();

    /**
     * Refuses a database that must not be touched, before it is touched.
     *
     * @throws io.jenkins.mlops.registry.RegistryException.Unavailable saying why and what to do
     */
    void checkBeforeOpening();

    /** A pool of connections; opening them may fail. */
    HikariDataSource open(boolean readOnly);

    /** Called once the schema is up to date. */
    void opened();

    /** Closes the last pool of connections, when all is written. */
    void close(HikariDataSource open);

    /** Brings what was committed to the disk, when the commit itself doesn't. */
    void synchronise(Transaction transaction) throws SQLException;

    /** What happened and what to do about it, for people. */
    String explain(String attempt, SQLException failure);

    /** Whether this process writes the files itself, so that a failed write leaves their state unknown. */
    boolean isEmbedded();

    /** Whether a disk that this process writes to is the cause: full, failing or damaged. */
    boolean isDiskFailure(SQLException failure);
}
