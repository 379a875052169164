package io.jenkins.mlops.monitor.signal;

import io.jenkins.mlops.monitor.Expect;
import java.io.Serializable;

/**
 * How many windows it takes to believe a signal.
 *
 * @param bad so many bad windows ...
 * @param of ... among the last so many raise an alarm; 1 to {@value #MOST}, {@code bad} from 1 to {@code of}
 * @param toHeal so many good windows in a row end an alarm; 1 to {@value #MOST}
 */
public record Hysteresis(int bad, int of, int toHeal) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The most windows that are looked back on. */
    public static final int MOST = 60;

    /** Two of the last three raise an alarm, two good ones in a row end it. */
    public static final Hysteresis DEFAULT = new Hysteresis(2, 3, 2);

    /** The first bad window raises an alarm, the first good one ends it. */
    public static final Hysteresis NONE = new Hysteresis(1, 1, 1);

    public Hysteresis {
        Expect.that(of >= 1 && of <= MOST, "to look back on 1 to " + MOST + " windows", of);
        Expect.that(bad >= 1 && bad <= of, "from 1 to " + of + " bad windows", bad);
        Expect.that(toHeal >= 1 && toHeal <= MOST, "from 1 to " + MOST + " good windows", toHeal);
    }

    @Override
    public String toString() {
        return bad + " of " + of + " windows, " + toHeal + " to recover";
    }
}
