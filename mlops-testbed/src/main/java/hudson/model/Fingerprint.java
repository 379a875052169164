package hudson.model;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import hudson.XmlFile;
import hudson.util.XStream2;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** Where a file, known by its MD5, came from and was used. */
@ExportedBean
public class Fingerprint implements ModelObject, Saveable {
    private static final XStream2 XSTREAM = new XStream2();
    private final long timestamp;
    private final BuildPtr original;
    private final String md5sum;
    private final String fileName;
    private final Map<String, RangeSet> usages = new TreeMap<>();

    public Fingerprint(@CheckForNull Run build, @NonNull String fileName, @NonNull byte[] md5sum) throws IOException {
        this.timestamp = System.currentTimeMillis();
        this.original = build == null ? null : new BuildPtr(build.getParent().getFullName(), build.getNumber());
        this.md5sum = Util.toHexString(md5sum);
        this.fileName = fileName;
        save();
    }

    @Exported
    public @CheckForNull BuildPtr getOriginal() {
        return original;
    }

    @Override
    public String getDisplayName() {
        return fileName;
    }

    @Exported
    public @NonNull String getFileName() {
        return fileName;
    }

    @Exported(name = "hash")
    public @NonNull String getHashString() {
        return md5sum;
    }

    @Exported
    public @NonNull Date getTimestamp() {
        return new Date(timestamp);
    }

    public synchronized @NonNull List<String> getJobs() {
        return new ArrayList<>(usages.keySet());
    }

    public void addFor(@NonNull Run b) throws IOException {
        add(b.getParent().getFullName(), b.getNumber());
    }

    public synchronized void add(@NonNull String jobFullName, int n) throws IOException {
        if (usages.computeIfAbsent(jobFullName, j -> new RangeSet()).insert(n)) {
            save();
        }
    }

    @Override
    public synchronized void save() throws IOException {
        file(md5sum).write(this);
    }

    private static XmlFile file(String id) {
        File dir =
                new File(Jenkins.get().getRootDir(), "fingerprints/" + id.substring(0, 2) + '/' + id.substring(2, 4));
        return new XmlFile(XSTREAM, new File(dir, id.substring(4) + ".xml"));
    }

    public static @CheckForNull Fingerprint load(@NonNull String id) throws IOException {
        if (!id.matches("[0-9a-f]{32}")) {
            return null;
        }
        XmlFile f = file(id);
        return f.exists() ? (Fingerprint) f.read() : null;
    }

    public Api getApi() {
        return new Api(this);
    }

    @Override
    public String toString() {
        return "Fingerprint[hash=" + md5sum + ",fileName=" + fileName + "]";
    }

    /** A build by name and number. */
    @ExportedBean(defaultVisibility = 2)
    public static class BuildPtr {
        private final String name;
        private final int number;

        BuildPtr(String name, int number) {
            this.name = name;
            this.number = number;
        }

        @Exported
        @NonNull
        public String getName() {
            return name;
        }

        @Exported
        public int getNumber() {
            return number;
        }

        public Run getRun() {
            Job<?, ?> job = Jenkins.get().getItemByFullName(name, Job.class);
            return job == null ? null : job.getBuildByNumber(number);
        }
    }

    /** Numbers of builds. */
    public static final class RangeSet {
        private final List<Integer> numbers = new ArrayList<>();

        public RangeSet() {}

        boolean insert(int n) {
            if (numbers.contains(n)) {
                return false;
            }
            numbers.add(n);
            numbers.sort(null);
            return true;
        }

        public synchronized boolean includes(int i) {
            return numbers.contains(i);
        }

        public synchronized boolean isEmpty() {
            return numbers.isEmpty();
        }

        @Override
        public synchronized String toString() {
            return String.join(",", numbers.stream().map(String::valueOf).toList());
        }
    }
}
