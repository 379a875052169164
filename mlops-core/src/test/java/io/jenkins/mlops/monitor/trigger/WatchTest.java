package io.jenkins.mlops.monitor.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchTest {
    private static final long NOW = 1_700_000_000_000L;

    @TempDir
    Path folder;

    private static DataState state(String digest, long rows) {
        return new DataState(digest, 1, 100, rows, "");
    }

    @Test
    void firstSightIsNoChange() {
        Watch watch = Watch.of("s").saw(state("a", 1), 0, "1", NOW);
        assertThat(watch.pending()).isNull();
        assertThat(watch.told()).isEqualTo(state("a", 1));
        assertThat(watch.saw(state("a", 1), 0, "2", NOW + 1).pending()).isNull();
    }

    @Test
    void aChangeIsPendingUntilItIsSettled() {
        Watch watch = Watch.of("the table").saw(state("a:1234567890abcdef", 10), 0, "1", NOW);
        watch = watch.saw(state("b:fedcba0987654321", 25), 0, "2", NOW + 1);
        assertThat(watch.pending().id()).isEqualTo("2");
        assertThat(watch.pending().text())
                .isEqualTo("the table changed: a:1234567890ab... -> b:fedcba098765..., rows 10 -> 25 (+15), files 1,"
                        + " bytes 100");
        // Seen again, and changed again, before the build was seen: still the one change.
        assertThat(watch.saw(state("b:fedcba0987654321", 25), 0, "3", NOW + 2)
                        .pending()
                        .id())
                .isEqualTo("2");
        Watch later = watch.saw(state("c", 30), 0, "3", NOW + 3);
        assertThat(later.pending().id()).isEqualTo("2");
        // Settled, the next look finds that there is more.
        Watch next = later.settled().saw(state("c", 30), 0, "4", NOW + 4);
        assertThat(next.pending().id()).isEqualTo("4");
        assertThat(next.pending().from().digest()).isEqualTo("b:fedcba0987654321");
        assertThat(next.settled().saw(state("c", 30), 0, "5", NOW + 5).pending())
                .isNull();
    }

    @Test
    void fewerNewRowsThanWantedAddUp() {
        Watch watch = Watch.of("s").saw(state("a", 100), 50, "1", NOW);
        watch = watch.saw(state("b", 130), 50, "2", NOW);
        assertThat(watch.pending()).isNull();
        watch = watch.saw(state("c", 150), 50, "3", NOW);
        assertThat(watch.pending().newRows()).isEqualTo(50);
        // Written anew with fewer rows: all are new.
        watch = watch.settled().saw(state("d", 49), 50, "4", NOW);
        assertThat(watch.pending()).isNull();
        assertThat(watch.saw(state("e", 60), 50, "5", NOW).pending().newRows()).isEqualTo(60);
        // Where rows are not counted, any change is one.
        assertThat(Watch.of("s")
                        .saw(state("a", -1), 50, "6", NOW)
                        .saw(state("b", -1), 50, "7", NOW)
                        .pending())
                .isNotNull();
    }

    @Test
    void backsOffAndRecovers() {
        Watch watch = Watch.of("s").saw(state("a", 1), 0, "1", NOW).failed("no route", NOW);
        assertThat(watch.isDue(NOW + 59_999)).isFalse();
        assertThat(watch.isDue(NOW + 60_000)).isTrue();
        for (int i = 0; i < 40; i++) {
            watch = watch.failed("no route", NOW);
        }
        assertThat(watch.retryMillis()).isEqualTo(NOW + 6 * 3_600_000);
        assertThat(watch.told()).isEqualTo(state("a", 1));
        // A clock that was far ahead does not silence the watch for years.
        assertThat(watch.isDue(NOW - 400L * 86_400_000)).isTrue();
        assertThat(watch.saw(state("a", 1), 0, "2", NOW).failures()).isZero();
    }

    @Test
    void fileBringsBackWhatWasWritten() throws Exception {
        WatchFile file = new WatchFile(folder.resolve("deep/er/watch.json"));
        assertThat(file.read()).isEmpty();
        Watch watch = Watch.of("s")
                .saw(state("a", 1), 0, "1", NOW)
                .saw(state("b", 2), 0, "2", NOW)
                .failed("x", NOW);
        file.write(watch);
        assertThat(file.read()).contains(watch);
        byte[] whole = Files.readAllBytes(file.file());
        Random random = new Random(7);
        for (int i = 0; i < 200; i++) {
            byte[] broken = whole.clone();
            int cut = random.nextInt(whole.length);
            broken = java.util.Arrays.copyOf(broken, cut);
            Files.write(file.file(), broken);
            assertThatThrownBy(file::read).hasMessageContaining("delete it to begin anew");
        }
        try (var left = Files.list(file.file().getParent())) {
            assertThat(left).containsExactly(file.file());
        }
    }

    @Test
    void refusesStatesThatAgentsMakeUp() {
        assertThatThrownBy(() -> state(" ", 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> state("x".repeat(3_000), 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> state("a", -2)).isInstanceOf(IllegalArgumentException.class);
    }
}
