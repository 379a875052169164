package io.jenkins.mlops.testbed.remoting;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Ant's file patterns. */
public final class Globs {
    private static final List<String> BY_DEFAULT_NOT = List.of(
            "**/*~",
            "**/#*#",
            "**/.#*",
            "**/CVS/**",
            "**/.svn/**",
            "**/.hg/**",
            "**/.git/**",
            "**/.gitignore",
            "**/.gitattributes",
            "**/.gitmodules",
            "**/.DS_Store");

    private Globs() {}

    /**
     * The files under a folder that match; relative, with slashes, sorted.
     *
     * @param includes patterns separated by comma or blank
     * @param excludes as before, or null
     */
    public static List<String> list(Path dir, String includes, String excludes) throws IOException {
        if (!Files.isDirectory(dir)) {
            return List.of();
        }
        Predicate<String> wanted = any(includes);
        Predicate<String> unwanted = excludes == null || excludes.isBlank() ? s -> false : any(excludes);
        Predicate<String> never = any(String.join(",", BY_DEFAULT_NOT));
        try (Stream<Path> walk = Files.walk(dir, FileVisitOption.FOLLOW_LINKS)) {
            return walk.filter(Files::isRegularFile)
                    .map(p -> dir.relativize(p).toString().replace(File.separatorChar, '/'))
                    .filter(wanted.and(unwanted.or(never).negate()))
                    .sorted()
                    .toList();
        }
    }

    private static Predicate<String> any(String patterns) {
        Predicate<String> p = s -> false;
        for (String pattern : patterns.trim().split("\\s*,\\s*|\\s+")) {
            if (!pattern.isEmpty()) {
                p = p.or(Pattern.compile(regex(pattern.replace('\\', '/'))).asMatchPredicate());
            }
        }
        return p;
    }

    private static String regex(String pattern) {
        String glob = pattern.endsWith("/") ? pattern + "**" : pattern;
        StringBuilder b = new StringBuilder();
        for (int i = 0; i < glob.length(); i++) {
            if (glob.startsWith("**/", i)) {
                b.append("(?:.*/)?");
                i += 2;
            } else if (glob.startsWith("/**", i) && i + 3 == glob.length()) {
                b.append("(?:/.*)?");
                i += 2;
            } else if (glob.startsWith("**", i)) {
                b.append(".*");
                i++;
            } else if (glob.charAt(i) == '*') {
                b.append("[^/]*");
            } else if (glob.charAt(i) == '?') {
                b.append("[^/]");
            } else {
                b.append(Pattern.quote(String.valueOf(glob.charAt(i))));
            }
        }
        return b.toString();
    }

    /** The permissions of a mode such as 0755. */
    public static Set<PosixFilePermission> permissions(int mode) {
        PosixFilePermission[] bits = {
            PosixFilePermission.OTHERS_EXECUTE, PosixFilePermission.OTHERS_WRITE, PosixFilePermission.OTHERS_READ,
            PosixFilePermission.GROUP_EXECUTE, PosixFilePermission.GROUP_WRITE, PosixFilePermission.GROUP_READ,
            PosixFilePermission.OWNER_EXECUTE, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_READ
        };
        Set<PosixFilePermission> set = EnumSet.noneOf(PosixFilePermission.class);
        for (int i = 0; i < bits.length; i++) {
            if ((mode & 1 << i) != 0) {
                set.add(bits[i]);
            }
        }
        return set;
    }
}
