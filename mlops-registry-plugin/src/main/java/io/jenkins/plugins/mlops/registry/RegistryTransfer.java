package io.jenkins.plugins.mlops.registry;

import io.jenkins.mlops.registry.jdbc.RegistryDatabase;
import io.jenkins.mlops.registry.jdbc.RegistryFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/** Takes the whole registry out as a file, and fills an empty one from such a file; see {@link RegistryFile}. */
public final class RegistryTransfer {
    private static final Logger LOGGER = Logger.getLogger(RegistryTransfer.class.getName());

    private final RegistryDatabase database;

    private RegistryTransfer(RegistryDatabase database) {
        this.database = database;
    }

    /**
     * The transfer from and to the registry of this controller.
     *
     * @throws io.jenkins.mlops.registry.RegistryException.Unavailable if its database cannot be opened
     */
    public static RegistryTransfer get() {
        return new RegistryTransfer(RegistryConnection.get().database());
    }

    /** Writes the registry as it stands now. */
    public RegistryFile.Content export(OutputStream out) throws IOException {
        return RegistryFile.write(database, out);
    }

    /**
     * Fills the empty registry. What comes in is put aside first, in the folder {@code mlops} of the Jenkins home, and
     * read from end to end before a row of it is taken.
     *
     * @throws IllegalArgumentException when the file is damaged, no export, or of a newer version
     * @throws io.jenkins.mlops.registry.RegistryException.Conflict when the registry isn't empty
     */
    public RegistryFile.Content load(InputStream in) throws IOException {
        Path folder =
                Files.createDirectories(Jenkins.get().getRootDir().toPath().resolve("mlops"));
        Path file = Files.createTempFile(folder, "import", ".jsonl");
        try {
            Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
            RegistryFile.Content content = RegistryFile.read(database, file);
            LOGGER.log(Level.INFO, "Imported {0} rows into the registry", content.rows());
            RegistryConnection.get().applyPolicies();
            return content;
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
