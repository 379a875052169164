package io.jenkins.mlops.registry.jdbc;

import io.jenkins.mlops.registry.Limits;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.retention.Keeping;
import io.jenkins.mlops.registry.retention.RetentionQuery;
import io.jenkins.mlops.registry.retention.RetentionStore;
import io.jenkins.mlops.registry.retention.RetentionTotal;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What retention asks of the registry's records, in the registry's database. */
public final class JdbcRetentionStore implements RetentionStore {
    private final RegistryDatabase database;
    private final Clock clock;

    /** In the database that the registry is in, which is not closed with it. */
    public JdbcRetentionStore(RegistryDatabase database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public RetentionTotal total(RetentionQuery query) {
        return database.read(sql -> RetentionRows.of(sql, query).total());
    }

    @Override
    public List<ModelVersion> expendable(RetentionQuery query, int offset, int limit) {
        int from = (int) Limits.range("The offset", offset, 0, Integer.MAX_VALUE);
        int most = (int) Limits.range("A page's size", limit, 1, AT_ONCE);
        return database.read(sql -> RetentionRows.of(sql, query).list(from, most));
    }

    @Override
    public Map<Integer, Set<Keeping>> keepings(RetentionQuery query, Set<Integer> numbers) {
        Limits.range("The number of versions", numbers.size(), 0, AT_ONCE);
        return database.read(sql -> RetentionRows.of(sql, query).keepings(numbers));
    }

    @Override
    public void delete(RetentionQuery query, int number, String actor, String reason) {
        Limits.line("The user", actor, Limits.LINE);
        Limits.line("The reason", reason, Limits.LINE);
        database.write(tx -> {
            RetentionRows.delete(tx, query, number, actor, reason, clock.millis());
            return null;
        });
    }
}
