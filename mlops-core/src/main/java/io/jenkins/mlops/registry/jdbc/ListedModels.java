package io.jenkins.mlops.registry.jdbc;

import edu.umd.cs.findbugs.annotations.SuppressFBWarnings;
import io.jenkins.mlops.registry.Listing;
import io.jenkins.mlops.registry.ModelListing;
import io.jenkins.mlops.registry.ModelSummary;
import io.jenkins.mlops.registry.ModelVersion;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Cuts the list of models, for readers of all jobs or of some: in a dozen statements, however many versions there are.
 */
@SuppressFBWarnings(
        value = "SQL_PREPARED_STATEMENT_GENERATED_FROM_NONCONSTANT_STRING",
        justification = "The SQL is put together from constants and the database's own ids; all else is bound")
final class ListedModels {
    private final Sql sql;
    private final ModelListing query;
    private final JobFilter jobs;
    private final String where;
    private final List<Object> values = new ArrayList<>();

    private ListedModels(Sql sql, ModelListing query) throws SQLException {
        this.sql = sql;
        this.query = query;
        this.jobs = JobFilter.of(sql, query.jobs());
        StringBuilder conditions = new StringBuilder(" WHERE m.deleted = FALSE");
        String search = query.search();
        if (search != null && !search.isBlank()) {
            conditions.append(" AND m.search_name LIKE ? ESCAPE '!'");
            values.add(ModelRows.containing(search));
        }
        if (!jobs.isAll()) {
            conditions.append(" AND EXISTS (SELECT 1 FROM mlops_model_job c WHERE c.model_id = m.id"
                    + jobs.condition("c.job_id") + ")");
        }
        this.where = conditions.toString();
    }

    static Listing<ModelSummary> of(Sql sql, ModelListing query) throws SQLException {
        return new ListedModels(sql, query).listing();
    }

    /** A model's row; the newest version is the reader's. */
    private record Head(long id, String name, String description, long newest) {}

    private Listing<ModelSummary> listing() throws SQLException {
        long total = sql.first("SELECT COUNT(*) FROM mlops_model m" + where, row -> row.getLong(1), values.toArray())
                .orElse(0L);
        Map<Long, Integer> waiting = waiting();
        List<Head> heads =
                switch (query.order()) {
                    case NAME -> heads("", "m.name" + direction(), query.offset(), query.limit());
                    case NEWEST -> byNewest();
                    case WAITING -> byWaiting(waiting, total);
                };
        return new Listing<>(summaries(own(heads), waiting), total, query.offset(), query.limit());
    }

    private String direction() {
        return query.descending() ? " DESC" : "";
    }

    private List<Head> heads(String condition, String order, long offset, int limit) throws SQLException {
        return heads("", condition, order, offset, limit);
    }

    private List<Head> heads(String join, String condition, String order, long offset, int limit) throws SQLException {
        List<Object> all = new ArrayList<>(values);
        all.add(limit);
        all.add(offset);
        return sql.list(
                "SELECT m.id, m.name, m.description, m.newest_id FROM mlops_model m" + join + where + condition
                        + " ORDER BY " + order + " LIMIT ? OFFSET ?",
                row -> new Head(row.getLong(1), row.getString(2), row.getString(3), row.getLong(4)),
                all.toArray());
    }

    private List<Head> byNewest() throws SQLException {
        if (jobs.isAll()) {
            return heads("", "m.newest_id" + direction() + ", m.name" + direction(), query.offset(), query.limit());
        }
        String join = " JOIN (SELECT c.model_id AS newest_of, MAX(c.newest_id) AS newest FROM mlops_model_job c"
                + " WHERE 1 = 1" + jobs.condition("c.job_id") + " GROUP BY c.model_id) n ON n.newest_of = m.id";
        return heads(join, "", "n.newest" + direction() + ", m.name" + direction(), query.offset(), query.limit());
    }

    /** How many promotions wait, by model; there are as many rows as models that somebody has to look at. */
    private Map<Long, Integer> waiting() throws SQLException {
        Map<Long, Integer> waiting = new HashMap<>();
        sql.list(
                "SELECT p.model_id, COUNT(*) FROM mlops_promotion p JOIN mlops_version v ON v.model_id = p.model_id"
                        + " AND v.number = p.number WHERE p.state = 'AWAITING_APPROVAL' AND v.status <> 'DELETED'"
                        + jobs.condition("v.job_id") + " GROUP BY p.model_id",
                row -> waiting.put(row.getLong(1), row.getInt(2)));
        return waiting;
    }

