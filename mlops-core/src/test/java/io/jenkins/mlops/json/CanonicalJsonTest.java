package io.jenkins.mlops.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class CanonicalJsonTest {
    @Test
    void hasOneTextForOneValue() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("b", List.of(1, 2.5, true));
        map.put("a", "x\"\\\n\u0001é");
        map.put("absent", null);
        map.put("nan", Double.NaN);
        map.put("big", 12345678901234L);
        assertThat(CanonicalJson.write(map))
                .isEqualTo(
                        "{\"a\":\"x\\\"\\\\\\n\\u0001é\",\"b\":[1,2.5,true],\"big\":12345678901234,\"nan\":\"NaN\"}");
        assertThat(CanonicalJson.write(Arrays.asList(null, "x"))).isEqualTo("[null,\"x\"]");
    }

    @Property(tries = 200)
    void isReadBackByAnyReader(@ForAll String text, @ForAll double number, @ForAll long whole) {
        var tree = Json.tree(CanonicalJson.write(Map.of("text", text, "number", number, "whole", whole)));
        assertThat(tree.path("text").asText()).isEqualTo(text);
        assertThat(tree.path("number").asDouble()).isEqualTo(number);
        assertThat(tree.path("whole").asLong()).isEqualTo(whole);
    }

    @Test
    void jsonIgnoresWhatItDoesNotKnowAndSaysWhatIsWrong() {
        record Point(int x, double y) {}
        assertThat(Json.read("{\"x\":1,\"y\":\"NaN\",\"z\":[]}", Point.class)).isEqualTo(new Point(1, Double.NaN));
        assertThat(Json.write(new Point(1, Double.POSITIVE_INFINITY))).isEqualTo("{\"x\":1,\"y\":\"Infinity\"}");
        for (String broken :
                List.of("", "{", "null", "{\"x\":1}", "{\"x\":1,\"x\":2,\"y\":1}", "{\"x\":1,\"y\":1} x")) {
            assertThatThrownBy(() -> Json.read(broken, Point.class))
                    .as(broken)
                    .isInstanceOf(JsonException.class)
                    .hasMessageContaining("Point");
        }
    }

    @Test
    void saysWhereBrokenJsonBreaksAndNothingAboutTheParser() {
        assertThatThrownBy(() -> Json.tree("{\"inputs\": ["))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("line 1, column")
                .hasMessageContaining("expected close marker for Array")
                .hasMessageNotContainingAny("REDACTED", "start marker");
    }
}
