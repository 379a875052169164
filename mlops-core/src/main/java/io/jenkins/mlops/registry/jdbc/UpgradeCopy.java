package io.jenkins.mlops.registry.jdbc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * What an embedded database was before its schema is brought up to date, beside it until that is done: H2 commits each
 * step of a migration on its own, and where a process is killed between two of them no migration fits any more.
 *
 * <p>For a database that is made anew the copy is empty. It is written under another name, and renamed when it is
 * complete.
 */
final class UpgradeCopy {
    private final Path file;
    private final Path copy;

    /**
     * A copy that need not be there.
     *
     * @param file the database's file, which nobody has open while one of the methods runs
     */
    UpgradeCopy(Path file) {
        this.file = file;
        this.copy = file.resolveSibling("registry.before");
    }

    /** Whether bringing the schema up to date was begun and not finished. */
    boolean isThere() {
        return Files.exists(copy);
    }

    /** Copies the database as it is, if it is there. */
    void make() throws IOException {
        Path begun = copy.resolveSibling("registry.before-begun");
        Files.deleteIfExists(begun);
        if (Files.exists(file)) {
            Files.copy(file, begun);
        } else {
            Files.createFile(begun);
        }
        Files.move(begun, copy, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Puts the database back as it was. */
    void putBack() throws IOException {
        if (Files.size(copy) > 0) {
            Files.move(copy, file, StandardCopyOption.REPLACE_EXISTING);
        } else {
            Files.deleteIfExists(file);
            Files.delete(copy);
        }
    }

    /** Deletes the copy: the schema is up to date, and on the disk. */
    void delete() throws IOException {
        Files.deleteIfExists(copy);
    }
}
