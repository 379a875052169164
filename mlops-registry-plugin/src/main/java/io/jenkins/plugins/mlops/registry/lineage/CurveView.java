package io.jenkins.plugins.mlops.registry.lineage;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.evaluation.Curve;
import io.jenkins.plugins.mlops.registry.lineage.chart.LineChart;
import io.jenkins.plugins.mlops.registry.lineage.chart.NumberText;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A curve of an evaluation, with the drawing of it. */
@ExportedBean(defaultVisibility = 999)
public final class CurveView {
    private static final int WIDTH = 320;
    private static final int HEIGHT = 300;

    private final Curve curve;
    private final String figure;

    private String name = "";
    private String otherName = "";

    @CheckForNull
    private Curve other;

    /**
     * A curve.
     *
     * @param figure the one number that sums it up, such as "roc_auc 0.9942"; may be empty
     */
    CurveView(Curve curve, String figure) {
        this.curve = curve;
        this.figure = figure;
    }

    /** Draws another model's curve beside this one; null for none. */
    CurveView against(String newName, String newOtherName, @CheckForNull Curve newOther) {
        name = newName;
        otherName = newOtherName;
        other = newOther;
        return this;
    }

    /** {@code roc}, {@code pr} or {@code calibration}. */
    @Exported
    public String getName() {
        return curve.name();
    }

    @Exported(name = "xAxis")
    public String getXAxis() {
        return curve.xAxis();
    }

    @Exported(name = "yAxis")
    public String getYAxis() {
        return curve.yAxis();
    }

    @Exported
    public List<Double> getX() {
        return finite(curve.x());
    }

    @Exported
    public List<Double> getY() {
        return finite(curve.y());
    }

    /** The score from which on a row counts as positive at each point; null where that is no finite number. */
    @Exported
    public List<Double> getThresholds() {
        return finite(curve.thresholds());
    }

    /** Rows behind each point. */
    @Exported
    public List<Double> getWeights() {
        return finite(curve.weights());
    }

    private static List<Double> finite(List<Double> values) {
        List<Double> list = new ArrayList<>();
        values.forEach(value -> list.add(NamedNumber.finite(value)));
        return list;
    }

    /** The curve's name for people. */
    public String getTitle() {
        return title(curve.name());
    }

    /** A curve's name for people. */
    public static String title(String name) {
        return switch (name) {
            case "roc" -> Messages.CurveView_roc();
            case "pr" -> Messages.CurveView_pr();
            case "calibration" -> Messages.CurveView_calibration();
            default -> name;
        };
    }

    public String getFigure() {
        return figure;
    }

    public LineChart getChart() {
        String description = Messages.CurveView_description(getTitle(), curve.yAxis(), curve.xAxis(), figure);
        LineChart.Builder chart = LineChart.of(getTitle(), description)
                .size(WIDTH, HEIGHT)
                .axes(curve.xAxis(), curve.yAxis())
                .unitSquare();
        if (!curve.name().equals("pr")) {
            chart.reference("", 0, 0, 1, 1);
        }
        Curve beside = other;
        if (beside == null) {
            return chart.line("", array(curve.x()), array(curve.y()), sizes(), text())
                    .build();
        }
        return chart.line(name, array(curve.x()), array(curve.y()), sizes(), text())
                .line(otherName, array(beside.x()), array(beside.y()), null)
                .build();
    }

    private double[] sizes() {
        return curve.weights().isEmpty() ? null : array(curve.weights());
    }

    private IntFunction<String> text() {
        if (curve.weights().isEmpty()) {
            return null;
        }
        return i -> curve.xAxis() + " " + NumberText.metric(curve.x().get(i)) + ", " + curve.yAxis() + " "
                + NumberText.metric(curve.y().get(i)) + " ("
                + Messages.LineagePage_rows(NumberText.general(curve.weights().get(i))) + ")";
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
