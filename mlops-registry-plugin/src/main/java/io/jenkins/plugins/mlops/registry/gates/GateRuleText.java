package io.jenkins.plugins.mlops.registry.gates;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.mlops.gate.Cost;
import io.jenkins.mlops.gate.EverySlice;
import io.jenkins.mlops.gate.GateRule;
import io.jenkins.mlops.gate.Latency;
import io.jenkins.mlops.gate.NoWorseThan;
import io.jenkins.mlops.gate.SampleSize;
import io.jenkins.mlops.gate.Threshold;
import java.util.List;

/**
 * Gate rules as JSON: a list of objects whose field {@code gate} names the kind, as
 * {@code [{"gate": "threshold", "metric": "roc_auc", "atLeast": 0.95}]}.
 */
public final class GateRuleText {
    // The closed list of kinds is what keeps the JSON from naming classes.
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .addMixIn(GateRule.class, Kinds.class)
            .build();

    private GateRuleText() {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "gate")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Threshold.class, name = "threshold"),
        @JsonSubTypes.Type(value = NoWorseThan.class, name = "noWorseThan"),
        @JsonSubTypes.Type(value = EverySlice.class, name = "everySlice"),
        @JsonSubTypes.Type(value = SampleSize.class, name = "sampleSize"),
        @JsonSubTypes.Type(value = Latency.class, name = "latency"),
        @JsonSubTypes.Type(value = Cost.class, name = "cost")
    })
    private interface Kinds {}

    /**
     * Reads rules.
     *
     * @throws IllegalArgumentException if the text is no such list; the message says where and why
     */
    public static List<GateRule> parse(String json) {
        try {
            return MAPPER.readValue(json, new TypeReference<List<GateRule>>() {});
        } catch (JsonProcessingException x) {
            throw new IllegalArgumentException(
                    "Expected gates as a JSON list like [{\"gate\": \"threshold\", \"metric\": \"roc_auc\", \"atLeast\":"
                            + " 0.95}], but: " + x.getOriginalMessage(),
                    x);
        }
    }

    /** Writes rules. */
    public static String write(List<GateRule> rules) {
        try {
            return MAPPER.writerFor(new TypeReference<List<GateRule>>() {}).writeValueAsString(rules);
        } catch (JsonProcessingException x) {
            throw new IllegalStateException("a gate rule cannot be written", x);
        }
    }
}
