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

/** Linear support vector regression on standardised columns; the last coefficient is the constant. */
record Progression(double[] means, double[] scales, double[] coefficients) {

    /**
     * Fits the model with liblinear.
     *
     * @param rows features of each row
     * @param targets what to predict for each row
     * @param cost how much an error costs against large coefficients: liblinear's {@code C}
     */
    static Progression fit(List<double[]> rows, List<Double> targets, double cost) {
        int columns = rows.get(0).length;
        double[] means = new double[columns];
        double[] scales = new double[columns];
        for (int c = 0; c < columns; c++) {
            int column = c;
            means[c] = rows.stream().mapToDouble(row -> row[column]).average().orElseThrow();
            double mean = means[c];
            scales[c] = Math.sqrt(rows.stream()
                    .mapToDouble(row -> Math.pow(row[column] - mean, 2))
                    .average()
                    .orElseThrow());
        }
        Problem problem = new Problem();
        problem.l = rows.size();
        problem.n = columns + 1;
        problem.bias = 1;
        problem.x = new Feature[rows.size()][columns + 1];
        problem.y = targets.stream().mapToDouble(Double::doubleValue).toArray();
        for (int r = 0; r < rows.size(); r++) {
            for (int c = 0; c < columns; c++) {
                problem.x[r][c] = new FeatureNode(c + 1, (rows.get(r)[c] - means[c]) / scales[c]);
            }
            problem.x[r][columns] = new FeatureNode(columns + 1, 1);
        }
        Parameter parameter = new Parameter(SolverType.L2R_L2LOSS_SVR, cost, 1e-6);
        parameter.setP(0.1);
        Model model = Linear.train(problem, parameter);
        return new Progression(means, scales, model.getFeatureWeights());
    }

    double predict(double[] row) {
        double sum = coefficients[row.length];
        for (int c = 0; c < row.length; c++) {
            sum += coefficients[c] * (row[c] - means[c]) / scales[c];
        }
        return sum;
    }

    void write(Path file) throws IOException {
        new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(file.toFile(), this);
    }
}
