package io.jenkins.mlops.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Against the values that AWS has published. */
class SignatureV4Test {
    private static final Instant SUITE = Instant.parse("2015-08-30T12:36:00Z");
    private static final AccessKey SUITE_KEY = new AccessKey("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");
    private static final Instant S3 = Instant.parse("2013-05-24T00:00:00Z");
    private static final AccessKey S3_KEY =
            new AccessKey("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");

    private static String suite(String method, String path) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Host", "example.amazonaws.com");
        headers.put("X-Amz-Date", "20150830T123600Z");
        return new SignatureV4("us-east-1", "service")
                .authorization(
                        SUITE_KEY,
                        method,
                        URI.create("https://example.amazonaws.com" + path),
                        headers,
                        SignatureV4.EMPTY_PAYLOAD,
                        SUITE);
    }

    /** AWS Signature Version 4 test suite, get-vanilla. */
    @Test
    void getVanilla() {
        assertThat(suite("GET", "/"))
                .isEqualTo("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, "
                        + "SignedHeaders=host;x-amz-date, "
                        + "Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");
    }

    /** AWS Signature Version 4 test suite, post-vanilla and get-vanilla-query-order-key-case. */
    @Test
    void otherVerbAndUnsortedQuery() {
        assertThat(suite("POST", "/"))
                .endsWith("Signature=5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b");
        assertThat(suite("GET", "/?Param2=value2&Param1=value1"))
                .endsWith("Signature=b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500");
    }

    private static String s3(String pathAndQuery, Map<String, String> more) {
        Map<String, String> headers = new LinkedHashMap<>(more);
        headers.put("Host", "examplebucket.s3.amazonaws.com");
        headers.put("x-amz-content-sha256", SignatureV4.EMPTY_PAYLOAD);
        headers.put("x-amz-date", "20130524T000000Z");
        return new SignatureV4("us-east-1", "s3")
                .authorization(
                        S3_KEY,
                        "GET",
                        URI.create("https://examplebucket.s3.amazonaws.com" + pathAndQuery),
                        headers,
                        SignatureV4.EMPTY_PAYLOAD,
                        S3);
    }

    /** Amazon S3 API Reference, "Examples: Signature Calculations". */
    @Test
    void examplesOfTheS3Reference() {
        assertThat(s3("/test.txt", Map.of("Range", "bytes=0-9")))
                .endsWith("SignedHeaders=host;range;x-amz-content-sha256;x-amz-date, "
                        + "Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
        assertThat(s3("/?lifecycle", Map.of()))
                .endsWith("Signature=fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543");
        assertThat(s3("/?max-keys=2&prefix=J", Map.of()))
                .endsWith("Signature=34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7");
    }

    @Test
    void encodesAllButTheUnreserved() {
        assertThat(SignatureV4.encode("a/b c+d~e_é")).isEqualTo("a%2Fb%20c%2Bd~e_%C3%A9");
    }

    @Test
    void keyShowsNoSecret() {
        assertThat(S3_KEY.toString()).doesNotContain("wJalr").contains("AKIAIOSFODNN7EXAMPLE");
        assertThatThrownBy(() -> new AccessKey("a", "")).hasMessageContaining("expected an access key");
    }
}
