package io.jenkins.mlops.monitor.drift;

/** The statistics that tell how far two samples are apart. */
public enum DriftStatistic {
    /** Two-sample Kolmogorov-Smirnov test: greatest distance of the distribution functions, two-sided p-value. */
    KOLMOGOROV_SMIRNOV("ks", "Kolmogorov-Smirnov test", true, 0.05),
    /** Wasserstein distance (earth mover's, order 1) over the reference's standard deviation, at least 0.001. */
    WASSERSTEIN("wasserstein", "Wasserstein distance (normed)", false, 0.1),
    /** Jensen-Shannon distance: square root of the divergence in nats. */
    JENSEN_SHANNON("jensenshannon", "Jensen-Shannon distance", false, 0.1),
    /** Population stability index. */
    PSI("psi", "Population stability index", false, 0.1),
    /** Kullback-Leibler divergence of the reference from the current data, in nats. */
    KL_DIVERGENCE("kl_div", "Kullback-Leibler divergence", false, 0.1),
    /** Hellinger distance. */
    HELLINGER("hellinger", "Hellinger distance", false, 0.1),
    /** Pearson's chi-square test of the current counts against the reference's shares. */
    CHI_SQUARE("chisquare", "Chi-square test", true, 0.05),
    /** Z-test of two proportions, for columns of two values. */
    TWO_PROPORTION_Z("z", "Two-proportion z-test", true, 0.05),
    /** k-sample Anderson-Darling test; its p-value is interpolated in a table and lies from 0.001 to 0.25. */
    ANDERSON_DARLING("anderson", "Anderson-Darling test", true, 0.1),
    /** Total variation distance: half the sum of the absolute differences of the shares. */
    TOTAL_VARIATION("tvd", "Total variation distance", false, 0.1),
    /** The greatest absolute difference of the shares, as Vertex AI measures categories. */
    L_INFINITY("l_infinity", "L-infinity distance", false, 0.3),
    /** Text: how well the words tell current rows from reference rows, as ROC AUC of a domain classifier. */
    TEXT_DOMAIN_CLASSIFIER("text_content", "Text domain classifier (ROC AUC)", false, 0.55),
    /** Text: Wasserstein distance of the lengths over the reference's standard deviation, at least 0.001. */
    TEXT_LENGTH("text_length", "Text length (Wasserstein, normed)", false, 0.1),
    /** Text: total variation distance of the guessed languages. */
    TEXT_LANGUAGE("text_language", "Language share (total variation)", false, 0.1),
    /** Text: Jensen-Shannon distance of the words' frequencies. */
    TEXT_VOCABULARY("text_vocabulary", "Vocabulary (Jensen-Shannon)", false, 0.3),
    /** Embeddings: maximum mean discrepancy with a Gaussian kernel, p-value by permutation. */
    MMD("mmd", "Maximum mean discrepancy", true, 0.05),
    /** Embeddings: ROC AUC of a logistic regression that tells current rows from reference rows. */
    DOMAIN_CLASSIFIER("domain_classifier", "Domain classifier (ROC AUC)", false, 0.55),
    /** Shift of the share of missing cells. */
    MISSING_RATE("missing_rate", "Change of the missing rate", false, 0.05),
    /** Share of current cells whose value the reference doesn't have. */
    NEW_CATEGORIES("new_categories", "Share of new categories", false, 0.01);

    private final String symbol;
    private final String displayName;
    private final boolean pValue;
    private final double threshold;

    DriftStatistic(String symbol, String displayName, boolean pValue, double threshold) {
        this.symbol = symbol;
        this.displayName = displayName;
        this.pValue = pValue;
        this.threshold = threshold;
    }

    /** The name as Jenkinsfiles write it: Evidently's, where it has the statistic. */
    public String symbol() {
        return symbol;
    }

    /** The name for people. */
    public String displayName() {
        return displayName;
    }

    /** Whether a p-value is compared: then it is drift below the threshold, else at it or above. */
    public boolean comparesPValue() {
        return pValue;
    }

    /** Whether it compares the vectors of several columns, not the values of one. */
    public boolean comparesVectors() {
        return this == MMD || this == DOMAIN_CLASSIFIER;
    }

    /** The threshold when none is stated. */
    public double defaultThreshold() {
        return threshold;
    }

    /**
     * Reads a symbol.
     *
     * @throws IllegalArgumentException naming those there are
     */
    public static DriftStatistic of(String symbol) {
        StringBuilder known = new StringBuilder();
        for (DriftStatistic statistic : values()) {
            if (statistic.symbol.equalsIgnoreCase(symbol.trim())) {
                return statistic;
            }
            known.append(known.length() == 0 ? "" : ", ").append(statistic.symbol);
        }
        throw new IllegalArgumentException("Expected a statistic among " + known + ", found '" + symbol + "'.");
    }
}
