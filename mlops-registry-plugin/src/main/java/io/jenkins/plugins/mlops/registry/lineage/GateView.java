package io.jenkins.plugins.mlops.registry.lineage;

import io.jenkins.mlops.gate.GateResult;
import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A gate's verdict on one rule, with the numbers behind it. */
@ExportedBean(defaultVisibility = 999)
public final class GateView {
    private final GateResult result;

    public GateView(GateResult result) {
        this.result = result;
    }

    /** The rule as a Jenkinsfile states it. */
    @Exported
    public String getRule() {
        return result.rule();
    }

    /** {@code PASS}, {@code FAIL} or {@code INCONCLUSIVE}. */
    @Exported
    public String getVerdict() {
        return result.verdict().name();
    }

    @Exported
    public String getExplanation() {
        return result.explanation();
    }

    @Exported(inline = true)
    public List<NamedNumber> getEvidence() {
        return NamedNumber.of(result.evidence());
    }

    public Badge getBadge() {
        return Badge.of(getVerdict());
    }
}
