package io.jenkins.mlops.evaluation;

import java.util.Locale;

/** How the per-class values of a multiclass metric become one, as in scikit-learn's {@code average}. */
public enum Averaging {
    /** The plain mean over the classes: a rare class counts as much as a frequent one. */
    MACRO,
    /** Over all decisions together: every row counts the same. */
    MICRO,
    /** The mean over the classes, weighted by how often each is the true one. */
    WEIGHTED;

    /** The suffix of a metric's name, such as {@code macro} in {@code f1_macro}. */
    public String suffix() {
        return name().toLowerCase(Locale.ROOT);
    }
}
