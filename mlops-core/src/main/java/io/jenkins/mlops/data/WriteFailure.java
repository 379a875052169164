package io.jenkins.mlops.data;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.util.Locale;

/** Says of a write that failed what was to be written, where, why it failed and what to do. */
public final class WriteFailure {
    private static final int DEEPEST = 20;

    private WriteFailure() {}

    /**
     * The sentences for people.
     *
     * @param what what was to be written, such as {@code the evaluation}
     * @param where the folder or machine, such as {@code /var/jenkins/jobs/a/builds/1 on the controller}
     * @param failure why it failed
     */
    public static String explain(String what, String where, IOException failure) {
        String couldNot = "Could not write " + what + " to " + where + ": ";
        return isDiskFull(failure)
                ? couldNot + "the disk is full (" + reason(failure) + "). Make room there and run the build again."
                : couldNot + reason(failure) + ". Check space and rights there and run the build again.";
    }

    /** Whether a failure, or what is behind it, says that there is no room left. */
    public static boolean isDiskFull(@CheckForNull Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
            String text = cause.getMessage() == null ? "" : cause.getMessage().toLowerCase(Locale.ROOT);
            // POSIX, its quotas, and Windows.
            if (text.contains("no space left on device")
                    || text.contains("disk quota exceeded")
                    || text.contains("not enough space on the disk")) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    private static String reason(IOException failure) {
        if (failure instanceof AccessDeniedException denied) {
            return "access to " + denied.getFile() + " is denied";
        }
        if (failure instanceof FileSystemException file && file.getReason() == null) {
            return file.getClass().getSimpleName().replaceFirst("Exception$", "") + " " + file.getFile();
        }
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }
}
