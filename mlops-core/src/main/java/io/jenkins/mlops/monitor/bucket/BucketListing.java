package io.jenkins.mlops.monitor.bucket;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.monitor.Expect;
import io.jenkins.mlops.monitor.window.LogPosition;
import io.jenkins.mlops.monitor.window.LogSource;
import io.jenkins.mlops.monitor.window.ReadObject;
import io.jenkins.mlops.monitor.window.ReadingState;
import io.jenkins.mlops.s3.S3Bucket;
import io.jenkins.mlops.s3.S3Object;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a bucket holds, held against what was read of it. A bucket may hold a million objects that were read long ago:
 * only those that are to be read, and those remembered, are kept.
 */
final class BucketListing {
    /** How many unread objects are kept of a listing; one look reads fewer. */
    private static final int UNREAD = ReadingState.FILES;

    /**
     * An object of the listing.
     *
     * @param path its key below the prefix
     */
    record Listed(String path, S3Object object) {
        static final Comparator<Listed> OLDEST_FIRST = Comparator.<Listed>comparingLong(
                        listed -> listed.object().storedMillis())
                .thenComparing(Listed::path);

        /** What is remembered once it was read. */
        ReadObject asRead() {
            return new ReadObject(path, object.etag(), object.bytes(), object.storedMillis());
        }
    }

    private final BucketLocation location;
    private final LogSource source;
    private final PathMatcher pattern;
    private final long forgotten;
    private final Map<String, ReadObject> remembered = new HashMap<>();
    private final Map<String, LogPosition> positions = new HashMap<>();

    /** Objects that are remembered and still there, by path. */
    private final Map<String, Listed> known = new TreeMap<>();

    /** Objects that were not read. */
    private final List<Listed> unread = new ArrayList<>();

    private long others;
    private long matching;
    private long foreign;
    private long archived;
    private long unnamable;
    private long left = Long.MAX_VALUE;

    private BucketListing(BucketLocation location, LogSource source, ReadingState state) {
        this.location = location;
        this.source = source;
        this.pattern = source.matcher();
        this.forgotten = state.bucket().forgottenMillis();
        state.bucket().objects().forEach(object -> remembered.put(object.path(), object));
        state.files().forEach(position -> positions.put(position.path(), position));
    }

    /**
     * Lists.
     *
     * @param source the objects to take, by their keys below the prefix
     * @param notes takes what a reader should know
     */
    static BucketListing of(
            S3Bucket bucket, BucketLocation location, LogSource source, ReadingState state, List<String> notes)
            throws IOException, InterruptedException {
        BucketListing listing = new BucketListing(location, source, state);
        bucket.list(location.prefix(), listing::take);
        listing.shorten();
        listing.say(notes);
        return listing;
    }

    private void take(S3Object object) {
        if (!object.key().startsWith(location.prefix()) || object.key().endsWith("/") || object.bytes() == 0) {
            return;
        }
        String path = object.key().substring(location.prefix().length());
        if (path.isBlank() || path.length() > Expect.NAME || object.etag().length() > Expect.NAME) {
            unnamable++;
            return;
        }
        ReadObject before = remembered.get(path);
        if (before == null && object.storedMillis() > 0 && object.storedMillis() <= forgotten) {
            return;
        }
        others++;
        if (!matches(path)) {
            return;
        }
        matching++;
        if (!source.isLog(path)) {
            foreign++;
        } else if (before != null) {
            known.put(path, new Listed(path, object));
            archived += object.archived() && isOpen(positions.get(path)) ? 1 : 0;
        } else if (object.archived()) {
            archived++;
        } else {
            unread.add(new Listed(path, object));
            if (unread.size() > 2 * UNREAD) {
                shorten();
            }
        }
    }

    private boolean matches(String path) {
        try {
            return pattern.matches(Path.of(path));
        } catch (InvalidPathException e) {
            unnamable++;
            return false;
        }
    }

    /** Keeps the oldest, and notes from when on there are more. */
    private void shorten() {
        unread.sort(Listed.OLDEST_FIRST);
        if (unread.size() > UNREAD) {
            left = Math.min(left, unread.get(UNREAD).object().storedMillis());
            unread.subList(UNREAD, unread.size()).clear();
        }
    }

