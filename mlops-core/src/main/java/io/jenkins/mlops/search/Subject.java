package io.jenkins.mlops.search;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What is searched, with the attributes that it has. */
public enum Subject {
    RUN(
            "run",
            Set.of(Field.METRIC, Field.PARAM, Field.TAG, Field.ATTRIBUTE, Field.DATASET),
            Map.of(
                    "run_id", Kind.TEXT,
                    "run_name", Kind.TEXT,
                    "status", Kind.TEXT,
                    "user_id", Kind.TEXT,
                    "artifact_uri", Kind.NONE,
                    "start_time", Kind.NUMBER,
                    "end_time", Kind.NUMBER)),
    EXPERIMENT(
            "experiment",
            Set.of(Field.TAG, Field.ATTRIBUTE),
            Map.of(
                    "name", Kind.TEXT,
                    "experiment_id", Kind.NUMBER,
                    "creation_time", Kind.NUMBER,
                    "last_update_time", Kind.NUMBER)),
    MODEL(
            "registered model",
            Set.of(Field.TAG, Field.ATTRIBUTE),
            Map.of("name", Kind.TEXT, "creation_timestamp", Kind.NUMBER, "last_updated_timestamp", Kind.NUMBER)),
    VERSION(
            "model version",
            Set.of(Field.TAG, Field.ATTRIBUTE),
            Map.of(
                    "name", Kind.TEXT,
                    "run_id", Kind.TEXT,
                    "source_path", Kind.TEXT,
                    "version_number", Kind.NUMBER,
                    "creation_timestamp", Kind.NUMBER,
                    "last_updated_timestamp", Kind.NUMBER)),
    LOGGED_MODEL(
            "logged model",
            Set.of(Field.METRIC, Field.PARAM, Field.TAG, Field.ATTRIBUTE),
            Map.of(
                    "name", Kind.TEXT,
                    "model_id", Kind.TEXT,
                    "model_type", Kind.TEXT,
                    "status", Kind.TEXT,
                    "source_run_id", Kind.TEXT,
                    "creation_timestamp", Kind.NUMBER,
                    "last_updated_timestamp", Kind.NUMBER));

    /** What an attribute is compared with. */
    enum Kind {
        TEXT,
        NUMBER,
        /** Known, but not searched. */
        NONE
    }

    private static final Map<String, String> OTHER_NAMES = Map.of(
            "created", "start_time",
            "Created", "start_time",
            "run name", "run_name",
            "Run name", "run_name",
            "Run Name", "run_name",
            "timestamp", "last_updated_timestamp",
            "creation_time", "creation_timestamp",
            "creation_timestamp_ms", "creation_timestamp",
            "last_updated_timestamp_ms", "last_updated_timestamp");

    private final String displayName;
    private final Set<Field> fields;
    private final Map<String, Kind> attributes;

    Subject(String displayName, Set<Field> fields, Map<String, Kind> attributes) {
        this.displayName = displayName;
        this.fields = fields;
        this.attributes = new TreeMap<>(attributes);
    }

    String displayName() {
        return displayName;
    }

    boolean has(Field field) {
        return fields.contains(field);
    }

    /** An attribute's own name, where a person's name for it is known. */
    String attribute(String name) {
        return attributes.containsKey(name) ? name : OTHER_NAMES.getOrDefault(name, name);
    }

    Kind kind(Field field, String key) {
        return switch (field) {
            case METRIC -> Kind.NUMBER;
            case PARAM, TAG -> Kind.TEXT;
            case DATASET -> Set.of("name", "digest", "context").contains(key) ? Kind.TEXT : Kind.NONE;
            case ATTRIBUTE -> attributes.getOrDefault(key, Kind.NONE);
        };
    }

    /** Names of the attributes that can be searched, for messages. */
    Set<String> attributes() {
        Set<String> names = new TreeSet<>(attributes.keySet());
        names.removeIf(name -> attributes.get(name) == Kind.NONE);
        return names;
    }
}
