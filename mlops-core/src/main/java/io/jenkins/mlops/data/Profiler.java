package io.jenkins.mlops.data;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.data.table.CellSink;
import io.jenkins.mlops.data.table.InFileOrder;
import io.jenkins.mlops.data.table.TableLimits;
import io.jenkins.mlops.data.table.TableReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Profiles tables in one pass, in bounded memory and on several threads.
 *
 * <p>Every chunk of a file is sketched by itself and the sketches are merged in the order of the file: the same file has
 * the same profile, however many threads there are.
 */
public final class Profiler {
    /** More columns than this share their memory. */
    private static final int FULL_SIZE_COLUMNS = 200;

    private Profiler() {}

    /** Profiles one file. */
    public static DataProfile profile(Path file, DataFormat format, TableLimits limits) throws IOException {
        Sketches sketches = sketch(file, format, limits);
        return sketches.profile();
    }

    /**
     * Profiles several files of one schema as one table.
     *
     * @return null, and a warning, when their columns differ
     */
    @CheckForNull
    static DataProfile profile(List<Path> files, DataFormat format, TableLimits limits, List<String> warnings)
            throws IOException {
        Sketches all = null;
        for (Path file : files) {
            Sketches one = sketch(file, format, limits);
            if (!one.passedOver.isEmpty()) {
                List<String> shown = one.passedOver.subList(0, Math.min(20, one.passedOver.size()));
                warnings.add(file.getFileName() + ": " + one.passedOver.size()
                        + " nested columns are not in the profile: " + String.join(", ", shown) + ".");
            }
            if (all == null) {
                all = one;
            } else if (all.names.equals(one.names)) {
                all.total.merge(one.total);
                all.rows += one.rows;
            } else {
                warnings.add(
                        "The dataset has no profile: the columns of " + files.get(0) + " and " + file + " differ.");
                return null;
            }
        }
        return all == null ? null : all.profile();
    }

    private static Sketches sketch(Path file, DataFormat format, TableLimits limits) throws IOException {
        int expected = TableReader.columns(file, format, limits).size();
        int share = Math.max(1, expected / FULL_SIZE_COLUMNS);
        Sketches sketches = new Sketches(Math.max(32, 256 / share), Math.max(100, 800 / share));
        TableReader.Streamed streamed = TableReader.streamAll(file, format, limits, sketches);
        sketches.names = streamed.columns();
        sketches.first = expected;
        sketches.rows = streamed.rows();
        sketches.passedOver = streamed.passedOver();
        if (sketches.names.size() > DataProfile.MAX_COLUMNS) {
            throw new DataException(
                    file + ": expected at most " + DataProfile.MAX_COLUMNS + " columns for a profile, found "
                            + sketches.names.size() + ". Take the snapshot without a profile.");
        }
        return sketches;
    }

    /** The sketches of a file's chunks, merged in their order. */
    private static final class Sketches implements TableReader.ChunkSinks {
        private final int counters;
        private final int k;
        private final ProfileSink total;
        private final InFileOrder<ProfileSink> order;
        private List<String> names = List.of();
        private List<String> passedOver = List.of();
        private int first;
        private long rows;

        Sketches(int counters, int k) {
            this.counters = counters;
            this.k = k;
            this.total = new ProfileSink(counters, k, done -> {});
            this.order = new InFileOrder<>(total::merge);
        }

        @Override
        public CellSink sinkFor(int chunk) {
            return new ProfileSink(counters, k, done -> order.add(chunk, done));
        }

        DataProfile profile() {
            List<ColumnProfile> columns = new ArrayList<>();
            for (int i = 0; i < names.size(); i++) {
                ColumnSketch sketch =
                        i < total.columns().size() ? total.columns().get(i) : new ColumnSketch(counters, k);
                columns.add(sketch.profile(names.get(i), rows));
            }
            // In JSON Lines, threads meet later keys in any order.
            columns.subList(Math.min(first, columns.size()), columns.size())
                    .sort(Comparator.comparing(ColumnProfile::name));
            return new DataProfile(rows, columns);
        }
    }
}
