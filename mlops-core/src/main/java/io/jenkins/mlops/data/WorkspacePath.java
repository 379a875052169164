package io.jenkins.mlops.data;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A path that a user wrote, parsed once and proven to stay within a workspace.
 *
 * <p>Refused, on every operating system alike: an absolute path (unless allowed), {@code ..} as a name, a leading
 * {@code ~}, a back slash, a drive or a URL scheme ({@code c:}, {@code file:}), control characters, percent-encoded
 * dots and separators, characters that Unicode calls equivalent to a separator, names of only dots and blanks, and
 * a symbolic link on the way that leads out of the workspace. A user's path becomes a {@link Path} here and nowhere
 * else.
 */
public final class WorkspacePath {
    private static final int MAX_LENGTH = 4096;
    private static final int MAX_NAME_BYTES = 255;
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.*", Pattern.DOTALL);
    private static final Pattern ENCODED = Pattern.compile("%(25)*(2e|2f|5c|00|0a|0d)", Pattern.CASE_INSENSITIVE);
    private static final Set<String> DEVICES = Set.of(
            "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "lpt1",
            "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9");

    private final Path path;
    private final String relative;

    private WorkspacePath(Path path, String relative) {
        this.path = path;
        this.relative = relative;
    }

    /**
     * Resolves a relative path of a user within a workspace; what it names need not exist.
     *
     * @param root the workspace; it is made if nobody has written into it yet, as every step of a Pipeline does
     * @param userPath the path as written, with {@code /} between names; {@code .} is the workspace itself
     * @throws DataException when the path is refused; the message says why
     */
    public static WorkspacePath resolve(Path root, String userPath) throws DataException {
        List<String> names = names(userPath, false);
        Path realRoot = realRoot(root);
        Path path = realRoot;
        for (String name : names) {
            path = child(path, name, userPath);
        }
        requireInside(realRoot, path, userPath);
        return new WorkspacePath(path, names.isEmpty() ? "." : String.join("/", names));
    }

    /**
     * Resolves a path where absolute paths are allowed, because an administrator or the step said so.
     *
     * <p>An absolute path may lead anywhere, links included; all other rules hold for it, and a relative path is
     * confined as by {@link #resolve}.
     */
    public static WorkspacePath resolveAllowingAbsolute(Path root, String userPath) throws DataException {
        if (!userPath.startsWith("/")) {
            return resolve(root, userPath);
        }
        List<String> names = names(userPath.substring(1), true);
        Path path = realRoot(root).getRoot();
        for (String name : names) {
            path = child(path, name, userPath);
        }
        return new WorkspacePath(path, userPath);
    }

    /** The absolute path on this machine. */
    public Path path() {
        return path;
    }

    /** The path within the workspace with {@code /} between names, {@code .} for the workspace; or an absolute one. */
    public String relative() {
        return relative;
    }

    @Override
    public String toString() {
        return relative;
    }

    private static List<String> names(String userPath, boolean absolute) throws DataException {
        if (userPath.isBlank() && !(absolute && userPath.isEmpty())) {
            throw refused(userPath, "it is empty. Write . for the workspace");
        }
        if (userPath.length() > MAX_LENGTH) {
            throw refused(userPath, "it has more than " + MAX_LENGTH + " characters");
        }
        for (int i = 0; i < userPath.length(); i++) {
            char c = userPath.charAt(i);
            int type = Character.getType(c);
            if (Character.isISOControl(c)
                    || type == Character.LINE_SEPARATOR
                    || type == Character.PARAGRAPH_SEPARATOR
                    || type == Character.FORMAT) {
                throw refused(userPath, String.format("it has the control character U+%04X", (int) c));
            }
        }
        if (userPath.startsWith("/")) {
            throw refused(userPath, "it is absolute. Write it relative to the workspace");
        }
        if (userPath.startsWith("~")) {
            throw refused(userPath, "it starts with ~, which is not expanded. Write it relative to the workspace");
        }
        if (userPath.indexOf('\\') >= 0) {
            throw refused(userPath, "it has a back slash. Write / between names, on Windows as well");
        }
        if (SCHEME.matcher(userPath).matches()) {
            throw refused(userPath, "it starts with a drive or a URL scheme. Write a path relative to the workspace");
        }
        if (ENCODED.matcher(userPath).find()) {
            throw refused(userPath, "it has a percent-encoded dot or separator. Write the characters themselves");
        }
        List<String> names = new ArrayList<>();
        for (String name : userPath.split("/", -1)) {
            if (!name.isEmpty() && !name.equals(".")) {
                checkName(userPath, name);
                names.add(name);
            }
        }
        return names;
    }

