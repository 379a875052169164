package io.jenkins.plugins.mlops.registry.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.mlops.gate.Verdict;
import io.jenkins.mlops.registry.DeploymentState;
import io.jenkins.mlops.registry.PromotionState;
import io.jenkins.mlops.tracking.RunStatus;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BadgeTest {
    @Test
    void tellsByWordAndSignNotByColourAlone() {
        Stream.of(Verdict.values(), PromotionState.values(), DeploymentState.values(), RunStatus.values())
                .flatMap(Stream::of)
                .map(constant -> Badge.of(constant.name()))
                .forEach(badge -> {
                    assertThat(badge.getText()).isNotBlank().doesNotContain("_");
                    assertThat(badge.getSign()).isNotBlank();
                    assertThat(badge.getStyle()).isIn("good", "bad", "unsure", "open", "over");
                });
        assertThat(Badge.of("AWAITING_APPROVAL").getText()).isEqualTo("awaiting approval");
        assertThat(Badge.of("FAIL").getStyle()).isEqualTo("bad");
        assertThat(Badge.of("PASS").getStyle()).isEqualTo("good");
        assertThat(Badge.of("INCONCLUSIVE").getStyle()).isEqualTo("unsure");
    }

    @Test
    void showsAStateItDoesNotKnow() {
        assertThat(Badge.of("SOMETHING_NEW").getText()).isEqualTo("something new");
        assertThat(Badge.of("").getStyle()).isEqualTo("over");
    }
}
