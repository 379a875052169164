package io.jenkins.mlops.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.mlops.json.Json;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerFileTest {
    private static List<LedgerEntry> chain(int entries, String actor) {
        List<LedgerEntry> chain = new ArrayList<>();
        String previous = Ledger.GENESIS;
        for (int seq = 1; seq <= entries; seq++) {
            String payload = "{\"version\":" + seq + ",\"note\":\"\u00e9 \\\"quoted\\\" \\u2028\"}";
            String hash = Ledger.hash(seq, 1_000L * seq, "version.registered", "m", actor, payload, previous);
            chain.add(new LedgerEntry(seq, 1_000L * seq, "version.registered", "m", actor, payload, previous, hash));
            previous = hash;
        }
        return chain;
    }

    private static List<String> lines(List<LedgerEntry> chain) {
        List<String> lines = new ArrayList<>();
        chain.forEach(entry -> lines.add(Json.write(entry)));
        lines.add(head(chain));
        return lines;
    }

    private static String head(List<LedgerEntry> chain) {
        String hash =
                chain.isEmpty() ? Ledger.GENESIS : chain.get(chain.size() - 1).hash();
        return Json.write(Map.of("head", Map.of("entries", chain.size(), "hash", hash)));
    }

    private static LedgerVerification verify(List<String> lines, String anchor) throws IOException {
        return LedgerFile.verify(new StringReader(String.join("\n", lines)), anchor);
    }

    @Test
    void anIntactFileFits() throws IOException {
        List<LedgerEntry> chain = chain(5, "ann");

        LedgerVerification found = verify(lines(chain), null);

        assertThat(found.intact()).isTrue();
        assertThat(found.entries()).isEqualTo(5);
        assertThat(found.headHash()).isEqualTo(chain.get(4).hash());
        assertThat(verify(lines(chain), chain.get(2).hash()).intact()).isTrue();
        assertThat(verify(lines(List.of()), null).intact()).isTrue();
    }

    @Test
    void namesTheFirstEntryThatWasChanged() throws IOException {
        List<String> lines = lines(chain(5, "ann"));
        lines.set(2, lines.get(2).replace("\"ann\"", "\"eve\""));

        LedgerVerification found = verify(lines, null);

        assertThat(found.intact()).isFalse();
        assertThat(found.firstBroken()).isEqualTo(3);
        assertThat(found.explanation()).contains("does not fit its own hash");
    }

    @Test
    void findsWhatIsMissingExchangedOrTwice() throws IOException {
        List<String> removed = lines(chain(5, "ann"));
        removed.remove(1);
        assertThat(verify(removed, null).firstBroken()).isEqualTo(2);

        List<String> exchanged = lines(chain(5, "ann"));
        exchanged.set(1, exchanged.set(2, exchanged.get(1)));
        assertThat(verify(exchanged, null).firstBroken()).isEqualTo(2);

        List<String> twice = lines(chain(5, "ann"));
        twice.add(1, twice.get(0));
        assertThat(verify(twice, null).firstBroken()).isEqualTo(2);
    }

    @Test
    void findsACutTail() throws IOException {
        List<LedgerEntry> chain = chain(5, "ann");
        List<String> withoutHead = lines(chain);
        withoutHead.remove(5);
        assertThat(verify(withoutHead, null).explanation()).contains("without a head");

        List<String> oldHead = lines(chain);
        oldHead.remove(4);
        assertThat(verify(oldHead, null).explanation()).contains("its tail is missing");

        // cut and given a head that fits: only what was noted elsewhere tells
        List<String> newHead = lines(chain.subList(0, 3));
        assertThat(verify(newHead, null).intact()).isTrue();
        LedgerVerification anchored = verify(newHead, chain.get(4).hash());
        assertThat(anchored.intact()).isFalse();
        assertThat(anchored.explanation()).contains("noted before");
    }

    @Test
    void aLedgerThatWasWrittenAnewLacksTheAnchor() throws IOException {
        List<String> forged = lines(chain(5, "eve"));

        assertThat(verify(forged, null).intact()).isTrue();
        assertThat(verify(forged, chain(5, "ann").get(4).hash()).intact()).isFalse();
    }

    @Test
    void refusesWhatIsNoLedger() throws IOException {
        for (String text : List.of("", "nonsense", "{", "[]", "{\"seq\":1}", "{\"head\":{}}", "null", "\u0000")) {
            assertThat(LedgerFile.verify(new StringReader(text), null).intact())
                    .as(text)
                    .isFalse();
        }
        List<String> more = lines(chain(2, "ann"));
        more.add(more.get(0));
        assertThat(verify(more, null).explanation()).contains("goes on after its head");
    }

    @Test
    void endsWithACodeForTheCommandLine(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("ledger.jsonl");
        Files.write(file, lines(chain(3, "ann")));
        StringBuilder out = new StringBuilder();
        StringBuilder err = new StringBuilder();

        assertThat(VerifyLedger.run(List.of(file.toString()), out, err)).isZero();
        assertThat(out).contains("3 entries fit together").contains("head: ");
        Files.write(file, List.of("\u00ff"), java.nio.charset.StandardCharsets.ISO_8859_1);
        assertThat(VerifyLedger.run(List.of(file.toString()), out, err)).isEqualTo(1);
        assertThat(out).contains("not UTF-8");
        assertThat(VerifyLedger.run(List.of(), out, err)).isEqualTo(2);
        assertThat(VerifyLedger.run(List.of(folder.resolve("none").toString()), out, err))
                .isEqualTo(2);
        assertThat(err).contains("usage").contains("There is no file");
    }
}
