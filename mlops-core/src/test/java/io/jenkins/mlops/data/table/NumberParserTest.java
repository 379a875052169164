package io.jenkins.mlops.data.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumberParserTest {
    private final NumberParser parser = new NumberParser();

    @Property(tries = 20_000)
    void parsesTheShortestFormOfAnyDouble(@ForAll long bits) {
        double value = Double.longBitsToDouble(bits);
        if (Double.isFinite(value)) {
            assertSameAsJdk(Double.toString(value));
        }
    }

    @Property(tries = 20_000)
    void parsesAnyDigitsWithAnyExponent(
            @ForAll @NumericChars @StringLength(min = 1, max = 22) String whole,
            @ForAll @NumericChars @StringLength(max = 22) String fraction,
            @ForAll @IntRange(min = -360, max = 330) int exponent) {
        assertSameAsJdk(whole + "." + fraction);
        assertSameAsJdk("-" + whole + "." + fraction + "e" + exponent);
        assertSameAsJdk(whole + "E" + exponent);
    }

    @Test
    void parsesMillionsOfScoresAndHalfWayCases() {
        SplittableRandom random = new SplittableRandom(17);
        for (int i = 0; i < 100_000; i++) {
            double score = random.nextDouble();
            assertSameAsJdk(Double.toString(score));
            assertSameAsJdk(Long.toString(random.nextLong() >>> 1) + "e" + random.nextInt(-30, 30));
            long odd = (random.nextLong() & (1L << 53) - 1 | 1L << 53) * 2 + 1;
            assertSameAsJdk(Long.toString(odd));
            assertSameAsJdk(new java.math.BigDecimal(odd)
                    .multiply(new java.math.BigDecimal("0.0625"))
                    .toPlainString());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "0.0",
                "-0.0",
                "+1",
                "1.",
                ".5",
                "-.5",
                "007",
                "1e5",
                "1E-5",
                "4.9e-324",
                "2.4703282292062327e-324",
                "2.4703282292062328e-324",
                "1.7976931348623157e308",
                "1.7976931348623159e308",
                "1e400",
                "1e-400",
                "9007199254740993",
                "9007199254740992",
                "2.2250738585072011e-308",
                "2.2250738585072014e-308",
                "9223372036854775807",
                "9223372036854775808",
                "18446744073709551615",
                "99999999999999999999",
                "0.000000000000000000000000000001",
                "8.5e-1",
                "123456789012345678901234567890",
                "1e99999999999"
            })
    void parsesEdges(String text) {
        assertSameAsJdk(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "abc",
                "1,5",
                "1 2",
                "1e",
                "1e+",
                "e5",
                ".",
                "-",
                "+",
                "--1",
                "0x10",
                "1d",
                "1f",
                "1_000",
                "1.2.3",
                "truee",
                "nano",
                "+true",
                "-",
                "infinite",
                "٣",
                "1e5x"
            })
    void refusesWhatIsNoNumber(String text) {
        assertThat(parse(text)).isNaN();
        assertThat(parser.valid()).isFalse();
    }

    @Test
    void acceptsWordsForSpecialValues() {
        for (String nan : List.of("NaN", "nan", "NAN", "-nan")) {
            assertThat(parse(nan)).isNaN();
            assertThat(parser.valid()).isTrue();
        }
        assertThat(parse("inf")).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(parse("-Infinity")).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(parse("True")).isEqualTo(1);
        assertThat(parse("FALSE")).isZero();
        assertThat(parse(" 1.5\t")).isEqualTo(1.5);
    }

    private void assertSameAsJdk(String text) {
        double expected = Double.parseDouble(text);
        double found = parse(text);
        if (!parser.valid() || Double.doubleToRawLongBits(found) != Double.doubleToRawLongBits(expected)) {
            throw new AssertionError(text + ": expected " + expected + ", found " + found);
        }
    }

    private double parse(String text) {
        byte[] utf8 = ("x" + text + "y").getBytes(StandardCharsets.UTF_8);
        return parser.parse(utf8, 1, utf8.length - 1);
    }
}
