package io.jenkins.mlops.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmokeJudgeTest {
    private static Observation judge(HealthCheck check, String body) {
        return SmokeJudge.judge(check, new ProbeResult(200, body, false, 5, ""));
    }

    private static Observation v2(String body, String... expected) {
        return judge(
                new HealthCheck(ServingProtocol.OPEN_INFERENCE_V2, "iris", "", "", "{}", List.of(expected), 1_000),
                body);
    }

    private static Observation mlflow(String body) {
        return judge(HealthCheck.mlflow("{}"), body);
    }

    @Test
    void sensibleV2AnswersPass() {
        assertThat(v2(ModelServer.prediction("1")).outcome()).isEqualTo(Observation.Outcome.HEALTHY);
        assertThat(v2(ModelServer.prediction("1"), "class").detail()).contains("class INT64 [1]");
        assertThat(
                        v2("{\"outputs\":[{\"name\":\"p\",\"shape\":[2,2],\"datatype\":\"FP32\",\"data\":[[1,2.5],[0,1e3]]}]}")
                                .outcome())
                .isEqualTo(Observation.Outcome.HEALTHY);
        assertThat(v2("{\"outputs\":[{\"name\":\"p\",\"shape\":[],\"datatype\":\"BYTES\",\"data\":[\"a\"]}]}")
                        .outcome())
                .isEqualTo(Observation.Outcome.HEALTHY);
        assertThat(v2("{\"outputs\":[{\"name\":\"p\",\"shape\":[1],\"datatype\":\"BOOL\",\"data\":[true]}]}")
                        .outcome())
                .isEqualTo(Observation.Outcome.HEALTHY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '§',
            value = {
                "<html>It works!</html> | expected JSON",
                "{\"outputs\":[ | expected JSON",
                "{} {} | expected JSON",
                "[] | expected a JSON object",
                "{} | non-empty array 'outputs'",
                "{\"outputs\":[]} | non-empty array 'outputs'",
                "{\"error\":\"no such model\"} | no such model",
                "{\"model_name\":\"other\",\"outputs\":[]} | expected model_name 'iris', found 'other'",
                "{\"outputs\":[1]} | outputs with a 'name'",
                "{\"outputs\":[{\"name\":\"p\"}]} | data type",
                "{\"outputs\":[{\"name\":\"p\",\"datatype\":\"FLOAT\"}]} | data type of the protocol, found 'FLOAT'",
                "{\"outputs\":[{\"name\":\"p\",\"datatype\":\"FP32\"}]} | array 'shape'",
                "{\"outputs\":[{\"name\":\"p\",\"datatype\":\"FP32\",\"shape\":[-1],\"data\":[1]}]} | whole numbers from 0",
                "{\"outputs\":[{\"name\":\"p\",\"datatype\":\"FP32\",\"shape\":[1.5],\"data\":[1]}]} | whole numbers from 0",
                "{\"outputs\":[{\"name\":\"p\",\"datatype\":\"FP32\",\"shape\":[1]}]} | array 'data'",
                "{\"outputs\":[{\"name\":\"p\",\"datatype\":\"FP32\",\"shape\":[0],\"data\":[]}]} | at least one value",
                "{\"outputs\":[{\"name\":\"p\",\"datatype\":\"FP32\",\"shape\":[2],\"data\":[1]}]} | means 2 values, found 1",
                "{\"outputs\":[{\"name\":\"p\",\"datatype\":\"FP32\",\"shape\":[2147483647,2147483647,4],\"data\":[1]}]} | found 1",
                "{\"outputs\":[{\"name\":\"p\",\"datatype\":\"FP32\",\"shape\":[1],\"data\":[\"NaN\"]}]} | values of type FP32",
                "{\"outputs\":[{\"name\":\"p\",\"datatype\":\"FP32\",\"shape\":[1],\"data\":[null]}]} | values of type FP32",
                "{\"outputs\":[{\"name\":\"p\",\"datatype\":\"FP32\",\"shape\":[1],\"data\":[1e999]}]} | values of type FP32",
                "{\"outputs\":[{\"name\":\"p\",\"datatype\":\"INT64\",\"shape\":[1],\"data\":[1.5]}]} | values of type INT64",
                "{\"outputs\":[{\"name\":\"p\",\"datatype\":\"BOOL\",\"shape\":[1],\"data\":[1]}]} | values of type BOOL",
                "{\"outputs\":[{\"name\":\"p\",\"datatype\":\"INT8\",\"shape\":[1],\"data\":[1]}]} | output 'class', found [p]",
            })
    void nonsenseV2AnswersFail(String body, String reason) {
        Observation seen = v2(body.strip(), "class");
        assertThat(seen.outcome()).isEqualTo(Observation.Outcome.ILL);
        assertThat(seen.detail()).contains(reason.strip());
    }

    @Test
    void deeplyNestedAnswerIsRefused() {
        Observation seen = v2("{\"outputs\":" + "[".repeat(20_000) + "]".repeat(20_000) + "}");
        assertThat(seen.outcome()).isEqualTo(Observation.Outcome.ILL);
    }

    @Test
    void mlflowAnswers() {
        assertThat(mlflow("{\"predictions\":[0,2]}").detail()).contains("2 predictions");
        assertThat(mlflow("{\"predictions\":[{\"class\":\"a\",\"p\":0.5}]}").outcome())
                .isEqualTo(Observation.Outcome.HEALTHY);
        for (String body : List.of(
                "\n",
                "{}",
                "[1]",
                "{\"predictions\":[]}",
                "{\"predictions\":[null]}",
                "{\"predictions\":[\"NaN\"]}",
                "{\"error_code\":\"INVALID_PARAMETER_VALUE\",\"message\":\"m\"}")) {
            assertThat(mlflow(body).outcome()).as(body).isEqualTo(Observation.Outcome.ILL);
        }
    }

    @Test
    void plainHttpAnswers() {
        HealthCheck check =
                new HealthCheck(ServingProtocol.HTTP, "", "/up", "/predict", "{}", List.of("result.0.label"), 1_000);
        assertThat(judge(check, "{\"result\":[{\"label\":\"a\"}]}").outcome()).isEqualTo(Observation.Outcome.HEALTHY);
        assertThat(judge(check, "{\"result\":[]}").detail()).contains("expected a field 'result.0.label'");
        HealthCheck any = new HealthCheck(ServingProtocol.HTTP, "", "/up", "/predict", "{}", List.of(), 1_000);
        assertThat(judge(any, "no JSON at all").outcome()).isEqualTo(Observation.Outcome.HEALTHY);
    }

    @Test
    void statusErrorsAndHugeAnswersFail() {
        HealthCheck check = HealthCheck.v2("iris", "{}");
        assertThat(SmokeJudge.judge(check, new ProbeResult(400, "{\"error\":\"bad shape\"}", false, 1, ""))
                        .detail())
                .contains("HTTP 400")
                .contains("bad shape");
        assertThat(SmokeJudge.judge(check, new ProbeResult(0, "", false, 1, "nothing answers"))
                        .detail())
                .isEqualTo("nothing answers");
        assertThat(SmokeJudge.judge(check, new ProbeResult(200, "{", true, 1, ""))
                        .detail())
                .contains("fewer rows");
    }

    @Test
    void sampleOfAV2Signature() {
        assertThat(SampleRequest.v2("{\"inputs\":[{\"name\":\"x\",\"datatype\":\"FP64\",\"shape\":[-1,2]},"
                        + "{\"name\":\"t\",\"datatype\":\"BYTES\",\"shape\":[1]},"
                        + "{\"name\":\"b\",\"datatype\":\"BOOL\",\"shape\":[]},"
                        + "{\"name\":\"i\",\"datatype\":\"INT32\",\"shape\":[1]}]}"))
                .isEqualTo("{\"inputs\":[{\"name\":\"x\",\"shape\":[1,2],\"datatype\":\"FP64\",\"data\":[0.0,0.0]},"
                        + "{\"name\":\"t\",\"shape\":[1],\"datatype\":\"BYTES\",\"data\":[\"\"]},"
                        + "{\"name\":\"b\",\"shape\":[],\"datatype\":\"BOOL\",\"data\":[false]},"
                        + "{\"name\":\"i\",\"shape\":[1],\"datatype\":\"INT32\",\"data\":[0]}]}");
    }

    @Test
    void sampleOfAnMlflowSignature() {
        String columns = "[{\"type\":\"double\",\"name\":\"a\"},{\"type\":\"string\",\"name\":\"b\"},"
                + "{\"type\":\"boolean\",\"name\":\"c\"},{\"type\":\"long\",\"name\":\"d\"}]";
        String expected = "{\"dataframe_split\":{\"columns\":[\"a\",\"b\",\"c\",\"d\"],\"data\":[[0.0,\"\",false,0]]}}";
        assertThat(SampleRequest.mlflow(columns)).isEqualTo(expected);
        assertThat(SampleRequest.mlflow("{\"inputs\":\"" + columns.replace("\"", "\\\"") + "\"}"))
                .isEqualTo(expected);
    }

    @Test
    void signatureWithoutInputsIsRefused() {
        for (String signature : List.of(
                "",
                "x",
                "{}",
                "{\"inputs\":[]}",
                "{\"inputs\":[{\"name\":\"x\"}]}",
                "null",
                "{\"inputs\":[{\"name\":\"x\",\"datatype\":\"FP32\",\"shape\":[100000,100000]}]}")) {
            assertThatThrownBy(() -> SampleRequest.v2(signature))
                    .as(signature)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> SampleRequest.mlflow("[{\"type\":\"tensor\"}]"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("give a smoke request instead");
    }
}
