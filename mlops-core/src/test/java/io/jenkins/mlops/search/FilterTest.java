package io.jenkins.mlops.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterTest {
    @Test
    void readsWhatClientsWrite() {
        assertThat(Filter.parse(
                        "metrics.auc > 0.9 and params.\"learning rate\" = '0.1' AND tags.`git commit` LIKE 'ab%'"
                                + " AND attributes.run_id IN ('a', 'b') AND status != \"FAILED\""
                                + " AND datasets.digest = 'x' AND metric.`val/loss` <= -1.5e-3",
                        Subject.RUN))
                .containsExactly(
                        new Condition(Field.METRIC, "auc", Operator.GT, "0.9"),
                        new Condition(Field.PARAM, "learning rate", Operator.EQ, "0.1"),
                        new Condition(Field.TAG, "git commit", Operator.LIKE, "ab%"),
                        new Condition(Field.ATTRIBUTE, "run_id", Operator.IN, List.of("a", "b")),
                        new Condition(Field.ATTRIBUTE, "status", Operator.NE, "FAILED"),
                        new Condition(Field.DATASET, "digest", Operator.EQ, "x"),
                        new Condition(Field.METRIC, "val/loss", Operator.LE, "-1.5e-3"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "tags.mlflow.source.name = 'x'|TAG|mlflow.source.name|x",
                "`params`.`a b` = 'x'|PARAM|a b|x",
                "run.run_name = 'x'|ATTRIBUTE|run_name|x",
                "\"Run name\" = 'x'|ATTRIBUTE|run_name|x",
                "created > 5|ATTRIBUTE|start_time|5",
                "params.lr='it''s'|PARAM|lr|it's",
                "params.lr = ''|PARAM|lr|~~",
                "params.lr = '--; DROP TABLE x'|PARAM|lr|--; DROP TABLE x",
                "params.a-b = 'x'|PARAM|a-b|x",
                "metrics.loss=.5|METRIC|loss|.5",
                "  metrics.loss   >=  +5  |METRIC|loss|+5",
                "tags.\"a'b`c\" = 'x'|TAG|a'b`c|x",
                "tags.größe = 'ä'|TAG|größe|ä"
            })
    void readsIdentifiersAndValues(String filter, Field field, String key, String value) {
        assertThat(Filter.parse(filter, Subject.RUN))
                .extracting(Condition::field, Condition::key, Condition::value)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(field, key, value));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "metrics.auc > 'high'|14|a number without quotes",
                "params.lr = 0.1|12|a text in quotes",
                "params.lr > '0.1'|10|can't be compared by >",
                "metrics.auc LIKE '1'|12|can't be compared by LIKE",
                "params.lr IN ('a')|10|can't be compared by IN",
                "metrics.auc > 0.1 OR metrics.auc < 0|18|joined by AND only",
                "metrics.auc > 0.1 metrics.auc < 0|18|AND or the end",
                "metrics.auc|11|one of =",
                "metrics.auc >|13|a number",
                "metrics. > 1|9|a key after the dot",
                "AND|0|has no attribute 'AND'",
                "x.y = 'z'|0|has no 'x'",
                "color = 'z'|0|has no attribute 'color'",
                "datasets.size = 'z'|0|has no attribute 'size'",
                "tags.a = 'open|9|is not closed",
                "tags.a = 'x';|12|unexpected ';'",
                "tags.a = 'x' --|13|unexpected '-'",
                "run_id IN ()|11|a text in quotes",
                "run_id IN ('a'|14|a comma",
                "run_id NOT LIKE 'a'|11|IN after NOT",
                "tags.a = 'x' AND|16|an identifier",
                "= 'x'|0|an identifier",
                "artifact_uri = 'x'|0|has no attribute",
                "metrics.acc IS NULL|12|for tags and params",
                "status IS NOT NULL|7|for tags and params",
                "tags.a IS 'x'|10|NULL or NOT NULL",
                "1=1|0|has no attribute '1'",
                "1.0 > metrics.acc|0|has no '1'",
                "metrics.acc != metrics.acc|15|a number without quotes",
                "metric.acc >= 0.94; metrics.rmse < 1|18|unexpected ';'",
                "metrics.A > 0.1 NAND params.B = 'LR'|16|AND or the end",
                "metrics.A > 0.1 AND (params.B = 'LR')|20|an identifier",
                "`metrics.A > 0.1|0|is not closed",
                "param`.A > 0.1|5|is not closed",
                "attribute.experiment_id != 1|0|has no attribute",
                "attribute.lifecycle_stage = 'ACTIVE'|0|has no attribute",
                "attribute.status = true|19|a text in quotes",
                "attribute.status = 1|19|a text in quotes",
                "dataset.profile = 'x'|0|has no attribute 'profile'",
                "tags.acc = LR|11|a text in quotes",
                "params.acc = `LR`|13|a text in quotes",
                "tags.acc = = 'LR'|11|a text in quotes",
                "params.acc LR !=|11|one of =",
                "tags.a ~ 'x'|7|unexpected '~'",
                "start_time LIKE 5|11|can't be compared by LIKE"
            })
    void saysWhatIsWrongAndWhere(String filter, int position, String reason) {
        assertThatThrownBy(() -> Filter.parse(filter, Subject.RUN))
                .isInstanceOfSatisfying(
                        FilterException.class, e -> assertThat(e.position()).isEqualTo(position))
                .hasMessageContaining("at character " + (position + 1))
                .hasMessageContaining(reason);
    }

    @Test
    void asksWhetherThereIsATag() {
        assertThat(Filter.parse("tags.a IS NULL AND params.`b c` is not null and params.d = 'null'", Subject.RUN))
                .containsExactly(
                        new Condition(Field.TAG, "a", Operator.IS_NULL, List.of()),
                        new Condition(Field.PARAM, "b c", Operator.IS_NOT_NULL, List.of()),
                        new Condition(Field.PARAM, "d", Operator.EQ, "null"));
    }

    @Test
    void subjectsHaveTheirOwnWords() {
        assertThat(Filter.parse("name LIKE 'iris%' AND tags.team = 'x'", Subject.MODEL))
                .hasSize(2);
        assertThat(Filter.parse("name = 'a' and run_id = 'b' and version_number >= 2", Subject.VERSION))
                .hasSize(3);
        assertThat(Filter.parse("creation_time > 5", Subject.EXPERIMENT)).hasSize(1);
        assertThatThrownBy(() -> Filter.parse("metrics.auc > 5", Subject.MODEL))
                .hasMessageContaining("a registered model has no 'metrics'; there are [attributes, tags]");
    }

    @Test
    void orders() {
        assertThat(Filter.order(
                        List.of("metrics.auc DESC", "params.`a b`", "start_time asc", "attribute.run_name desc"),
                        Subject.RUN))
                .containsExactly(
                        new Order(Field.METRIC, "auc", true),
                        new Order(Field.PARAM, "a b", false),
                        new Order(Field.ATTRIBUTE, "start_time", false),
                        new Order(Field.ATTRIBUTE, "run_name", true));
        assertThatThrownBy(() -> Filter.order(List.of("metrics.auc DOWN"), Subject.RUN))
                .hasMessageContaining("ASC, DESC");
        assertThatThrownBy(() -> Filter.order(List.of("1; DROP TABLE x"), Subject.RUN))
                .isInstanceOf(FilterException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  "})
    void nothingAsksForAll(String filter) {
        assertThat(Filter.parse(filter, Subject.RUN)).isEmpty();
        assertThat(Filter.parse(null, Subject.RUN)).isEmpty();
    }

    /** Whatever the text: conditions or a {@link FilterException}, and never anything else. */
    @Test
    void survivesAnyText() {
        String[] parts = {
            "metrics",
            "params",
            ".",
            "'",
            "\"",
            "`",
            " ",
            "=",
            ">",
            "IN",
            "(",
            ")",
            ",",
            "AND",
            "x",
            "1",
            "-",
            ";",
            "NOT",
            "LIKE",
            "\u0000",
            "é",
            "\ud83d\ude00",
            "/*",
            "e+",
            "\n",
            "\ud83d"
        };
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(12); n >= 0; n--) {
                text.append(parts[random.nextInt(parts.length)]);
            }
            try {
                Filter.parse(text.toString(), Subject.values()[random.nextInt(4)]);
            } catch (FilterException e) {
                assertThat(e.position()).isBetween(0, text.length());
            }
        }
    }

    @Test
    void bounds() {
        String many = "tags.a = 'x'" + " AND tags.a = 'x'".repeat(50);
        assertThatThrownBy(() -> Filter.parse(many, Subject.RUN)).hasMessageContaining("at most 50 conditions");
        assertThatThrownBy(() -> Filter.parse(" ".repeat(50_001) + "x", Subject.RUN))
                .hasMessageContaining("at most 50000 characters");
        assertThatThrownBy(() -> Filter.parse("tags.a = '" + "x".repeat(8_001) + "'", Subject.RUN))
                .isInstanceOf(FilterException.class);
    }

    @Test
    void tokensBelongToTheirQuery() {
        String token = PageToken.give("query a", "1000");
        assertThat(PageToken.take("query a", token)).isEqualTo("1000");
        assertThat(PageToken.take("query a", "")).isNull();
        assertThat(PageToken.give("query a", null)).isNull();
        assertThatThrownBy(() -> PageToken.take("query b", token)).hasMessageContaining("another query");
        for (String wrong : List.of("x", "1000", "../../..", "AAAAAAAAAAA", "%", "A".repeat(5_000))) {
            assertThatThrownBy(() -> PageToken.take("query a", wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("page token");
        }
    }
}
