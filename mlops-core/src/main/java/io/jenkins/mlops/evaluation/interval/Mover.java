package io.jenkins.mlops.evaluation.interval;

/**
 * The interval of a difference, from the intervals of its two sides.
 *
 * <p>The method of variance estimates recovery (MOVER; Zou and Donner, Statistics in Medicine 27, 2008, formula 3),
 * which for Wilson's intervals of two shares is Newcombe's hybrid score interval (Statistics in Medicine 17, 1998,
 * method 10). It takes the two sides for independent: where both were measured on the same rows, the interval is wider
 * than it need be, and a paired comparison tells more.
 */
public final class Mover {
    private Mover() {}

    /**
     * The interval of {@code to - from}.
     *
     * @param from the value that is taken away
     * @param fromInterval its interval, at the same level as {@code toInterval}
     * @param to the value that it is taken from
     * @param toInterval its interval
     * @return NaN at both ends where anything is NaN
     */
    public static Interval difference(double from, Interval fromInterval, double to, Interval toInterval) {
        double difference = to - from;
        double lower = difference - Math.hypot(to - toInterval.lower(), fromInterval.upper() - from);
        double upper = difference + Math.hypot(toInterval.upper() - to, from - fromInterval.lower());
        return new Interval(lower, upper, "mover");
    }
}
