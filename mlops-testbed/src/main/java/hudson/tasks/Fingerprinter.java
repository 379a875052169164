package hudson.tasks;

import hudson.model.Fingerprint;
import hudson.model.Run;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import jenkins.model.RunAction2;

/** Holder of {@link FingerprintAction}. */
public class Fingerprinter {
    Fingerprinter() {}

    /** The files of a build by their MD5. */
    public static final class FingerprintAction implements RunAction2 {
        private transient Run run;
        private final Map<String, String> fingerprints = new TreeMap<>();

        public FingerprintAction(Run build, Map<String, String> fingerprints) {
            this.run = build;
            this.fingerprints.putAll(fingerprints);
        }

        public void add(Map<String, String> moreFingerprints) {
            fingerprints.putAll(moreFingerprints);
        }

        @Override
        public String getIconFileName() {
            return "symbol-fingerprint";
        }

        @Override
        public String getDisplayName() {
            return "See Fingerprints";
        }

        @Override
        public String getUrlName() {
            return "fingerprints";
        }

        public Run getRun() {
            return run;
        }

        public Map<String, String> getRecords() {
            return fingerprints;
        }

        @Override
        public void onLoad(Run<?, ?> r) {
            run = r;
        }

        @Override
        public void onAttached(Run<?, ?> r) {
            run = r;
        }

        public synchronized Map<String, Fingerprint> getFingerprints() {
            Map<String, Fingerprint> found = new LinkedHashMap<>();
            fingerprints.forEach((file, md5) -> {
                try {
                    Fingerprint f = Jenkins.get().getFingerprintMap().get(md5);
                    if (f != null) {
                        found.put(file, f);
                    }
                } catch (IOException e) {
                    Logger.getLogger(Fingerprinter.class.getName()).log(Level.WARNING, "Unreadable fingerprint", e);
                }
            });
            return found;
        }
    }
}
