package io.jenkins.mlops.monitor.drift;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A rough guess at the language of a text: by its script, and for Latin script by which of a few languages' most frequent
 * words it has most of. A heuristic that shows a shift between languages, not a language identification: short texts and
 * related languages are often taken for one another or left as the script's name.
 */
final class Language {
    private static final Map<String, Set<String>> FREQUENT = new LinkedHashMap<>();

    static {
        frequent(
                "en", "the of and to in is that for it was on are with as be this have not but you they at from or an");
        frequent(
                "de",
                "der die und das ist nicht den von zu mit sich des auf für im dem ein eine als auch es an werden wir");
        frequent(
                "fr",
                "le la les et des est en un une du que pour dans qui pas sur au plus par avec ce il sont je vous");
        frequent("es", "el la los las de que y en un una es por con para no se su del al lo como más pero sus este");
        frequent(
                "it",
                "il di che la e un una per non è sono del della con si da le gli dei nel anche come ma lo questo");
        frequent("pt", "o os as de que e em um uma para com não é do da no na por se mais dos como mas ao foi");
        frequent(
                "nl",
                "de het een en van is dat op te zijn voor met niet aan er om ook als maar bij dan wordt naar nog");
        frequent("pl", "i w na z do nie się jest że o to jak po ale co za od przez tak dla przy by czy tylko");
    }

    private Language() {}

    private static void frequent(String language, String words) {
        FREQUENT.put(language, Set.of(words.split(" ")));
    }

    /** A two-letter code for some languages of Latin script, else the script's name; {@code none} without letters. */
    static String of(String text, List<String> words) {
        Character.UnicodeScript script = script(text);
        if (script == null) {
            return "none";
        }
        if (script != Character.UnicodeScript.LATIN) {
            return script.name().toLowerCase(java.util.Locale.ROOT);
        }
        String best = "latin";
        int most = 0;
        for (Map.Entry<String, Set<String>> language : FREQUENT.entrySet()) {
            int hits = 0;
            for (String word : words) {
                hits += language.getValue().contains(word) ? 1 : 0;
            }
            if (hits > most) {
                most = hits;
                best = language.getKey();
            }
        }
        return best;
    }

    /** The script that most of the first letters have. */
    private static Character.UnicodeScript script(String text) {
        Map<Character.UnicodeScript, Integer> counts = new LinkedHashMap<>();
        int letters = 0;
        for (int i = 0; i < text.length() && letters < 200; ) {
            int c = text.codePointAt(i);
            if (Character.isLetter(c)) {
                counts.merge(Character.UnicodeScript.of(c), 1, Integer::sum);
                letters++;
            }
            i += Character.charCount(c);
        }
        return counts.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(null);
    }
}
