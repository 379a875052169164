package io.jenkins.plugins.mlops.registry.lineage;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.VersionFile;
import io.jenkins.plugins.mlops.registry.lineage.chart.NumberText;
import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A model version: what the build recorded, and what the registry knows. */
@ExportedBean(defaultVisibility = 999)
public final class VersionView {
    private static final int MOST_FILES = 100;

    private final VersionFact fact;

    @CheckForNull
    private final ModelVersion version;

    private final boolean asked;

    VersionView(VersionFact fact, RegistryAnswers answers) {
        this.fact = fact;
        this.version = answers.version(fact.getModel(), fact.getNumber());
        this.asked = answers.problem().isEmpty();
    }

    @Exported
    public String getModel() {
        return fact.getModel();
    }

    @Exported
    public int getNumber() {
        return fact.getNumber();
    }

    /** Where the version's page is, from the root of Jenkins. */
    public String getPath() {
        return path(fact.getModel(), fact.getNumber());
    }

    /** Where a version's page is, from the root of Jenkins. */
    public static String path(String model, int number) {
        return "mlops/model/" + Util.rawEncode(model) + "/version/" + number + "/";
    }

    @Exported
    public String getDigest() {
        return fact.getDigest();
    }

    /** The run that trained it, or empty. */
    @Exported
    public String getRunId() {
        return fact.getRunId();
    }

    /** The evaluation it was registered with, or empty. */
    @Exported
    public String getEvaluationId() {
        return fact.getEvaluationId();
    }

    /** What the registry says of it, such as {@code READY}; null if it isn't there any more or wasn't reached. */
    @Exported
    @CheckForNull
    public String getStatus() {
        return version == null ? null : version.status().name();
    }

    @Exported
    public String getDescription() {
        return version == null ? "" : version.description();
    }

    @Exported
    public String getCreatedBy() {
        return version == null ? "" : version.createdBy();
    }

    @Exported(inline = true)
    public List<File> getFiles() {
        return version == null
                ? List.of()
                : version.files().stream().map(File::new).toList();
    }

    public List<File> getShownFiles() {
        return getFiles().stream().limit(MOST_FILES).toList();
    }

    public int getHiddenFiles() {
        return Math.max(0, getFiles().size() - MOST_FILES);
    }

    /** Number of files and their size, if the registry knows. */
    public String getShape() {
        return version == null
                ? ""
                : Messages.DatasetView_files(version.files().size(), NumberText.bytes(version.bytes()));
    }

    /** Whether the registry was asked and has it no more. */
    public boolean isGone() {
        return asked && version == null;
    }

    /** One file of the version. */
    @ExportedBean(defaultVisibility = 999)
    public static final class File {
        private final VersionFile file;

        File(VersionFile file) {
            this.file = file;
        }

        @Exported
        public String getPath() {
            return file.path();
        }

        @Exported
        public long getBytes() {
            return file.bytes();
        }

        @Exported
        public String getSha256() {
            return file.sha256();
        }

        public String getBytesText() {
            return NumberText.bytes(file.bytes());
        }
    }
}
