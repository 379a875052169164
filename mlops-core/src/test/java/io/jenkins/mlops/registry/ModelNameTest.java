package io.jenkins.mlops.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelNameTest {
    @ParameterizedTest
    @ValueSource(strings = {"iris", "Iris classifier v2", "équipe.modèle_1-b", "模型", "a+b=c (x) #1 50%", "🚀 rocket"})
    void acceptsWhatMlflowAccepts(String name) {
        assertThat(ModelName.check(name)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a/b",
                "a:b",
                "a\\b",
                "..",
                ".",
                " a",
                "a ",
                "a\nb",
                "a\u0000b",
                "a\u202Eb",
                "a\u200Db",
                "\uD800"
            })
    void refusesWhatMisleads(String name) {
        assertThatThrownBy(() -> ModelName.check(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("(?s)A model.{10,}")
                .message()
                .doesNotContainPattern("[\\p{Cntrl}\\u202E]");
    }

    @Test
    void boundsTheLength() {
        assertThat(ModelName.check("x".repeat(250))).hasSize(250);
        assertThatThrownBy(() -> ModelName.check("x".repeat(10_000)))
                .hasMessageContaining("at most 250")
                .hasMessageContaining("10000")
                .message()
                .hasSizeLessThan(200);
        assertThatThrownBy(() -> ModelName.check(null)).hasMessageContaining("missing");
    }

    @Test
    void oneNameForOneSpelling() {
        assertThat(ModelName.check("mode\u0300le")).isEqualTo(ModelName.check("mod\u00e8le"));
    }

    @Test
    void aliasesFollowMlflow() {
        assertThat(ModelName.checkAlias("champion")).isEqualTo("champion");
        for (String refused : new String[] {"latest", "v1", "V12", "a b", "a/b", "", "-x", "é", "x".repeat(256)}) {
            assertThatThrownBy(() -> ModelName.checkAlias(refused))
                    .as(refused)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
