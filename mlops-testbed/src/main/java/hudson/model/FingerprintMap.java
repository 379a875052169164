package hudson.model;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import hudson.util.KeyedDataStorage;
import java.io.IOException;
import java.util.Locale;

/** All fingerprints. */
public final class FingerprintMap extends KeyedDataStorage<Fingerprint, FingerprintMap.FingerprintParams> {
    public @NonNull Fingerprint getOrCreate(@CheckForNull Run build, @NonNull String fileName, @NonNull String md5sum)
            throws IOException {
        return getOrCreate(md5sum.toLowerCase(Locale.ROOT), new FingerprintParams(build, fileName));
    }

    @Override
    protected Fingerprint create(@NonNull String md5sum, @NonNull FingerprintParams createParams) throws IOException {
        return new Fingerprint(createParams.build, createParams.fileName, Util.fromHexString(md5sum));
    }

    @Override
    protected @CheckForNull Fingerprint load(@NonNull String key) throws IOException {
        return Fingerprint.load(key);
    }

    static class FingerprintParams {
        final Run build;
        final String fileName;

        FingerprintParams(Run build, String fileName) {
            this.build = build;
            this.fileName = fileName;
        }
    }
}
