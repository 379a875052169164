package io.jenkins.mlops.tracking.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.mlops.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** The body of an answer, a JSON document. */
@FunctionalInterface
public interface Reply {
    /** Writes it; what is long is read while it is written. */
    void writeTo(OutputStream out) throws IOException;

    static Reply of(JsonNode document) {
        byte[] bytes = Json.write(document).getBytes(StandardCharsets.UTF_8);
        return out -> out.write(bytes);
    }

    /** <code>{}</code>. */
    static Reply empty() {
        return of(Wire.object());
    }
}
