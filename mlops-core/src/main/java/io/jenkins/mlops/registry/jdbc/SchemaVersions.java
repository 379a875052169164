package io.jenkins.mlops.registry.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;
import org.h2.engine.Constants;

/**
 * The schema's migrations, by name: nothing is scanned, because in a plugin's class loader scanning finds what it
 * finds.
 */
final class SchemaVersions {
    /** Flyway's table. */
    static final String HISTORY = "mlops_schema_history";

    private static final List<String> MIGRATIONS = List.of(
            "V1__registry_and_tracking.sql", //
            "V10__change_windows.sql", //
            "V20__mlflow.sql", //
            "V21__artifacts.sql", //
            "V30__packed_metrics.sql", //
            "V60__deployment_changes.sql", //
            "V70__remote_registry.sql", //
            "V75__logged_models.sql", //
            "V80__listed_metrics.sql", //
            "V85__lists.sql", //
            "V90__monitors.sql", //
            "V91__endpoint_health.sql", //
            "V95__feedback.sql",
            "V96__monitor_alarms.sql");

    /** The newest schema that this code knows. */
    static final int NEWEST =
            MIGRATIONS.stream().mapToInt(SchemaVersions::number).max().orElseThrow();

    /** Where Flyway says what it thinks of a database's version, by way of SLF4J. */
    private static final Logger FLYWAY_DATABASE = Logger.getLogger("org.flywaydb.core.internal.database.base.Database");

    private SchemaVersions() {}

    /**
     * Brings the schema of a database up to {@link #NEWEST}.
     *
     * @param idsInAdvance how many numbers for rows the database takes at once
     * @param hasGaps whether migrations are missing below the database's version, see {@link #hasGaps}
     */
    static void migrate(DataSource dataSource, int idsInAdvance, boolean hasGaps) {
        migrate(dataSource, idsInAdvance, NEWEST, hasGaps);
    }

    /** As {@link #migrate(DataSource, int, boolean)}, up to an earlier version and without gaps. */
    static void migrate(DataSource dataSource, int idsInAdvance, int version) {
        migrate(dataSource, idsInAdvance, version, false);
    }

    private static void migrate(DataSource dataSource, int idsInAdvance, int version, boolean hasGaps) {
        Filter before = FLYWAY_DATABASE.getFilter();
        FLYWAY_DATABASE.setFilter(line -> !isAboutNewerH2(line) && (before == null || before.isLoggable(line)));
        try {
            flyway(dataSource, idsInAdvance, version, hasGaps).migrate();
        } finally {
            FLYWAY_DATABASE.setFilter(before);
        }
    }

    /** Whether a database of this version lacks a migration of a lower one: the numbers are given out in advance. */
    static boolean hasGaps(Sql sql, int version) throws SQLException {
        int applied = sql.first(
                        "SELECT COUNT(*) FROM \"" + HISTORY + "\" WHERE \"script\" LIKE 'V%' AND \"success\" = TRUE",
                        row -> row.getInt(1))
                .orElse(0);
        return applied
                < MIGRATIONS.stream().filter(name -> number(name) <= version).count();
    }

    private static int number(String migration) {
        return Integer.parseInt(migration.substring(1, migration.indexOf("__")));
    }

    /**
     * Flyway warns of every H2 that is newer than the last one that its makers tried. This H2 is the one that the suite
     * is tested with, and the Flyway versions that know it need a JSON library that controllers don't have.
     */
    private static boolean isAboutNewerH2(LogRecord line) {
        return String.valueOf(line.getMessage()).startsWith("Using H2 " + Constants.VERSION + " which is newer than");
    }

    private static Flyway flyway(DataSource dataSource, int idsInAdvance, int version, boolean hasGaps) {
        return Flyway.configure(SchemaVersions.class.getClassLoader())
                .dataSource(dataSource)
                .table(HISTORY)
                .placeholders(Map.of("idsInAdvance", String.valueOf(idsInAdvance)))
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .target(String.valueOf(version))
                .outOfOrder(hasGaps)
                .resourceProvider(new Migrations())
                .javaMigrationClassProvider(List::of)
                .cleanDisabled(true)
                .validateMigrationNaming(true)
                .load();
    }

    private static final class Migrations implements ResourceProvider {
        @Override
        public LoadableResource getResource(String name) {
            return MIGRATIONS.contains(name) ? new Migration(name) : null;
        }

        @Override
        public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
            List<LoadableResource> found = new ArrayList<>();
            for (String name : MIGRATIONS) {
                for (String suffix : suffixes) {
                    if (name.startsWith(prefix) && name.endsWith(suffix)) {
                        found.add(new Migration(name));
                    }
                }
            }
            return found;
        }
    }

    private static final class Migration extends LoadableResource {
        private final String name;

        Migration(String name) {
            this.name = name;
        }

        @Override
        public Reader read() {
            InputStream in = SchemaVersions.class.getResourceAsStream(name);
            if (in == null) {
                throw new UncheckedIOException(new IOException(
                        "The migration " + name + " is missing from the plugin's jar; install the plugin again"));
            }
            return new InputStreamReader(in, StandardCharsets.UTF_8);
        }

        @Override
        public String getAbsolutePath() {
            return "io/jenkins/mlops/registry/jdbc/" + name;
        }

        @Override
        public String getAbsolutePathOnDisk() {
            return getAbsolutePath();
        }

        @Override
        public String getFilename() {
            return name;
        }

        @Override
        public String getRelativePath() {
            return name;
        }
    }
}
