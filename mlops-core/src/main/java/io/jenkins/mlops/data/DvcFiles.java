package io.jenkins.mlops.data;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Finds what DVC recorded for a dataset: {@code <name>.dvc} beside it, {@code dvc.lock} beside it or further up in the
 * same repository, and both kinds of file within it.
 *
 * <p>DVC 2 hashed text files with CR LF made LF, DVC 3 (which writes {@code hash: md5}) hashes the bytes; the recorded
 * value is passed on, not computed again.
 */
final class DvcFiles {
    private static final int MAX_BYTES = 4 << 20;
    private static final int MAX_LEVELS = 10;
    private static final Pattern MD5 = Pattern.compile("[0-9a-f]{32}(\\.dir)?");

    private final Path data;
    private final Map<String, ExternalDigest> found = new LinkedHashMap<>();
    private final List<String> warnings;

    private DvcFiles(Path data, List<String> warnings) {
        this.data = data;
        this.warnings = warnings;
    }

    /**
     * Finds the digests of a file or a folder.
     *
     * @param within the files in the folder; those of DVC among them are read
     */
    static List<ExternalDigest> digests(Path data, Manifest manifest, List<FoundFile> within, List<String> warnings) {
        DvcFiles dvc = new DvcFiles(data.toAbsolutePath().normalize(), warnings);
        Path folder = dvc.data.getParent();
        if (folder == null) {
            return List.of();
        }
        dvc.read(folder.resolve(dvc.data.getFileName() + ".dvc"));
        for (Path above : dvc.repositoryFolders(folder)) {
            dvc.read(above.resolve("dvc.lock"));
        }
        for (FoundFile file : within) {
            if (file.relative().endsWith(".dvc") || file.relative().endsWith("dvc.lock")) {
                dvc.read(file.path());
            }
        }
        dvc.compare(manifest);
        List<ExternalDigest> all = new ArrayList<>(dvc.found.values());
        if (all.size() > DatasetSnapshot.MAX_EXTERNAL_DIGESTS) {
            warnings.add("DVC has recorded " + all.size() + " digests for " + data + "; the first "
                    + DatasetSnapshot.MAX_EXTERNAL_DIGESTS + " are kept.");
            all = all.subList(0, DatasetSnapshot.MAX_EXTERNAL_DIGESTS);
        }
        return all;
    }

    /** The folder and those above it up to the root of the repository; only the folder when there is no repository. */
    private List<Path> repositoryFolders(Path folder) {
        List<Path> folders = new ArrayList<>();
        Path above = folder;
        for (int level = 0; above != null && level < MAX_LEVELS; level++) {
            folders.add(above);
            if (Files.isDirectory(above.resolve(".dvc")) || Files.exists(above.resolve(".git"))) {
                return folders;
            }
            above = above.getParent();
        }
        return List.of(folder);
    }

    private void read(Path file) {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            if (Files.size(file) > MAX_BYTES) {
                warnings.add(file + " is not recognised as a DVC file: it has more than " + MAX_BYTES + " bytes.");
                return;
            }
            Map<String, Object> root = PlainYaml.parse(Files.readAllBytes(file));
            if (String.valueOf(file.getFileName()).equals("dvc.lock")) {
                readLock(file, root);
            } else {
                readEntries(workingFolder(file, root), root.get("outs"));
            }
        } catch (PlainYaml.NotPlainException | IllegalArgumentException e) {
            warnings.add(
                    file + " is not recognised as a DVC file: " + e.getMessage() + ". Its digests are not recorded.");
        } catch (IOException e) {
            warnings.add(file + " could not be read: " + e + ". Its digests are not recorded.");
        }
    }

    private static Path workingFolder(Path file, Map<String, Object> root) {
        Object folder = root.get("wdir");
        return folder instanceof String name && !name.isEmpty()
                ? parent(file).resolve(name).normalize()
                : parent(file);
    }

    // Only the root of the file system has none, and that is no file.
    private static Path parent(Path file) {
        Path parent = file.getParent();
        return parent == null ? file : parent;
    }

    private void readLock(Path file, Map<String, Object> root) {
        // Version 1 of the file has the stages at the top.
        Object stages = root.containsKey("schema") ? root.get("stages") : root;
        if (stages instanceof Map<?, ?> map) {
            for (Object stage : map.values()) {
                if (stage instanceof Map<?, ?> parts) {
                    readEntries(parent(file), parts.get("outs"));
                    readEntries(parent(file), parts.get("deps"));
                }
            }
        }
    }

    private void readEntries(Path folder, @CheckForNull Object entries) {
        if (entries == null) {
            return;
        }
        Checks.require(entries instanceof List, "a list of outs or deps", entries);
        for (Object entry : (List<?>) entries) {
            Checks.require(entry instanceof Map, "a mapping with path and md5", entry);
            add(folder, (Map<?, ?>) entry);
        }
    }

    private void add(Path folder, Map<?, ?> entry) {
        if (!(entry.get("path") instanceof String path) || !(entry.get("md5") instanceof String md5)) {
            return;
        }
        Checks.require(MD5.matcher(md5).matches(), "an md5 of 32 hexadecimal digits", md5);
        Path absolute;
        try {
            absolute = folder.resolve(path).normalize();
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("Expected a path, found " + e.getMessage(), e);
        }
        if (absolute.startsWith(data)) {
            String relative = parent(data).relativize(absolute).toString().replace('\\', '/');
            found.putIfAbsent(relative, new ExternalDigest("dvc", relative, "md5:" + md5, size(entry.get("size"))));
        }
    }

    private static long size(@CheckForNull Object size) {
        return size instanceof String text && !text.isEmpty() ? Long.parseLong(text) : -1;
    }

    private void compare(Manifest manifest) {
        ExternalDigest whole = found.get(String.valueOf(data.getFileName()));
        if (whole != null && whole.bytes() >= 0 && whole.bytes() != manifest.bytes()) {
            warnings.add("DVC recorded " + whole.bytes() + " bytes for " + whole.path() + ", found " + manifest.bytes()
                    + ": the record is of another state of the data. Run dvc commit or dvc checkout.");
        }
    }
}
