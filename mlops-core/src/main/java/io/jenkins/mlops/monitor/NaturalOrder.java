package io.jenkins.mlops.monitor;

import java.io.Serializable;
import java.util.Comparator;

/**
 * Orders names as people count: {@code m2} before {@code m10}, capitals beside small letters.
 *
 * <p>Runs of the digits 0 to 9 are compared by their value, however long; everything else letter by letter without
 * regard to case. Names that differ only in case or in leading zeros are told apart at the end, so that only equal names
 * are equal.
 */
public final class NaturalOrder implements Comparator<String>, Serializable {
    private static final long serialVersionUID = 1L;

    /** The order. */
    public static final NaturalOrder INSTANCE = new NaturalOrder();

    private NaturalOrder() {}

    @Override
    public int compare(String a, String b) {
        int i = 0;
        int k = 0;
        while (i < a.length() && k < b.length()) {
            if (digit(a, i) && digit(b, k)) {
                int endA = end(a, i);
                int endB = end(b, k);
                String valueA = value(a, i, endA);
                String valueB = value(b, k, endB);
                int order = Integer.compare(valueA.length(), valueB.length());
                order = order != 0 ? order : valueA.compareTo(valueB);
                if (order != 0) {
                    return order;
                }
                i = endA;
                k = endB;
            } else {
                int order = Character.compare(folded(a.charAt(i)), folded(b.charAt(k)));
                if (order != 0) {
                    return order;
                }
                i++;
                k++;
            }
        }
        int rest = Integer.compare(a.length() - i, b.length() - k);
        return rest != 0 ? rest : a.compareTo(b);
    }

    private static boolean digit(String text, int at) {
        return at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
    }

    private static int end(String text, int from) {
        int end = from;
        while (digit(text, end)) {
            end++;
        }
        return end;
    }

    /** The digits without leading zeros. */
    private static String value(String text, int from, int end) {
        int first = from;
        while (first < end - 1 && text.charAt(first) == '0') {
            first++;
        }
        return text.substring(first, end);
    }

    private static char folded(char letter) {
        return Character.toLowerCase(Character.toUpperCase(letter));
    }
}
