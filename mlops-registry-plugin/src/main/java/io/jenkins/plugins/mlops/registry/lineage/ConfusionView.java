package io.jenkins.plugins.mlops.registry.lineage;

import io.jenkins.mlops.evaluation.ConfusionMatrix;
import io.jenkins.plugins.mlops.registry.lineage.chart.ConfusionChart;
import io.jenkins.plugins.mlops.registry.lineage.chart.NumberText;
import java.util.List;
import java.util.Locale;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A confusion matrix, with the drawing of it. */
@ExportedBean(defaultVisibility = 999)
public final class ConfusionView {
    /** A matrix with more classes than this is summed up, not read out. */
    private static final int READ_OUT = 5;

    private final ConfusionMatrix matrix;

    ConfusionView(ConfusionMatrix matrix) {
        this.matrix = matrix;
    }

    @Exported
    public List<String> getLabels() {
        return matrix.labels();
    }

    /** Counts by truth, then by prediction. */
    @Exported
    public List<List<Double>> getCounts() {
        return matrix.counts();
    }

    public ConfusionChart getChart() {
        return new ConfusionChart(matrix, description());
    }

    private String description() {
        StringBuilder text = new StringBuilder(Messages.ConfusionView_description());
        int size = matrix.labels().size();
        double right = 0;
        double all = 0;
        for (int truth = 0; truth < size; truth++) {
            for (int prediction = 0; prediction < size; prediction++) {
                double count = matrix.count(truth, prediction);
                all += count;
                right += truth == prediction ? count : 0;
                if (size <= READ_OUT) {
                    text.append(' ')
                            .append(Messages.ConfusionView_cell(
                                    matrix.labels().get(truth),
                                    matrix.labels().get(prediction),
                                    NumberText.general(count)));
                }
            }
        }
        if (size > READ_OUT) {
            text.append(' ')
                    .append(Messages.ConfusionView_summary(
                            String.format(Locale.ENGLISH, "%d", size),
                            NumberText.general(right),
                            NumberText.general(all)));
        }
        return text.toString();
    }
}
