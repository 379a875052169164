package io.jenkins.mlops.data;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Finds the files of a folder.
 *
 * <p>Symbolic links to files and folders within the folder are followed; a link that leaves it, leads nowhere or into a
 * loop is an error, and so is a file that is neither regular nor a folder.
 */
final class FolderWalk {
    private final Path root;
    private final Path realRoot;
    private final SnapshotOptions options;
    private final List<PathMatcher> excludes = new ArrayList<>();
    private final AtomicLong found = new AtomicLong();
    private final AtomicLong folders = new AtomicLong();

    FolderWalk(Path root, SnapshotOptions options) throws IOException {
        this.root = root;
        this.realRoot = root.toRealPath();
        this.options = options;
        for (String glob : options.excludes()) {
            try {
                excludes.add(root.getFileSystem().getPathMatcher("glob:" + glob));
            } catch (IllegalArgumentException e) {
                throw new DataException(
                        "Expected a glob such as **/*.tmp, found \"" + glob + "\": " + e.getMessage(), e);
            }
        }
    }

    /** A folder on the way down, with those above it: what a loop is told by. */
    private record Folder(
            Path path,
            String prefix,
            Path real,
            @CheckForNull Folder above) {
        boolean isOrIsIn(Path other) {
            return real.equals(other) || (above != null && above.isOrIsIn(other));
        }
    }

    /** Lists all files, in no special order. */
    List<FoundFile> files() throws IOException {
        Parallel<Folder, FoundFile> parallel = new Parallel<>(this::list);
        return parallel.run(
                new Folder(root, "", realRoot, null),
                Math.min(4, Runtime.getRuntime().availableProcessors()));
    }

    private void list(Folder folder, Parallel.Out<Folder, FoundFile> out) throws IOException {
        try (DirectoryStream<Path> children = Files.newDirectoryStream(folder.path())) {
            for (Path child : children) {
                String name = String.valueOf(child.getFileName());
                requireReadable(child, name);
                if (!excluded(folder.prefix() + name)) {
                    visit(folder, child, name, out);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        } catch (AccessDeniedException e) {
            throw new DataException(
                    e.getFile() + ": expected to be allowed to read it, found that the agent's user is not.", e);
        }
    }

    private void visit(Folder folder, Path child, String name, Parallel.Out<Folder, FoundFile> out) throws IOException {
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(child, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            throw FileDigester.changed(child, "it went away");
        }
        String relative = folder.prefix() + name;
        Path real = folder.real().resolve(name);
        if (attributes.isSymbolicLink()) {
            real = follow(child);
            attributes = Files.readAttributes(real, BasicFileAttributes.class);
            if (attributes.isDirectory() && folder.isOrIsIn(real)) {
                throw new DataException(child + ": expected data, found a symbolic link to " + real
                        + ", a folder that it stands in: a loop. Remove the link, or exclude it.");
            }
        }
        if (attributes.isDirectory()) {
            // Links from folder to folder can make few folders look like very many.
            if (folders.incrementAndGet() > options.maxFiles()) {
                throw tooMany("folders");
            }
            out.task(new Folder(child, relative + "/", real, folder));
        } else if (attributes.isRegularFile()) {
            if (found.incrementAndGet() > options.maxFiles()) {
                throw tooMany("files");
            }
            out.result(new FoundFile(child, relative, FoundFile.State.of(attributes)));
        } else {
            throw special(child);
        }
    }

    private DataException tooMany(String what) {
        return new DataException(root + ": expected at most " + options.maxFiles() + " " + what
                + " (limit maxFiles), found more. Raise the limit, or exclude what is no data.");
    }

    static DataException special(Path file) {
        return new DataException(file + ": expected a file or a folder, found a special file (pipe, socket or device)."
                + " Remove it, or exclude it.");
    }

    private Path follow(Path link) throws IOException {
        Path real;
        try {
            real = link.toRealPath();
        } catch (NoSuchFileException e) {
            throw new DataException(
                    link + ": expected data, found a symbolic link that leads nowhere, to "
                            + Files.readSymbolicLink(link) + ". Bring the file, or remove the link.",
                    e);
        } catch (IOException e) {
            throw new DataException(
                    link + ": expected data, found a symbolic link that cannot be followed, probably a loop ("
                            + e.getMessage() + "). Remove the link, or exclude it.",
                    e);
        }
        if (!real.startsWith(realRoot)) {
            throw new DataException(link + ": expected data within " + realRoot
                    + ", found a symbolic link out of it, to " + real + ". Copy the data there instead of linking it.");
        }
        return real;
    }

    private boolean excluded(String relative) {
        if (excludes.isEmpty()) {
            return false;
        }
        Path path = root.getFileSystem().getPath(relative);
        for (PathMatcher matcher : excludes) {
            if (matcher.matches(path)) {
                return true;
            }
        }
        return false;
    }

    // With a locale that is not UTF-8 the JDK decodes foreign bytes of names to this character: several names then look
    // alike, and the digest would depend on the agent's locale.
    private static void requireReadable(Path child, String name) throws DataException {
        if (name.indexOf('\uFFFD') >= 0) {
            throw new DataException(child + ": expected a file name in the encoding of the agent's locale, found other"
                    + " bytes. Start the agent with a UTF-8 locale (LC_ALL=C.UTF-8), or rename the file.");
        }
    }
}
