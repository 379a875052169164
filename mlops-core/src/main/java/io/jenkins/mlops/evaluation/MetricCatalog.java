package io.jenkins.mlops.evaluation;

import static io.jenkins.mlops.evaluation.Direction.HIGHER;
import static io.jenkins.mlops.evaluation.Direction.LOWER;
import static io.jenkins.mlops.evaluation.Direction.UNKNOWN;
import static java.lang.Double.NEGATIVE_INFINITY;
import static java.lang.Double.POSITIVE_INFINITY;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is known of the field's metrics: canonical names, aliases, directions, ranges and meanings. */
public final class MetricCatalog {
    private static final Map<String, Metric> METRICS = new LinkedHashMap<>();
    private static final Map<String, String> ALIASES = new LinkedHashMap<>();

    /** Parts of a data set that trackers put before a metric's name; the direction does not depend on them. */
    private static final Pattern PART =
            Pattern.compile("^(train|training|val|valid|validation|test|eval|holdout)_(.+)$");

    private static final Pattern AT_K = Pattern.compile("^(ndcg|precision|recall|map|mrr|hit_rate)_at_(\\d+)$");
    private static final Pattern TOP_K = Pattern.compile("^top_?(\\d+)(?:_accuracy|_acc)?$");
    private static final Pattern AVERAGED =
            Pattern.compile("^(precision|recall|f1|f_beta|roc_auc|average_precision)_(macro|micro|weighted)$");
    private static final Pattern PER_QUANTILE = Pattern.compile("^pinball_(0?\\.\\d+)$");

