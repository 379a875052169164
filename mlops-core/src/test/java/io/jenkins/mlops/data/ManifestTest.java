package io.jenkins.mlops.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class ManifestTest {
    private static final String EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    @Test
    void hasOneFixedText() throws DataException {
        Manifest manifest = new Manifest(
                List.of(entry("b", 3), entry("a/ö\n\\x", 0), entry("\uD83D\uDE00", 1), entry("\uFFEE", 2)));
        String expected = "mlops-manifest-v1\n"
                + "sha256 " + EMPTY + " 0 a/ö\\n\\\\x\n"
                + "sha256 " + EMPTY + " 3 b\n"
                + "sha256 " + EMPTY + " 2 \uFFEE\n"
                + "sha256 " + EMPTY + " 1 \uD83D\uDE00\n";
        assertThat(new String(manifest.toBytes(), StandardCharsets.UTF_8)).isEqualTo(expected);
        assertThat(manifest.digest())
                .isEqualTo(FileDigester.named(FileDigester.sha256().digest(manifest.toBytes())));
        assertThat(Manifest.parse(manifest.toBytes())).isEqualTo(manifest);
        assertThat(manifest.bytes()).isEqualTo(6);
    }

    @Property(tries = 300)
    void isWrittenAndReadBackInAnyOrder(
            @ForAll @Size(max = 8) List<@StringLength(min = 1, max = 6) String> names, @ForAll Random random)
            throws DataException {
        List<FileEntry> entries = new ArrayList<>();
        for (String name : names) {
            String path = new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8).replace('\0', 'x');
            boolean plain = Arrays.stream(path.split("/", -1)).noneMatch(n -> n.isEmpty() || n.matches("\\.{1,2}"));
            if (plain && entries.stream().noneMatch(e -> e.path().equals(path))) {
                entries.add(entry(path, random.nextInt(1000)));
            }
        }
        Manifest manifest = new Manifest(entries);
        Collections.shuffle(entries, random);
        assertThat(new Manifest(entries).toBytes()).isEqualTo(manifest.toBytes());
        assertThat(Manifest.parse(manifest.toBytes())).isEqualTo(manifest);
        for (int i = 1; i < manifest.entries().size(); i++) {
            byte[] before = manifest.entries().get(i - 1).path().getBytes(StandardCharsets.UTF_8);
            byte[] after = manifest.entries().get(i).path().getBytes(StandardCharsets.UTF_8);
            assertThat(Arrays.compareUnsigned(before, after)).isNegative();
        }
    }

    @Test
    void refusesATextThatWasCutOrChangedAnywhere() {
        byte[] text = new Manifest(List.of(entry("a", 1), entry("b\\c", 2))).toBytes();
        for (int length = 0; length < text.length; length++) {
            byte[] cut = Arrays.copyOf(text, length);
            boolean wholeLines = length > 18 && cut[length - 1] == '\n' || length == 18;
            if (!wholeLines) {
                assertThatThrownBy(() -> Manifest.parse(cut)).isInstanceOf(DataException.class);
            }
        }
        for (String other : List.of(
                "",
                "mlops-manifest-v2\n",
                "mlops-manifest-v1\nsha256 abc 1 a\n",
                "mlops-manifest-v1\nmd5 " + EMPTY + " 1 a\n",
                "mlops-manifest-v1\nsha256 " + EMPTY + " -1 a\n",
                "mlops-manifest-v1\nsha256 " + EMPTY + " 01 a\n",
                "mlops-manifest-v1\nsha256 " + EMPTY + " 1 ../a\n",
                "mlops-manifest-v1\nsha256 " + EMPTY + " 1 /a\n",
                "mlops-manifest-v1\nsha256 " + EMPTY + " 1 a\\x\n",
                "mlops-manifest-v1\nsha256 " + EMPTY + " 1 b\nsha256 " + EMPTY + " 1 a\n",
                "mlops-manifest-v1\nsha256 " + EMPTY + " 1 a\nsha256 " + EMPTY + " 1 a\n",
                "mlops-manifest-v1\nsha256 " + EMPTY + " 99999999 a\n",
                "mlops-manifest-v1\n\n")) {
            assertThatThrownBy(() -> Manifest.parse(other.getBytes(StandardCharsets.UTF_8)))
                    .as(other)
                    .isInstanceOf(DataException.class);
        }
        assertThatThrownBy(() -> Manifest.parse(new byte[] {(byte) 0xFF, 0}))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("UTF-8");
    }

    private static FileEntry entry(String path, long bytes) {
        return new FileEntry(path, bytes, DigestAlgorithm.SHA256, "sha256:" + EMPTY);
    }
}