    /** Those with something waiting stand together, before the others or after them; equals stand by name. */
    private List<Head> byWaiting(Map<Long, Integer> waiting, long total) throws SQLException {
        if (waiting.isEmpty()) {
            return heads("", "m.name", query.offset(), query.limit());
        }
        String ids = waiting.keySet().stream().sorted().map(String::valueOf).collect(Collectors.joining(", "));
        List<Head> busy = new ArrayList<>(heads(" AND m.id IN (" + ids + ")", "m.name", 0, waiting.size()));
        Comparator<Head> order = Comparator.comparingInt(head -> waiting.getOrDefault(head.id(), 0));
        busy.sort(query.descending() ? order.reversed() : order);
        long calm = total - busy.size();
        long busyFrom = query.descending() ? 0 : calm;
        long calmFrom = query.descending() ? busy.size() : 0;
        long from = query.offset();
        long to = from + query.limit();
        List<Head> busyPart = busy.subList((int) Math.max(0, Math.min(busy.size(), from - busyFrom)), (int)
                Math.max(0, Math.min(busy.size(), to - busyFrom)));
        long calmOffset = Math.max(0, from - calmFrom);
        long calmEnd = Math.min(calm, to - calmFrom);
        List<Head> calmPart = calmEnd > calmOffset
                ? heads(" AND m.id NOT IN (" + ids + ")", "m.name", calmOffset, (int) (calmEnd - calmOffset))
                : List.of();
        List<Head> heads = new ArrayList<>(query.descending() ? busyPart : calmPart);
        heads.addAll(query.descending() ? calmPart : busyPart);
        return heads;
    }

    /** The models with the newest version that this reader may see. */
    private List<Head> own(List<Head> heads) throws SQLException {
        if (jobs.isAll() || heads.isEmpty()) {
            return heads;
        }
        record Newest(int number, long id) {}
        Map<Long, Newest> newest = new HashMap<>();
        Object[] ids = heads.stream().map(Head::id).toArray();
        sql.list(
                "SELECT c.model_id, c.newest_number, c.newest_id FROM mlops_model_job c WHERE c.model_id IN ("
                        + Sql.marks(ids.length) + ")" + jobs.condition("c.job_id"),
                row -> newest.merge(
                        row.getLong(1),
                        new Newest(row.getInt(2), row.getLong(3)),
                        (a, b) -> a.number() >= b.number() ? a : b),
                ids);
        return heads.stream()
                .map(head -> new Head(
                        head.id(),
                        head.name(),
                        head.description(),
                        newest.getOrDefault(head.id(), new Newest(0, 0)).id()))
                .toList();
    }

    private record Holder(String alias, int number, long versionId) {}

    private Map<Long, List<Holder>> aliases(Collection<Head> heads) throws SQLException {
        Map<Long, List<Holder>> aliases = new HashMap<>();
        Object[] ids = heads.stream().map(Head::id).toArray();
        sql.list(
                "SELECT a.model_id, a.alias, a.number, v.id FROM mlops_alias a JOIN mlops_version v"
                        + " ON v.model_id = a.model_id AND v.number = a.number WHERE a.model_id IN ("
                        + Sql.marks(ids.length) + ") AND v.status <> 'DELETED'" + jobs.condition("v.job_id"),
                row -> aliases.computeIfAbsent(row.getLong(1), id -> new ArrayList<>())
                        .add(new Holder(row.getString(2), row.getInt(3), row.getLong(4))),
                ids);
        return aliases;
    }

    private List<ModelSummary> summaries(List<Head> heads, Map<Long, Integer> waiting) throws SQLException {
        if (heads.isEmpty()) {
            return List.of();
        }
        Map<Long, List<Holder>> holders = aliases(heads);
        Map<Long, Long> champions = new HashMap<>();
        List<Long> wanted = new ArrayList<>();
        for (Head head : heads) {
            List<Holder> own = holders.getOrDefault(head.id(), List.of());
            String leading = ModelSummary.leadingAlias(numbers(own));
            long champion = own.stream()
                    .filter(holder -> holder.alias().equals(leading))
                    .mapToLong(Holder::versionId)
                    .findFirst()
                    .orElse(head.newest());
            champions.put(head.id(), champion);
            wanted.add(head.newest());
            wanted.add(champion);
        }
        wanted.removeIf(id -> id == 0);
        Map<Long, ModelVersion> versions = VersionRows.byId(sql, wanted);
        return heads.stream()
                .map(head -> new ModelSummary(
                        head.name(),
                        head.description(),
                        numbers(holders.getOrDefault(head.id(), List.of())),
                        versions.get(head.newest()),
                        versions.get(champions.get(head.id())),
                        waiting.getOrDefault(head.id(), 0)))
                .toList();
    }

    private static Map<String, Integer> numbers(List<Holder> holders) {
        return holders.stream().collect(Collectors.toMap(Holder::alias, Holder::number));
    }
}
