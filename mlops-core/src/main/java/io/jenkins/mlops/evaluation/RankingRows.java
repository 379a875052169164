package io.jenkins.mlops.evaluation;

import io.jenkins.mlops.evaluation.interval.Intervals;
import io.jenkins.mlops.evaluation.metric.Moments;
import io.jenkins.mlops.evaluation.metric.QueryRanking;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The rows of a ranking.
 *
 * @param relevance per row its relevance, not negative
 * @param score per row its score
 * @param query per row the code of its query
 * @param queries number of query codes
 */
record RankingRows(double[] relevance, double[] score, int[] query, int queries) implements TaskRows<RankingRows> {
    @Override
    public int rows() {
        return relevance.length;
    }

    @Override
    public RankingRows subset(int[] rows) {
        return new RankingRows(
                RowSubset.of(relevance, rows), RowSubset.of(score, rows), RowSubset.of(query, rows), queries);
    }

    @Override
    public RankingRows weightedAs(RankingRows other) {
        return this;
    }

    @Override
    public int firstDifferentLabel(RankingRows other) {
        int label = Arrays.mismatch(relevance, other.relevance);
        return label >= 0 ? label : Arrays.mismatch(query, other.query);
    }

    private List<String> names(EvaluationOptions options) {
        List<String> names = new ArrayList<>(List.of("ndcg"));
        options.k().forEach(k -> names.add("ndcg_at_" + k));
        names.add("map");
        names.add("mrr");
        return names;
    }

    private static ToDoubleFunction<QueryRanking> metric(String name) {
        return switch (name) {
            case "ndcg" -> ranking -> ranking.ndcg(Integer.MAX_VALUE);
            case "map" -> QueryRanking::averagePrecision;
            case "mrr" -> QueryRanking::reciprocalRank;
            default -> {
                int k = Integer.parseInt(name.substring("ndcg_at_".length()));
                yield ranking -> ranking.ndcg(k);
            }
        };
    }

    /** The rankings of the queries that have rows, in the order of their codes. */
    private QueryRanking[] rankings() {
        int[] starts = new int[queries + 1];
        for (int code : query) {
            starts[code + 1]++;
        }
        for (int q = 0; q < queries; q++) {
            starts[q + 1] += starts[q];
        }
        int[] next = starts.clone();
        int[] rows = new int[query.length];
        for (int i = 0; i < query.length; i++) {
            rows[next[query[i]]++] = i;
        }
        return IntStream.range(0, queries)
                .parallel()
                .filter(q -> starts[q] < starts[q + 1])
                .mapToObj(q -> {
                    int[] own = Arrays.copyOfRange(rows, starts[q], starts[q + 1]);
                    return new QueryRanking(RowSubset.of(relevance, own), RowSubset.of(score, own));
                })
                .toArray(QueryRanking[]::new);
    }

    private static double[] perQuery(QueryRanking[] rankings, String name) {
        ToDoubleFunction<QueryRanking> metric = metric(name);
        return Arrays.stream(rankings).parallel().mapToDouble(metric).toArray();
    }

    @Override
    public Map<String, MetricValue> metrics(EvaluationOptions options, List<String> warnings) {
        List<String> names = names(options);
        QueryRanking[] rankings = rankings();
        MetricSet set = new MetricSet(names, options.metrics(), options.level(), rankings.length);
        for (String name : set.wantedOf(names)) {
            double[] values = perQuery(rankings, name);
            Moments moments = Moments.of(values.length, q -> values[q], null);
            set.put(name, moments.mean(), Intervals.mean(moments, options.level()));
        }
        long without = Arrays.stream(rankings)
                .filter(ranking -> !ranking.hasRelevant())
                .count();
        if (without > 0) {
            warnings.add(without + " of " + rankings.length + " queries have no relevant row and count as 0");
        }
        return set.values();
    }

    @Override
    public Map<String, MetricDifference> compare(RankingRows champion, EvaluationOptions options) {
        List<String> names = names(options);
        QueryRanking[] mine = rankings();
        MetricSet set = new MetricSet(names, options.metrics(), options.level(), mine.length);
        QueryRanking[] theirs = champion.rankings();
        PairedMeans means = new PairedMeans(set, options, mine.length, null);
        for (String name : set.wantedOf(names)) {
            double[] first = perQuery(mine, name);
            double[] second = perQuery(theirs, name);
            means.compare(name, q -> first[q], q -> second[q]);
        }
        return set.differences();
    }
}
