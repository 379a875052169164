package io.jenkins.mlops.monitor.drift;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** What is kept of the texts of a column: their lengths, their languages, their words, and some of them as they are. */
final class TextSample {
    private static final int WORDS = 20_000;

    /** Words beyond so many of one text are not looked at. */
    private static final int WORDS_OF_TEXT = 1_000;

    private static final int LONGEST_WORD = 40;
    private static final int LONGEST_KEPT = 2_000;

    private final NumberCollector lengths = new NumberCollector(new ValueBudget(100_000), 800);
    private final CategoryCounts languages = new CategoryCounts(100);
    private final CategoryCounts words = new CategoryCounts(WORDS);
    private final int most;
    private final List<String> kept = new ArrayList<>();
    private final SplittableRandom random = new SplittableRandom(0x74657874L);
    private long count;

    /**
     * @param most so many texts are kept as they are
     */
    TextSample(int most) {
        this.most = most;
    }

    /** Whether a value reads like text rather than like a name: three words or more. */
    static boolean looksLikeText(String value) {
        int blanks = 0;
        for (int i = 1; i < value.length() && blanks < 2; i++) {
            blanks += value.charAt(i) == ' ' && value.charAt(i - 1) != ' ' ? 1 : 0;
        }
        return blanks >= 2;
    }

    void add(String text) {
        count++;
        lengths.add(text.codePointCount(0, text.length()));
        List<String> found = words(text, WORDS_OF_TEXT);
        languages.add(Language.of(text, found));
        found.forEach(words::add);
        String shown = text.length() <= LONGEST_KEPT ? text : text.substring(0, LONGEST_KEPT);
        if (kept.size() < most) {
            kept.add(shown);
        } else {
            // Each text is kept with the same chance (Vitter's algorithm R).
            long place = random.nextLong(count);
            if (place < most) {
                kept.set((int) place, shown);
            }
        }
    }

    /** The words of a text in lower case: runs of letters, marks and digits. */
    static List<String> words(String text, int limit) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        for (int i = 0; i <= text.length() && words.size() < limit; ) {
            int c = i < text.length() ? text.codePointAt(i) : ' ';
            if (Character.isLetterOrDigit(c) || Character.getType(c) == Character.NON_SPACING_MARK) {
                if (word.length() < LONGEST_WORD) {
                    word.appendCodePoint(Character.toLowerCase(c));
                }
            } else if (word.length() > 0) {
                words.add(word.toString());
                word.setLength(0);
            }
            i += Character.charCount(c);
        }
        return words;
    }

    long count() {
        return count;
    }

    Numbers lengths() {
        return lengths.numbers();
    }

    CategoryCounts languages() {
        return languages;
    }

    CategoryCounts words() {
        return words;
    }

    List<String> kept() {
        return kept;
    }
}
