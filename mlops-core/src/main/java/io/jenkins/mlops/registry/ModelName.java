package io.jenkins.mlops.registry;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.text.Normalizer;
import java.util.regex.Pattern;

/**
 * The rules for names of registered models and of aliases.
 *
 * <p>Models are named as MLflow allows, so that the same name works on either registry: any letters, digits, spaces,
 * punctuation and emoji. Refused are {@code /}, {@code :} and {@code \} (they separate the parts of model URIs and of
 * paths), control and invisible formatting characters, a space at either end, the names {@code .} and {@code ..}, and
 * more than {@value #MAX} UTF-16 units. Names are kept in Unicode's normal form C and compared exactly.
 */
public final class ModelName {
    /** Longest name of a model, in UTF-16 units. */
    public static final int MAX = 250;

    private static final Pattern ALIAS = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,254}");
    private static final Pattern RESERVED_ALIAS = Pattern.compile("(?i)latest|v\\d+");

    private ModelName() {}

    /**
     * Checks the name of a model.
     *
     * @return the name in normal form C
     * @throws IllegalArgumentException when the name is refused; the message says which character and where
     */
    public static String check(@CheckForNull String name) {
        if (name == null || name.isBlank()) {
            throw new IllegalArgumentException("A model's name is missing; give 1 to " + MAX + " characters");
        }
        if (name.length() > MAX) {
            throw new IllegalArgumentException("A model's name has at most " + MAX + " characters, found "
                    + name.length() + ": " + Limits.shown(name));
        }
        String normal = Normalizer.normalize(name, Normalizer.Form.NFC);
        if (!normal.strip().equals(normal)) {
            throw new IllegalArgumentException(
                    "A model's name must not begin or end with a space: " + Limits.shown(name));
        }
        if (normal.equals(".") || normal.equals("..")) {
            throw new IllegalArgumentException("A model can't be named '" + normal + "': it reads as a folder");
        }
        normal.codePoints().forEach(point -> checkCharacter(point, name));
        return normal;
    }

    private static void checkCharacter(int point, String name) {
        int type = Character.getType(point);
        boolean unseen = type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.SURROGATE
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.UNASSIGNED
                || type == Character.PRIVATE_USE;
        if (unseen || point == '/' || point == ':' || point == '\\') {
            String character = unseen ? String.format("U+%04X", point) : "'" + Character.toString(point) + "'";
            throw new IllegalArgumentException("A model's name must not contain " + character + ": "
                    + Limits.shown(name.replaceAll("\\p{C}", "?"))
                    + "; use letters, digits, spaces, '.', '_' and '-'");
        }
    }

    /**
     * Checks the name of an alias: letters, digits, {@code _}, {@code .} and {@code -}, at most 255, not
     * {@code latest} and not {@code v} followed by a number, which MLflow reserves.
     *
     * @throws IllegalArgumentException when the name is refused
     */
    public static String checkAlias(@CheckForNull String alias) {
        if (alias == null || !ALIAS.matcher(alias).matches()) {
            throw new IllegalArgumentException("An alias has 1 to 255 letters, digits, '_', '.' or '-', found "
                    + Limits.shown(alias) + "; e.g. champion or production");
        }
        if (RESERVED_ALIAS.matcher(alias).matches()) {
            throw new IllegalArgumentException(
                    "The alias '" + alias + "' is reserved: it reads as a version; choose another, e.g. champion");
        }
        return alias;
    }
}
