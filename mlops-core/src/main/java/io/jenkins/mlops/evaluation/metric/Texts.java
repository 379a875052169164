package io.jenkins.mlops.evaluation.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Comparison of a generated text with its reference.
 *
 * <p>Exact match and token F1 normalise as the SQuAD evaluation does (P. Rajpurkar et al., 2016): lower case, no
 * punctuation, no English articles, single blanks. ROUGE-L (C.-Y. Lin, 2004) compares lower-case words of letters and
 * digits. BLEU (K. Papineni et al., 2002) splits as the WMT script mteval-v13a.
 */
public final class Texts {
    private static final Pattern ARTICLES = Pattern.compile("\\b(a|an|the)\\b", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern PUNCTUATION = Pattern.compile("\\p{Punct}");
    private static final Pattern BLANKS = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+");
    private static final Pattern SYMBOL = Pattern.compile("([\\{-\\~\\[-\\` -\\&\\(-\\+\\:-\\@\\/])");
    private static final Pattern STOP_AFTER_TEXT = Pattern.compile("([^0-9])([\\.,])");
    private static final Pattern STOP_BEFORE_TEXT = Pattern.compile("([\\.,])([^0-9])");
    private static final Pattern DASH_AFTER_DIGIT = Pattern.compile("([0-9])(-)");
    private static final String[] NONE = {};

    private Texts() {}

    /** The text as exact match and token F1 compare it. */
    public static String normalised(String text) {
        String plain = PUNCTUATION.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("");
        return BLANKS.matcher(ARTICLES.matcher(plain).replaceAll(" "))
                .replaceAll(" ")
                .trim();
    }

    public static boolean exactMatch(String reference, String text) {
        return normalised(reference).equals(normalised(text));
    }

    /** F1 of the multisets of normalised words; 1 if both are empty, 0 if one is. */
    public static double tokenF1(String reference, String text) {
        String[] expected = split(normalised(reference));
        String[] found = split(normalised(text));
        if (expected.length == 0 || found.length == 0) {
            return expected.length == found.length ? 1 : 0;
        }
        Map<String, Integer> left = new HashMap<>();
        for (String token : expected) {
            left.merge(token, 1, Integer::sum);
        }
        int common = 0;
        for (String token : found) {
            Integer times = left.get(token);
            if (times != null && times > 0) {
                left.put(token, times - 1);
                common++;
            }
        }
        return 2.0 * common / (expected.length + found.length);
    }

    /** F1 of the longest common subsequence of words; 0 if either has no word. */
    public static double rougeL(String reference, String text) {
        String[] expected = wordsOf(reference);
        String[] found = wordsOf(text);
        if (expected.length == 0 || found.length == 0) {
            return 0;
        }
        return 2.0 * commonSubsequence(expected, found) / (expected.length + found.length);
    }

    /** Number of the words that ROUGE-L compares. */
    public static int words(String text) {
        return wordsOf(text).length;
    }

    private static String[] wordsOf(String text) {
        return split(
                NO_WORD.matcher(text.toLowerCase(Locale.ROOT)).replaceAll(" ").trim());
    }

    private static String[] split(String text) {
        return text.isEmpty() ? NONE : text.split(" ");
    }

    /** Length of the longest common subsequence, 64 positions at a time (H. Hyyrö, 2004). */
    static int commonSubsequence(String[] one, String[] other) {
        int words = (one.length + 63) / 64;
        Map<String, long[]> places = new HashMap<>();
        for (int i = 0; i < one.length; i++) {
            places.computeIfAbsent(one[i], token -> new long[words])[i / 64] |= 1L << i;
        }
        long[] row = new long[words];
        Arrays.fill(row, -1L);
        for (String token : other) {
            long[] matches = places.get(token);
            if (matches == null) {
                continue;
            }
            long carry = 0;
            for (int w = 0; w < words; w++) {
                long both = row[w] & matches[w];
                long sum = row[w] + both;
                long carryOut = Long.compareUnsigned(sum, row[w]) < 0 ? 1 : 0;
                sum += carry;
                if (carry == 1 && sum == 0) {
                    carryOut = 1;
                }
                row[w] = sum | (row[w] & ~matches[w]);
                carry = carryOut;
            }
        }
        int length = 0;
        for (int i = 0; i < one.length; i++) {
            length += (row[i / 64] >>> i & 1) == 0 ? 1 : 0;
        }
        return length;
    }

    /** The tokens that BLEU counts. */
    public static List<String> bleuTokens(String text) {
        String spaced = " "
                + text.replace("<skipped>", "")
                        .replace("-\n", "")
                        .replace("\n", " ")
                        .replace("&quot;", "\"")
                        .replace("&amp;", "&")
                        .replace("&lt;", "<")
                        .replace("&gt;", ">")
                + " ";
        spaced = SYMBOL.matcher(spaced).replaceAll(" $1 ");
        spaced = STOP_AFTER_TEXT.matcher(spaced).replaceAll("$1 $2 ");
        spaced = STOP_BEFORE_TEXT.matcher(spaced).replaceAll(" $1 $2");
        spaced = DASH_AFTER_DIGIT.matcher(spaced).replaceAll("$1 $2 ");
        List<String> tokens = new ArrayList<>();
        for (String token : BLANKS.split(spaced)) {
            if (!token.isEmpty()) {
                tokens.add(token);
            }
        }
        return tokens;
    }
}
