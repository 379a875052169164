package example;

import com.fasterxml.jackson.databind.ObjectMapper;
import de.bwaldvogel.liblinear.Feature;
import de.bwaldvogel.liblinear.FeatureNode;
import de.bwaldvogel.liblinear.Linear;
import de.bwaldvogel.liblinear.Model;
import de.bwaldvogel.liblinear.Parameter;
import de.bwaldvogel.liblinear.Problem;
import de.bwaldvogel.liblinear.SolverType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Logistic regression on standardised features: means, scales, weights and a bias, kept as JSON. */
record Classifier(List<String> features, double[] means, double[] scales, double[] weights, double bias) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Fits the model with liblinear.
     *
     * @param cost how much an error costs against large weights: liblinear's {@code C}
     * @param verbose whether to print the solver's progress
     */
    static Classifier fit(Dataset data, double cost, boolean verbose) {
        int columns = data.features().size();
        double[] means = new double[columns];
        double[] scales = new double[columns];
        for (int c = 0; c < columns; c++) {
            double sum = 0;
            for (double[] row : data.rows()) {
                sum += row[c];
            }
            means[c] = sum / data.size();
            double squares = 0;
            for (double[] row : data.rows()) {
                squares += (row[c] - means[c]) * (row[c] - means[c]);
            }
            scales[c] = Math.max(1e-12, Math.sqrt(squares / data.size()));
        }
        Problem problem = new Problem();
        problem.l = data.size();
        problem.n = columns + 1;
        problem.bias = 1;
        problem.x = new Feature[data.size()][];
        problem.y = new double[data.size()];
        for (int r = 0; r < data.size(); r++) {
            problem.x[r] = nodes(data.rows()[r], means, scales);
            problem.y[r] = data.malignant()[r] ? 1 : -1;
        }
        if (verbose) {
            Linear.enableDebugOutput();
        } else {
            Linear.disableDebugOutput();
        }
        Model model = Linear.train(problem, new Parameter(SolverType.L2R_LR, cost, 1e-6));
        // liblinear's weights speak for the class that it met first.
        double sign = model.getLabels()[0] == 1 ? 1 : -1;
        double[] weights = new double[columns];
        for (int c = 0; c < columns; c++) {
            weights[c] = sign * model.getFeatureWeights()[c];
        }
        return new Classifier(data.features(), means, scales, weights, sign * model.getFeatureWeights()[columns]);
    }

    private static Feature[] nodes(double[] row, double[] means, double[] scales) {
        Feature[] nodes = new Feature[row.length + 1];
        for (int c = 0; c < row.length; c++) {
            nodes[c] = new FeatureNode(c + 1, (row[c] - means[c]) / scales[c]);
        }
        nodes[row.length] = new FeatureNode(row.length + 1, 1);
        return nodes;
    }

    /** Returns the probability that a row is malignant. */
    double score(double[] row) {
        if (row.length != weights.length) {
            throw new IllegalArgumentException("expected " + weights.length + " features, found " + row.length);
        }
        double sum = bias;
        for (int c = 0; c < row.length; c++) {
            sum += weights[c] * (row[c] - means[c]) / scales[c];
        }
        return 1 / (1 + Math.exp(-sum));
    }

    void write(Path file) throws IOException {
        JSON.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), this);
    }

    static Classifier read(Path file) throws IOException {
        return JSON.readValue(file.toFile(), Classifier.class);
    }
}
