package io.jenkins.plugins.mlops.registry.lineage;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.mlops.registry.lineage.chart.NumberText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * A number with a name that somebody chose.
 *
 * <p>The exporter writes a map's keys into JSON as they are, quotes included, so what has names of its own is exported
 * as a list of these.
 */
@ExportedBean(defaultVisibility = 999)
public final class NamedNumber {
    private final String name;
    private final double value;

    NamedNumber(String name, double value) {
        this.name = name;
        this.value = value;
    }

    static List<NamedNumber> of(Map<String, Double> values) {
        List<NamedNumber> list = new ArrayList<>();
        values.forEach((name, value) -> list.add(new NamedNumber(name, value)));
        return list;
    }

    /** What may be exported: JSON has no NaN and no infinity, and the exporter would write them all the same. */
    @CheckForNull
    static Double finite(double value) {
        return Double.isFinite(value) ? (Double) value : null;
    }

    /** A name as part of a longer text: where it turns the direction of writing, that ends with it. */
    static String isolated(String name) {
        boolean turns = name.codePoints().anyMatch(point -> {
            byte direction = Character.getDirectionality(point);
            return direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT
                    || direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC
                    || direction == Character.DIRECTIONALITY_ARABIC_NUMBER
                    || direction >= Character.DIRECTIONALITY_LEFT_TO_RIGHT_EMBEDDING;
        });
        return turns ? "\u2068" + name + "\u2069" : name;
    }

    @Exported
    public String getName() {
        return name;
    }

    /** The number; null if it is undefined or infinite. */
    @Exported
    @CheckForNull
    public Double getValue() {
        return finite(value);
    }

    /** The number for people, as a metric. */
    public String getText() {
        return NumberText.metric(value);
    }

    /** The number for people, as a training script logs it: a count, a loss or a learning rate. */
    public String getLoggedText() {
        boolean small = value != 0 && Math.abs(value) < 0.01;
        return small || value == Math.rint(value) ? NumberText.general(value) : NumberText.metric(value);
    }

    /** The number for people, without zeros that say nothing. */
    public String getShortText() {
        return NumberText.general(value);
    }
}
