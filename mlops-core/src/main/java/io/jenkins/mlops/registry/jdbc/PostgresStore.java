package io.jenkins.mlops.registry.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.sql.SQLException;
import java.util.Set;
import java.util.TreeSet;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A PostgreSQL server.
 *
 * <p>Of the driver's parameters only {@code sslmode}, {@code sslrootcert}, {@code sslcert}, {@code sslkey},
 * {@code currentSchema}, {@code connectTimeout}, {@code socketTimeout}, {@code targetServerType}, {@code tcpKeepAlive}
 * and {@code ApplicationName} may stand in the URL: others load classes or write files by name.
 */
final class PostgresStore implements Store {
    private static final int CONNECTIONS = 16;
    private static final String PREFIX = "jdbc:postgresql:";
    private static final Set<String> PARAMETERS = new TreeSet<>(Set.of(
            "sslmode",
            "sslrootcert",
            "sslcert",
            "sslkey",
            "currentSchema",
            "connectTimeout",
            "socketTimeout",
            "targetServerType",
            "tcpKeepAlive",
            "ApplicationName"));

    private final String url;
    private final String user;

    @CheckForNull
    private final String password;

    PostgresStore(String url, String user, @CheckForNull String password) {
        this.url = checked(url);
        this.user = user;
        this.password = password;
    }

    private static String checked(@CheckForNull String url) {
        if (url == null || !url.startsWith(PREFIX)) {
            throw new IllegalArgumentException(
                    "The registry's database is named as jdbc:postgresql://host:port/database, found " + url);
        }
        if (url.substring(PREFIX.length()).contains("@")) {
            throw new IllegalArgumentException(
                    "The registry's database URL must not hold a user or password; choose credentials instead");
        }
        int question = url.indexOf('?');
        if (question >= 0) {
            for (String parameter : url.substring(question + 1).split("&")) {
                String name = parameter.split("=", 2)[0];
                if (!PARAMETERS.contains(name)) {
                    throw new IllegalArgumentException("The registry's database URL has the parameter '" + name
                            + "'; allowed are " + String.join(", ", PARAMETERS));
                }
            }
        }
        return url;
    }

    @Override
    public String location() {
        return url;
    }

    @Override
    public void checkBeforeOpening() {
        // Connecting to a server changes nothing there; the schema's version is read before it is migrated.
    }

    @Override
    public HikariDataSource open(boolean readOnly) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(url);
        source.setUser(user);
        source.setPassword(password);
        source.setReWriteBatchedInserts(true);
        if (source.getApplicationName() == null) {
            source.setApplicationName("jenkins-mlops");
        }
        HikariConfig config = new HikariConfig();
        config.setPoolName("mlops-registry");
        config.setDataSource(source);
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(30_000);
        config.setReadOnly(readOnly);
        return new HikariDataSource(config);
    }

    @Override
    public void opened() {
        // The server keeps its own house.
    }

    @Override
    public void close(HikariDataSource open) {
        open.close();
    }

    @Override
    public void synchronise(Transaction transaction) {
        // PostgreSQL's commit returns when it is on disk.
    }

    @Override
    public String explain(String attempt, SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        String why = failure.getMessage();
        if (state.startsWith("08")) {
            why = "it can't be reached (" + why + "). Is the server up, and the address right?";
        } else if (state.startsWith("28")) {
            why = "it refused the user " + user + " (" + why + "). Check the credentials.";
        } else if (state.equals("53100")) {
            why = "the server's disk is full (" + why + "). Make room there; nothing was changed.";
        } else if (state.equals("25006")) {
            why = "the server takes no changes (" + why + "). Is it a standby?";
        }
        return "Could not " + attempt + " the registry's database " + url + ": " + why;
    }

    @Override
    public boolean isEmbedded() {
        return false;
    }

    @Override
    public boolean isDiskFailure(SQLException failure) {
        return false;
    }
}
