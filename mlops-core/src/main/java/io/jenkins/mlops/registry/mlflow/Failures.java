package io.jenkins.mlops.registry.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.json.Json;
import io.jenkins.mlops.json.JsonException;
import io.jenkins.mlops.registry.mlflow.RemoteException.Kind;
import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Set;

/** Reads what MLflow's error answers mean: a status, and {@code {"error_code": ..., "message": ...}} or a page. */
final class Failures {
    private static final Set<String> BUSY = Set.of("TEMPORARILY_UNAVAILABLE", "REQUEST_LIMIT_EXCEEDED");
    private static final int SHOWN = 300;

    private Failures() {}

    /** Throws what an answer says that is no success. */
    static void refuse(MlflowHttp.Answer answer, HttpHeaders headers, String server, Clock clock)
            throws RemoteException {
        int status = answer.status();
        if (status >= 200 && status < 300) {
            return;
        }
        JsonNode error = error(answer.body());
        String code = error == null ? "" : error.path("error_code").asText();
        String message = "The MLflow server " + server + " answered " + status + (code.isEmpty() ? "" : " " + code)
                + ": "
                + shown(error == null ? answer.body() : error.path("message").asText());
        throw new RemoteException(
                kind(status, code, error != null),
                message,
                retryAfter(headers.firstValue("retry-after").orElse(""), clock),
                null);
    }

    private static Kind kind(int status, String code, boolean json) {
        if (status == 429 || status >= 500 || BUSY.contains(code)) {
            return Kind.OVERLOADED;
        }
        if (status == 408) {
            return Kind.UNREACHABLE;
        }
        if (status == 401 || status == 403 || status == 407) {
            return Kind.DENIED;
        }
        if (code.equals("RESOURCE_ALREADY_EXISTS")) {
            return Kind.EXISTS;
        }
        if (status == 404) {
            return json && !code.equals("ENDPOINT_NOT_FOUND") ? Kind.MISSING : Kind.NOT_OFFERED;
        }
        return status == 405 ? Kind.NOT_OFFERED : Kind.REFUSED;
    }

    @CheckForNull
    private static JsonNode error(String body) {
        try {
            JsonNode tree = Json.tree(body);
            return tree.isObject() && tree.has("error_code") ? tree : null;
        } catch (JsonException e) {
            return null; // a page for people: from a proxy, or for an address that MLflow doesn't know
        }
    }

    /** One line of a text that a server wrote. */
    private static String shown(String text) {
        String line = text.replaceAll("<[^>]{0,200}>", " ")
                .replaceAll("[\\p{Cntrl}\\s]+", " ")
                .strip();
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "...";
    }

    /** A {@code Retry-After} of seconds or of a date, in milliseconds from now; 0 when it can't be read. */
    static long retryAfter(String value, Clock clock) {
        if (value.matches("[0-9]{1,6}")) {
            return Long.parseLong(value) * 1_000;
        }
        try {
            Instant until = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Math.max(0, until.toEpochMilli() - clock.millis());
        } catch (DateTimeParseException e) {
            return 0;
        }
    }
}
