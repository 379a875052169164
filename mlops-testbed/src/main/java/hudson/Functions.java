package hudson;

import java.io.PrintWriter;
import java.io.StringWriter;

/** What pages may call as {@code h}. */
public class Functions {
    public static String encode(String s) {
        return Util.rawEncode(s);
    }

    public static boolean isWindows() {
        return java.io.File.pathSeparatorChar == ';';
    }

    public static String printThrowable(Throwable t) {
        StringWriter w = new StringWriter();
        t.printStackTrace(new PrintWriter(w));
        return w.toString();
    }
}