    private void say(List<String> notes) {
        if (others > 0 && matching == 0) {
            notes.add("Of " + others + " objects under " + location + " none is called like " + source.pattern()
                    + "; ** stands for names with / in them.");
        }
        if (foreign > 0) {
            notes.add("Objects passed over that are neither CSV, JSON Lines nor Parquet by their names: " + foreign
                    + ".");
        }
        if (archived > 0) {
            notes.add(
                    "Objects passed over that are archived, to be restored before they can be read: " + archived + ".");
        }
        if (unnamable > 0) {
            notes.add("Objects passed over whose keys can't be kept as names: " + unnamable + ".");
        }
    }

    /**
     * Finds objects again that have another key now: what was read of them is not read twice.
     *
     * @param notes takes what a reader should know
     */
    void followMoves(List<String> notes) {
        Map<String, ReadObject> gone = new HashMap<>();
        for (ReadObject object : remembered.values()) {
            if (!known.containsKey(object.path()) && !object.etag().isEmpty()) {
                gone.put(object.etag() + "/" + object.bytes(), object);
            }
        }
        int moved = 0;
        for (Listed listed : List.copyOf(gone.isEmpty() ? List.<Listed>of() : unread)) {
            S3Object object = listed.object();
            ReadObject before = gone.remove(object.etag() + "/" + object.bytes());
            if (before != null) {
                move(before, listed);
                moved++;
            }
        }
        if (moved > 0) {
            notes.add("Objects that have another key than before, and are not read twice: " + moved + ".");
        }
    }

    private void move(ReadObject before, Listed now) {
        unread.remove(now);
        known.put(now.path(), now);
        remembered.remove(before.path());
        remembered.put(now.path(), now.asRead());
        LogPosition position = positions.remove(before.path());
        if (position != null) {
            positions.put(
                    now.path(),
                    new LogPosition(
                            now.path(), position.headDigest(), position.headBytes(), position.from(), position.seen()));
        }
    }

    /** Whether rows of it belong to a window that is still open. */
    static boolean isOpen(@CheckForNull LogPosition position) {
        return position != null && position.from() < position.seen();
    }

    /** The objects that are to be read, the oldest first. */
    List<Listed> wanted() {
        List<Listed> wanted = new ArrayList<>(unread);
        for (Listed listed : known.values()) {
            boolean more = !isAsRead(listed) || isOpen(positions.get(listed.path()));
            if (more && !listed.object().archived()) {
                wanted.add(listed);
            }
        }
        wanted.sort(Listed.OLDEST_FIRST);
        return wanted;
    }

    /** Whether an object has the content that was read. */
    boolean isAsRead(Listed listed) {
        ReadObject before = remembered.get(listed.path());
        return before != null
                && before.etag().equals(listed.object().etag())
                && before.bytes() == listed.object().bytes();
    }

    /** The objects that were read and are still there, the youngest first. */
    List<Listed> read() {
        return youngestFirst(known.values());
    }

    /** All that is there and was read, or is to be, the youngest first. */
    List<Listed> all() {
        List<Listed> all = new ArrayList<>(known.values());
        all.addAll(unread);
        return youngestFirst(all);
    }

    private static List<Listed> youngestFirst(Collection<Listed> objects) {
        List<Listed> sorted = new ArrayList<>(objects);
        sorted.sort(Listed.OLDEST_FIRST.reversed());
        return sorted;
    }

    /** When the first object was stored that was left out of {@link #wanted}; {@link Long#MAX_VALUE} for none. */
    long leftMillis() {
        return left;
    }

    /** What is remembered of an object; null for nothing. */
    @CheckForNull
    ReadObject remembered(String path) {
        return remembered.get(path);
    }

    /** How far an object was read; null when it was passed over, or not read. */
    @CheckForNull
    LogPosition position(String path) {
        return positions.get(path);
    }

    /** How far some objects were read, and those that are gone though their windows are open. */
    List<LogPosition> positions(List<Listed> objects) {
        List<LogPosition> found = new ArrayList<>();
        for (Listed listed : objects) {
            LogPosition position = positions.get(listed.path());
            if (position != null) {
                found.add(position);
            }
        }
        positions.forEach((path, position) -> {
            if (isOpen(position) && !known.containsKey(path)) {
                found.add(position);
            }
        });
        return found;
    }

    /** Until when objects were stored of which it is forgotten that they were read. */
    long forgottenMillis() {
        return forgotten;
    }
}
