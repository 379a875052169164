package io.jenkins.mlops.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Names as people count. */
class NaturalOrderTest {
    private static final List<String> SORTED = List.of(
            "",
            "2",
            "10",
            "churn",
            "Churn-2",
            "churn-2",
            "churn-02",
            "churn-10",
            "churn-10-a",
            "churn-99999999999999999999998",
            "churn-99999999999999999999999",
            "zeta");

    @Test
    void countsAndForgetsCase() {
        List<String> names = new ArrayList<>(SORTED);
        Collections.shuffle(names, new Random(7));
        names.sort(NaturalOrder.INSTANCE);
        assertThat(names).containsExactlyInAnyOrderElementsOf(SORTED);
        assertThat(names.indexOf("churn-2")).isLessThan(names.indexOf("churn-10"));
        assertThat(names.indexOf("churn-02")).isLessThan(names.indexOf("churn-10"));
        assertThat(names).startsWith("", "2", "10", "churn").endsWith("zeta");
        assertThat(names.indexOf("churn-99999999999999999999998"))
                .isLessThan(names.indexOf("churn-99999999999999999999999"));
    }

    /** Whatever the names: equal only to itself, and the same whichever way it is asked. */
    @Test
    void isAnOrder() {
        for (String a : SORTED) {
            for (String b : SORTED) {
                assertThat(NaturalOrder.INSTANCE.compare(a, b) == 0).isEqualTo(a.equals(b));
                assertThat(Integer.signum(NaturalOrder.INSTANCE.compare(a, b)))
                        .isEqualTo(-Integer.signum(NaturalOrder.INSTANCE.compare(b, a)));
                for (String c : SORTED) {
                    if (NaturalOrder.INSTANCE.compare(a, b) < 0 && NaturalOrder.INSTANCE.compare(b, c) < 0) {
                        assertThat(NaturalOrder.INSTANCE.compare(a, c)).isNegative();
                    }
                }
            }
        }
    }
}
