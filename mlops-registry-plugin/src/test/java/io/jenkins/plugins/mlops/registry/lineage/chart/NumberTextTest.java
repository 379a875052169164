package io.jenkins.plugins.mlops.registry.lineage.chart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0.97597 | 0.9760",
                "1 | 1.0000",
                "0 | 0.0000",
                "-0.25 | -0.2500",
                "12.5 | 12.5000",
                "999.99994 | 999.9999",
                "23456.789 | 23,456.8",
                "123456789 | 123,456,789",
                "0.00001234 | 1.234e-05",
                "NaN | undefined",
                "Infinity | \u221e",
                "-Infinity | \u2212\u221e",
            })
    void writesMetricsSoThatTheyLineUp(double value, String expected) {
        assertThat(NumberText.metric(value)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | 0",
                "14.127291739894552 | 14.13",
                "0.05263 | 0.05263",
                "0.052 | 0.052",
                "654.889 | 654.9",
                "4254 | 4,254",
                "4254.2 | 4,254",
                "1e12 | 1e+12",
                "1.23456e12 | 1.235e+12",
                "0.00005 | 5e-05",
                "-3 | -3",
                "NaN | undefined",
            })
    void writesAnyNumberInFourDigits(double value, String expected) {
        assertThat(NumberText.general(value)).isEqualTo(expected);
    }

    @Test
    void givesDifferencesTheirSign() {
        assertThat(NumberText.difference(0.012)).isEqualTo("+0.0120");
        assertThat(NumberText.difference(-0.012)).isEqualTo("\u22120.0120");
        assertThat(NumberText.difference(0)).isEqualTo("0.0000");
        assertThat(NumberText.difference(Double.NaN)).isEqualTo("undefined");
    }

    @Test
    void writesSharesBytesAndDurations() {
        assertThat(NumberText.percent(0.95)).isEqualTo("95 %");
        assertThat(NumberText.percent(0.993)).isEqualTo("99.3 %");
        assertThat(NumberText.percent(0.007)).isEqualTo("0.7 %");
        assertThat(NumberText.percent(0)).isEqualTo("0 %");
        assertThat(NumberText.percent(1)).isEqualTo("100 %");
        assertThat(NumberText.bytes(0)).isEqualTo("0 B");
        assertThat(NumberText.bytes(1023)).isEqualTo("1,023 B");
        assertThat(NumberText.bytes(1536)).isEqualTo("1.5 KiB");
        assertThat(NumberText.bytes(125_204)).isEqualTo("122 KiB");
        assertThat(NumberText.bytes(Long.MAX_VALUE)).isEqualTo("8.0 EiB");
        assertThat(NumberText.duration(12)).isEqualTo("12 ms");
        assertThat(NumberText.duration(1_234)).isEqualTo("1.2 s");
        assertThat(NumberText.duration(93_000)).isEqualTo("1 min 33 s");
        assertThat(NumberText.duration(7_500_000)).isEqualTo("2 h 5 min");
        assertThat(NumberText.duration(200_000_000)).isEqualTo("2 d 7 h");
        assertThat(NumberText.duration(-5)).isEqualTo("0 ms");
    }

    @Test
    void writesCoordinatesShort() {
        assertThat(NumberText.coordinate(12)).isEqualTo("12");
        assertThat(NumberText.coordinate(12.34)).isEqualTo("12.3");
        assertThat(NumberText.coordinate(-0.01)).isEqualTo("0");
    }
}
