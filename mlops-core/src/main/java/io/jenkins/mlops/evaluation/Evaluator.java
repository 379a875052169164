package io.jenkins.mlops.evaluation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

/**
 * Evaluates a predictions file (CSV, JSON Lines or Parquet; chosen by its name). Needs nothing but the JDK, so that it
 * runs on an agent beside the file.
 */
public final class Evaluator {
    private static final int MOST_WARNINGS = 100;

    /** Below, neither normal theory nor a bootstrap is to be relied upon. */
    private static final int FEW_ROWS = 30;

    /**
     * Evaluates one model's predictions.
     *
     * @throws EvaluationException if the file or the options can't be evaluated; the message names row and remedy
     * @throws IOException if the file can't be read, or is no table of the wanted columns
     */
    public EvaluationReport evaluate(Path predictions, EvaluationOptions options) throws IOException {
        return run(predictions, null, options);
    }

    /**
     * Evaluates the candidate's predictions and compares them, row by row, with the champion's on the same rows.
     *
     * @param championPredictions a file with the same columns; rows are joined by the id column or by their order
     * @throws EvaluationException also if the two files don't hold the same rows; the message says how they differ
     * @throws IOException if a file can't be read, or is no table of the wanted columns
     */
    public EvaluationReport evaluate(Path predictions, Path championPredictions, EvaluationOptions options)
            throws IOException {
        return run(predictions, championPredictions, options);
    }

    private EvaluationReport run(Path file, @CheckForNull Path champion, EvaluationOptions options) throws IOException {
        TaskInference inferred = TaskInference.of(file, options);
        PredictionsFile mine = PredictionsFile.read(file, inferred.task(), options, false);
        PredictionsFile theirs =
                champion == null ? null : PredictionsFile.read(champion, inferred.task(), options, true);
        Job job = new Job(inferred, options, mine, theirs);
        return switch (inferred.task()) {
            case BINARY ->
                job.<BinaryRows>report((loader, first) -> loader.binary(first == null ? null : first.names()));
            case MULTICLASS ->
                job.<MulticlassRows>report((loader, first) -> loader.multiclass(first == null ? null : first.names()));
            case REGRESSION -> job.<RegressionRows>report((loader, first) -> loader.regression());
            case RANKING -> job.<RankingRows>report((loader, first) -> loader.ranking());
            case TEXT -> job.<TextRows>report((loader, first) -> loader.text());
            case GIVEN -> throw new EvaluationException("given metrics need no predictions file");
        };
    }

    /** One evaluation. */
    private static final class Job {
        private final TaskInference task;
        private final EvaluationOptions options;
        private final PredictionsFile file;

        /** Null where there is no champion. */
        private final PredictionsFile championFile;

        private final List<String> warnings = new ArrayList<>();

        Job(TaskInference task, EvaluationOptions options, PredictionsFile file, PredictionsFile championFile) {
            this.task = task;
            this.options = options;
            this.file = file;
            this.championFile = championFile;
        }

        <R extends TaskRows<R>> EvaluationReport report(BiFunction<RowsLoader, R, R> decode) {
            if (options.id() != null) {
                file.ids(options.id());
            }
            R rows = decode.apply(new RowsLoader(file, options, warnings), null);
            // The curves need the sorted scores, as some metrics do; whoever comes first sorts them for both.
            CompletableFuture<List<Curve>> curves = CompletableFuture.supplyAsync(() -> rows.curves(options));
            Map<String, MetricValue> metrics = rows.metrics(options, warnings);
            if (rows.rows() < FEW_ROWS) {
                warnings.add("only " + Figures.count(rows.rows(), "row") + ": take the intervals as rough");
            }
            Comparison comparison = championFile == null ? null : compare(rows, decode);
            return new EvaluationReport(
                    task.task(),
                    EvaluationDescription.of(task, options, file.name(), rows),
                    rows.rows(),
                    options.level(),
                    metrics,
                    rows.confusion(),
                    curves.join(),
                    Slices.of(file, rows, options, warnings),
                    comparison,
                    warnings.subList(0, Math.min(MOST_WARNINGS, warnings.size())));
        }

        private <R extends TaskRows<R>> Comparison compare(R rows, BiFunction<RowsLoader, R, R> decode) {
            Pairing pairing = Pairing.of(file, championFile, options.id());
            List<String> ofChampion = new ArrayList<>();
            R decoded = decode.apply(new RowsLoader(championFile, options, ofChampion), rows);
            R champion = pairing.join(rows, decoded, file, championFile).weightedAs(rows);
            ofChampion.forEach(warning -> warnings.add("champion: " + warning));
            return new Comparison(rows.rows(), pairing.description(), options.level(), rows.compare(champion, options));
        }
    }
}
