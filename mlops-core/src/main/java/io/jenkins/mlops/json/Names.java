package io.jenkins.mlops.json;

/** Joins the keys of nested mappings. */
final class Names {
    private static final int MAX = 250;

    private Names() {}

    /** {@code prefix.key}; refuses empty, overlong and unprintable names. */
    static String joined(String file, String prefix, String key) {
        String name = prefix.isEmpty() ? key : prefix + "." + key;
        if (key.isBlank()) {
            throw new JsonException(file + " has an empty key" + (prefix.isEmpty() ? "" : " under '" + prefix + "'"));
        }
        if (name.length() > MAX) {
            throw new JsonException(file + " has a key of " + name.length() + " characters, at most " + MAX
                    + " are kept: " + name.substring(0, 60) + "...");
        }
        if (name.chars().anyMatch(Character::isISOControl)) {
            throw new JsonException(
                    file + " has a key with a control character: " + name.replaceAll("\\p{Cntrl}", "?"));
        }
        return name;
    }
}
