package io.jenkins.plugins.mlops.registry.lineage;

import io.jenkins.mlops.evaluation.Comparison;
import io.jenkins.plugins.mlops.registry.lineage.chart.NumberText;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** The paired comparison with the champion. */
@ExportedBean(defaultVisibility = 999)
public final class ComparisonView {
    private final Comparison comparison;

    ComparisonView(Comparison comparison) {
        this.comparison = comparison;
    }

    @Exported
    public long getRows() {
        return comparison.rows();
    }

    /** How the rows of both were joined. */
    @Exported
    public String getJoinedBy() {
        return comparison.joinedBy();
    }

    /** The intervals' confidence level. */
    @Exported
    public double getLevel() {
        return comparison.level();
    }

    @Exported(inline = true)
    public List<DifferenceView> getDifferences() {
        List<DifferenceView> list = new ArrayList<>();
        comparison.differences().forEach((name, difference) -> list.add(new DifferenceView(name, difference)));
        return list;
    }

    public String getText() {
        return Messages.ComparisonView_text(
                NumberText.count(comparison.rows()), comparison.joinedBy(), NumberText.percent(comparison.level()));
    }
}
