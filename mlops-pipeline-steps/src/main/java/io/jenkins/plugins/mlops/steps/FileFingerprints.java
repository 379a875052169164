package io.jenkins.plugins.mlops.steps;

import hudson.AbortException;
import hudson.model.FingerprintMap;
import hudson.model.Run;
import hudson.tasks.Fingerprinter.FingerprintAction;
import io.jenkins.mlops.data.WriteFailure;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import jenkins.model.Jenkins;

/** Enters files into Jenkins' own fingerprint database, so that its tracing finds datasets and models, too. */
final class FileFingerprints {
    private FileFingerprints() {}

    /**
     * Notes that a build used or made these files.
     *
     * @param md5 MD5 in hexadecimal by the name to show
     * @throws AbortException if they cannot be written, say because the disk is full; the message is for the console
     */
    static void record(Run<?, ?> build, Map<String, String> md5) throws IOException {
        if (md5.isEmpty()) {
            return;
        }
        try {
            enter(build, md5);
        } catch (IOException x) {
            AbortException explained = new AbortException(WriteFailure.explain(
                    "fingerprints of files", Jenkins.get().getRootDir() + " on the controller", x));
            explained.initCause(x);
            throw explained;
        }
    }

    private static void enter(Run<?, ?> build, Map<String, String> md5) throws IOException {
        FingerprintMap map = Jenkins.get().getFingerprintMap();
        for (Map.Entry<String, String> file : md5.entrySet()) {
            map.getOrCreate(build, file.getKey(), file.getValue()).addFor(build);
        }
        FingerprintAction shown = build.getAction(FingerprintAction.class);
        if (shown == null) {
            build.addAction(new FingerprintAction(build, new TreeMap<>(md5)));
        } else {
            shown.add(md5);
        }
    }
}
