package io.jenkins.mlops.monitor.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.mlops.json.Json;
import io.jenkins.mlops.monitor.drift.ColumnKind;
import io.jenkins.mlops.monitor.drift.Correction;
import io.jenkins.mlops.monitor.drift.DriftOptions;
import io.jenkins.mlops.monitor.drift.DriftRule;
import io.jenkins.mlops.monitor.drift.DriftStatistic;
import java.util.List;
import org.junit.jupiter.api.Test;

class DriftPlanTest {
    private static final DriftRule PSI = new DriftRule(DriftStatistic.PSI, 0.2);
    private static final DriftRule MMD = DriftRule.of(DriftStatistic.MMD);

    @Test
    void givesColumnsAndKindsTheirRules() {
        DriftPlan plan = new DriftPlan(
                List.of(
                        new DriftPlan.Rule("", ColumnKind.NUMERIC, PSI),
                        new DriftPlan.Rule("postcode", ColumnKind.CATEGORICAL, null),
                        new DriftPlan.Rule("embedding", null, MMD)),
                Correction.HOLM);
        assertThat(Json.read(Json.write(plan), DriftPlan.class)).isEqualTo(plan);
        DriftOptions options = plan.in(DriftOptions.DEFAULT);
        assertThat(options.defaults()).containsOnlyKeys(ColumnKind.NUMERIC).containsValue(PSI);
        assertThat(options.kinds()).containsOnlyKeys("postcode").containsValue(ColumnKind.CATEGORICAL);
        assertThat(options.rules()).containsOnlyKeys("embedding").containsValue(MMD);
        assertThat(options.correction()).isEqualTo(Correction.HOLM);
    }

    @Test
    void refusesRulesThatSayNothingOrTooMuch() {
        assertThatThrownBy(() -> new DriftPlan.Rule("", null, PSI)).hasMessageContaining("a rule of a column");
        assertThatThrownBy(() -> new DriftPlan.Rule("x", null, null)).hasMessageContaining("a statistic or a kind");
        assertThatThrownBy(() -> new DriftPlan.Rule("", ColumnKind.TEXT, null)).hasMessageContaining("a statistic");
        assertThatThrownBy(() -> new DriftPlan.Rule("x", ColumnKind.EMPTY, PSI))
                .hasMessageContaining("numeric, categorical or text");
        assertThatThrownBy(() -> new DriftPlan.Rule("", ColumnKind.NUMERIC, MMD))
                .hasMessageContaining("the name of the vectors that 'mmd' compares");
        DriftPlan.Rule one = new DriftPlan.Rule("x", null, PSI);
        assertThatThrownBy(() -> new DriftPlan(List.of(one, one), Correction.NONE))
                .hasMessageContaining("two for the column 'x'");
    }
}