    static {
        unit(
                "accuracy",
                HIGHER,
                "share of rows predicted right",
                "acc",
                "accuracy_score",
                "binary_accuracy",
                "categorical_accuracy");
        unit("balanced_accuracy", HIGHER, "mean of the recalls of the classes", "balanced_accuracy_score", "bacc");
        unit("precision", HIGHER, "share of the rows called positive that are", "precision_score", "ppv");
        unit(
                "recall",
                HIGHER,
                "share of the positive rows that were found",
                "recall_score",
                "sensitivity",
                "tpr",
                "true_positive_rate");
        unit("specificity", HIGHER, "share of the negative rows that were left alone", "tnr", "true_negative_rate");
        unit("f1", HIGHER, "harmonic mean of precision and recall", "f1_score", "f_1", "f_score");
        unit(
                "f_beta",
                HIGHER,
                "mean of precision and recall, recall counting beta times as much",
                "fbeta",
                "fbeta_score",
                "f2",
                "f2_score");
        add(
                "mcc",
                HIGHER,
                -1,
                1,
                "Matthews correlation of truth and prediction; 0 is chance",
                "matthews_corrcoef",
                "matthews_correlation",
                "phi");
        add("cohen_kappa", HIGHER, -1, 1, "agreement beyond chance; 0 is chance", "cohen_kappa_score", "kappa");
        unit(
                "roc_auc",
                HIGHER,
                "chance that a positive row outscores a negative one; 0.5 is guessing",
                "auc",
                "roc_auc_score",
                "auroc",
                "area_under_roc",
                "roc_area");
        unit(
                "average_precision",
                HIGHER,
                "precision averaged over the recalls, without interpolation",
                "average_precision_score",
                "ap");
        unit(
                "pr_auc",
                HIGHER,
                "area under the precision-recall curve by trapezoids",
                "precision_recall_auc",
                "auprc",
                "auc_pr",
                "aucpr");
        add(
                "log_loss",
                LOWER,
                0,
                POSITIVE_INFINITY,
                "mean negative log of the probability given to the truth",
                "logloss",
                "cross_entropy",
                "binary_crossentropy",
                "categorical_crossentropy",
                "nll");
        unit("brier", LOWER, "mean squared error of the probabilities", "brier_score", "brier_score_loss");
        unit("ece", LOWER, "mean gap between confidence and frequency over the bins", "expected_calibration_error");
        unit(
                "ks",
                HIGHER,
                "greatest gap between the score distributions of the classes",
                "ks_statistic",
                "kolmogorov_smirnov");
        unit("best_threshold", UNKNOWN, "score that separates the classes best (Youden's J)");
        unit("prevalence", UNKNOWN, "share of the positive class");
        unit("top_k_accuracy", HIGHER, "share of rows whose class is among the k best scored", "top_k_accuracy_score");
        error("mae", "mean absolute error", "mean_absolute_error", "l1");
        error("mse", "mean squared error", "mean_squared_error", "l2");
        error("rmse", "root of the mean squared error", "root_mean_squared_error");
        add(
                "r2",
                HIGHER,
                NEGATIVE_INFINITY,
                1,
                "share of the variance explained; 0 is predicting the mean",
                "r2_score",
                "r_squared",
                "r2score");
        error("mape", "mean absolute error relative to the truth", "mean_absolute_percentage_error");
        add(
                "smape",
                LOWER,
                0,
                2,
                "mean absolute error relative to the mean of truth and prediction",
                "symmetric_mape",
                "symmetric_mean_absolute_percentage_error");
        error("median_ae", "median absolute error", "median_absolute_error", "medae");
        error("max_error", "greatest absolute error");
        error("pinball", "mean quantile loss", "mean_pinball_loss", "pinball_loss", "quantile_loss");
        add(
                "explained_variance",
                HIGHER,
                NEGATIVE_INFINITY,
                1,
                "share of the variance explained, bias forgiven",
                "explained_variance_score");
        add(
                "mean_error",
                UNKNOWN,
                NEGATIVE_INFINITY,
                POSITIVE_INFINITY,
                "mean of prediction minus truth: the bias",
                "bias");
        unit("ndcg", HIGHER, "gain of the ranking, discounted by position, relative to the ideal one", "ndcg_score");
        unit("map", HIGHER, "mean average precision over the queries", "mean_average_precision");
        unit("mrr", HIGHER, "mean of one over the position of the first relevant row", "mean_reciprocal_rank");
        unit("hit_rate", HIGHER, "share of queries with a relevant row among the first k");
        unit("exact_match", HIGHER, "share of texts equal to the reference after normalisation", "em");
        unit("token_f1", HIGHER, "mean F1 of the words shared with the reference", "squad_f1");
        unit(
                "rouge_l",
                HIGHER,
                "mean F1 of the longest common subsequence of words",
                "rougel",
                "rouge_l_f1",
                "rougelsum");
        unit("rouge", HIGHER, "overlap with the reference");
        unit(
                "bleu",
                HIGHER,
                "geometric mean of n-gram precisions of the corpus, short texts penalised",
                "bleu_score",
                "sacrebleu");
        unit("iou", HIGHER, "overlap of predicted and true area", "jaccard", "jaccard_score", "mean_iou");
        unit("dice", HIGHER, "overlap of predicted and true area", "dice_score");
        error("loss", "the objective that training minimises", "total_loss");
        unit("error_rate", LOWER, "share of rows predicted wrong", "error", "misclassification_rate", "zero_one_loss");
        unit("fpr", LOWER, "share of the negative rows called positive", "false_positive_rate");
        unit("fnr", LOWER, "share of the positive rows missed", "false_negative_rate");
        error("perplexity", "how surprised a language model is", "ppl");
        unit("wer", LOWER, "word error rate", "word_error_rate");
        unit("cer", LOWER, "character error rate", "character_error_rate");
        error(
                "latency",
                "time until an answer",
                "latency_ms",
                "latency_p50_ms",
                "latency_p90_ms",
                "latency_p95_ms",
                "latency_p99_ms");
        error("cost", "money spent");
        error("psi", "population stability index: drift of a distribution");
    }

    private MetricCatalog() {}

    private static void unit(String name, Direction direction, String meaning, String... aliases) {
        add(name, direction, 0, 1, meaning, aliases);
    }