    private static void checkName(String userPath, String name) throws DataException {
        if (name.equals("..")) {
            throw refused(userPath, "it has .. as a name. Name the file directly");
        }
        if (name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES) {
            throw refused(userPath, "it has a name of more than " + MAX_NAME_BYTES + " bytes");
        }
        // Some systems drop blanks and dots at the end of a name: ".. " would climb there.
        if (name.chars().allMatch(c -> c == '.' || Character.isWhitespace(c) || Character.isSpaceChar(c))) {
            throw refused(userPath, "it has a name of nothing but dots and blanks");
        }
        String normal = Normalizer.normalize(name, Normalizer.Form.NFKC);
        if (normal.indexOf('/') >= 0
                || normal.indexOf('\\') >= 0
                || normal.equals("..")
                || name.indexOf('\u2215') >= 0) {
            throw refused(userPath, "it has a character that Unicode calls equivalent to a separator or a dot");
        }
        if (File.separatorChar == '\\') {
            checkWindowsName(userPath, name);
        }
    }

    private static void checkWindowsName(String userPath, String name) throws DataException {
        int dot = name.indexOf('.');
        String base = (dot < 0 ? name : name.substring(0, dot)).strip().toLowerCase(Locale.ROOT);
        if (DEVICES.contains(base) || name.indexOf(':') >= 0 || name.endsWith(".") || name.endsWith(" ")) {
            throw refused(userPath, "\"" + name + "\" has a special meaning on Windows");
        }
    }

    private static Path child(Path folder, String name, String userPath) throws DataException {
        try {
            return folder.resolve(name);
        } catch (InvalidPathException e) {
            throw refused(
                    userPath,
                    "this machine cannot have such a name (" + e.getReason()
                            + "). Give the agent a UTF-8 locale, if the name is not ASCII");
        }
    }

    private static Path realRoot(Path root) throws DataException {
        try {
            if (Files.notExists(root)) {
                Files.createDirectories(root);
            }
            return root.toRealPath();
        } catch (IOException e) {
            throw new DataException("Expected the workspace " + root + ", found none that can be used (" + e + ").", e);
        }
    }

    /** Follows the links of the part that exists; a name that does not exist cannot be a link. */
    private static void requireInside(Path realRoot, Path path, String userPath) throws DataException {
        Path existing = path;
        while (!Files.exists(existing, LinkOption.NOFOLLOW_LINKS)) {
            existing = existing.getParent();
            if (existing == null || !existing.startsWith(realRoot)) {
                throw refused(userPath, "the workspace went away");
            }
        }
        Path real;
        try {
            real = existing.toRealPath();
        } catch (FileSystemLoopException e) {
            throw refused(userPath, "it leads through a loop of symbolic links");
        } catch (IOException e) {
            // toRealPath reports loops and dangling links alike as file system errors.
            throw refused(
                    userPath, "it leads through a symbolic link that cannot be followed (" + e.getMessage() + ")");
        }
        if (!real.startsWith(realRoot)) {
            throw refused(userPath, "it leads out of the workspace through a symbolic link, to " + real);
        }
    }

    private static DataException refused(String userPath, String why) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < Math.min(200, userPath.length()); i++) {
            char c = userPath.charAt(i);
            boolean plain = !Character.isISOControl(c) && Character.getType(c) != Character.FORMAT;
            shown.append(plain ? String.valueOf(c) : String.format("\\u%04x", (int) c));
        }
        return new DataException(
                "The path \"" + shown + (userPath.length() > 200 ? "..." : "") + "\" is refused: " + why + ".");
    }
}
