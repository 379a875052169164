package io.jenkins.mlops.monitor.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchedFilesTest {
    /** A clock ahead, so that what is written now is old enough to be trusted by its time. */
    private static final Clock LATER = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(5));

    @TempDir
    Path folder;

    private DataState look(Path path, DataState before) throws Exception {
        return new WatchedFiles(path, folder.resolve("cache"), LATER).look(before, true);
    }

    @Test
    void touchedIsNotChanged() throws Exception {
        Path file = Files.writeString(folder.resolve("a.csv"), "x,y\n1,2\n3,4\n");
        DataState first = look(file, null);
        assertThat(first.rows()).isEqualTo(2);
        assertThat(first.digest()).startsWith("sha256:");
        assertThat(look(file, first)).isSameAs(first);
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000_000_000L));
        DataState touched = look(file, first);
        assertThat(touched).isNotSameAs(first);
        assertThat(touched.same(first)).isTrue();
        Files.writeString(file, "x,y\n1,2\n3,5\n");
        assertThat(look(file, touched).same(first)).isFalse();
    }

    @Test
    void youngFilesAreReadAgain() throws Exception {
        Path file = Files.writeString(folder.resolve("a.csv"), "x,y\n1,2\n");
        WatchedFiles now = new WatchedFiles(file, folder.resolve("cache"), Clock.systemUTC());
        DataState first = now.look(null, true);
        assertThat(first.tag()).isEmpty();
        // The same size within the same tick of a coarse clock.
        FileTime time = Files.getLastModifiedTime(file);
        Files.writeString(file, "x,y\n1,9\n");
        Files.setLastModifiedTime(file, time);
        assertThat(new WatchedFiles(file, folder.resolve("other"), Clock.systemUTC())
                        .look(first, true)
                        .same(first))
                .isFalse();
    }

    @Test
    void foldersCountTheirFiles() throws Exception {
        Path data = Files.createDirectories(folder.resolve("data/sub")).getParent();
        Files.writeString(data.resolve("a.csv"), "x\n1\n");
        DataState one = look(data, null);
        Files.writeString(data.resolve("sub/b.csv"), "x\n1\n2\n");
        DataState two = look(data, one);
        assertThat(two.files()).isEqualTo(2);
        assertThat(two.rows()).isEqualTo(3);
        Files.move(data.resolve("sub/b.csv"), data.resolve("sub/c.csv"));
        assertThat(look(data, two).same(two)).isFalse();
    }

    @Test
    void nothingThereIsAnErrorNotAChange() {
        assertThatThrownBy(() -> look(folder.resolve("absent"), null)).hasMessageContaining("found nothing");
    }
}
