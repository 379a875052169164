package io.jenkins.mlops.monitor.bucket;

import io.jenkins.mlops.monitor.Expect;
import io.jenkins.mlops.monitor.bucket.BucketListing.Listed;
import io.jenkins.mlops.monitor.window.BucketState;
import io.jenkins.mlops.monitor.window.FeedbackJoin;
import io.jenkins.mlops.monitor.window.FeedbackResult;
import io.jenkins.mlops.monitor.window.FeedbackTask;
import io.jenkins.mlops.monitor.window.LogPlace.Found;
import io.jenkins.mlops.monitor.window.LogPosition;
import io.jenkins.mlops.monitor.window.LogSource;
import io.jenkins.mlops.monitor.window.ReadObject;
import io.jenkins.mlops.monitor.window.ReadingState;
import io.jenkins.mlops.monitor.window.Watch;
import io.jenkins.mlops.monitor.window.WatchResult;
import io.jenkins.mlops.monitor.window.WatchTask;
import io.jenkins.mlops.s3.S3Bucket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The prediction logs of a monitor in a bucket.
 *
 * <p>An object is whole when it is listed; it is fetched, read as a file of a folder is, and remembered by its entity tag.
 * One whose rows are all in closed windows is not fetched again, unless its content changes. What is remembered is kept
 * with the monitor, not on the machine that fetches: any agent goes on where another left off.
 *
 * <p>Objects are read in the order in which they were stored, as many as {@link BucketLimits} allow. While older ones
 * wait, no window is closed that rows of those may belong to: rows are taken to be stored within
 * {@value #STORED_WITHIN_MILLIS} milliseconds and the monitor's lateness.
 */
public final class BucketLogs {
    /** Loggers gather rows for up to so long before they store them. */
    static final long STORED_WITHIN_MILLIS = 3_600_000;

    /** Objects are remembered at least so long, as a store lists an upload of many parts by the time of its beginning. */
    private static final long REMEMBERED_MILLIS = 24 * 3_600_000L;

    private static final Duration UNUSED = Duration.ofDays(30);

    private final S3Bucket bucket;
    private final BucketLocation location;
    private final BucketCache cache;
    private final BucketLimits limits;
    private final List<String> notes = new ArrayList<>();

    /**
     * @param bucket the bucket of {@code location}
     * @param cache a folder for fetched objects, this monitor's own
     */
    public BucketLogs(S3Bucket bucket, BucketLocation location, Path cache, BucketLimits limits) {
        this.bucket = bucket;
        this.location = location;
        this.cache = new BucketCache(cache);
        this.limits = limits;
    }

    /**
     * Reads what is new, as {@link Watch#look(Path, WatchTask, ReadingState, long)} does below a folder.
     *
     * @throws IOException when the store refuses or doesn't answer, or when more belongs to windows that are open than
     *     one look may read; nothing is lost, the next look begins from the same state
     */
    public WatchResult look(WatchTask task, ReadingState state, long nowMillis)
            throws IOException, InterruptedException {
        BucketListing listing = BucketListing.of(bucket, location, task.source(), state, notes);
        listing.followMoves(notes);
        List<Listed> taken = new ArrayList<>();
        long waitingMillis = take(listing, taken);
        long leftMillis = waitingMillis;
        List<Listed> fetched = new ArrayList<>();
        List<Found> files = new ArrayList<>();
        for (Listed listed : taken) {
            switch (cache.fetch(bucket, listed.object())) {
                case WHOLE -> {
                    fetched.add(listed);
                    files.add(found(listed));
                }
                case CHANGED -> {
                    leftMillis = Math.min(leftMillis, listed.object().storedMillis());
                    notes.add("The object " + listed.path() + " was written anew before it was fetched; the next look"
                            + " reads it.");
                }
                case GONE -> notes.add("The object " + listed.path() + " was deleted before it was fetched.");
            }
        }
        long until = leftMillis == Long.MAX_VALUE ? nowMillis : leftMillis - STORED_WITHIN_MILLIS;
        ReadingState handed = new ReadingState(listing.positions(fetched), state.closedUntil(), state.lastRowMillis());
        WatchResult result = Watch.look((source, said) -> files, task, handed, nowMillis, until);
        ReadingState next = next(listing, fetched, result.next(), leftMillis);
        if (waitingMillis < Long.MAX_VALUE) {
            refuseStandstill(listing, fetched, result);
            notes.add("More objects are there than one look reads; the rest waits for the next.");
        }
        tidy(listing, next);
        notes.addAll(result.notes());
        return new WatchResult(result.windows(), next, result.counts(), Expect.notes(notes));
    }

    /** Takes what one look may read; returns when the first object was stored that is left. */
    private long take(BucketListing listing, List<Listed> taken) {
        long bytes = 0;
        for (Listed listed : listing.wanted()) {
            long size = listed.object().bytes();
            if (size > limits.bytes()) {
                notes.add("The object " + listed.path() + " has " + size + " bytes; those of more than "
                        + limits.bytes() + " are passed over.");
                continue;
            }
            if (taken.size() == limits.objects() || bytes + size > limits.bytes()) {
                return listed.object().storedMillis();
            }
            bytes += size;
            taken.add(listed);
        }
        return listing.leftMillis();
    }

    private Found found(Listed listed) {
        return new Found(
                listed.path(), cache.file(listed.object()), listed.object().storedMillis(), true);
    }

    /** What is known after a look: where the objects that were read stand, and the others as before. */
    private ReadingState next(BucketListing listing, List<Listed> fetched, ReadingState read, long leftMillis)
            throws IOException {
        Map<String, ReadObject> objects = new HashMap<>();
        Map<String, LogPosition> positions = new HashMap<>();
        for (Listed listed : listing.read()) {
            objects.put(listed.path(), listing.remembered(listed.path()));
            LogPosition position = listing.position(listed.path());
            if (position != null) {
                positions.put(listed.path(), position);
            }
        }
        read.files().forEach(position -> positions.put(position.path(), position));
        Set<String> readPaths = new HashSet<>();
        read.files().forEach(position -> readPaths.add(position.path()));
        for (Listed listed : fetched) {
            boolean wasRead = readPaths.contains(listed.path());
            if (!wasRead) {
                positions.remove(listed.path());
            }
            // Not read though it is here: it is damaged, and fetching it again would not mend it.
            if (wasRead || Files.exists(cache.file(listed.object()))) {
                objects.put(listed.path(), listed.asRead());
            }
        }
        BucketState remembered = forget(listing, objects, positions, leftMillis);
        // In the order in which they were stored: for windows of rows that is the order of the rows.
        List<LogPosition> files = new ArrayList<>();
        for (ReadObject object : remembered.objects()) {
            LogPosition position = positions.get(object.path());
            if (position != null) {
                files.add(position);
            }
        }
        return new ReadingState(files, read.closedUntil(), read.lastRowMillis(), remembered, List.of());
    }

    /** Forgets the oldest objects that are done with, when there are many. */
    private BucketState forget(
            BucketListing listing, Map<String, ReadObject> objects, Map<String, LogPosition> positions, long leftMillis)
            throws IOException {
        List<ReadObject> oldestFirst = new ArrayList<>(objects.values());
        oldestFirst.sort(Comparator.comparingLong(ReadObject::storedMillis).thenComparing(ReadObject::path));
        long forgotten = listing.forgottenMillis();
        int surplus = oldestFirst.size() - limits.remembered();
        long youngest = oldestFirst.isEmpty()
                ? 0
                : oldestFirst.get(oldestFirst.size() - 1).storedMillis();
        long until = Math.min(youngest - REMEMBERED_MILLIS, leftMillis - 1);
        List<ReadObject> kept = new ArrayList<>();
        for (ReadObject object : oldestFirst) {
            boolean done = !BucketListing.isOpen(positions.get(object.path()));
            if (surplus > 0 && done && object.storedMillis() <= until) {
                forgotten = Math.max(forgotten, object.storedMillis());
                surplus--;
            } else {
                kept.add(object);
            }
        }
        if (kept.size() > ReadingState.FILES) {
            throw new IOException("Expected at most " + ReadingState.FILES
                    + " objects of a day or of open windows under "
                    + location + ", found " + kept.size() + ". Have predictions stored in fewer objects, or name a"
                    + " longer prefix.");
        }
        return new BucketState(forgotten, kept);
    }

    /** Refuses to read the same objects for ever. */
    private void refuseStandstill(BucketListing listing, List<Listed> fetched, WatchResult result) throws IOException {
        Map<String, LogPosition> after = new HashMap<>();
        result.next().files().forEach(position -> after.put(position.path(), position));
        boolean goesOn = !result.windows().isEmpty()
                || fetched.stream().anyMatch(listed -> listing.remembered(listed.path()) == null)
                || fetched.stream().anyMatch(listed -> !BucketListing.isOpen(after.get(listed.path())));
        if (!goesOn) {
            throw new IOException("Expected at most " + limits.objects() + " objects with " + limits.bytes()
                    + " bytes in windows that are open, found more under " + location + ". Choose shorter windows, less"
                    + " lateness or a longer prefix.");
        }
    }

    private void tidy(BucketListing listing, ReadingState next) throws IOException {
        Set<String> open = new HashSet<>();
        next.files().stream().filter(BucketListing::isOpen).forEach(position -> open.add(position.path()));
        List<Listed> youngestFirst = listing.all();
        cache.tidy(
                youngestFirst.stream()
                        .filter(listed -> open.contains(listed.path()))
                        .map(Listed::object)
                        .toList(),
                youngestFirst.stream().map(Listed::object).toList(),
                limits.keptBytes());
        cache.tidyBeside(Instant.now().minus(UNUSED));
    }

    /**
     * Joins labels to the predictions of the objects that are remembered, as {@link FeedbackJoin} does below a folder.
     *
     * @throws IOException when the store refuses or doesn't answer; nothing is lost, as nothing was kept
     */
    public FeedbackResult join(FeedbackTask task) throws IOException, InterruptedException {
        LogSource source = task.source();
        BucketListing listing = BucketListing.of(bucket, location, source, task.state(), notes);
        List<Found> files = new ArrayList<>();
        List<Listed> read = new ArrayList<>();
        long bytes = 0;
        long left = 0;
        long archived = 0;
        for (Listed listed : listing.read()) {
            if (listed.object().archived()) {
                archived++;
                continue;
            }
            bytes += listed.object().bytes();
            if (bytes > limits.keptBytes()) {
                left++;
            } else if (listing.isAsRead(listed) && cache.fetch(bucket, listed.object()) == S3Bucket.Fetched.WHOLE) {
                files.add(found(listed));
                read.add(listed);
            }
        }
        if (archived > 0) {
            notes.add("Objects that are not joined, as they are archived: " + archived + ".");
        }
        if (left > 0) {
            notes.add("The oldest " + left + " objects are not joined: all have more than " + limits.keptBytes()
                    + " bytes.");
        }
        Collections.reverse(read);
        ReadingState handed = new ReadingState(
                listing.positions(read),
                task.state().closedUntil(),
                task.state().lastRowMillis());
        FeedbackResult result = FeedbackJoin.join((any, said) -> files, task.withState(handed));
        notes.addAll(result.notes());
        return result.withNotes(Expect.notes(notes));
    }
}