    private static void error(String name, String meaning, String... aliases) {
        add(name, LOWER, 0, POSITIVE_INFINITY, meaning, aliases);
    }

    private static void add(
            String name, Direction direction, double lowest, double highest, String meaning, String... aliases) {
        METRICS.put(name, new Metric(name, direction, lowest, highest, meaning));
        for (String alias : aliases) {
            ALIASES.put(alias, name);
        }
    }

    /** All metrics with a fixed name, in display order. */
    public static Collection<Metric> all() {
        return Collections.unmodifiableCollection(METRICS.values());
    }

    /**
     * The canonical form of a name: snake case, aliases resolved ({@code AUC} is {@code roc_auc}, {@code NDCG@10} is
     * {@code ndcg_at_10}); an unknown name in snake case.
     */
    public static String canonical(String name) {
        String plain = name.trim()
                .toLowerCase(Locale.ROOT)
                .replace("@", "_at_")
                .replaceAll("[\\s\\-./]+(?!\\d)", "_")
                .replaceAll("[\\s\\-/]+", "_");
        if (METRICS.containsKey(plain)) {
            return plain;
        }
        Matcher top = TOP_K.matcher(plain);
        if (top.matches()) {
            return "top_" + top.group(1) + "_accuracy";
        }
        return ALIASES.getOrDefault(plain, plain);
    }

    /** What is known of a metric by its name or alias, also of those with a parameter such as {@code ndcg_at_10}. */
    public static Optional<Metric> find(String name) {
        String canonical = canonical(name);
        Metric known = METRICS.get(canonical);
        if (known != null) {
            return Optional.of(known);
        }
        Matcher atK = AT_K.matcher(canonical);
        if (atK.matches()) {
            return Optional.of(derived(canonical, atK.group(1), " among the first " + atK.group(2)));
        }
        Matcher averaged = AVERAGED.matcher(canonical);
        if (averaged.matches()) {
            return Optional.of(derived(canonical, averaged.group(1), ", " + averaged.group(2) + " average"));
        }
        Matcher quantile = PER_QUANTILE.matcher(canonical);
        if (quantile.matches()) {
            return Optional.of(derived(canonical, "pinball", " of the " + quantile.group(1) + " quantile"));
        }
        Matcher top = TOP_K.matcher(canonical);
        if (top.matches()) {
            return Optional.of(new Metric(
                    canonical,
                    HIGHER,
                    0,
                    1,
                    "share of rows whose class is among the " + top.group(1) + " best scored"));
        }
        return Optional.empty();
    }

    private static Metric derived(String name, String base, String suffix) {
        Metric metric = METRICS.get(base);
        return new Metric(name, metric.direction(), metric.lowest(), metric.highest(), metric.meaning() + suffix);
    }

    /**
     * Which way a metric gets better: also for names that begin with a part of the data ({@code val_loss}) or, as
     * scikit-learn's scorers, with {@code neg_}.
     */
    public static Direction direction(String name) {
        Optional<Metric> known = find(name);
        if (known.isPresent()) {
            return known.get().direction();
        }
        String canonical = canonical(name);
        if (canonical.startsWith("neg_")) {
            return direction(canonical.substring(4)) == LOWER ? HIGHER : UNKNOWN;
        }
        Matcher part = PART.matcher(canonical);
        return part.matches() ? direction(part.group(2)) : UNKNOWN;
    }

    /**
     * Finds a name among others: itself, else the only one that means the same metric.
     *
     * @return the name as it stands in {@code names}, or empty if none or more than one means the metric
     */
    public static Optional<String> findIn(String name, Collection<String> names) {
        if (names.contains(name)) {
            return Optional.of(name);
        }
        String wanted = canonical(name);
        List<String> same =
                names.stream().filter(other -> canonical(other).equals(wanted)).toList();
        return same.size() == 1 ? Optional.of(same.get(0)) : Optional.empty();
    }
}
