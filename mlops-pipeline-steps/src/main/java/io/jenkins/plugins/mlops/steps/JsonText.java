package io.jenkins.plugins.mlops.steps;

import hudson.AbortException;
import io.jenkins.mlops.json.Json;
import io.jenkins.mlops.json.JsonException;

/** Checks that a file of the workspace which is to be JSON is JSON. */
final class JsonText {
    private JsonText() {}

    /**
     * The text, if it is JSON.
     *
     * @param path the file's path, for the message
     * @throws AbortException if it is not; the message says where it ceases to be
     */
    static String checked(String path, String text) throws AbortException {
        try {
            Json.tree(text);
            return text;
        } catch (JsonException x) {
            AbortException refused = new AbortException("Expected JSON in '" + path + "': " + x.getMessage());
            refused.initCause(x);
            throw refused;
        }
    }
}
