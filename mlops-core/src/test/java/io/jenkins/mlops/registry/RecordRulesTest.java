package io.jenkins.mlops.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.mlops.gate.Verdict;
import io.jenkins.mlops.json.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordRulesTest {
    private static final String HASH = "a".repeat(64);

    @ParameterizedTest
    @ValueSource(strings = {"../x", "a/../b", "/etc/passwd", "a//b", "./a", "C:/x", "a\\b", "", "a/", "a\nb"})
    void aFileStaysInItsVersion(String path) {
        assertThatThrownBy(() -> new VersionFile(path, 1, HASH)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aVersionsDigestDependsOnNamesAndContents() {
        VersionFile a = new VersionFile("a", 1, HASH);
        VersionFile b = new VersionFile("b", 2, "b".repeat(64));
        String digest = ModelVersion.digestOf(List.of(b, a));
        assertThat(digest)
                .isEqualTo(ModelVersion.digestOf(List.of(a, b)))
                .isNotEqualTo(ModelVersion.digestOf(List.of(a)));
        // printf '%s  1  a\n%s  2  b\n' aaa... bbb... | sha256sum
        assertThat(digest).isEqualTo("sha256:" + Ledger.sha256(HASH + "  1  a\n" + "b".repeat(64) + "  2  b\n"));
        assertThatThrownBy(() -> ModelVersion.digestOf(List.of(a, a))).hasMessageContaining("twice");
        assertThatThrownBy(() -> ModelVersion.digestOf(List.of())).hasMessageContaining("at least one file");
    }

    @Test
    void aBuildsAddressFollowsItsJob() {
        String root = "https://ci.example/jenkins/";
        BuildRef build = new BuildRef("team/tr\u00e4in it~1", 7, root + "job/team/job/tr%C3%A4in%20it%7E1/7/", null);
        assertThat(build.movedTo("a@b (c)/x%"))
                .isEqualTo(new BuildRef("a@b (c)/x%", 7, root + "job/a@b%20(c)/job/x%25/7/", "a@b (c)/x%#7"));
        assertThat(build.movedTo(build.job())).isSameAs(build);
        assertThat(new BuildRef("a", 1, "https://ci.example/view/a/1/", null)
                        .movedTo("b")
                        .url())
                .isEqualTo("https://ci.example/view/a/1/");
        assertThat(new BuildRef("a", 1, null, null).movedTo("b")).isEqualTo(new BuildRef("b", 1, null, "b#1"));
    }

    @Test
    void recordsCrossTheWireAndComeBackChecked() throws Exception {
        Registration sent = Registration.of("k", "m", List.of(new VersionFile("a", 1, HASH)), "ann")
                .withBuild(new BuildRef("f/j", 3, null, null), new CodeRef(null, null, "0123456", true, null))
                .withMetrics(Map.of("auc", Double.NaN));
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(wire)) {
            out.writeObject(sent);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(wire.toByteArray()))) {
            assertThat(in.readObject()).isEqualTo(sent);
        }
        assertThat(wire.toString(java.nio.charset.StandardCharsets.ISO_8859_1)).doesNotContain("ImmutableCollections");
        // A hostile agent writes another path of the same length into the stream.
        byte[] forged = wire.toByteArray();
        String text = new String(forged, java.nio.charset.StandardCharsets.ISO_8859_1);
        int at = text.indexOf("f/j");
        forged[at] = '\n';
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(forged))) {
            assertThatThrownBy(in::readObject).rootCause().isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void recordsComeBackFromJson() {
        PromotionPolicy policy = PromotionPolicy.byDefault()
                .withModel("m", 4)
                .withApprovals(List.of(new ApprovalRule(2, Set.of("group:risk"))));
        assertThat(Json.read(Json.write(policy), PromotionPolicy.class)).isEqualTo(policy);
        assertThat(Json.write(policy))
                .contains("\"approvals\":\"2 of group:risk\"")
                .doesNotContain("Expression");
    }

    @Test
    void collectionsAreCopiedAndBounded() {
        Map<String, String> tags = new HashMap<>(Map.of("a", "b"));
        Map<String, String> kept = Limits.tags("tags", tags);
        tags.put("c", "d");
        assertThat(kept).hasSize(1);
        assertThatThrownBy(() -> kept.put("x", "y")).isInstanceOf(UnsupportedOperationException.class);
        List<String> many = new ArrayList<>();
        for (int i = 0; i <= 10; i++) {
            many.add("x");
        }
        assertThatThrownBy(() -> Limits.list("files", many, 10))
                .hasMessageContaining("files has 11 entries, at most 10");
        assertThatThrownBy(() -> Limits.text("note", "x".repeat(50), 10)).hasMessageContaining("50 characters");
        assertThatThrownBy(() -> Limits.text("note", "a\u0000", 10)).hasMessageContaining("U+0000");
        assertThatThrownBy(() -> Limits.text("note", "a\uD800", 10)).hasMessageContaining("half of a character");
    }

    @Test
    void quorumSeatsPeopleWhereTheyAreNeeded() {
        List<ApprovalRule> rules =
                List.of(new ApprovalRule(1, Set.of("group:a", "group:b")), new ApprovalRule(1, Set.of("group:a")));
        DecisionRecord onlyA = new DecisionRecord(true, "x", Set.of("a"), "", 0);
        DecisionRecord onlyB = new DecisionRecord(true, "y", Set.of("b"), "", 0);
        DecisionRecord no = new DecisionRecord(false, "z", Set.of("a"), "", 0);
        assertThat(Quorum.missing(rules, List.of())).isEqualTo(2);
        assertThat(Quorum.missing(rules, List.of(onlyA, onlyB))).isZero();
        assertThat(Quorum.missing(rules, List.of(onlyB, onlyA))).isZero();
        assertThat(Quorum.missing(rules, List.of(onlyB, no))).isEqualTo(1);
        PromotionPolicy lenient = PromotionPolicy.byDefault();
        assertThat(Quorum.of(lenient, PromotionKind.PROMOTION, Verdict.PASS).isEmpty())
                .isTrue();
        assertThat(Quorum.of(lenient, PromotionKind.PROMOTION, Verdict.INCONCLUSIVE)
                        .missing(List.of()))
                .isEqualTo(1);
        assertThat(Quorum.of(lenient, PromotionKind.ROLLBACK, Verdict.INCONCLUSIVE)
                        .isEmpty())
                .isTrue();
        assertThat(ApprovalRule.names("user:Ann", "ann", Set.of())).isTrue();
        assertThat(ApprovalRule.names("group:ann", "ann", Set.of())).isFalse();
        assertThat(ApprovalRule.names("user:risk", "eve", Set.of("risk"))).isFalse();
    }

    @Test
    void endedStatesLeadNowhere() {
        for (PromotionState state : EnumSet.complementOf(EnumSet.of(
                PromotionState.REQUESTED,
                PromotionState.AWAITING_APPROVAL,
                PromotionState.APPROVED,
                PromotionState.APPLIED))) {
            assertThat(state.next()).as("%s", state).isEmpty();
            assertThat(state.isOpen()).isFalse();
        }
        assertThat(PromotionState.APPLIED.next())
                .containsExactlyInAnyOrder(PromotionState.VERIFIED, PromotionState.REJECTED);
    }
}
