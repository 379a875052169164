package io.jenkins.mlops.serving;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Turns a relative path of a Jenkinsfile into a file that surely lies below a folder. */
final class Confinement {
    private Confinement() {}

    /**
     * Returns the existing file or folder, with symbolic links resolved.
     *
     * @param root folder that may not be left
     * @param relative path below it; empty for the folder itself
     * @param what what it is, for messages
     * @throws ServingException if there is none, or it lies outside
     */
    static Path existing(Path root, String relative, String what) throws IOException {
        Path wanted;
        try {
            wanted = Path.of(relative);
        } catch (InvalidPathException e) {
            throw new ServingException(what + " is no path: " + Checks.quote(relative), e);
        }
        if (wanted.isAbsolute() || relative.startsWith("/") || relative.startsWith("\\")) {
            throw new ServingException(what + " must be relative to " + root + "; found: " + Checks.quote(relative));
        }
        Path realRoot;
        Path real;
        try {
            realRoot = root.toRealPath();
            real = realRoot.resolve(wanted).toRealPath();
        } catch (NoSuchFileException e) {
            throw new ServingException(
                    what + " " + Checks.quote(relative) + " doesn't exist in " + root + ": " + e.getMessage(), e);
        }
        if (!real.startsWith(realRoot)) {
            throw new ServingException(
                    what + " " + Checks.quote(relative) + " leaves " + root + ": it must stay inside");
        }
        if (!Files.isReadable(real)) {
            throw new ServingException(what + " " + Checks.quote(relative) + " in " + root + " can't be read");
        }
        return real;
    }
}
